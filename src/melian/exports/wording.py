"""Records in words: what a person reads instead of codes."""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Literal

from melian.exports.visible import excerpt, show_line
from melian.knowledge.countries import countries
from melian.records import (
    Actor,
    Claim,
    Count,
    Dispute,
    Event,
    Reading,
    Report,
    Side,
    Statement,
    When,
    Where,
    plover_type,
    quotable,
)

_TYPES = {
    "AGREE": "agreement or promise", "CONSULT": "meeting or talks", "SUPPORT": "support in words",
    "CONCEDE": "concession in words", "COOPERATE": "cooperation", "AID": "aid", "RETREAT": "withdrawal or release",
    "REQUEST": "request or demand", "ACCUSE": "accusation or criticism", "REJECT": "refusal", "THREATEN": "threat",
    "PROTEST": "protest", "SANCTION": "sanction or cut in relations", "MOBILIZE": "show or readying of force",
    "COERCE": "coercion", "ASSAULT": "assault",
}  # fmt: skip
_MODES = {
    "visit": "a visit", "third-party": "brokered by a third party", "multilateral": "in a multilateral body",
    "phone": "by telephone or video", "withdraw": "withdrawal of forces", "release": "release of captives",
    "disarm": "giving up weapons", "ceasefire": "ceasefire", "access": "granting access", "resign": "resignation",
    "assist": "about help", "change": "about a change of policy", "yield": "about a concession",
    "meet": "about a meeting", "disapprove": "criticism", "investigate": "investigation", "allege": "allegation",
    "restrict": "restriction", "arrest": "arrest", "relations": "breaking relations", "expel": "expulsion",
    "territory": "occupying territory", "violence": "use of force", "demo": "demonstration", "riot": "riot",
    "strike": "strike", "hunger": "hunger strike", "boycott": "boycott", "obstruct": "blockade",
    "vandalize": "damage to property", "convict": "conviction", "discontinue": "cutting off exchange",
    "troops": "troops", "weapons": "weapons", "police": "police", "militia": "militia", "seize": "seizure or raid",
    "censor": "censorship", "curfew": "curfew", "martial-law": "martial law", "deport": "deportation",
    "withhold": "withholding supplies", "misinformation": "disinformation", "cyber": "cyber attack",
    "abduct": "abduction", "beat": "beating", "torture": "torture", "sexual": "sexual violence",
    "targeted": "targeted killing", "destroy": "destruction", "primitive": "simple weapons", "firearms": "firearms",
    "explosives": "explosives", "suicide-attack": "suicide attack", "aerial": "from the air", "drone": "by drone",
    "heavy-weapons": "heavy weapons", "crowd-control": "crowd control", "unconventional": "unconventional weapons",
}  # fmt: skip
_OTHER_MODES = {
    ("SANCTION", "withdraw"): "pulling out",
    ("MOBILIZE", "weapons"): "weapons, ships or aircraft",
}  # fmt: skip
_SECTORS = {
    "COP": "police", "GOV": "government", "JUD": "judiciary", "LEG": "legislature", "MIL": "military",
    "PRM": "pro-government militia", "PTY": "party", "REB": "armed opposition", "SPY": "intelligence",
    "UAF": "unidentified armed force", "UNK": "unidentified", "AGR": "agriculture", "BUS": "business",
    "CRM": "crime", "CVL": "civilians", "EDU": "education", "ELI": "elites", "JRN": "press", "LAB": "labour",
    "MED": "medical", "REF": "refugees", "OPP": "opposition", "PRE": "breakaway authority", "REL": "religion",
    "SOC": "social group", "IGO": "international body", "NGO": "non-governmental organisation",
    "ISM": "international militant group", "IMG": "international militant group", "MNC": "multinational company",
}  # fmt: skip


