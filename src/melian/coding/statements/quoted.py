"""Quotations as statements: with their cue, or going on from the speaker before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.draft import Quotation
from melian.coding.statements.attribution import Attribution
from melian.coding.statements.cue_phrases import cue_span, is_negated
from melian.coding.statements.speakers import speaker_of
from melian.knowledge.cues import CueWord, cues_by_lemma, find_verb
from melian.records import Span, overlap

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

_SHORT = 4
_SET_OFF = frozenset(",:-–—")
_DOUBLED = frozenset({"''", "``", "’’", "‘‘"})


def join_quotations(
    doc: Doc,
    quotations: Sequence[Quotation],
    sentences: Sequence[Phrase],
    coded: Sequence[bool],
    found: Sequence[Attribution],
) -> list[Attribution]:
    """Join quotations with the statements that grammar found, and make statements of those left over.

    A quotation that a statement's content holds, or the most of, belongs to it. Else its cue is looked for in the
    sentences that it begins or ends in: where that cue has a statement already, the quotation is one more piece of it.
    A quotation of whole sentences without a cue belongs to the statement right before it, or goes on from one a little
    farther off.
    """
    text = doc.text
    statements = _Found(_clip(doc, text, quotations, found), sentences)
    last: tuple[int, int] | None = None  # position of a statement in `statements`, sentence where its words end
    behind = 0
    at = 0
    for quotation in quotations:
        if quotation.depth:
            continue
        while at < len(sentences) and sentences[at].end_char <= quotation.span[0]:
            at += 1
        inside = _take(sentences, at, quotation.span[1])
        if not inside or not all(coded[k] for k in inside):
            continue
        span = outer(text, quotation)
        here = statements.near(inside)
        owner = _owner(doc, statements.all, here, span)
        if owner is None and (_is_speech(text, quotation) or _is_part_of_speech(text, quotation)):
            owner = _attach(
                doc, text, quotation, span, [sentences[inside[0]], sentences[inside[-1]]], statements, here, at
            )
            if owner is None and _is_speech(text, quotation):
                is_next = last is not None and not any(c.isalnum() for c in text[behind : span[0]])
                fills = _fills(text, quotation, sentences[inside[0]], sentences[inside[-1]])
                is_next = is_next and (fills or "\n" not in text[max(behind - 1, 0) : span[0]])
                if last is not None and is_next and not _is_answer(text, behind, span[0]):
                    statements.all[last[0]] = add_piece(statements.all[last[0]], span)
                    owner = last[0]
                elif last is not None and not is_next and 0 <= inside[0] - last[1] <= 2:
                    before = statements.all[last[0]]
                    goes_on = Attribution(None, None, None, before.speaker, (span,), before.relay, "quotation goes on")
                    owner = statements.add(goes_on, inside[-1])
                elif fills:
                    alone = Attribution(None, None, None, None, (span,), None, "quotation alone")
                    owner = statements.add(alone, inside[-1])
        elif owner is not None:
            statements.all[owner] = _grow(statements.all[owner], span)
        if owner is not None:
            last = (owner, inside[-1])
            behind = max(span[1], sentences[inside[-1]].end_char)
    return [s for s in statements.all if s.content]


class _Found:
    """Statements as they are found, each filed under the sentences of its cue or content."""

    def __init__(self, found: Sequence[Attribution], sentences: Sequence[Phrase]) -> None:
        self.all: list[Attribution] = []
        self._by_sentence: dict[int, list[int]] = {}
        k = 0
        for a in sorted(found, key=lambda a: a.verb if a.verb is not None else -1):
            while a.verb is not None and sentences[k].end <= a.verb:
                k += 1
            self.add(a, k)

    def add(self, a: Attribution, sentence: int) -> int:
        """Add a statement and give its position."""
        self.all.append(a)
        self._by_sentence.setdefault(sentence, []).append(len(self.all) - 1)
        return len(self.all) - 1

    def near(self, sentences: Sequence[int]) -> list[int]:
        """Give the positions of the statements of some sentences."""
        return [k for sentence in sentences for k in self._by_sentence.get(sentence, ())]


def _clip(doc: Doc, text: str, quotations: Sequence[Quotation], found: Sequence[Attribution]) -> list[Attribution]:
    """Keep what a cue inside a quotation attributes inside it: the reporter's words are not the quoted speaker's."""
    tops = [q.span for q in quotations if q.depth == 0]
    starts = [span[0] for span in tops]
    kept = []
    for a in found:
        at = doc[a.verb].idx if a.verb is not None else -1
        k = bisect_right(starts, at) - 1
        if k >= 0 and at < tops[k][1]:
            start, end = tops[k]
            pieces = tuple((max(s, start), min(e, end)) for s, e in a.content if s < end and start < e)
            if a.content and not any(c.isalnum() for s, e in pieces for c in text[s:e]):
                continue
            a = replace(a, content=pieces)
        kept.append(a)
    return kept


def outer(text: str, quotation: Quotation) -> Span:
    """Give the quotation with its marks, doubled single marks included, blanks at the edges left out."""
    start, end = quotation.span
    while end > start and text[end - 1].isspace():
        end -= 1
    if start and text[start - 1 : start + 1] in _DOUBLED:
        start -= 1
    if text[end - 1 : end + 1] in _DOUBLED:
        end += 1
    return start, end


def add_piece(a: Attribution, span: Span) -> Attribution:
    """Add a piece of content; only blanks between two pieces make them one."""
    return replace(a, content=_merge((*a.content, span)))


def _merge(pieces: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for piece in sorted(pieces):
        if merged and piece[0] <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], piece[1]))
        else:
            merged.append(piece)
    return tuple(merged)


def _take(sentences: Sequence[Phrase], at: int, end: int) -> list[int]:
    taken = []
    for k in range(at, len(sentences)):
        if sentences[k].start_char >= end:
            break
        taken.append(k)
    return taken


def _owner(doc: Doc, statements: Sequence[Attribution], here: Sequence[int], span: Span) -> int | None:
    """Find the statement whose content the quotation is, or is a part of; its cue stands outside the quotation."""
    best: tuple[int, int] | None = None
    for k in here:
        statement = statements[k]
        if statement.verb is not None and span[0] <= doc[statement.verb].idx < span[1]:
            continue
        shared = sum(overlap(span, piece) for piece in statement.content)
        size = sum(e - s for s, e in statement.content)
        begins = any(s - 2 <= span[0] < e for s, e in statement.content)
        is_its = begins or shared * 2 > span[1] - span[0] or (shared and shared * 10 > size * 9)
        if is_its and (best is None or size > best[1]):
            best = (k, size)
    return best[0] if best else None


def _grow(statement: Attribution, span: Span) -> Attribution:
    """Widen content to the marks of a quotation that it shares."""
    pieces = [
        (min(piece[0], span[0]), max(piece[1], span[1])) if overlap(piece, span) else piece
        for piece in statement.content
    ]
    return replace(statement, content=_merge(pieces))


def _attach(
    doc: Doc,
    text: str,
    quotation: Quotation,
    span: Span,
    beside: Sequence[Phrase],
    statements: _Found,
    here: Sequence[int],
    at: int,
) -> int | None:
    """Give a quotation to the cue beside it: a further piece of its statement, or a new one."""
    found = _cue_beside(doc, text, quotation, span, beside)
    if found is None:
        return None
    verb, row, speaker, is_inside = found
    for k in here:
        a = statements.all[k]
        if a.verb == verb.i:
            statements.all[k] = add_piece(a, span)
            return k
    for k in here:
        a = statements.all[k]
        cue = doc[a.verb] if a.verb is not None else None
        if cue is not None and cue.i != verb.i and any(s <= verb.idx < e for s, e in a.content) and speaker is None:
            return None
    cue_tokens = cue_span(verb)
    content = span
    if is_inside and span[0] > verb.idx:
        start = _clause_start(doc, verb, cue_tokens[1], span[0])
        content = (start, span[1])
    who = speaker.i if speaker else None
    made = Attribution(row, cue_tokens, verb.i, who, (content,), None, "quotation with cue", is_negated(verb))
    return statements.add(made, at)


def _clause_start(doc: Doc, verb: Token, behind: int, end: int) -> int:
    """Find where the words of a clause begin that the quotation ends: right behind the cue and whom it is told to."""
    first = behind
    for child in verb.rights:
        if (child.dep_ in {"dobj", "dative"} and child.i == child.left_edge.i == first) or child.dep_ in {"prt", "neg"}:
            first = max(first, child.right_edge.i + 1)
    while first < len(doc) and (doc[first].is_punct or doc[first].is_space) and doc[first].idx < end:
        first += 1
    return min(doc[first].idx, end) if first < len(doc) else end


def _cue_beside(
    doc: Doc, text: str, quotation: Quotation, span: Span, sentences: Sequence[Phrase]
) -> tuple[Token, CueWord, Token | None, bool] | None:
    """Find the verb of saying outside the quotation in its first or last sentence, the nearest first.

    The last field tells whether the quotation is a part of the clause behind the verb, not set off from it.
    """
    cues = cues_by_lemma()
    start, end = quotation.span
    lead = text[max(0, span[0] - 40) : span[0]].rstrip()
    is_set_off = not lead or lead[-1] in _SET_OFF or span[0] <= sentences[0].start_char
    trail = _last_mark(text, span) in ",?!" or text[span[1] : span[1] + 1] == ","
    above = frozenset() if is_set_off else _above(doc, start, end)
    best: tuple[int, Token, CueWord, Token | None, bool] | None = None
    for sentence in sentences:
        for token in sentence:
            if start <= token.idx < end or token.pos_ not in {"VERB", "AUX"}:
                continue
            row = find_verb(token.lemma_.lower(), token.lower_)
            if row is None and _is_beside(text, token, span):
                row = cues.get(("*", "v"))
            if row is None or not row.is_strong or (token.i and token.nbor(-1).text == "-"):
                continue
            is_inside = False
            if not is_set_off and token.idx < start:
                is_inside = token.i in above
                if not is_inside or "quote" not in row.frames:
                    continue
            elif token.idx > start and not trail:
                continue
            speaker = speaker_of(token)
            if speaker is not None and start <= speaker.idx < end:
                speaker = None
            distance = token.idx - end if token.idx >= end else start - token.idx
            if speaker is None:
                distance += 60
            if best is None or distance < best[0]:
                best = (distance, token, row, speaker, is_inside)
    return None if best is None else best[1:]


def _is_beside(text: str, verb: Token, span: Span) -> bool:
    """Tell whether any verb, with its subject, follows a quotation closely enough to be its cue: '"No," he drawled'."""
    if verb.tag_ not in {"VBD", "VBZ"} or not span[1] <= verb.idx <= span[1] + 40:
        return False
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return subject is not None and subject.idx >= span[1] and _last_mark(text, span) in {",", "?", "!"}


def _above(doc: Doc, start: int, end: int) -> frozenset[int]:
    """Give the numbers of the tokens that stand above a quotation in the tree."""
    inside = doc.char_span(start, end, alignment_mode="contract")
    return frozenset(token.i for token in inside.root.ancestors) if inside is not None and len(inside) else frozenset()


def _is_answer(text: str, behind: int, start: int) -> bool:
    """Tell whether a quotation in a new paragraph answers a question: then somebody else may speak."""
    asked = text[max(0, behind - 6) : behind].rstrip().rstrip("\"”'’").endswith("?")
    return asked and "\n" in text[behind - 1 : start]


def _is_speech(text: str, quotation: Quotation) -> bool:
    """Tell whether a quotation reads as speech and not as a name or a word at a distance."""
    words = text[quotation.inner[0] : quotation.inner[1]].split()
    if not words:
        return False
    ends = words[-1][-1] in ".,!?…" or not quotation.is_closed or quotation.is_continued
    return (len(words) >= _SHORT and (words[0][:1].isupper() or quotation.is_continued)) and ends


def _is_part_of_speech(text: str, quotation: Quotation) -> bool:
    """Tell whether a short quotation in double marks can be somebody's words in a sentence of the report's."""
    start = quotation.span[0]
    is_double = text[start] in '"“«' or (start and text[start - 1 : start + 1] in _DOUBLED)
    return bool(is_double) and len(text[quotation.inner[0] : quotation.inner[1]].split()) > 1


def _fills(text: str, quotation: Quotation, first: Phrase, last: Phrase) -> bool:
    """Tell whether a quotation fills its sentences, so that no cue can stand beside it."""
    outside = text[first.start_char : quotation.span[0]] + text[quotation.span[1] : last.end_char]
    return not any(c.isalnum() for c in outside)


def _last_mark(text: str, span: Span) -> str:
    """Give the last mark inside a quotation's own closing marks."""
    return text[span[0] : span[1]].rstrip("\"”'’")[-1:]
