"""The stage that finds who said what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from melian.coding.draft import Draft, Naming
from melian.coding.encoder.scale import SHIPPED, Scale
from melian.coding.span_index import SpanIndex
from melian.coding.statements.act_head import ActReader
from melian.coding.statements.acts import act_of
from melian.coding.statements.attribution import Attribution
from melian.coding.statements.blocks import with_blocks
from melian.coding.statements.confidence import confidence_of
from melian.coding.statements.crossing import without_next_speakers
from melian.coding.statements.floating import with_floating_speakers
from melian.coding.statements.found import FoundStatement, find_statements
from melian.coding.statements.grammar import find_attributions
from melian.coding.statements.heads import Heads
from melian.coding.statements.joining import join_found
from melian.coding.statements.labelled import with_labelled
from melian.coding.statements.pronouns import resolve_quoted
from melian.coding.statements.quoted import join_quotations
from melian.coding.statements.relays import relays_of, with_sources
from melian.coding.statements.seats import owner_of_words, with_seated_speakers
from melian.coding.statements.speakers import speaker_span
from melian.records import Absence, Actor, Cue, Reason, Report, Span, Statement, StatementKind, content_id, overlap

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

_GOES_ON = "quotation goes on"
_OWN_VOICE = frozenset({"label", "signature", "block"})
"""Rules whose statements hold somebody's own words without quotation marks."""
_SPEAKING_ENTITIES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_SPEAKING_PRONOUNS = frozenset({"who", "he", "she", "they", "we", "i", "many", "some", "others", "both", "everyone"})
_PARTITIVE = frozenset(
    (
        "one some many most several dozen hundred thousand member number group part majority couple handful all both "
        "none each"
    ).split()
)


class StatementsStage:
    """Finds statements with speaker, cue and content, and resolves the pronouns inside quotations.

    Args:
        scale: What confidence is told by, in place of what ships.
    """

    name = "statements"
    requires = frozenset({"doc", "coded", "encoded", "quotations", "actors", "namings"})
    provides = frozenset({"statements", "quoted_namings", "reasons", "absences"})

    def __init__(self, scale: Scale = SHIPPED) -> None:
        self.scale = scale

    def __call__(self, draft: Draft) -> Draft:
        """Add statements to a draft."""
        doc = draft.doc
        assert doc is not None
        namings = {naming.head: naming for naming in draft.namings}
        actors = {actor.id: actor for actor in draft.actors}
        sentences = list(doc.sents)
        found: list[Attribution] = []
        titles = _own_titles(draft.report)
        for sentence, is_coded in zip(sentences, draft.coded, strict=True):
            if is_coded or any(start <= sentence.start_char < end for start, end in titles):
                found += [a for a in find_attributions(sentence) if _is_kept(a, doc, namings)]
        found = join_quotations(doc, draft.quotations, sentences, draft.coded, found)
        found = join_found(doc, list(_found_in(draft, sentences)), found)
        tops = [q.span for q in draft.quotations if q.depth == 0]
        found = without_next_speakers(doc, sentences, tops, found)
        found = with_blocks(doc, draft.report.text, found)
        found = with_labelled(doc, draft.report.text, found)
        found = with_sources(doc, found, namings, actors)
        found = list(with_seated_speakers(doc, found, namings, actors))
        found = with_floating_speakers(doc, found, sentences, namings, actors)
        found.sort(key=lambda a: (a.content[0], a.cue or (0, 0)))
        unique: dict[tuple[tuple[Span, ...], tuple[int, int] | None], Attribution] = {}
        for a in found:
            unique.setdefault((a.content, a.cue), a)
        attributions = list(unique.values())
        reader = ActReader(draft.encoded) if draft.encoded else None
        statements = [_statement(a, doc, tops, namings, actors, reader) for a in attributions]
        # Pronouns inside quotations lead to actors once the speakers are known, and then speak themselves.
        turns = [span for a in attributions if a.rule in _OWN_VOICE for span in a.content]
        inner = resolve_quoted(doc, draft.namings, actors, statements, draft.quotations, turns)
        namings.update({naming.head: naming for naming in inner})
        # Where no phrase leads to an actor, as in titles, the same words elsewhere in the report do.
        text = draft.report.text
        by_words = {text[s:e].casefold(): actor.id for actor in reversed(draft.actors) for s, e in actor.mentions}
        reasons: list[Reason] = []
        absences: list[Absence] = []
        for k, a in enumerate(attributions):
            statement = statements[k]
            if statement.speaker is None and a.rule == _GOES_ON and k:
                statement = statements[k] = msgspec.structs.replace(statement, speaker=statements[k - 1].speaker)
            elif statement.speaker is None and a.speaker is not None:
                naming = namings.get(a.speaker)
                words = text[slice(*statement.speaker_span)] if statement.speaker_span else ""
                found_actor = naming.actor if naming is not None else by_words.get(words.casefold())
                statement = statements[k] = msgspec.structs.replace(statement, speaker=found_actor)
            rows = (f"cues:{a.row.id}",) if a.row else ()
            spans = (statement.cue.span,) if statement.cue else statement.content[:1]
            reasons.append(Reason(record=statement.id, stage="statements", rule=a.rule, rows=rows, spans=spans))
            if statement.speaker is None:
                why = (
                    "no words name a speaker"
                    if statement.speaker_span is None
                    else "the speaker's words lead to no known actor"
                )
                absences.append(Absence(record=statement.id, field="speaker", reason=why))
        sure = [replace(one, confidence=self.scale.confidence(one.confidence, one.act)) for one in statements]
        nested = _nest(sure, actors)
        return replace(
            draft,
            statements=nested,
            quoted_namings=inner,
            reasons=draft.reasons + tuple(reasons),
            absences=draft.absences + tuple(absences),
        )