class Lookup:
    """The records of one reading by their ids. Ids that lead nowhere give None."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.report.text
        self.actors = {actor.id: actor for actor in reading.actors}
        self.statements = {statement.id: statement for statement in reading.statements}
        self.events = {event.id: event for event in reading.events}

    def cast(self) -> tuple[list[Actor], list[Actor]]:
        """Part the actors into those of note, who have a name or act, suffer or speak, and who is only mentioned."""
        taking_part = {i for event in self.reading.events for i in (*event.sources, *event.targets)}
        taking_part |= {i for one in self.reading.statements for i in (one.speaker, *one.via) if i is not None}
        of_note: list[Actor] = []
        mentioned: list[Actor] = []
        for actor in self.reading.actors:
            is_of_note = actor.id in taking_part or not (actor.unnamed or actor.kind == "unknown")
            (of_note if is_of_note else mentioned).append(actor)
        return of_note, mentioned

    def claims_of(self, event: Event) -> list[Claim]:
        """Give the claims about one event, in their order."""
        return [claim for claim in self.reading.claims if claim.event == event.id]

    def names_of(self, actors: Iterable[str]) -> str:
        """Name actors by their ids, in a list of words; "someone" for nobody."""
        return ", ".join(self.name_of(actor) for actor in actors) or "someone"

    def name_of(self, actor: str | None) -> str:
        """Name one actor; "someone" where the id is missing or leads nowhere."""
        found = self.actors.get(actor) if actor is not None else None
        return show_line(found.name, 80) if found else "someone"

    def party_of(self, actor: str) -> str:
        """Name an actor with its country, where the name does not tell it: "foreign ministry (Sudan)"."""
        found = self.actors.get(actor)
        country = name_country(found.country) if found else None
        name = self.name_of(actor)
        return name if country is None or country[:4].casefold() in name.casefold() else f"{name} ({country})"

    def speaker_of(self, statement: Statement) -> str:
        """Name a statement's speaker: the actor, or else the report's own words for it."""
        if statement.speaker in self.actors:
            return self.name_of(statement.speaker)
        if statement.speaker_span is not None and excerpt(self.text, statement.speaker_span).strip():
            return show_line(excerpt(self.text, statement.speaker_span), 80)
        return "somebody not named"

    def holder_of(self, holder: str, side: Side | None = None) -> str:
        """Name a holder: the report itself, or the speaker of a statement with those who relay it.

        On a side of a dispute the report may stand for others whom it does not name: "denied reports that he had fled".
        Who accuses each other is named as the report does, on both sides.
        """
        if holder == "author":
            is_relayed = side is not None and not any(
                claim.id in side.claims and claim.holder == holder and claim.certainty != "uncommitted"
                for claim in self.reading.claims
            )
            return "others not named" if is_relayed else "the report"
        statement = self.statements.get(holder)
        if statement is None:
            return f"statement {show_line(holder, 40)}"
        relayed = f" (via {self.names_of(statement.via)})" if statement.via else ""
        if statement.speaker_span is not None and side is not None and self._is_on_both_sides(holder, side):
            return show_line(excerpt(self.text, statement.speaker_span), 80)
        return self.speaker_of(statement) + relayed

    def _is_on_both_sides(self, holder: str, side: Side) -> bool:
        """Tell whether one statement is of both sides, as in "the two neighbours accused each other"."""
        return any(
            side in dispute.sides and all(holder in one.holders for one in dispute.sides)
            for dispute in self.reading.disputes
        )

    def words_of_holder(self, holder: str, side: Side | None = None) -> str:
        """Cut a holder's own words: what one would quote of a statement, or the sentence of the author's claim."""
        statement = self.statements.get(holder)
        if statement is not None:
            return show_line(" … ".join(excerpt(self.text, span) for span in quotable(self.text, statement)), 400)
        for claim in self.reading.claims:
            if side is not None and claim.id in side.claims and claim.holder == holder:
                return show_line(excerpt(self.text, claim.span), 400)
        return ""


def name_country(code: str | None) -> str | None:
    """Name a country by its alpha-3 code; the code itself where the tables do not have it."""
    if code is None:
        return None
    return _countries().get(code) or show_line(code, 20)


def name_sector(code: str | None) -> str | None:
    """Say a sector in words."""
    return None if code is None else _SECTORS.get(code, code)


def describe_type(event: Event) -> str:
    """Say type and modes in words, with the codes behind them: "assault, from the air (ASSAULT aerial)"."""
    words = name_type(event.type, event.modes, plover_type(event))
    return f"{words} ({' '.join([event.type, *(show_line(mode, 40) for mode in event.modes)])})"


def name_type(type: str, modes: Iterable[str] = (), kind: str | None = None) -> str:
    """Say a type and its modes in words alone: "assault, from the air".

    Args:
        type: The type's name.
        modes: PLOVER modes.
        kind: The PLOVER type that the modes are of, where `type` is of an ontology of the user's own.
    """
    words = [_TYPES.get(type, show_line(type, 40))]
    words += [_OTHER_MODES.get((kind or type, mode)) or _MODES.get(mode) or show_line(mode, 40) for mode in modes]
    return ", ".join(words)


def describe_parties(event: Event, lookup: Lookup) -> str:
    """Say who did it to whom: "Kenya → Somalia"; all parties with "and" where there is no receiving side."""
    sources, targets = (
        list(dict.fromkeys(lookup.party_of(actor) for actor in side)) for side in (event.sources, event.targets)
    )
    if targets:
        return f"{', '.join(sources) or 'someone'} → {', '.join(targets)}"
    return name_all(sources) or "someone"


def name_report(report: Report) -> str:
    """Give a report's title, or how it begins where it has none."""
    return show_line(report.title or "", 300) or show_line(report.text[:400], 80)


