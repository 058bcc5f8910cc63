"""Statements by verbs of saying: the frame in which the content stands, and its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from melian.coding.statements.attribution import Attribution, spans_of_tokens, spans_under, tokens_under
from melian.coding.statements.cue_phrases import cue_span, is_negated
from melian.coding.statements.speakers import speaker_of
from melian.knowledge.cues import CueWord, find_verb
from melian.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECT_PREPOSITIONS = frozenset({"of", "from", "for", "on", "over", "against", "between", "as"})
_FURTHER = frozenset({"as", "for", "over"})
_OPINIONS = frozenset({"condemn", "praise", "accuse"})
_ADDRESSING = frozenset({"tell", "promise", "ask", "inform", "assure", "remind", "warn"})
_CLOSES = frozenset({",", "”", '"', "''", "’", "?", "!", "'"})
_SET_OFF = frozenset({",", "”", '"', "—", "–", "''"})
_QUOTES = frozenset({'"', "“", "”", "``", "''", "«", "»", "‘"})
_CLAUSE_OPENERS = frozenset(
    {"when", "while", "if", "as", "although", "though", "because", "since", "asked", "after", "before"}
)
_NEAR, _FEW = 12, 4
_RAISING = frozenset(
    {"understand", "report", "believe", "say", "allege", "think", "rumour", "rumor", "suppose", "deem"}
)
_FIGURES = frozenset(
    "number toll figure total count cost loss damage turnout dead death crowd injured wounded size casualty".split()
)
_GIVEN_AS = frozenset({"at", "as"})
_ANSWERABLE = frozenset({"responsible", "accountable", "liable", "answerable"})
_RANK = {"clause": 0, "infinitive": 1, "preposition": 2, "object": 3, "gerund": 1}


def attributions_of_verb(verb: Token, row: CueWord) -> Iterator[Attribution]:
    """Yield the statement that a verb makes, if a child of it stands in one of its frames."""
    speaker = speaker_of(verb)
    if "figure" in row.frames and (given := list(_figure_given(verb, row, speaker))):
        yield from given
        return
    if row.lemma == "put" and not any(c.dep_ == "dobj" and c.lower_ == "it" for c in verb.children):
        return
    if row.lemma == "hold":
        yield from _held_responsible(verb, row, speaker)
    cue = cue_span(verb)
    negated = is_negated(verb)
    who = speaker.i if speaker is not None else None
    if row.lemma in {"quote", "cite"}:
        relayed = _relayed(verb)
        if relayed is not None:
            said, content = relayed
            yield Attribution(row, cue, verb.i, said.i, content, who, "quoted as saying", negated)
            return
    raised = _raised(verb) if row.lemma in _RAISING else ()
    if raised:
        yield Attribution(row, cue, verb.i, who, raised, None, "raising passive", negated)
        return
    trailing = _before_trailing(verb, speaker, row)
    if trailing:
        yield Attribution(row, cue, verb.i, who, trailing, None, "trailing clause", negated)
        return
    children = list(verb.children)
    framed = [(rule, child) for child in children if (rule := _frame(child, row, children)) is not None]
    framed.sort(key=lambda pair: _RANK[pair[0]])
    for rule, child in framed:
        left_out = {*range(*cue), *tokens_under(speaker)}
        if rule == "clause":
            content = _clause_spans(child, children, left_out, verb)
        elif rule == "infinitive":
            content = _with_object(child, children, left_out, row)
        elif rule == "preposition":
            content, cue = _behind_preposition(child, children, left_out, cue, verb)
        else:
            content = _object_spans(verb, child, left_out)
        if content:
            yield Attribution(row, cue, verb.i, who, content, None, rule, negated)
            return
    if verb.dep_ == "advcl" and speaker is not None and any(c.lower_ == "as" for c in children):
        content = spans_under(verb.head, {*tokens_under(verb), *tokens_under(speaker)})
        if content and verb.head.pos_ in {"VERB", "AUX"} and "quote" in row.frames:
            yield Attribution(row, cue, verb.i, who, content, None, "as clause", negated)
            return
    passive = next((c for c in children if c.dep_ == "nsubjpass"), None)
    if passive is not None and "np" in row.frames and passive.i < verb.i and speaker is not None:
        content = spans_under(passive, {*range(*cue), *tokens_under(speaker)})
        if content:
            yield Attribution(row, cue, verb.i, who, content, None, "passive", negated)
            return
    if "quote" in row.frames and speaker is not None and _is_inserted(verb):
        content = spans_under(verb.head, {*tokens_under(verb), *tokens_under(speaker)})
        if content:
            yield Attribution(row, cue, verb.i, who, content, None, "inserted clause", negated)


def _raised(verb: Token) -> tuple[Span, ...]:
    """Give what "X is understood to have left" tells: its subject is no speaker but a part of what is said."""
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    told = next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VB"), None)
    if subject is None or told is None or not any(c.dep_ == "aux" and c.lower_ == "to" for c in told.children):
        return ()
    return spans_of_tokens(verb.doc, [*tokens_under(subject), *tokens_under(told)])


def _figure_given(verb: Token, row: CueWord, speaker: Token | None) -> Iterator[Attribution]:
    """Read "put the number of dead at 14", "counted 3,000 marchers", "spoke of 65 dead": the figure is what is said."""
    tokens = _words_of_figure(verb)
    if speaker is None or not tokens:
        return
    behind = verb.doc[tokens[-1] + 1 : tokens[-1] + 3]
    if [t.lower_ for t in behind] == [",", "including"]:
        tokens += sorted(tokens_under(behind[1]))
    content = spans_of_tokens(verb.doc, range(tokens[0], tokens[-1] + 1))
    if content:
        yield Attribution(row, cue_span(verb), verb.i, speaker.i, content, None, "put at", is_negated(verb))


def _words_of_figure(verb: Token) -> list[int]:
    """Give the words of what a verb counts or gives as a number; none where it does neither."""
    thing = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    if thing is not None and (thing.lemma_.lower() in _FIGURES or thing.lower_ == "it"):
        given = next((c for t in (verb, thing) for c in t.rights if c.lower_ in _GIVEN_AS), None)
        return sorted({*tokens_under(thing), *tokens_under(given)}) if given is not None and _counts(given) else []
    if thing is not None and verb.lemma_.lower() == "count":
        return sorted(tokens_under(thing)) if any(c.pos_ == "NUM" for c in thing.children) else []
    number = next((n for c in verb.rights if c.lower_ == "of" for n in c.children if n.dep_ == "pobj"), None)
    is_number = number is not None and (number.pos_ == "NUM" or any(c.dep_ == "nummod" for c in number.children))
    return sorted(tokens_under(number)) if is_number else []


def _counts(given: Token) -> bool:
    return any(t.pos_ == "NUM" or t.like_num for t in given.subtree)


def _held_responsible(verb: Token, row: CueWord, speaker: Token | None) -> Iterator[Attribution]:
    """Read "holds the admiral responsible for the shipments": whom, and for what."""
    judged = next((t for t in verb.rights for t in (t, *t.children) if t.lower_ in _ANSWERABLE), None)
    held = next((c for c in verb.rights if c.dep_ in {"dobj", "ccomp"}), None)
    blame = find_verb("blame", "blame")
    if judged is None or held is None or speaker is None or blame is None:
        return
    content = spans_of_tokens(verb.doc, range(held.left_edge.i, max(held.right_edge.i, judged.right_edge.i) + 1))
    yield Attribution(blame, cue_span(verb), verb.i, speaker.i, content, None, "held responsible", is_negated(verb))


def _before_trailing(verb: Token, speaker: Token | None, row: CueWord) -> tuple[Span, ...]:
    """Give all that stands before "…, the ministry said on Monday" at the end of a sentence.

    The parser often hangs such a clause on the last noun or cuts what was said at a comma.
    """
    sentence = verb.sent
    if speaker is None or "quote" not in row.frames or speaker.i > verb.i or verb.i - speaker.i > _NEAR:
        return ()
    if any(c.dep_ in {"ccomp", "xcomp", "dobj", "advcl", "conj"} for c in verb.rights):
        return ()
    first = speaker.left_edge.i
    comma = first - 1
    doc = verb.doc
    if comma - sentence.start < _FEW or doc[comma].text != "," or doc[comma - 1].text in _CLOSES:
        return ()
    before = doc[sentence.start : comma]
    begin = next((t for t in before if not t.is_space), before[0])
    if (begin.tag_ in {"IN", "WRB", "VBG"} and begin.lower_ in _CLAUSE_OPENERS) or any(
        t.text in _QUOTES for t in before
    ):
        return ()
    if not any(t.pos_ in {"VERB", "AUX"} and t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in before):
        return ()
    if any(t.pos_ in {"VERB", "AUX"} or t.text == ":" for t in doc[first : verb.i] if t.head.i != verb.i):
        return ()
    return spans_of_tokens(doc, range(sentence.start, comma))


def _frame(child: Token, row: CueWord, siblings: list[Token]) -> str | None:
    """Name the frame in which a child is the verb's content."""
    frames = row.frames
    dep = child.dep_
    if dep == "ccomp":
        if _is_participle(child):
            return None
        if "that" in frames or "quote" in frames or ("wh" in frames and _has_question_word(child)):
            return "clause"
        if "as" in frames or ("np" in frames and row.act in _OPINIONS):
            return "object"
        return "infinitive" if "to" in frames and child.tag_ == "VB" else None
    if dep == "xcomp":
        if child.tag_ == "VB" and "to" in frames:
            return "infinitive"
        return "gerund" if child.tag_ == "VBG" and "ing" in frames else None
    if dep == "advcl":
        is_infinitive = child.tag_ == "VB" and "to" in frames and any(c.lower_ == "to" for c in child.children)
        return "infinitive" if is_infinitive else None
    if dep == "dobj":
        if "np" in frames:
            is_name = child.pos_ == "PRON" or child.ent_type_ == "PERSON"
            return None if is_name and row.act not in _OPINIONS and "as" not in frames else "object"
        if "as" in frames and any(c.dep_ == "oprd" or c.lower_ == "as" for c in (*siblings, *child.rights)):
            return "object"
        if row.act == "accuse" and any(c.dep_ == "prep" and c.lower_ in frames for c in child.children):
            return "object"
        return "gerund" if "ing" in frames and _is_gerund(child) else None
    if dep in {"prep", "dative", "agent"}:
        word = child.lower_
        return "preposition" if word in frames or (word == "to" and "to-np" in frames) else None
    return None