@cache
def _heads() -> Heads:
    return Heads()


def _found_in(draft: Draft, sentences: Sequence[Phrase]) -> Iterator[FoundStatement]:
    """Yield the statements of the heads whose cue stands in a sentence that is coded, or in a title of its own."""
    ends = [sentence.end_char for sentence in sentences]
    titles = _own_titles(draft.report)
    for statement in find_statements(_heads(), draft.encoded):
        number = bisect_right(ends, statement.cue[0])
        is_titled = any(start <= statement.cue[0] < end for start, end in titles)
        if is_titled or (number < len(ends) and draft.coded[number]):
            yield statement


def _own_titles(report: Report) -> list[Span]:
    """Give the titles that the report does not repeat: what "Lavrov: no breakthrough" says stands nowhere else."""
    titles = [part.span for part in report.furniture if part.kind == "title"]
    return [span for span in titles if report.text.count(report.text[slice(*span)].rstrip(" .!?")) == 1]


def _is_kept(a: Attribution, doc: Doc, namings: dict[int, Naming]) -> bool:
    """Leave out weak cues whose subject can't speak, and cues without any speaker that are not passives."""
    if a.row is None or a.rule in {"adverb", "formula", "raising passive"}:
        return True
    if a.speaker is None:
        verb = doc[a.verb] if a.verb is not None else None
        passive = verb is not None and any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)
        return a.row.is_strong and passive
    speaker = doc[a.speaker]
    if a.rule == "tail":
        return naming_of(speaker, namings) is not None
    if a.row.is_strong or naming_of(speaker, namings) is not None:
        return True
    is_named = speaker.ent_type_ in _SPEAKING_ENTITIES or speaker.lower_ in _SPEAKING_PRONOUNS
    return is_named or speaker.tag_ in {"NNS", "NNPS"}


def naming_of(token: Token, namings: dict[int, Naming]) -> Naming | None:
    """Find the naming that a head leads to, over partitives ("one of its jets"), writings and relative pronouns."""
    naming = namings.get(token.i) or owner_of_words(token, namings)
    if naming is not None:
        return naming
    if token.lower_ in {"who", "which", "that"}:
        clause = token.head
        while clause.dep_ in {"ccomp", "xcomp", "conj", "aux", "prep", "pcomp"} and clause.head != clause:
            clause = clause.head
        if clause.dep_ != "relcl":
            return None
        return namings.get(clause.head.i) or owner_of_words(clause.head, namings)
    if token.lemma_.lower() in _PARTITIVE or token.pos_ == "NUM":
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "among"}:
                for noun in child.children:
                    if noun.dep_ == "pobj":
                        return namings.get(noun.i)
    return None


