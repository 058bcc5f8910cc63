"""Joins the statements that the heads find with those of grammar and quotation marks, each where it is stronger."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.actors.roles import role_words
from melian.coding.span_index import SpanIndex
from melian.coding.statements.attribution import Attribution
from melian.coding.statements.beside import speaker_beside
from melian.coding.statements.completing import INVERTED, completed, shared, size_of
from melian.coding.statements.cue_phrases import is_negated
from melian.coding.statements.dialogue import QUOTES, is_quoted_clause, without_others_quotations
from melian.coding.statements.found import FoundStatement
from melian.coding.statements.speakers import speaker_of
from melian.knowledge.cues import CueWord, cues_by_lemma, find_verb, phrases_by_first_word
from melian.records import Span, overlap

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SAME = 0.5
_FULL_NAME = 2
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_GOES_ON = "quotation goes on"
_NOUN = "noun"
_ANSWERING = frozenset({"respond", "reply", "react"})
_FORMULA = "formula"
_LIGHT = frozenset("give cast make issue level have take raise throw let offer lodge voice put".split())
"""Verbs whose object says what they do: "gave his word", "cast doubt on"."""
_SAID = frozenset({"that", "quote", "wh"})
"""Frames of verbs that are followed by what is said, not by whom it is said to or of."""
_QUOTING = frozenset({"quote", "cite"})
_SPEAKERS = frozenset({"he", "she", "they"})
_RELATIVE = frozenset({"whom", "who", "which", "that"})
_PERFORMED = frozenset({"accuse", "condemn", "confirm", "demand", "deny", "praise", "promise", "threaten"})
_CLAUSAL = frozenset({"clause", "infinitive", "inserted clause", "according to", "as clause", "noun"})
_TRUSTED = frozenset(
    {
        "put at",
        "according to",
        "quotation goes on",
        "quotation alone",
        "quoted as saying",
        "formula",
        "tail",
        "announced",
    }
)
"""Rules whose statements stand even where the heads find none there."""


def join_found(doc: Doc, found: Sequence[FoundStatement], ruled: Sequence[Attribution]) -> list[Attribution]:
    """Give one list of statements.

    A statement of the heads keeps its words; from the rules' statement of the same cue, or of much the same content,
    it takes what the heads do not tell: who relays it. A rule's statement that the heads have nothing like stays where
    the rule is known to be right more often than not.
    """
    if not found:
        return list(ruled)
    text = doc.text
    starts = [token.idx for token in doc]
    rules = _Rules(ruled)
    joined: list[Attribution] = []
    used: set[int] = set()
    formulas = SpanIndex((extent, a) for a in ruled if a.rule == _FORMULA and (extent := _extent(doc, a)))
    for statement in found:
        own = _attribution(doc, starts, statement)
        if own is None or any(shared(own, a) for a in formulas.touching(statement.cue)):
            continue
        match = rules.like(own)
        if match is not None:
            used.add(match)
            own = completed(doc, own, ruled[match], starts)
        own = _without_apposed(doc, starts, replace(own, content=_with_condition(doc, own)))
        own = replace(own, content=_trimmed(doc, text, starts, own))
        joined += _by_paragraph(text, replace(own, content=_without_told(doc, text, own)))
    joined, freed = without_others_quotations(doc, text, joined, ruled)
    contents = SpanIndex((span, k) for k, own in enumerate(joined) for span in own.content)
    kept = [a for k, a in enumerate(ruled) if k in freed]
    for k, a in enumerate(ruled):
        if k in used or k in freed:
            continue
        is_inside = a.verb is not None and any(joined[n].verb != a.verb for _, n in contents.holding(starts[a.verb]))
        near = [joined[n] for n in dict.fromkeys(n for span in a.content for n in contents.touching(span))]
        is_kept = _is_spoken(a) if is_inside else _is_trusted(a) and not any(_covers(own, a, starts) for own in near)
        if is_kept or any(_turns_down(own, a, starts) for own in near):
            kept.append(a)
    return joined + kept


class _Rules:
    """The rules' statements, found by cue and by content."""

    def __init__(self, ruled: Sequence[Attribution]) -> None:
        self._ruled = ruled
        self._by_verb: dict[int, list[int]] = {}
        for k, a in enumerate(ruled):
            if a.verb is not None:
                self._by_verb.setdefault(a.verb, []).append(k)
        loose = [k for k, a in enumerate(ruled) if a.cue is None or a.relay is not None]
        self._loose = SpanIndex((span, k) for k in loose for span in ruled[k].content)

    def like(self, own: Attribution) -> int | None:
        """Find the statement of the same cue, or else of much the same content where no cue or a relay is known."""
        same = self._by_verb.get(own.verb if own.verb is not None else -1, ())
        if same:
            return max(same, key=lambda k: shared(own, self._ruled[k]))
        near = {k for span in own.content for k in self._loose.touching(span)}
        best = max(((shared(own, self._ruled[k]), -k) for k in near), default=(0.0, 0))
        return -best[1] if best[0] >= _SAME else None