def _is_gerund(verb: Token) -> bool:
    """Tell whether a verb is a gerund: "denies moving", "denies having moved"."""
    return verb.tag_ == "VBG" or any(c.dep_ in {"aux", "auxpass"} and c.tag_ == "VBG" for c in verb.children)


def _clause_spans(clause: Token, children: list[Token], left_out: set[int], verb: Token) -> tuple[Span, ...]:
    """Give a clause; where one stands on each side of the verb, both if the first is set off, else the second."""
    both = [c for c in children if c.dep_ == "ccomp" and (c == clause or not _is_participle(c))]
    if len(both) == 1 or both[0].i > verb.i or both[-1].i < verb.i:
        return spans_under(clause, left_out)
    edge = both[0].right_edge.i
    doc = verb.doc
    if doc[edge].text in _CLOSES or doc[min(edge + 1, len(doc) - 1)].text in _CLOSES:
        return spans_under(both[0], left_out) + spans_under(both[-1], left_out)
    return spans_under(both[-1], left_out)


def _with_object(child: Token, children: list[Token], left_out: set[int], row: CueWord) -> tuple[Span, ...]:
    """Give an infinitive with whom it is asked of, or with the subject of the passive ("she is expected to …")."""
    tokens = set(tokens_under(child))
    if row.lemma not in _ADDRESSING:
        for other in children:
            is_called_on = row.lemma == "call" and other.dep_ == "prep" and other.lower_ in {"on", "upon"}
            if (other.dep_ in {"dobj", "nsubjpass"} or is_called_on) and other.i < child.i:
                tokens.update(tokens_under(other))
    return spans_of_tokens(child.doc, sorted(tokens - left_out))