def _naming_among(doc: Doc, words: Span, namings: dict[int, Naming]) -> Naming | None:
    """Find the first naming among a speaker's words that is not of somebody he only belongs to."""
    phrase = doc.char_span(*words, alignment_mode="expand")
    free = (t for t in phrase or () if t.dep_ not in {"pobj", "poss", "amod", "compound", "nmod"})
    return next((namings[t.i] for t in free if t.i in namings), None)


def _statement(
    a: Attribution,
    doc: Doc,
    tops: Sequence[Span],
    namings: dict[int, Naming],
    actors: dict[str, Actor],
    reader: ActReader | None,
) -> Statement:
    naming = naming_of(doc[a.speaker], namings) if a.speaker is not None else None
    if naming is None and a.words is not None:
        naming = _naming_among(doc, a.words, namings)
    speaker = naming.actor if naming else None
    cue = None
    if a.cue is not None and a.row is not None:
        first, last = doc[a.cue[0]], doc[a.cue[1] - 1]
        lemma = doc[a.verb].lemma_.lower() if a.row.lemma == "*" and a.verb is not None else a.row.lemma
        cue = Cue(span=a.cue_words or (first.idx, last.idx + len(last)), lemma=lemma)
    has_own_speaker = a.speaker is not None and a.rule != _GOES_ON
    span = a.words
    if span is None and has_own_speaker and a.speaker is not None:
        span = speaker_span(doc[a.speaker], a)
    via = relays_of(a, doc, namings, actors, speaker)
    kind = _kind(a.content, tops)
    return Statement(
        id=content_id("s", a.content, cue.span if cue else ""),
        speaker=speaker,
        speaker_span=span,
        cue=cue,
        content=a.content,
        kind=kind,
        act=act_of(a, doc, namings, actors, speaker, reader),
        via=via,
        confidence=confidence_of(a),
    )


def _kind(content: Sequence[Span], tops: Sequence[Span]) -> StatementKind:
    size = sum(e - s for s, e in content)
    quoted = sum(_quoted_in(piece, tops) for piece in content)
    if quoted == 0:
        return "indirect"
    return "direct" if quoted >= 0.9 * size else "mixed"


def _quoted_in(piece: Span, tops: Sequence[Span]) -> int:
    """Count the code points of a piece inside outermost quotations, which come in order."""
    at = max(bisect_right(tops, piece[0], key=lambda span: span[0]) - 1, 0)
    count = 0
    while at < len(tops) and tops[at][0] < piece[1]:
        count += overlap(piece, tops[at])
        at += 1
    return count


def _nest(statements: Sequence[Statement], actors: dict[str, Actor]) -> tuple[Statement, ...]:
    """Give each statement whose cue stands in another's content the smallest such one as parent.

    What a paper or station tells of another's statement, it relays.
    """
    contents = SpanIndex((span, s) for s in statements for span in s.content)
    nested = []
    for statement in statements:
        parent: tuple[int, Statement] | None = None
        if statement.cue is not None:
            start, end = statement.cue.span
            for span, other in contents.holding(start):
                size = sum(e - s for s, e in other.content)
                if end <= span[1] and other.id != statement.id and (parent is None or size < parent[0]):
                    parent = (size, other)
        if parent is not None:
            outer = actors.get(parent[1].speaker or "")
            relays = outer is not None and outer.sector == "JRN" and outer.id not in (*statement.via, statement.speaker)
            via = (*statement.via, outer.id) if outer is not None and relays else statement.via
            statement = msgspec.structs.replace(statement, parent=parent[1].id, via=via)
        nested.append(statement)
    return tuple(nested)