def name_all(names: Sequence[str]) -> str:
    """Say names one after the other: "Iraq, Kuwait and Oman"."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def describe_actor(actor: Actor) -> str:
    """Say what an actor is: office, country, sector."""
    country = name_country(actor.country)
    parts = [actor.office and show_line(actor.office, 80), country, name_sector(actor.sector)]
    known: list[str] = [actor.kind] if country == actor.name else [part for part in parts if part]
    if actor.unnamed:
        known.append("unnamed")
    return ", ".join(known or [actor.kind])


def describe_when(when: When) -> str:
    """Say an interval in words: "Tuesday 5 May 2026", "27 April to 3 May 2026", "24 November, year unknown"."""
    start, end = _day(when.start), _day(when.end)
    if start or end:
        words = describe_days(start, end)
    elif when.start or when.end:
        words = " to ".join(show_line(part, 40) for part in (when.start, when.end) if part)
    elif when.value:
        words = describe_partial(when.value)
    else:
        words = "at a time not said"
    return words + (" (date of publication)" if when.basis == "published" else "")


def describe_days(first: date | None, last: date | None) -> str:
    """Say from when to when, one of them known: "Tuesday 5 May 2026", "May 2026", "2000 to 2099"."""
    if first is None or last is None:
        return f"since {_written(first)}" if first else f"until {_written(last)}"
    if first == last:
        return f"{first:%A} {_written(first)}"
    unit = whole_periods(first, last)
    ends = [f"{day.year}" if unit == "year" else f"{day:%B} {day.year}" for day in (first, last)]
    return " to ".join(dict.fromkeys(ends if unit != "day" else [_written(first), _written(last)]))


def describe_stretch(first: date | None, last: date | None) -> str:
    """Say from when to when: "2018-12-03", "2018-12" for a whole month, "2000 to 2099", "" where nothing is known."""
    if first and last:
        size = {"year": 4, "month": 7, "day": 10}[whole_periods(first, last)]
        ends = [day.isoformat()[:size] for day in (first, last)]
        return " to ".join(dict.fromkeys(ends))
    if first or last:
        return f"since {first.isoformat()}" if first else f"until {last.isoformat()}" if last else ""
    return ""


def whole_periods(first: date, last: date) -> Literal["day", "month", "year"]:
    """Tell whether an interval is one of whole years, or of whole months."""
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return "day"
    return "year" if (first.month, last.month) == (1, 12) else "month"


def in_quotes(line: str) -> str:
    """Put words in quotation marks where they do not begin with one of their own."""
    return line if line[:1] in ("“", '"', "‘", "«", "") else f"“{line}”"


def describe_partial(value: str | None) -> str:
    """Say a date that lacks its year or its week: "24 November, year unknown"; other values stand as they are.

    Args:
        value: As ISO 8601-2 has it, "XXXX-11-24" or "XXXX-WXX-2".
    """
    if not value:
        return ""
    match value.split("-"):
        case ["XXXX"]:
            return "a year that is not told"
        case ["XXXX", month] if month.isdecimal() and 1 <= int(month) <= 12:
            return f"{date(2000, int(month), 1):%B}, year unknown"
        case ["XXXX", month, day] if (known := _day(f"2000-{month}-{day}")) is not None:
            return f"{known.day} {known:%B}, year unknown"
        case ["XXXX", "WXX", weekday] if weekday.isdecimal() and 1 <= int(weekday) <= 7:
            return f"a {date(2001, 1, int(weekday)):%A}, nothing says which"
    return f"{show_line(value, 40)} (nothing says which)"


def describe_where(where: Where) -> str:
    """Say a place with its country: "Kismayo, Somalia"."""
    parts = [show_line(where.name, 80), where.admin1 and show_line(where.admin1, 80), name_country(where.country)]
    known = {_folded(part): part for part in reversed(parts) if part}
    return ", ".join(reversed(known.values()))


def describe_count(count: Count, what: str) -> str:
    """Say a number of people: "at least 3 dead"."""
    low, high = count.low, count.high
    if low is None and high is None:
        return f"an unknown number {what}"
    if low is None:
        return f"at most {high} {what}"
    if high is None:
        return f"at least {low} {what}"
    return f"{low} {what}" if low == high else f"{low} to {high} {what}"


def describe_claim(claim: Claim, lookup: Lookup) -> str:
    """Say who holds what: "stated by the report", "denied by Russia"."""
    who = lookup.holder_of(claim.holder)
    if claim.certainty == "uncommitted":
        return f"passed on, not judged, by {who}"
    if claim.tense == "hypothetical":
        return f"spoken of as a possibility by {who}"
    if claim.polarity == "negative":
        return f"said not to be coming by {who}" if claim.tense == "future" else f"denied by {who}"
    verb = "announced" if claim.tense == "future" else "stated"
    surely = {"probable": " as likely", "possible": " as possible"}.get(claim.certainty, "")
    return f"{verb}{surely} by {who}"


def describe_claims(event: Event, lookup: Lookup) -> str:
    """Say according to whom an event is so, or not so. The author's silence is left out where others speak."""
    return "; ".join(dict.fromkeys(claims_told(event, lookup)))


