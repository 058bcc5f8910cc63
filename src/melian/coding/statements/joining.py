"""Joins the statements that the heads find with those of grammar and quotation marks, each where it is stronger."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from melian.coding.span_index import SpanIndex
from melian.coding.statements.attribution import Attribution
from melian.coding.statements.cue_phrases import is_negated
from melian.coding.statements.found import FoundStatement
from melian.coding.statements.speakers import speaker_of
from melian.knowledge.cues import CueWord, cues_by_lemma, find_verb, phrases_by_first_word
from melian.records import Span, overlap

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

_SAME = 0.5
_MUCH = 0.6
_GOES_ON = "quotation goes on"
_FORMULA = "formula"
_INVERTED = "inverted clause"
_LONG = 12
"""Code points of content that cannot by chance be among a speaker's words."""
_LIGHT = frozenset("give cast make issue level have take raise throw let offer lodge voice put".split())
"""Verbs whose object says what they do: "gave his word", "cast doubt on"."""
_QUOTES = frozenset("\"“‘'«")
_BESIDE = frozenset({"quotation with cue", "inserted clause", "trailing clause"})
_RELATIVE = frozenset({"whom", "who", "which", "that"})
_PERFORMED = frozenset({"accuse", "condemn", "confirm", "demand", "deny", "praise", "promise", "threaten"})
_CLAUSAL = frozenset({"clause", "infinitive", "inserted clause", "according to", "as clause", "noun"})
_TRUSTED = frozenset(
    {"put at", "according to", "quotation goes on", "quotation alone", "quoted as saying", "formula", "tail"}
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
        if own is None or any(_shared(own, a) for a in formulas.touching(statement.cue)):
            continue
        match = rules.like(own)
        if match is not None:
            used.add(match)
            own = _completed(doc, own, ruled[match], starts)
        joined += _by_paragraph(text, replace(own, content=_trimmed(doc, text, starts, own)))
    joined, freed = _without_others_quotations(doc, joined, ruled)
    contents = SpanIndex((span, k) for k, own in enumerate(joined) for span in own.content)
    kept = [a for k, a in enumerate(ruled) if k in freed]
    for k, a in enumerate(ruled):
        if k in used or k in freed:
            continue
        is_inside = a.verb is not None and any(joined[n].verb != a.verb for _, n in contents.holding(starts[a.verb]))
        near = [joined[n] for n in dict.fromkeys(n for span in a.content for n in contents.touching(span))]
        if _is_spoken(a) if is_inside else _is_trusted(a) and not any(_covers(own, a, starts) for own in near):
            kept.append(a)
    return joined + kept


def _without_others_quotations(
    doc: Doc, joined: Sequence[Attribution], ruled: Sequence[Attribution]
) -> tuple[list[Attribution], set[int]]:
    """Take from a statement a quotation beside another's cue in another sentence: it is the next one in a dialogue.

    So it is with a quotation behind an indirect question: it answers. A statement of the heads with the other's cue
    gets the piece; else the positions of the rules' statements that have such pieces are given.
    """
    quoted = SpanIndex((span, k) for k, a in enumerate(ruled) for span in a.content if a.rule in _BESIDE)
    alone = SpanIndex((span, k) for k, a in enumerate(ruled) for span in a.content if a.verb is None)
    given: dict[int, list[Span]] = {}
    result = []
    for own in joined:
        if own.verb is None or len(own.content) < 2:
            result.append(own)
            continue
        sentence = doc[own.verb].sent
        asks = own.row is not None and own.row.lemma == "ask" and doc.text[own.content[0][0]] not in _QUOTES
        pieces = []
        for piece in own.content:
            near = [*quoted.touching(piece), *(alone.touching(piece) if asks and piece != own.content[0] else ())]
            others = [k for k in near if _is_of_another(own, ruled[k], piece, sentence)]
            if others:
                given.setdefault(others[0], []).append(piece)
            else:
                pieces.append(piece)
        result.append(replace(own, content=tuple(pieces)) if pieces else own)
    freed: set[int] = set()
    for k, spans in given.items():
        mate = next((n for n, own in enumerate(result) if own.verb is not None and own.verb == ruled[k].verb), None)
        if mate is None:
            freed.add(k)
        else:
            result[mate] = replace(result[mate], content=tuple(sorted({*result[mate].content, *spans})))
    return result, freed


def _is_of_another(own: Attribution, ruled: Attribution, piece: Span, sentence: Phrase) -> bool:
    if ruled.verb is not None and (ruled.verb == own.verb or sentence.start <= ruled.verb < sentence.end):
        return False
    if ruled.verb is not None and piece[0] <= sentence.doc[ruled.verb].idx < piece[1]:
        return False
    return any(overlap(piece, span) * 2 > piece[1] - piece[0] for span in ruled.content)


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
            return max(same, key=lambda k: _shared(own, self._ruled[k]))
        near = {k for span in own.content for k in self._loose.touching(span)}
        best = max(((_shared(own, self._ruled[k]), -k) for k in near), default=(0.0, 0))
        return -best[1] if best[0] >= _SAME else None


def _attribution(doc: Doc, starts: Sequence[int], statement: FoundStatement) -> Attribution | None:
    cue = _tokens(starts, statement.cue)
    if cue[0] >= cue[1]:
        return None
    verb, row = _cue_word(doc, cue)
    speaker = _head(doc, _tokens(starts, statement.speaker)) if statement.speaker else _subject(verb, row, statement)
    return Attribution(
        row, cue, verb.i, speaker.i if speaker is not None else None, statement.contents, None, "heads",
        is_negated(verb), statement.speaker, statement.cue, statement.sureness,
    )  # fmt: skip


def _subject(verb: Token, row: CueWord | None, statement: FoundStatement) -> Token | None:
    """Find who speaks by the grammar where the heads find nobody; not what stands in the content."""
    is_saying = row is not None and row.is_strong and "quote" in row.frames and row.lemma != "*"
    subject = speaker_of(verb) if is_saying and verb.pos_ == "VERB" else None
    if (
        subject is None
        or subject.lower_ in _RELATIVE
        or any(start <= subject.idx < end for start, end in statement.contents)
    ):
        return None
    return subject


def _trimmed(doc: Doc, text: str, starts: Sequence[int], own: Attribution) -> tuple[Span, ...]:
    """Leave out of the content what its speaker does besides: "condemned the raid and called for talks"."""
    pieces = []
    verb = doc[own.verb] if own.verb is not None else None
    for start, end in own.content:
        tokens = doc[slice(*_tokens(starts, (start, end)))]
        besides = (t for t in tokens if verb is not None and t.dep_ == "conj" and t.head.i == verb.i and t.i > verb.i)
        other = next(besides, None)
        if other is not None and other.pos_ in {"VERB", "AUX"} and not any(c.dep_ == "nsubj" for c in other.children):
            joint = next((c for c in verb.rights if c.dep_ == "cc"), other) if verb is not None else other
            end = max(start, min(end, joint.idx))
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
            end -= 1
        if end > start:
            pieces.append((start, end))
    real = [span for span in pieces if text[slice(*span)].lower() not in _RELATIVE]
    return tuple(real or pieces or own.content)


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


def _completed(doc: Doc, own: Attribution, ruled: Attribution, starts: Sequence[int]) -> Attribution:
    if ruled.relay is not None:
        return ruled
    is_same = ruled.verb is not None and ruled.verb == own.verb
    if is_same and (_speaker_is_said(own, ruled, starts) or _speaker_says_all(doc, own, ruled)):
        return replace(ruled, sureness=own.sureness)
    is_shorter = ruled.speaker == own.speaker and _size(own) < _MUCH * _size(ruled)
    if ruled.rule == _INVERTED and is_shorter and not (own.words and any(overlap(own.words, s) for s in ruled.content)):
        return replace(own, content=ruled.content)
    if ruled.rule == "according to" and _size(ruled) < _MUCH * _size(own):
        # "The talks, which lasted an hour according to an official, ended": he tells only how long.
        return replace(own, content=ruled.content)
    if ruled.rule == "adverb" and own.cue_words is not None and own.content[-1][1] <= own.cue_words[0]:
        return replace(own, content=ruled.content)
    if own.speaker is None and ruled.verb == own.verb:
        return replace(own, speaker=ruled.speaker)
    return own


def _speaker_is_said(own: Attribution, ruled: Attribution, starts: Sequence[int]) -> bool:
    """Tell whether the heads take who speaks, by the grammar of an inverted clause, for a part of what is said."""
    if ruled.rule != _INVERTED or ruled.speaker is None or ruled.speaker == own.speaker:
        return False
    return any(start <= starts[ruled.speaker] < end for start, end in own.content)


def _speaker_says_all(doc: Doc, own: Attribution, ruled: Attribution) -> bool:
    """Tell whether the heads take what is said for a part of who says it: "accused by the minister of shelling"."""
    if own.words is None or ruled.verb is None or not any(c.dep_ == "agent" for c in doc[ruled.verb].children):
        return False
    return sum(overlap(own.words, span) for span in ruled.content) > _LONG


def _extent(doc: Doc, a: Attribution) -> Span | None:
    """Give what a fixed phrase covers, from its first word to the speaker that it names."""
    if a.cue is None or a.speaker is None:
        return None
    first, last = doc[min(a.cue[0], a.speaker)], doc[max(a.cue[1] - 1, a.speaker)]
    return first.idx, last.idx + len(last)


def _size(a: Attribution) -> int:
    return sum(end - start for start, end in a.content)


def _shared(one: Attribution, other: Attribution) -> float:
    """Give the share of code points in common, twice over both (the Dice coefficient)."""
    common = sum(overlap(a, b) for a in one.content for b in other.content)
    size = _size(one) + _size(other)
    return 2 * common / size if size else 0.0


def _is_spoken(a: Attribution) -> bool:
    """Tell whether a statement inside another is one: the heads look for none there."""
    return a.row is not None and a.row.is_strong and (a.rule in _CLAUSAL or a.row.act in _PERFORMED)


def _is_trusted(a: Attribution) -> bool:
    """Tell whether a rule is right more often than not where the heads find nothing."""
    return a.rule in _TRUSTED or (a.row is not None and a.row.is_strong and a.row.act in _PERFORMED)


def _covers(own: Attribution, ruled: Attribution, starts: Sequence[int]) -> bool:
    """Tell whether a statement of the heads tells of the same words as one of the rules, and not of a part of them."""
    if own.verb is not None and own.verb == ruled.verb:
        return True
    if own.verb is not None and any(start <= starts[own.verb] < end for start, end in ruled.content):
        return False
    common = sum(overlap(a, b) for a in own.content for b in ruled.content)
    return common >= _SAME * _size(ruled)