def _attribution(doc: Doc, starts: Sequence[int], statement: FoundStatement) -> Attribution | None:
    cue = _tokens(starts, statement.cue)
    if cue[0] >= cue[1]:
        return None
    verb, row = _cue_word(doc, cue)
    is_name = verb.pos_ == "PROPN" and (verb.ent_type_ == "PERSON" or not verb.text.isascii())
    if is_name and doc[_tokens(starts, statement.contents[0])[0]].text[:1] not in QUOTES:
        return None  # The encoder reads no accents: "Saïd" said nothing.
    quoted = _quoted_one(verb)
    if quoted is not None:
        statement = _said_by(quoted, statement, starts)
    thing = _head(doc, _tokens(starts, statement.contents[0]))
    if row is not None and row.lemma != "*" and set(row.frames) <= _SAID and thing and _acts_on_people(verb, thing):
        return None
    speaker = _head(doc, _tokens(starts, statement.speaker)) if statement.speaker else _subject(verb, row, statement)
    return Attribution(
        row, cue, verb.i, speaker.i if speaker is not None else None, statement.contents, None, "heads",
        is_negated(verb), statement.speaker, statement.cue, statement.sureness,
    )  # fmt: skip


def _acts_on_people(verb: Token, thing: Token) -> bool:
    """Tell whether what is taken for said are people, the verb's own object: "recalled its ambassador"."""
    return thing.dep_ == "dobj" and thing.head == verb and thing.lemma_.lower() in role_words()


def _said_by(quoted: Token, statement: FoundStatement, starts: Sequence[int]) -> FoundStatement:
    """Leave him who "was quoted as saying" out of the content, and who quotes him out of the speaker."""
    doc, first, last = quoted.doc, quoted.left_edge.idx, quoted.right_edge
    contents = [(a, b) for a, b in statement.contents if a < first or b > last.idx + len(last)]
    words = statement.speaker
    if words is not None and doc[max(_tokens(starts, words)[0] - 1, 0)].lower_ == "by":
        words = None
    return replace(statement, contents=tuple(contents) or statement.contents, speaker=words)


def _quoted_one(verb: Token) -> Token | None:
    """Find who is quoted, from the "saying" or the "quoted" of "he was quoted as saying"."""
    quoting = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "as" else verb
    if quoting.lemma_ not in _QUOTING or all(child.lower_ != "as" for child in quoting.rights):
        return None
    before = (child for child in reversed(list(quoting.lefts)) if child.dep_ == "nsubjpass")
    return next(before, None) or next((child for child in quoting.rights if child.dep_ == "dobj"), None)


def _subject(verb: Token, row: CueWord | None, statement: FoundStatement) -> Token | None:
    """Find who speaks by the grammar where the heads find nobody; not what stands in the content."""
    is_saying = row is not None and row.is_strong and "quote" in row.frames and row.lemma != "*"
    subject = _quoted_one(verb) or (speaker_of(verb) if is_saying and verb.pos_ == "VERB" else None)
    if (
        subject is None
        or subject.lower_ in _RELATIVE
        or any(start <= subject.idx < end for start, end in statement.contents)
    ):
        return speaker_beside(verb.doc, verb, statement.contents[-1]) if is_saying and verb.pos_ == "VERB" else None
    return subject


def _with_condition(doc: Doc, own: Attribution) -> tuple[Span, ...]:
    """Take in the condition behind what is threatened or promised: "threatened to leave unless they were paid"."""
    end = own.content[-1][1]
    if own.verb is None:
        return own.content
    for clause in (child for head in (doc[own.verb], *doc[own.verb].rights) for child in head.rights):
        first = clause.left_edge
        if clause.dep_ == "advcl" and first.lower_ == "unless" and doc.text[end : first.idx].strip() == "":
            last = clause.right_edge
            return (*own.content[:-1], (own.content[-1][0], last.idx + len(last)))
    return own.content


