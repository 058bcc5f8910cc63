"""Readings made by hand and by hypothesis, so that exports and commands are tested without a parse."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from melian import records as r

TEXT = (
    "NAIROBI, May 6 (Coast Wire) – Kenya's foreign minister, Amina Odhiambo, denied on Tuesday that Kenyan jets had "
    "bombed the Somali port of Kismayo.\n\n"
    "“Our aircraft were on the ground,” she said.\n\n"
    "Residents said at least three people were killed in the bombing. Hargeisa Radio quoted a Somali official as "
    "saying that Somalia would recall its ambassador.\n\n"
    "Kenya and Somalia held talks in Djibouti last week.\n"
)


def find(words: str, nth: int = 0, text: str = TEXT) -> r.Span:
    """Give the span of the n-th time the words stand in the text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return (start, start + len(words))


def invent_reading() -> r.Reading:
    """A small reading with a denied attack, a nested voice, talks and a promise."""
    first = (30, TEXT.index("\n\n"))
    residents = find("Residents said at least three people were killed in the bombing.")
    recall = find("Hargeisa Radio quoted a Somali official as saying that Somalia would recall its ambassador.")
    talks = find("Kenya and Somalia held talks in Djibouti last week.")
    actors = (
        r.Actor(id="a1kenya", name="Kenya", kind="state", country="KEN", mentions=(find("Kenya"), find("Kenya", 2))),
        r.Actor(
            id="a2odhi",
            name="Amina Odhiambo",
            kind="person",
            country="KEN",
            sector="GOV",
            office="foreign minister",
            mentions=(find("Kenya's foreign minister, Amina Odhiambo"), find("she")),
        ),
        r.Actor(
            id="a3jets",
            name="Kenyan jets",
            kind="organisation",
            country="KEN",
            sector="MIL",
            mentions=(find("Kenyan jets"),),
        ),
        r.Actor(
            id="a4resi", name="residents", kind="population", country="SOM", unnamed=True, mentions=(find("Residents"),)
        ),
        r.Actor(
            id="a5offi",
            name="Somali official",
            kind="person",
            country="SOM",
            sector="GOV",
            unnamed=True,
            mentions=(find("a Somali official"),),
        ),
        r.Actor(
            id="a6radi", name="Hargeisa Radio", kind="organisation", sector="JRN", mentions=(find("Hargeisa Radio"),)
        ),
        r.Actor(id="a7soma", name="Somalia", kind="state", country="SOM", mentions=(find("Somalia"),)),
    )
    kismayo = r.Where(
        name="Kismayo", country="SOM", geonameid=55671, lat=-0.36, lon=42.55, precision="city", span=find("Kismayo")
    )
    djibouti = r.Where(name="Djibouti", country="DJI", precision="city", span=find("Djibouti"))
    last_week = r.When(start="2026-04-27", end="2026-05-03", precision="week", basis="relative", span=find("last week"))
    return r.Reading(
        report=r.Report(
            id="r0badcafe",
            text=TEXT,
            title="Kenya denies bombing Kismayo",
            outlet="Coast Wire",
            published="2026-05-06",
            dateline=r.Dateline(place="NAIROBI", date="2026-05-06", span=(0, 29)),
            furniture=(r.Furniture(kind="dateline", span=(0, 29)),),
        ),
        actors=actors,
        statements=(
            r.Statement(
                id="s1deny",
                speaker="a2odhi",
                speaker_span=find("Kenya's foreign minister, Amina Odhiambo"),
                cue=r.Cue(span=find("denied"), lemma="deny"),
                content=(find("that Kenyan jets had bombed the Somali port of Kismayo"),),
                kind="indirect",
                act="deny",
                confidence=0.9,
            ),
            r.Statement(
                id="s2ground",
                speaker="a2odhi",
                speaker_span=find("she"),
                cue=r.Cue(span=find("said"), lemma="say"),
                content=(find("Our aircraft were on the ground"),),
                kind="direct",
                act="state",
            ),
            r.Statement(
                id="s3resi",
                speaker="a4resi",
                speaker_span=find("Residents"),
                cue=r.Cue(span=find("said", 1), lemma="say"),
                content=(find("at least three people were killed in the bombing"),),
                kind="indirect",
                act="state",
            ),
            r.Statement(
                id="s4recall",
                speaker="a5offi",
                speaker_span=find("a Somali official"),
                cue=r.Cue(span=find("saying"), lemma="say"),
                content=(find("that Somalia would recall its ambassador"),),
                kind="indirect",
                act="state",
                via=("a6radi",),
            ),
        ),
        events=(
            r.Event(
                id="e4f1c09ab",
                type="ASSAULT",
                modes=("aerial",),
                contexts=("military",),
                quad=4,
                intensity=-9.5,
                sources=("a3jets",),
                targets=("a7soma",),
                mentions=(
                    r.Mention(trigger=find("bombed"), sentence=first),
                    r.Mention(trigger=find("bombing"), sentence=residents),
                ),
                date=r.When(
                    start="2026-05-05", end="2026-05-05", precision="day", basis="relative", span=find("Tuesday")
                ),
                place=kismayo,
                dead=r.Count(low=3, high=None, span=find("at least three people")),
                confidence=0.8,
            ),
            r.Event(
                id="e4f200000",
                type="SANCTION",
                modes=("discontinue",),
                quad=4,
                intensity=-6.0,
                sources=("a7soma",),
                targets=("a1kenya",),
                mentions=(r.Mention(trigger=find("recall"), sentence=recall),),
            ),
            r.Event(
                id="e9talks",
                type="CONSULT",
                quad=1,
                intensity=2.5,
                sources=("a1kenya", "a7soma"),
                targets=(),
                mentions=(r.Mention(trigger=find("talks"), sentence=talks),),
                date=last_week,
                place=djibouti,
            ),
        ),
        claims=(
            r.Claim(id="c1", event="e4f1c09ab", holder="author", polarity="positive", certainty="uncommitted",
                    tense="past", span=first),
            r.Claim(id="c2", event="e4f1c09ab", holder="s1deny", polarity="negative", certainty="certain",
                    tense="past", span=first),
            r.Claim(id="c3", event="e4f1c09ab", holder="s3resi", polarity="positive", certainty="certain",
                    tense="past", span=residents),
            r.Claim(id="c4", event="e4f200000", holder="s4recall", polarity="positive", certainty="probable",
                    tense="future", span=recall),
            r.Claim(id="c5", event="e9talks", holder="author", polarity="positive", certainty="certain",
                    tense="past", span=talks),
        ),
        disputes=(
            r.Dispute(
                id="d1kismayo",
                about="e4f1c09ab",
                kind="contradiction",
                proposition="at least three people were killed in the bombing",
                sides=(
                    r.Side(stance="assert", holders=("s3resi",), claims=("c3",)),
                    r.Side(stance="deny", holders=("s1deny",), claims=("c2",)),
                ),
            ),
        ),
        dates=(
            r.TimeExpression(span=find("last week"), kind="date", when=last_week),
        ),
        places=(kismayo, djibouti),
        absences=(r.Absence(record="e9talks", field="targets", reason="a meeting has no receiving side"),),
        reasons=(
            r.Reason(
                record="e4f1c09ab",
                stage="events",
                rule="verb in the event words",
                rows=("countries:KEN", "nowhere:row"),
                spans=(find("bombed"),),
                score=0.8,
            ),
            r.Reason(record="s1deny", stage="statements", rule="cue with a clause", spans=(find("denied"),)),
        ),
        produced_by=r.ProducedBy(melian="0.1.0", model="none", knowledge="0" * 16, settings="0" * 16),
    )  # fmt: skip


HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    "[bold red]not markup[/bold red] :smile:",
    "\x1b[2J\x1b]0;title\x07 \x9b31m",
    "\u202egnp.exe\u2066x\u2069",
    "{{ 7 * 7 }} {% raw %} <!-- --> & &lt; \" ' `",
    "",
)
_texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40))
_ids = st.one_of(st.sampled_from(["a1", "s1", "e1", "d1", "author", "x y"]), _texts)
_spans = st.tuples(st.integers(-5, 60), st.integers(-5, 60))
_span_lists = st.lists(_spans, max_size=3).map(tuple)
_id_lists = st.lists(_ids, max_size=3).map(tuple)


_numbers = st.floats(-10, 10)  # JSON knows no infinity


def readings() -> st.SearchStrategy[r.Reading]:
    """Any reading at all: hostile words, spans out of range, ids that lead nowhere."""
    whens = st.builds(
        r.When,
        start=st.one_of(st.none(), st.just("2026-05-06"), _texts),
        end=st.one_of(st.none(), st.just("2026-05-07"), _texts),
        value=st.one_of(st.none(), _texts),
        span=st.one_of(st.none(), _spans),
    )
    places = st.builds(r.Where, name=_texts, country=st.one_of(st.none(), _texts), span=st.one_of(st.none(), _spans))
    counts = st.builds(r.Count, span=_spans)
    mentions = st.builds(r.Mention, trigger=_spans, sentence=_spans)
    own_events = st.builds(
        r.Event,
        id=_ids,
        type=st.sampled_from(["jobs-and-pay", "x", "ASSAULT"]),
        ontology=st.just("issues/1.0"),
        plover=st.sampled_from(get_args(r.EventType)),
        intensity=_numbers,
        modes=_id_lists,
        sources=_id_lists,
        targets=_id_lists,
        mentions=st.lists(mentions, max_size=3).map(tuple),
    )
    return st.builds(
        r.Reading,
        report=st.builds(
            r.Report,
            id=_ids,
            text=_texts,
            title=st.one_of(st.none(), _texts),
            outlet=st.one_of(st.none(), _texts),
            furniture=st.lists(st.builds(r.Furniture, span=_spans), max_size=2).map(tuple),
            dateline=st.builds(r.Dateline, place=st.one_of(st.none(), _texts), span=st.one_of(st.none(), _spans)),
        ),
        actors=st.lists(st.builds(r.Actor, id=_ids, name=_texts, mentions=_span_lists), max_size=3).map(tuple),
        statements=st.lists(
            st.builds(
                r.Statement,
                id=_ids,
                speaker=st.one_of(st.none(), _ids),
                speaker_span=st.one_of(st.none(), _spans),
                cue=st.one_of(st.none(), st.builds(r.Cue, span=_spans, lemma=_texts)),
                content=_span_lists,
                via=_id_lists,
                parent=st.one_of(st.none(), _ids),
            ),
            max_size=3,
        ).map(tuple),
        events=st.lists(
            own_events
            | st.builds(
                r.Event,
                id=_ids,
                type=st.sampled_from(get_args(r.EventType)),
                ontology=st.just(None),
                plover=st.just(None),
                intensity=_numbers,
                modes=_id_lists,
                contexts=_id_lists,
                sources=_id_lists,
                targets=_id_lists,
                mentions=st.lists(mentions, max_size=3).map(tuple),
                date=st.one_of(st.none(), whens),
                place=st.one_of(st.none(), places),
                dead=st.one_of(st.none(), counts),
                injured=st.one_of(st.none(), counts),
            ),
            max_size=3,
        ).map(tuple),
        claims=st.lists(st.builds(r.Claim, id=_ids, event=_ids, holder=_ids, span=_spans), max_size=3).map(tuple),
        disputes=st.lists(
            st.builds(
                r.Dispute,
                id=_ids,
                about=st.one_of(st.none(), _ids),
                proposition=_texts,
                sides=st.lists(st.builds(r.Side, holders=_id_lists, claims=_id_lists), max_size=3).map(tuple),
            ),
            max_size=2,
        ).map(tuple),
        dates=st.lists(st.builds(r.TimeExpression, span=_spans, when=whens), max_size=2).map(tuple),
        places=st.lists(places, max_size=2).map(tuple),
        absences=st.lists(st.builds(r.Absence, record=_ids, field=_texts, reason=_texts), max_size=2).map(tuple),
        reasons=st.lists(
            st.builds(
                r.Reason,
                record=_ids,
                stage=_texts,
                rule=_texts,
                rows=_id_lists,
                spans=_span_lists,
                score=st.none() | _numbers,
            ),
            max_size=2,
        ).map(tuple),
        produced_by=st.just(r.ProducedBy(melian="0", model="0", knowledge="0", settings="0")),
    )
