"""The user's own table of actors: a CSV file, or an extract of Wikidata, to rows; and rows to a CSV file."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import IO, cast, get_args

import msgspec

from melian.errors import BadKnowledge
from melian.intake.wikidata import is_wikidata, row_of_wikidata
from melian.knowledge.countries import countries
from melian.knowledge.own_actors import OwnActor, OwnActors, OwnKind
from melian.records import Sector

COLUMNS = tuple(field.encode_name for field in msgspec.structs.fields(OwnActor))
_REQUIRED = ("name", "kind", "sector")
_LONGEST = 200
_SIGNS = ("=", "+", "-", "@")
_LINE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used.

    Attributes:
        number: Its number in the file, the header not counted.
        message: What was found and what was expected.
    """

    number: int
    message: str


def read_rows(path: Path, sector: str | None = None) -> Iterator[OwnActor | BadRow]:
    """Yield the rows of a table, or of an extract of Wikidata, each good or bad, in order.

    Args:
        path: CSV or TSV with the columns of `OwnActor`, of which only name, kind and sector have to be there; or what
            the query service of Wikidata gives, as CSV, TSV or JSON.
        sector: The sector of rows that give none.

    Raises:
        BadKnowledge: The file cannot be read, or it lacks a column.
    """
    columns, records = _records(path)
    from_wikidata = is_wikidata(columns)
    if not from_wikidata:
        _check_columns(path, columns, sector)
    seen: set[str] = set()
    for number, record in enumerate(records, 1):
        try:
            filled = row_of_wikidata(record) if from_wikidata else dict(record)
            row = make_row({"sector": sector or "", **{k: v for k, v in filled.items() if v}}, path.name)
        except ValueError as error:
            yield BadRow(number, str(error))
            continue
        if row.id in seen:
            yield BadRow(number, f"the id {row.id!r} stands twice. Expected ids that differ")
            continue
        seen.add(row.id)
        yield row


def read_actors(path: str | Path) -> OwnActors:
    """Read a user's table whose every row has to be good.

    Raises:
        BadKnowledge: It cannot be read, or a row is bad; the message names the first.
    """
    path = Path(path)
    rows = []
    for row in read_rows(path):
        if isinstance(row, BadRow):
            raise BadKnowledge(f"{path.name}, row {row.number}: {row.message}", "", "Mend the row or take it out")
        rows.append(row)
    version = blake2b(msgspec.json.encode(rows), digest_size=8).hexdigest()
    return OwnActors(tuple(rows), version)


def make_row(cells: Mapping[str, str], provenance: str) -> OwnActor:
    """Make a row of plain cells.

    Args:
        cells: By column; lists with "|" between their parts.
        provenance: Where the row comes from, if no cell says it.

    Raises:
        ValueError: A cell cannot be used; the message says which, and what was expected.
    """
    filled = {column: cell.strip() for column, cell in cells.items() if cell and cell.strip()}
    for column in _REQUIRED:
        if column not in filled:
            raise ValueError(f"no {column}. Expected {_EXPECTED[column]}")
    names = [name.strip() for name in (filled["name"], *filled.get("aliases", "").split("|")) if name.strip()]
    for name in names:
        _check_name(name)
    kind, sector = filled["kind"].lower(), filled["sector"].upper()
    if kind not in get_args(OwnKind):
        raise ValueError(f"kind {kind!r}. Expected {_EXPECTED['kind']}")
    if sector not in get_args(Sector):
        raise ValueError(f"sector {sector!r}. Expected {_EXPECTED['sector']}")
    country = filled.get("country", "").upper() or None
    if country is not None and country not in {row.id for row in countries()}:
        raise ValueError(f"country {country!r}. Expected an alpha-3 code of ISO 3166-1, or nothing")
    row = {
        "id": filled.get("id") or _id_of(filled["name"], country, filled.get("from")),
        "name": names[0],
        "aliases": tuple(dict.fromkeys(names[1:])),
        "kind": kind,
        "sector": sector,
        "country": country,
        "office": filled.get("office"),
        "from": filled.get("from"),
        "until": filled.get("until"),
        "provenance": filled.get("provenance") or provenance,
    }
    try:
        made = msgspec.convert(row, OwnActor)
    except msgspec.ValidationError as error:
        raise ValueError(f"{error}. Expected days as YYYY-MM-DD") from error
    if made.from_ is not None and made.until is not None and made.until <= made.from_:
        raise ValueError(f"it ends on {made.until}, and begins on {made.from_}. Expected a later end")
    return made