def _without_apposed(doc: Doc, starts: Sequence[int], own: Attribution) -> Attribution:
    """Give a name behind the speaker's office to the speaker: "According to the mayor, Ada Quispe, the boat sank"."""
    first, last = _tokens(starts, own.content[0])
    if own.row is None or own.row.pos != "p" or own.cue is None or own.cue[1] + 1 >= first:
        return own
    end = next((i for i in range(first, len(doc)) if doc[i].pos_ != "PROPN"), first)
    is_set_off = doc[first - 1].text == "," and end < len(doc) and doc[end].text == ","
    is_place = any(entity.label_ in _PLACES for entity in doc[first:end].ents)
    if not is_set_off or is_place or doc[first - 2].pos_ != "NOUN" or end - first < _FULL_NAME:
        return own
    rest = ((doc[end + 1].idx, own.content[0][1]),) if end + 1 < last else ()
    content = (*rest, *own.content[1:])
    words = (own.words[0], doc[end - 1].idx + len(doc[end - 1])) if own.words else None
    return replace(own, content=content, words=words, speaker=end - 1) if content else own


def _trimmed(doc: Doc, text: str, starts: Sequence[int], own: Attribution) -> tuple[Span, ...]:
    """Leave out of the content what its speaker does or says besides: "condemned the raid and called for talks"."""
    if own.rule == INVERTED:
        return own.content
    pieces = []
    verb = doc[own.verb] if own.verb is not None else None
    for start, end in own.content:
        tokens = doc[slice(*_tokens(starts, (start, end)))]
        besides = (t for t in tokens if verb is not None and t.dep_ == "conj" and t.head.i == verb.i and t.i > verb.i)
        other = next(besides, None)
        if other is not None and _speaks(other) and not any(c.dep_ == "nsubj" for c in other.children):
            joint = next((c for c in verb.rights if c.dep_ == "cc"), other) if verb is not None else other
            end = max(start, min(end, joint.idx))
        end = min([end, *(t.left_edge.idx for t in tokens if _is_said_besides(t) and t.left_edge.idx > start)])
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
            end -= 1
        if end > start:
            pieces.append((start, end))
    real = [span for span in pieces if text[slice(*span)].lower() not in _RELATIVE]
    return tuple(real or pieces or own.content)


def _is_said_besides(verb: Token) -> bool:
    """Tell whether a clause tells what somebody said of something just named: ", of which she called it a mess"."""
    before = verb.doc[max(verb.left_edge.i - 1, 0)]
    is_theirs = any(child.dep_ == "nsubj" and child.lower_ in _SPEAKERS for child in verb.lefts)
    return verb.dep_ == "relcl" and before.text == "," and is_theirs and _speaks(verb)


