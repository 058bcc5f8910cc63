"""Statements by grammar: a cue, the subject that speaks, the clause or phrase that is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from melian.knowledge.cues import CueWord, cues_by_lemma
from melian.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

_SUBJECTS = frozenset({"nsubj", "csubj"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_CLAUSES = frozenset({"ccomp", "xcomp"})
_INHERITING = frozenset({"conj", "xcomp", "advcl", "pcomp", "dep"})
_OBJECT_PREPOSITIONS = frozenset({"of", "from", "for", "on", "over", "against", "between"})
_CUE_PARTS = frozenset({"aux", "auxpass", "neg", "prt"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement as tokens, before it is led to actors.

    Attributes:
        row: What the cue word says, None for a quotation without a cue.
        cue: Tokens `[start, end)` of the cue.
        verb: Head token of the cue.
        speaker: Head token of the speaker.
        content: Code point spans.
        relay: Head token of who relays it ("Turkish media quoted him as saying").
        rule: Which rule found it.
        is_negated: The cue is negated ("did not confirm").
    """

    row: CueWord | None
    cue: tuple[int, int] | None
    verb: int | None
    speaker: int | None
    content: tuple[Span, ...]
    relay: int | None
    rule: str
    is_negated: bool = False


def find_attributions(sentence: Phrase) -> Iterator[Attribution]:
    """Find the statements that the grammar of one sentence shows, quotations without a clause apart."""
    cues = cues_by_lemma()
    for token in sentence:
        if token.lower_ == "according":
            yield from _according(token, cues[("according to", "p")])
        elif token.pos_ in {"VERB", "AUX"}:
            row = cues.get((token.lemma_.lower(), "v"))
            if row is not None and not (token.i and token.nbor(-1).text == "-"):
                yield from _of_verb(token, row)
        elif token.pos_ == "NOUN":
            row = cues.get((token.lemma_.lower(), "n"))
            if row is not None:
                yield from _of_noun(token, row)


def speaker_of(verb: Token, depth: int = 0) -> Token | None:
    """Find who says what a verb of saying tells, over coordination, control, participles and relative clauses."""
    for child in verb.children:
        if child.dep_ in _SUBJECTS and child.dep_ != "csubj":
            if child.lower_ in _RELATIVE and verb.dep_ == "relcl":
                return verb.head
            return None if child.lower_ in {"it", "there"} and child.dep_ == "expl" else child
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    if any(child.dep_ == "nsubjpass" for child in verb.children):
        return None
    if depth > 4:
        return None
    if verb.dep_ in {"acl", "relcl"} and verb.tag_ == "VBG":
        return verb.head
    if verb.dep_ in _INHERITING and verb.head.pos_ in {"VERB", "AUX"}:
        head = verb.head
        if any(child.dep_ == "nsubjpass" for child in head.children) and verb.dep_ == "advcl":
            return None
        return speaker_of(head, depth + 1)
    if verb.dep_ == "pcomp" and verb.head.head.pos_ in {"VERB", "AUX"}:
        return speaker_of(verb.head.head, depth + 1)
    return None


def cue_span(verb: Token) -> tuple[int, int]:
    """Give the cue's tokens: the verb with its auxiliaries, negation and particle, where they stand side by side."""
    start = end = verb.i
    parts = {
        child.i for child in verb.children if child.dep_ in _CUE_PARTS or (child.dep_ == "advmod" and child.i < verb.i)
    }
    while start - 1 in parts:
        start -= 1
    while end + 1 in parts and verb.doc[end + 1].dep_ in {"prt", "neg"}:
        end += 1
    return start, end + 1


def is_negated(verb: Token) -> bool:
    """Tell whether a verb is negated."""
    return any(child.dep_ == "neg" for child in verb.children)


def _of_verb(verb: Token, row: CueWord) -> Iterator[Attribution]:
    speaker = speaker_of(verb)
    cue = cue_span(verb)
    negated = is_negated(verb)
    if row.lemma in {"quote", "cite"}:
        relayed = _relayed(verb)
        if relayed is not None:
            said, content = relayed
            yield Attribution(
                row, cue, verb.i, said.i, content, speaker.i if speaker else None, "quoted as saying", negated
            )
            return
    for child in verb.children:
        rule = _frame(child, row, verb)
        if rule is None:
            continue
        left_out = {*range(*cue), *_tokens(speaker)}
        content = _object_spans(verb, child, left_out) if rule == "object" else _spans(child, left_out)
        if content:
            yield Attribution(row, cue, verb.i, speaker.i if speaker else None, content, None, rule, negated)
            return
    if "quote" in row.frames and speaker is not None and _is_inserted(verb):
        content = _around(verb, speaker)
        if content:
            yield Attribution(row, cue, verb.i, speaker.i, content, None, "inserted clause", negated)


def _frame(child: Token, row: CueWord, verb: Token) -> str | None:
    """Name the frame in which a child is the verb's content."""
    frames = row.frames
    if child.dep_ == "ccomp":
        if "that" in frames or ("wh" in frames and _has_question_word(child)):
            return "clause"
        return "clause" if "quote" in frames else None
    if child.dep_ == "xcomp":
        if child.tag_ == "VB" and "to" in frames:
            return "infinitive"
        return "gerund" if child.tag_ == "VBG" and "ing" in frames else None
    if (
        child.dep_ == "advcl"
        and child.tag_ == "VB"
        and "to" in frames
        and any(c.lower_ == "to" for c in child.children)
    ):
        return "infinitive"
    if child.dep_ == "dobj" and "np" in frames:
        return None if child.pos_ == "PRON" or child.ent_type_ == "PERSON" else "object"
    if child.dep_ == "dobj" and "ing" in frames and child.tag_ == "VBG":
        return "gerund"
    if child.dep_ in {"prep", "dative"} and child.lower_ in frames:
        return "preposition"
    if child.dep_ == "prt" and verb.lemma_ == "point":
        return None
    return None


