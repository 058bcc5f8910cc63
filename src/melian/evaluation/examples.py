"""What reviewers said as examples to learn from, in the form of the training corpus.

A sentence teaches what is in it and what is not. So only sentences are taken of which every event was judged, and only
paragraphs of which every statement was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from melian.archive.review.settling import Mark
from melian.evaluation.passages import BadPassage, GoldEvent, Party, Passage, span_of
from melian.evaluation.statements import Attribution, GoldStatements
from melian.records import Actor, Claim, Event, Reading, Span, Statement, contains, content_id, overlap

SHORTEST, LONGEST = 20, 900
"""How long a passage of the corpus may be, in characters."""
_BODIES = ("IGO", "NGO", "MNC")
Marks = Mapping[str, Mark]


def passages_of(made: Reading, corrected: Reading, marks: Marks, left_out: Counter[str]) -> Iterator[Passage]:
    """Give the sentences of which every event was judged.

    Args:
        made: The reading as the machine made it.
        corrected: The same with its corrections.
        marks: What became of each judged event, by its id.
        left_out: Reasons why sentences with judged events are left out; they are counted here.
    """
    events = {event.id: event for event in [*made.events, *corrected.events]}
    now = {event.id: event for event in corrected.events}
    sentences = {m.sentence for ident in marks if ident in events for m in events[ident].mentions[:1]}
    for sentence in sorted(sentences):
        inside = [event for event in events.values() if any(overlap(m.trigger, sentence) for m in event.mentions)]
        text = made.report.text[slice(*sentence)]
        if reason := _obstacle(inside, marks, text):
            left_out[reason] += 1
            continue
        try:
            told = [_gold(now[event.id], corrected, sentence) for event in inside if event.id in now]
        except BadPassage as error:
            left_out[str(error)] += 1
            continue
        told.sort(key=lambda one: span_of(text, one.trigger, one.nth))
        kinds = sorted({marks[event.id] for event in inside})
        yield Passage(id=content_id("review-", text, size=6), text=text, events=tuple(told), kinds=("review", *kinds))


def articles_of(made: Reading, corrected: Reading, marks: Marks, left_out: Counter[str]) -> Iterator[GoldStatements]:
    """Give the paragraphs of which every statement was judged.

    Args:
        made: The reading as the machine made it.
        corrected: The same with its corrections.
        marks: What became of each judged statement, by its id.
        left_out: Reasons why paragraphs with judged statements are left out; they are counted here.
    """
    text = made.report.text
    for paragraph in _paragraphs(text):
        # As the machine had it and as it is now: a corrected statement may have had its words elsewhere.
        touching = [
            one
            for one in (*made.statements, *corrected.statements)
            if any(overlap(span, paragraph) for span in _spans(one))
        ]
        if not any(one.id in marks for one in touching):
            continue
        if not all(one.id in marks for one in touching):
            left_out["a statement of the paragraph was not judged"] += 1
        elif any(marks[one.id] == "contested" for one in touching):
            left_out["reviewers differ"] += 1
        elif not all(contains(paragraph, span) for one in touching for span in _spans(one)):
            left_out["a statement reaches over paragraphs"] += 1
        else:
            ids = {one.id for one in touching}
            yield GoldStatements(
                doc_id=content_id("review-", text[slice(*paragraph)], size=6),
                text=text[slice(*paragraph)],
                attributions=tuple(_attribution(one, paragraph[0]) for one in corrected.statements if one.id in ids),
            )


def _obstacle(inside: list[Event], marks: Marks, text: str) -> str:
    if not all(event.id in marks for event in inside):
        return "an event of the sentence was not judged"
    if any(marks[event.id] == "contested" for event in inside):
        return "reviewers differ"
    if not SHORTEST <= len(text) <= LONGEST:
        return f"the sentence has not {SHORTEST} to {LONGEST} characters"
    return ""


def _gold(event: Event, reading: Reading, sentence: Span) -> GoldEvent:
    text = reading.report.text[slice(*sentence)]
    trigger = next(m.trigger for m in event.mentions if overlap(m.trigger, sentence))
    words, nth = _words(text, trigger, sentence, "the trigger is no whole word")
    claim, by = _claim(event, reading, sentence, trigger)
    actors = {actor.id: actor for actor in reading.actors}
    sides = [
        tuple(_party(actors[one], text, sentence, trigger) for one in side if one in actors)
        for side in (event.sources, event.targets)
    ]
    return GoldEvent(
        type=event.type,
        trigger=words,
        modes=event.modes,
        contexts=event.contexts,
        source=sides[0],
        target=sides[1],
        polarity=claim.polarity if claim is not None else "positive",
        tense=claim.tense if claim is not None else "past",
        certainty=claim.certainty if claim is not None else "certain",
        by=by,
        nth=nth,
    )


def _claim(event: Event, reading: Reading, sentence: Span, trigger: Span) -> tuple[Claim | None, str | None]:
    """Find the claim by which the sentence tells the event: that of the statement around it, else the author's."""
    claims = {claim.holder: claim for claim in reading.claims if claim.event == event.id}
    text = reading.report.text[slice(*sentence)]
    for one in reversed(reading.statements):
        if one.id in claims and any(overlap(span, trigger) for span in one.content):
            if one.speaker_span is None or not contains(sentence, one.speaker_span):
                return claims[one.id], None
            words, nth = _words(text, one.speaker_span, sentence, "the speaker's words are no whole words")
            # The corpus names a speaker by its words alone: the first of them are meant.
            return claims[one.id], words if nth == 1 else None
    return claims.get("author") or next(iter(claims.values()), None), None


def _party(actor: Actor, text: str, sentence: Span, trigger: Span) -> Party:
    country = actor.country or (actor.sector if actor.sector in _BODIES else None)
    inside = [span for span in actor.mentions if contains(sentence, span)]
    if not inside:
        # A reviewer's own party has no mentions: its name may stand in the sentence all the same.
        found = re.search(rf"(?<!\w){re.escape(actor.name)}(?!\w)", text, re.IGNORECASE)
        if found is None:
            raise BadPassage("a party is not named in the sentence")
        inside = [(sentence[0] + found.start(), sentence[0] + found.end())]
    nearest = min(inside, key=lambda span: abs(span[0] - trigger[0]))
    words, nth = _words(text, nearest, sentence, "a party's words are no whole words")
    return Party(words, country, nth)


def _words(text: str, span: Span, sentence: Span, otherwise: str) -> tuple[str, int]:
    """Give words and which occurrence of them in the sentence they are.

    Raises:
        BadPassage: They are cut out of longer words; `otherwise` says so.
    """
    start, end = max(span[0], sentence[0]) - sentence[0], min(span[1], sentence[1]) - sentence[0]
    words = text[start:end]
    nth = sum(text.startswith(words, at) for at in range(start + 1))
    try:
        found = span_of(text, words, nth)
    except BadPassage as error:
        raise BadPassage(otherwise) from error
    if found != (start, end):
        raise BadPassage(otherwise)
    return words, nth


def _attribution(one: Statement, start: int) -> Attribution:
    def moved(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple((a - start, b - start) for a, b in spans)

    return Attribution(
        source=moved((one.speaker_span,) if one.speaker_span is not None else ()),
        cue=moved((one.cue.span,) if one.cue is not None else ()),
        content=moved(one.content),
    )


def _spans(one: Statement) -> tuple[Span, ...]:
    speaker = (one.speaker_span,) if one.speaker_span is not None else ()
    return (*speaker, *((one.cue.span,) if one.cue is not None else ()), *one.content)


def _paragraphs(text: str) -> list[Span]:
    return [match.span() for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text)]