def _behind_preposition(
    child: Token, children: list[Token], left_out: set[int], cue: tuple[int, int], verb: Token
) -> tuple[tuple[Span, ...], tuple[int, int]]:
    """Give what a preposition leads, with the object before it; right behind the cue, it joins the cue."""
    if any(c.lower_ == "condition" for c in child.children):
        return (), cue  # "speaking on condition of anonymity" tells how and not what.
    tokens = set(tokens_under(child))
    if child.i == cue[1]:
        tokens.discard(child.i)
        cue = (cue[0], child.i + 1)
    for other in children:
        if other.dep_ in {"dobj", "nsubjpass", "dative"} and other.i < child.i and other != child:
            tokens.update(tokens_under(other))
    edge = max(tokens, default=child.i)
    for other in children:
        if other.dep_ == "prep" and other.lower_ in _FURTHER and other.i == edge + 1:
            tokens.update(tokens_under(other))
            edge = max(tokens)
    return spans_of_tokens(verb.doc, sorted(tokens - left_out - {*range(*cue)})), cue


def _object_spans(verb: Token, child: Token, left_out: set[int]) -> tuple[Span, ...]:
    """Give an object with the phrases right behind it, which a parser often hangs on the verb ("an apology from X")."""
    tokens = set(tokens_under(child))
    edge = max(tokens)
    for sibling in verb.rights:
        if sibling.i <= edge or sibling.left_edge.i != edge + 1:
            continue
        if (sibling.dep_ == "prep" and sibling.lower_ in _OBJECT_PREPOSITIONS) or sibling.dep_ == "oprd":
            tokens.update(tokens_under(sibling))
            edge = max(tokens)
    return spans_of_tokens(verb.doc, sorted(tokens - left_out))