def _object_spans(verb: Token, child: Token, left_out: set[int]) -> tuple[Span, ...]:
    """Give an object with the phrases right behind it, which a parser often hangs on the verb ("an apology from X")."""
    tokens = {t.i for t in child.subtree}
    edge = max(tokens)
    for sibling in verb.rights:
        if sibling.i == edge + 1 and sibling.dep_ == "prep" and sibling.lower_ in _OBJECT_PREPOSITIONS:
            tokens.update(t.i for t in sibling.subtree)
            edge = max(tokens)
    return spans_of_tokens(verb.doc, sorted(tokens - left_out))


def _has_question_word(clause: Token) -> bool:
    return any(t.tag_ in {"WP", "WRB", "WDT"} or t.lower_ in {"whether", "if"} for t in clause.subtree)


def _relayed(verb: Token) -> tuple[Token, tuple[Span, ...]] | None:
    """Read "quoted X as saying …"."""
    said = next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    as_ = next((c for c in verb.children if c.lower_ == "as"), None)
    if said is None or as_ is None:
        return None
    saying = next((c for c in as_.children if c.pos_ == "VERB"), None)
    if saying is None:
        return None
    clause = next((c for c in saying.children if c.dep_ in _CLAUSES), None)
    return said, (_spans(clause, set()) if clause is not None else ())


def _according(token: Token, row: CueWord) -> Iterator[Attribution]:
    to = next((c for c in token.children if c.lower_ == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "to":
        to = token.doc[token.i + 1]
    speaker = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or speaker is None:
        return
    clause = token.head
    while clause.pos_ not in {"VERB", "AUX"} and clause.head is not clause:
        clause = clause.head
    own = {*range(token.i, to.i + 1), *_tokens(speaker)}
    content = _spans(clause, own)
    if content:
        yield Attribution(row, (token.i, to.i + 1), token.i, speaker.i, content, None, "according to")


def _of_noun(noun: Token, row: CueWord) -> Iterator[Attribution]:
    """Read "the claim that …", "Moscow's demand for …", "accusations by X of …"."""
    speaker = next((c for c in noun.children if c.dep_ == "poss"), None)
    content: Token | None = None
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in {"by", "from"} and speaker is None:
            speaker = next((c for c in child.children if c.dep_ == "pobj"), None)
        elif (
            (child.dep_ == "acl" and "that" in row.frames and any(c.lower_ == "that" for c in child.children))
            or (child.dep_ in {"acl", "relcl"} and "to" in row.frames and child.tag_ == "VB")
            or (child.dep_ == "prep" and child.lower_ in row.frames)
        ):
            content = content or child
    if content is not None:
        span = _spans(content, {noun.i, *_tokens(speaker)})
        if span:
            yield Attribution(row, (noun.i, noun.i + 1), noun.i, speaker.i if speaker else None, span, None, "noun")


def _is_inserted(verb: Token) -> bool:
    """Tell whether a clause of saying stands in or behind what it attributes: "Talks, he said, had failed"."""
    if verb.dep_ in {"parataxis", "ccomp", "dep", "advcl"} and verb.head.pos_ in {"VERB", "AUX"}:
        before = verb.doc[verb.left_edge.i - 1].text if verb.left_edge.i else ""
        return before in {",", "”", '"', "—", "–"} and verb.head is not verb
    return False


def _around(verb: Token, speaker: Token) -> tuple[Span, ...]:
    return _spans(verb.head, {t.i for t in verb.subtree} | {*_tokens(speaker)})


def _tokens(speaker: Token | None) -> Iterator[int]:
    if speaker is not None:
        for token in speaker.subtree:
            yield token.i


def _spans(clause: Token, left_out: set[int]) -> tuple[Span, ...]:
    """Give the code points of a subtree without some tokens, marks at the edges and single marks between trimmed."""
    tokens = [t for t in clause.subtree if t.i not in left_out]
    return spans_of_tokens(clause.doc, [t.i for t in tokens])


def spans_of_tokens(doc: Doc, numbers: list[int]) -> tuple[Span, ...]:
    """Join tokens that stand side by side to spans, marks at their edges trimmed."""
    runs: list[list[int]] = []
    for i in numbers:
        if (
            runs
            and all(doc[j].is_space or doc[j].is_punct for j in range(runs[-1][-1] + 1, i))
            and i - runs[-1][-1] <= 2
        ):
            runs[-1].append(i)
        else:
            runs.append([i])
    spans = []
    for run in runs:
        first, last = run[0], run[-1]
        while first <= last and (
            doc[first].is_space or doc[first].text in {",", ";", ":", ".", "-", "–", "—", "--", "?", "!"}
        ):
            first += 1
        while last >= first and (doc[last].is_space or doc[last].text in {",", ";", ":", ".", "-", "–", "—", "--"}):
            last -= 1
        if first <= last and any(doc[j].text[:1].isalnum() for j in range(first, last + 1)):
            spans.append((doc[first].idx, doc[last].idx + len(doc[last])))
    return tuple(spans)
