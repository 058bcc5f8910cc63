"""What a page is narrowed to: read from an address, written to an address, and turned into conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args
from urllib.parse import urlencode

import msgspec

from melian.archive.filters import Filters, parameters_of
from melian.desk.indexing.index import Index
from melian.errors import BadQuestion

Within = Literal["events", "said", "reports"]
STANDINGS = ("asserted", "claimed", "disputed", "denied", "foreseen")
QUADS = {
    1: "cooperation in words",
    2: "cooperation in deeds",
    3: "conflict in words",
    4: "conflict in deeds",
}


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Which events are looked at; "" for all. The fields are the names in the address.

    Attributes:
        q: Words, or a phrase in quotation marks.
        within: Where the words are looked for: what is told of events, what is said of them, or whole reports.
        type: The event's type.
        quad: The event's quad class, 1 to 4.
        standing: According to whom it happened.
        source: A country's code or words of a name, on the initiating side.
        target: Likewise on the receiving side.
        country: The country of the event's place.
        at: The place's name.
        holder: Words of the name of somebody who says so or denies it.
        outlet: The outlet of the report.
        between: Days of the event, such as 2020-01..2020-06.
        page: Which page of the list, from 1.
    """

    q: str = ""
    within: Within = "events"
    type: str = ""
    quad: str = ""
    standing: str = ""
    source: str = ""
    target: str = ""
    country: str = ""
    at: str = ""
    holder: str = ""
    outlet: str = ""
    between: str = ""
    page: int = 1

    @property
    def is_all(self) -> bool:
        """Tell whether nothing is narrowed."""
        return msgspec.structs.replace(self, page=1, within="events") == Choice()


_LONGEST = 300
# Each condition is one of the desk's own; what the user gives are values.
_CONDITIONS = {
    "type": "type = $type::VARCHAR",
    "quad": "quad = $quad",
    "standing": "standing = $standing::VARCHAR",
    "country": "place_country = $country::VARCHAR",
    "at": "place = $at::VARCHAR",
    "outlet": "outlet = $outlet::VARCHAR",
    "source": "id IN (SELECT id FROM parties WHERE side = 'source' AND name IN (FROM called($source)))",
    "target": "id IN (SELECT id FROM parties WHERE side = 'target' AND name IN (FROM called($target)))",
    "holder": "id IN (SELECT id FROM voices WHERE name IN (FROM called($holder)))",
    "first": "coalesce(last_day, first_day) >= $first",
    "last": "coalesce(first_day, last_day) <= $last",
}
_BY_CODE = {
    "source": "id IN (SELECT id FROM countries WHERE side = 'source' AND country = $source::VARCHAR)",
    "target": "id IN (SELECT id FROM countries WHERE side = 'target' AND country = $target::VARCHAR)",
    "holder": "id IN (SELECT id FROM voices WHERE country = $holder)",
}
_FOUND = {
    "events": "id IN (FROM numbers($found))",
    "said": "id IN (SELECT id FROM told WHERE statement IN (FROM numbers($found)))",
    "reports": "reading IN (SELECT reading FROM reports WHERE id IN (FROM numbers($found)))",
}


def choice_of(query: Mapping[str, str]) -> Choice:
    """Read a choice from an address.

    Raises:
        BadQuestion: A value cannot be used.
    """
    given = {name: query[name].strip() for name in Choice.__struct_fields__ if query.get(name, "").strip()}
    for name, value in given.items():
        if len(value) > _LONGEST:
            raise BadQuestion(f"The value of {name} has {len(value):,} characters", f"at most {_LONGEST}", "Shorten it")
    if given.get("standing", "asserted") not in STANDINGS:
        raise BadQuestion(f"There is no standing {given['standing'][:40]!r}", f"one of {', '.join(STANDINGS)}")
    if given.get("within", "events") not in get_args(Within):
        raise BadQuestion(f"Words cannot be looked for in {given['within'][:40]!r}", f"one of {', '.join(_FOUND)}")
    for name, most in (("page", 1_000_000), ("quad", 4)):
        number = given.get(name, "1")
        if not (number.isascii() and number.isdecimal() and len(number) < 8 and 1 <= int(number) <= most):
            raise BadQuestion(f"The {name} is {number[:40]!r}", f"a number from 1 to {most:,}")
    choice = msgspec.convert(given, Choice, strict=False)
    parameters_of(Filters(between=choice.between or None, type=choice.type or None))
    return choice


def conditions_of(choice: Choice, index: Index) -> tuple[str, dict[str, object]]:
    """Turn a choice into what stands behind WHERE, and the values of its parameters."""
    conditions: list[str] = ["true"]
    values: dict[str, object] = {}
    days = parameters_of(Filters(between=choice.between or None))
    given: dict[str, object] = {name: value for name in _CONDITIONS if (value := getattr(choice, name, ""))}
    given |= {name: days[name] for name in ("first", "last") if days[name] is not None}
    for name, value in given.items():
        is_code = name in _BY_CODE and isinstance(value, str) and len(value) == 3 and value.isupper()
        conditions.append(_BY_CODE[name] if is_code else _CONDITIONS[name])
        values[name] = value.upper() if name == "type" and isinstance(value, str) else value
    if choice.q:
        kind = "statements" if choice.within == "said" else choice.within
        values["found"] = index.search.find(kind, choice.q)
        conditions.append(_FOUND[choice.within])
    return " AND ".join(conditions), values


def address(path: str, choice: Choice | None = None, /, **changes: object) -> str:
    """Write the address of a page.

    Args:
        path: The page's path.
        choice: What it is narrowed to.
        changes: Values that differ from the choice's, or further ones; "" and None are left out.
    """
    shown = msgspec.structs.asdict(choice) if choice else {}
    plain = msgspec.structs.asdict(Choice())
    if "page" not in changes:
        shown.pop("page", None)
    shown |= changes
    kept = {name: value for name, value in shown.items() if value not in ("", None) and plain.get(name) != value}
    return f"{path}?{urlencode(kept)}" if kept else path