def _is_participle(clause: Token) -> bool:
    """Tell whether a clause is a further act of the speaker: "he said, adding that …"."""
    if clause.tag_ != "VBG" or any(c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in clause.children):
        return False
    before = clause.left_edge.i - 1
    return before >= 0 and clause.doc[before].text == ","


def _has_question_word(clause: Token) -> bool:
    return any(t.tag_ in {"WP", "WRB", "WDT"} or t.lower_ in {"whether", "if"} for t in clause.subtree)


def _relayed(verb: Token) -> tuple[Token, tuple[Span, ...]] | None:
    """Read "quoted X as saying …"."""
    said = next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    as_ = next((c for c in verb.children if c.lower_ == "as"), None)
    if said is not None and as_ is None:
        # "was quoted in the press to the effect that …"
        effect = next((n for c in verb.children if c.dep_ == "prep" for n in c.children if n.lower_ == "effect"), None)
        clause = next((c for c in effect.children if c.dep_ in {"acl", "relcl"}), None) if effect is not None else None
        return (said, spans_under(clause, set())) if clause is not None else None
    if said is None or as_ is None:
        return None
    saying = next((c for c in as_.children if c.pos_ == "VERB"), None)
    if saying is None:
        return None
    clause = next((c for c in saying.children if c.dep_ in {"ccomp", "xcomp"}), None)
    return said, (spans_under(clause, set()) if clause is not None else ())


def _is_inserted(verb: Token) -> bool:
    """Tell whether a clause of saying stands in or behind what it attributes: "Talks, he said, had failed"."""
    if verb.dep_ not in {"parataxis", "ccomp", "dep", "advcl"} or verb.head.pos_ not in {"VERB", "AUX"}:
        return False
    first = next((c for c in verb.lefts if not c.is_punct), verb).left_edge.i
    return first > 0 and verb.doc[first - 1].text in _SET_OFF