def _speaks(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and find_verb(token.lemma_.lower(), token.lower_) is not None


def _without_told(doc: Doc, text: str, own: Attribution) -> tuple[Span, ...]:
    """Leave out what the reporter tells in other sentences, where a quoted clause stands in the cue's own."""
    if own.cue is None or len(own.content) == 1:
        return own.content
    sentence = doc[own.cue[0]].sent
    here = [sentence.start_char <= a and b <= sentence.end_char for a, b in own.content]
    words = [text[a:b] for a, b in own.content]
    if not any(is_here and is_quoted_clause(one) for is_here, one in zip(here, words, strict=True)):
        return own.content
    kept = zip(own.content, here, words, strict=True)
    return tuple(span for span, is_here, one in kept if is_here or any(mark in QUOTES for mark in one))


def _by_paragraph(text: str, own: Attribution) -> Iterator[Attribution]:
    """Yield a statement, and apart from it the quotations of later paragraphs, in which its speaker goes on."""
    anchor = own.cue_words[1] if own.cue_words else own.content[0][0]
    first = [span for span in own.content if "\n" not in text[min(anchor, span[1]) : max(anchor, span[0])]]
    later = [span for span in own.content if span not in first]
    if not first or not later:
        yield own
        return
    yield replace(own, content=tuple(first))
    for span in later:
        yield replace(own, content=(span,), cue=None, cue_words=None, words=None, row=None, verb=None, rule=_GOES_ON)


def _cue_word(doc: Doc, cue: tuple[int, int]) -> tuple[Token, CueWord | None]:
    """Find the word of a cue that says what it does, and its row: the last verb, else a fixed phrase, else a noun."""
    tokens = [doc[i] for i in range(*cue)]
    for token in reversed(tokens):
        row = find_verb(token.lemma_.lower(), token.lower_) if token.pos_ in {"VERB", "AUX"} else None
        if row is not None and row.lemma not in _LIGHT:
            return token, row
    if any(t.lemma_.lower() in _LIGHT for t in tokens):
        for token in tokens:
            row = cues_by_lemma().get((token.lemma_.lower(), "n"))
            if row is not None and row.act in _PERFORMED | {"question"}:
                verb = next((t for t in tokens if t.lemma_.lower() in _LIGHT), token)
                return verb, row
    for token in tokens:
        for words, row in phrases_by_first_word().get(token.lower_, ()):
            if [t.lower_ for t in doc[token.i : token.i + len(words)]] == list(words):
                return token, row
    for token in tokens:
        row = cues_by_lemma().get((token.lemma_.lower(), "n")) or find_verb(token.lemma_.lower(), token.lower_)
        if row is not None:
            return token, row
    if tokens[0].text == ":":
        return tokens[0], cues_by_lemma().get((":", "p"))
    verb = next((t for t in reversed(tokens) if t.pos_ in {"VERB", "AUX"}), tokens[0])
    return verb, cues_by_lemma().get(("*", "v"))


def _head(doc: Doc, tokens: tuple[int, int]) -> Token | None:
    """Find the word that governs a speaker's words: the highest in the parse, of names and nouns first."""
    if tokens[0] >= tokens[1]:
        return None
    phrase = doc[tokens[0] : tokens[1]]
    root = phrase.root
    if root.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
        return root
    nouns = [t for t in phrase if t.pos_ in {"NOUN", "PROPN", "PRON"}]
    return next((t for t in nouns if t.head.i == root.i), nouns[0]) if nouns else root


def _tokens(starts: Sequence[int], span: Span) -> tuple[int, int]:
    return max(bisect_right(starts, span[0]) - 1, 0), bisect_left(starts, span[1])


def _extent(doc: Doc, a: Attribution) -> Span | None:
    """Give what a fixed phrase covers, from its first word to the speaker that it names."""
    if a.cue is None:
        return None
    speaker = a.speaker if a.speaker is not None else a.cue[0]
    first, last = doc[min(a.cue[0], speaker)], doc[max(a.cue[1] - 1, speaker)]
    return first.idx, last.idx + len(last)


def _is_spoken(a: Attribution) -> bool:
    """Tell whether a statement inside another is one: the heads look for none there."""
    if a.rule == _NOUN and a.speaker is not None and a.cue is not None and a.cue[1] - a.cue[0] == 1:
        return True  # "Hanoi's claim that it was so", but not "the threat to peace"
    return a.row is not None and a.row.is_strong and (a.rule in _CLAUSAL or a.row.act in _PERFORMED)


def _is_trusted(a: Attribution) -> bool:
    """Tell whether a rule is right more often than not where the heads find nothing."""
    return a.rule in _TRUSTED or (a.row is not None and a.row.is_strong and a.row.act in _PERFORMED)


def _turns_down(own: Attribution, claim: Attribution, starts: Sequence[int]) -> bool:
    """Tell whether a statement denies, or answers, a claim that it names with its voice: "denied Iran's claim that"."""
    if claim.rule != _NOUN or claim.speaker is None or claim.verb is None or own.row is None:
        return False
    named = (*own.content, *((own.cue_words,) if own.cue_words else ()))
    is_held = any(start <= starts[claim.verb] < end for start, end in named)
    is_held = is_held and min(named)[0] <= starts[claim.speaker] < max(end for _, end in named)
    return is_held and (own.row.commitment == "denies" or own.row.lemma in _ANSWERING)


def _covers(own: Attribution, ruled: Attribution, starts: Sequence[int]) -> bool:
    """Tell whether a statement of the heads tells of the same words as one of the rules, and not of a part of them."""
    if own.verb is not None and own.verb == ruled.verb:
        return True
    if own.verb is not None and any(start <= starts[own.verb] < end for start, end in ruled.content):
        return False
    common = sum(overlap(a, b) for a in own.content for b in ruled.content)
    return common >= _SAME * size_of(ruled)