def write_rows(rows: Iterable[OwnActor], file: IO[bytes]) -> None:
    """Write rows as a table that `read_rows` reads."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        cells = cast("dict[str, object]", msgspec.to_builtins(row))
        writer.writerow({**cells, "aliases": "|".join(row.aliases)})
    file.write(text.getvalue().encode())


def joined(old: Sequence[OwnActor], new: Sequence[OwnActor]) -> tuple[OwnActor, ...]:
    """Put new rows into a table; one that has the id of an old one takes its place."""
    rows = {row.id: row for row in old}
    rows.update((row.id, row) for row in new)
    return tuple(rows.values())


_EXPECTED = {
    "name": "the actor's name",
    "kind": f"one of {', '.join(get_args(OwnKind))}",
    "sector": f"one of PLOVER's sectors: {', '.join(get_args(Sector))}",
}


def _records(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise BadKnowledge(f"The table {path.name} cannot be read: {why}", "a CSV file in UTF-8") from error
    if path.suffix.lower() == ".json":
        return _bindings(text, path)
    delimiter = "\t" if path.suffix.lower() in {".tsv", ".tab"} else ","
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="", restval="", strict=True)
        columns = [name.strip().lstrip("?") for name in reader.fieldnames or ()]
        reader.fieldnames = columns
        records = [{key: cell for key, cell in row.items() if isinstance(cell, str)} for row in reader]
    except csv.Error as error:
        raise BadKnowledge(f"The table {path.name} is no CSV: {error}", "a header line and rows") from error
    if not columns:
        raise BadKnowledge(f"The table {path.name} is empty", f"a header line with columns of {', '.join(COLUMNS)}")
    return columns, records


def _bindings(text: str, path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Read the JSON of a query service: a list of records, or SPARQL's results with their bindings."""
    try:
        found = json.loads(text)
        bindings = found["results"]["bindings"] if isinstance(found, dict) else found
        records = [
            {key: str(cell["value"] if isinstance(cell, dict) else cell) for key, cell in binding.items()}
            for binding in bindings
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        expected = "SPARQL results, or a list of objects"
        raise BadKnowledge(f"The file {path.name} is no result of a query: {error!r}"[:300], expected) from error
    return list(dict.fromkeys(key for record in records for key in record)), records


def _check_columns(path: Path, columns: Sequence[str], sector: str | None) -> None:
    for column in _REQUIRED:
        if column not in columns and not (column == "sector" and sector):
            raise BadKnowledge(
                f"The table {path.name} lacks the column {column!r}; it has {', '.join(columns)}"[:500],
                f"columns of {', '.join(COLUMNS)}, or an extract of Wikidata with item and itemLabel",
            )
    for column in columns:
        if column and column not in COLUMNS:
            found = f"The table {path.name} has an unknown column {column!r}"[:300]
            raise BadKnowledge(found, f"columns of {', '.join(COLUMNS)}")


def _check_name(name: str) -> None:
    if len(name) > _LONGEST or _LINE.search(name) or name.startswith(_SIGNS) or not any(map(str.isalnum, name)):
        raise ValueError(
            f"the name {name[:40]!r}. Expected at most {_LONGEST} characters on one line, that begin with no sign"
        )


def _id_of(name: str, country: str | None, begins: str | None) -> str:
    words = re.sub(r"[^\w]+", "-", name.lower()).strip("-")
    return "-".join(filter(None, ((country or "").lower(), words, (begins or "")[:4])))