def claims_told(event: Event, lookup: Lookup) -> Iterator[str]:
    """Say it claim by claim."""
    claims = lookup.claims_of(event)
    told = [claim for claim in claims if not (claim.holder == "author" and claim.certainty == "uncommitted")]
    yield from (describe_claim(claim, lookup) for claim in told or claims)


def marks_of(event: Event, lookup: Lookup) -> list[str]:
    """Give the warnings a reader needs before taking an event for a fact: disputed, alleged, planned and so on."""
    claims = lookup.claims_of(event)
    marks: list[str] = []
    judged_by = next((r.rule for r in lookup.reading.reasons if (r.record, r.stage) == (event.id, "review")), None)
    if judged_by is not None:
        marks.append(f"{show_line(judged_by.partition(' ')[0], 40)} by a reviewer")
    if any(dispute.about == event.id for dispute in lookup.reading.disputes):
        marks.append("disputed")
    own = [claim for claim in claims if claim.holder == "author" and claim.certainty != "uncommitted"]
    if claims and not own:
        marks.append("only according to others")
    judged = own or [claim for claim in claims if claim.certainty != "uncommitted"]
    if judged and all(claim.polarity == "negative" for claim in judged):
        marks.append("denied")
    elif judged and all(claim.tense == "future" for claim in judged):
        marks.append("planned")
    elif judged and all(claim.tense == "hypothetical" for claim in judged):
        marks.append("hypothetical")
    return marks


def describe_dispute(dispute: Dispute, lookup: Lookup) -> str:
    """Say in a line what is disputed: the event's parties and type, or what was said of it."""
    kind = {"figures": "the figures differ", "blame": "each blames the other"}.get(dispute.kind, "asserted and denied")
    event = lookup.events.get(dispute.about or "")
    about = f"{describe_parties(event, lookup)}: {describe_type(event)}" if event else "what was said"
    return f"{about}; {kind}"


def _folded(name: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", name) if char.isalnum()).casefold() or name


@cache
def _countries() -> dict[str, str]:
    return {country.id: country.name for country in countries()}


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _written(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else ""
