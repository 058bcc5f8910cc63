"""Archives of any size with invented reports, made without a parse: for tests and measures of what reads archives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from melian import records as r
from melian.archive import Writer
from melian.archive.marks import Making
from melian.archive.shard import write_shard

MADE = r.ProducedBy(melian="0.1.0", model="synthetic", knowledge="0" * 16, settings="0" * 16)
OUTLETS = ("Coast Wire", "Sahel Press", "Northern Post", "The Harbour Times", "Delta Agency", "Radio Meridian")
GIVEN = ("Amina", "Jon", "Lucia", "Tariq", "Mei", "Pavel", "Rosa", "Samuel", "Nadia", "Viktor", "Ines", "Omar")
FAMILY = (
    "Odhiambo",
    "Berg",
    "Salas",
    "Rahman",
    "Okoye",
    "Novik",
    "Duarte",
    "Lind",
    "Haddad",
    "Moreau",
    "Sato",
    "Castro",
)
PLACES = {
    "KEN": ("Kenya", "Kenyan", "Nairobi", -1.29, 36.82), "SOM": ("Somalia", "Somali", "Mogadishu", 2.04, 45.34),
    "SDN": ("Sudan", "Sudanese", "Khartoum", 15.50, 32.56), "TCD": ("Chad", "Chadian", "N'Djamena", 12.13, 15.06),
    "ETH": ("Ethiopia", "Ethiopian", "Addis Ababa", 9.03, 38.74),
    "ERI": ("Eritrea", "Eritrean", "Asmara", 15.34, 38.93),
    "RUS": ("Russia", "Russian", "Moscow", 55.75, 37.62), "UKR": ("Ukraine", "Ukrainian", "Kyiv", 50.45, 30.52),
    "TUR": ("Turkey", "Turkish", "Ankara", 39.92, 32.85), "GRC": ("Greece", "Greek", "Athens", 37.98, 23.73),
    "ISR": ("Israel", "Israeli", "Haifa", 32.82, 34.99), "SYR": ("Syria", "Syrian", "Damascus", 33.51, 36.29),
    "IND": ("India", "Indian", "New Delhi", 28.64, 77.22), "PAK": ("Pakistan", "Pakistani", "Islamabad", 33.72, 73.04),
    "CHN": ("China", "Chinese", "Beijing", 39.91, 116.40), "JPN": ("Japan", "Japanese", "Tokyo", 35.69, 139.69),
    "USA": ("United States", "American", "Washington", 38.90, -77.04),
    "CUB": ("Cuba", "Cuban", "Havana", 23.13, -82.38),
    "COL": ("Colombia", "Colombian", "Bogotá", 4.61, -74.08),
    "VEN": ("Venezuela", "Venezuelan", "Caracas", 10.49, -66.88),
    "FRA": ("France", "French", "Paris", 48.85, 2.35), "DEU": ("Germany", "German", "Berlin", 52.52, 13.41),
    "PER": ("Peru", "Peruvian", "Lima", -12.04, -77.03), "CHL": ("Chile", "Chilean", "Santiago", -33.46, -70.65),
}  # fmt: skip
KINDS = ("shelling", "accusation", "talks", "recall", "aid", "threat", "demand", "promise", "protest", "troops")
FILLER = (
    "Traders in the market said that prices had risen since the spring, and that many stalls had stayed closed. "
    "The road to the port was open, and lorries waited in a long line before the bridge. "
    "Schools in the district will open again after the holidays, a notice on the gate of the town hall said. "
)


class Draft:
    """A report that grows sentence by sentence; every record is tied to its words."""

    def __init__(self, ident: str, chance: random.Random) -> None:
        self.ident, self.chance = ident, chance
        self.text = ""
        self.actors: dict[str, r.Actor] = {}
        self.statements: list[r.Statement] = []
        self.events: list[r.Event] = []
        self.claims: list[r.Claim] = []
        self.disputes: list[r.Dispute] = []
        self.places: list[r.Where] = []
        self.reasons: list[r.Reason] = []

    def write(self, sentence: str, between: str = " ") -> r.Span:
        """Add a sentence and give its span."""
        if self.text:
            self.text += between
        start = len(self.text)
        self.text += sentence
        return (start, len(self.text))

    def find(self, words: str, inside: r.Span) -> r.Span:
        """Give the span of words inside another."""
        start = self.text.index(words, *inside)
        return (start, start + len(words))

    def actor(self, name: str, span: r.Span, **more: object) -> str:
        """Name an actor in a span."""
        old = self.actors.get(name)
        ident = old.id if old else f"a{len(self.actors) + 1}"
        mentions = (*(old.mentions if old else ()), span)
        self.actors[name] = r.Actor(id=ident, name=name, mentions=mentions, **more)
        return ident

    def state(self, code: str, span: r.Span) -> str:
        """Name a state in a span."""
        return self.actor(PLACES[code][0], span, kind="state", country=code)

    def said(self, speaker: str, words: str, cue: str, content: str, inside: r.Span, act: r.Act = "state") -> str:
        """Add a statement."""
        lemma = {"said": "say", "denied": "deny", "accused": "accuse", "warned": "warn", "demanded": "demand"}[cue]
        ident = f"s{len(self.statements) + 1}"
        self.statements.append(
            r.Statement(
                id=ident, speaker=speaker, speaker_span=self.find(words, inside), kind="indirect", act=act,
                cue=r.Cue(span=self.find(cue, inside), lemma=lemma), content=(self.find(content, inside),),
                confidence=round(self.chance.uniform(0.5, 0.99), 2),
            )
        )  # fmt: skip
        return ident

    def event(
        self, kind: r.EventType, quad: r.Quad, score: float, trigger: str, sentence: r.Span, **more: object
    ) -> str:
        """Add an event."""
        ident = f"e{len(self.events) + 1}"
        self.events.append(
            r.Event(
                id=ident, type=kind, quad=quad, intensity=score, confidence=round(self.chance.uniform(0.4, 0.99), 2),
                mentions=(r.Mention(trigger=self.find(trigger, sentence), sentence=sentence),), **more,
            )
        )  # fmt: skip
        self.reasons.append(
            r.Reason(
                record=ident, stage="events", rule="verb in the event words", spans=(self.find(trigger, sentence),)
            )
        )
        return ident

    def claim(self, event: str, holder: str, span: r.Span, **more: object) -> str:
        """Add a claim; a plain assertion of the past unless told otherwise."""
        ident = f"c{len(self.claims) + 1}"
        judged = {"polarity": "positive", "certainty": "certain", "tense": "past"} | more
        self.claims.append(r.Claim(id=ident, event=event, holder=holder, span=span, **judged))
        return ident

    def where(self, code: str, inside: r.Span) -> r.Where:
        """Name a capital."""
        _, _, city, lat, lon = PLACES[code]
        place = r.Where(
            name=city, country=code, geonameid=1, lat=lat, lon=lon, precision="city", span=self.find(city, inside)
        )
        self.places.append(place)
        return place


def make_reading(number: int, sentences: int = 10, filler: int = 1) -> r.Reading:
    """Make the reading with this number, always the same."""
    chance = random.Random(number)
    published = date(2015, 1, 1) + timedelta(days=chance.randrange(4_000))
    outlet = chance.choice(OUTLETS)
    draft = Draft(f"report-{number:06d}", chance)
    first, second = chance.sample(sorted(PLACES), 2)
    city = PLACES[second][2]
    draft.write(f"{city.upper()}, {published:%B} {published.day} ({outlet}) –")
    dateline = (0, len(draft.text))
    for place in range(sentences):
        tell(draft, chance.choice(KINDS), first, second, published)
        if place % 3 == 2:
            draft.write(FILLER * filler, "\n\n")
        if chance.random() < 0.3:
            first, second = chance.sample(sorted(PLACES), 2)
    return r.Reading(
        report=r.Report(
            id=draft.ident, text=draft.text, title=f"{PLACES[first][0]} and {PLACES[second][0]}: day {number}",
            outlet=outlet, published=published.isoformat(), furniture=(r.Furniture(kind="dateline", span=dateline),),
        ),
        actors=tuple(draft.actors.values()), statements=tuple(draft.statements), events=tuple(draft.events),
        claims=tuple(draft.claims), disputes=tuple(draft.disputes), places=tuple(draft.places),
        reasons=tuple(draft.reasons), produced_by=MADE,
        absences=(r.Absence(record="e1", field="injured", reason="the report gives no number"),),
    )  # fmt: skip


def tell(draft: Draft, kind: str, one: str, two: str, published: date) -> None:
    """Add what one country does or says to another."""
    chance = draft.chance
    day = published - timedelta(days=chance.randrange(6))
    when = r.When(start=day.isoformat(), end=day.isoformat(), precision="day", basis="relative")
    (a, adjective, _, _, _), (b, _, city, _, _) = PLACES[one], PLACES[two]
    person = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
    if kind == "shelling":
        dead = chance.randrange(2, 40)
        told = f"{adjective} forces shelled {city} on {day:%A}, killing at least {dead} people"
        span = draft.write(f"{told}, residents said.")
        army = draft.actor(
            f"{adjective} forces",
            draft.find(f"{adjective} forces", span),
            kind="organisation",
            country=one,
            sector="MIL",
        )
        people = draft.actor(
            "residents", draft.find("residents", span), kind="population", country=two, unnamed=True, sector="CVL"
        )
        event = draft.event(
            "ASSAULT", 4, -9.5, "shelled", span, modes=("heavy-weapons",), contexts=("military",), sources=(army,),
            targets=(draft.actor(b, draft.find(city, span), kind="state", country=two),), date=when,
            place=draft.where(two, span), dead=r.Count(low=dead, high=None, span=draft.find(f"at least {dead}", span)),
        )  # fmt: skip
        holder = draft.said(people, "residents", "said", told, span)
        draft.claim(event, "author", span, certainty="uncommitted")
        asserted = draft.claim(event, holder, span)
        if chance.random() < 0.5:
            denied = draft.write(f"{a}'s defence minister, {person}, denied that its forces had shelled the town.")
            minister = draft.actor(
                person, draft.find(person, denied), kind="person", country=one, sector="GOV", office="defence minister"
            )
            against = draft.said(minister, person, "denied", "that its forces had shelled the town", denied, act="deny")
            refused = draft.claim(event, against, denied, polarity="negative")
            draft.disputes.append(
                r.Dispute(
                    id=f"d{len(draft.disputes) + 1}", about=event, kind="contradiction", proposition=told,
                    sides=(r.Side(stance="assert", holders=(holder,), claims=(asserted,)),
                           r.Side(stance="deny", holders=(against,), claims=(refused,))),
                )
            )  # fmt: skip
        return
    plain = {
        "talks": ("CONSULT", 1, 2.5, "met", f"The foreign ministers of {a} and {b} met in {city} on {day:%A}."),
        "recall": ("SANCTION", 4, -6.0, "recalled", f"{a} recalled its ambassador from {city} on {day:%A}."),
        "aid": ("AID", 2, 7.0, "sent", f"{a} sent {chance.randrange(5, 90)} tonnes of food to {b} on {day:%A}."),
        "protest": ("PROTEST", 4, -4.0, "marched",
                    f"Hundreds of people from {a} marched in {city} against {b} on {day:%A}."),
        "troops": ("MOBILIZE", 4, -5.0, "moved", f"{a} moved troops to its border with {b} on {day:%A}."),
    }  # fmt: skip
    if kind in plain:
        name, quad, score, trigger, words = plain[kind]
        span = draft.write(words)
        parties = (draft.state(one, draft.find(a, span)),)
        others = (draft.state(two, draft.find(b if b in words else city, span)),)
        event = draft.event(
            name, quad, score, trigger, span, date=when, sources=parties + others if kind == "talks" else parties,
            targets=() if kind == "talks" else others, place=draft.where(two, span) if city in words else None,
        )  # fmt: skip
        draft.claim(event, "author", span)
        return
    said = {
        "accusation": ("ACCUSE", 3, -2.0, "accused", "of sending weapons over the border",
            f"accused {b} of sending weapons over the border"),
        "threat": ("THREATEN", 3, -4.0, "warned", "that its army would answer",
            f"warned {b} that its army would answer"),
        "demand": ("REQUEST", 3, -1.0, "demanded", "release the sailors", f"demanded that {b} release the sailors"),
        "promise": ("AGREE", 1, 2.5, "said", "would open the crossing",
            f"said that {a} would open the crossing to {b}"),
    }  # fmt: skip
    name, quad, score, cue, content, words = said[kind]
    span = draft.write(f"{a}'s foreign minister, {person}, {words} on {day:%A}.")
    speaker = draft.actor(
        person, draft.find(person, span), kind="person", country=one, sector="GOV", office="foreign minister"
    )
    target = draft.state(two, draft.find(b, span))
    event = draft.event(name, quad, score, cue, span, sources=(speaker,), targets=(target,), date=when)
    acts: dict[str, r.Act] = {"accusation": "accuse", "threat": "threaten", "demand": "demand", "promise": "promise"}
    holder = draft.said(speaker, person, cue, content, span, act=acts[kind])
    draft.claim(event, "author", span)
    draft.claim(event, holder, span, **({"tense": "future"} if kind == "promise" else {}))


def readings(count: int, **how: int) -> Iterator[r.Reading]:
    """Yield so many readings."""
    return (make_reading(number, **how) for number in range(count))


def make_archive(folder: Path, count: int, a_shard: int = 2_000, **how: int) -> Path:
    """Make an archive of so many invented reports."""
    store(folder, [readings_between(start, min(start + a_shard, count), **how) for start in range(0, count, a_shard)])
    return folder


def readings_between(start: int, end: int, **how: int) -> Iterator[r.Reading]:
    """Yield the readings of a shard."""
    return (make_reading(number, **how) for number in range(start, end))


def store(folder: Path, shards: list[Iterator[r.Reading]]) -> None:
    """Write shards of readings to an archive."""
    with Writer(folder, is_new_allowed=True) as writer:
        for found in shards:
            number = writer.take_number()
            part = writer.begin_part(f"key{number}", number)
            making = Making(produced_by=MADE, code="synthetic")
            writer.commit(write_shard(part, f"key{number}", number, list(found), (), making))
