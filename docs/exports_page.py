"""The page of exports: columns of each format, what becomes of each field, and the common table of imports."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from melian.exports.attributed import ATTRIBUTED
from melian.exports.export import layout_of
from melian.exports.table import nested_schema
from melian.intake.event_sets import ImportedEvent

FIELDS = Path(__file__).resolve().parent / "exports.tsv"
INTRODUCTION = """# Export formats

[The guide](../guide/exporting.md) shows how to export. JSON Lines hold whole readings, unchanged; every other format
loses something, and this page says what.

Flat formats take the events that the author or at least one voice asserts: a claim that is positive, certain or
probable, and of the past or present. `--claims all` takes the others too: denied, planned, hypothetical, possible.

- **Dates.** PLOVER, POLECAT, ICEWS, GDELT and Phoenix want one day. It is the first day of the event's interval; an
  event without a date has the day of publication, and `--attributed` marks it with `date_basis` *publication*. Where
  that is unknown too, the event is left out and counted.
- **Missing values.** Empty, but `NA` in ICEWS. A type 0 in GDELT's places is an unknown place.
- **CAMEO.** Codes and names are of CAMEO 1.1b3. PLOVER has no official way back to CAMEO: the table is
  `knowledge/ontology/cameo.tsv`. GDELT uses an older numbering in which about thirty codes mean something else.
- **Pairs.** Each source stands with each target. Meetings and cooperation stand both ways, a visit with its host (042
  and 043). Sources without a target are paired where the type is CONSULT, COOPERATE, AGREE or ASSAULT; otherwise they
  act side by side. ICEWS and Phoenix need both sides, and events that lack one are left out and counted.
- **Phoenix** merges a day's reports of the same source, target and code into one row; rows come when all is read.
- **GDELT.** `NumSources` and `NumArticles` are 1, for a reading is of one report; `AvgTone` is empty, for Melian
  measures none; `FeatureID` is empty. Codes of divisions are left out where GeoNames does not follow FIPS 10-4.
- **Places.** Seas and lands over borders have no column in ICEWS and no type in GDELT, and are left out there; a single
  site, such as a palace, keeps its point and its province in ICEWS, not its name.
- **ICEWS and Phoenix** number sentences by full stops; the reading itself has exact spans.
- **Text** is brought to one line, and characters that steer a terminal or turn its direction become visible marks.
  Text that a spreadsheet would take for a formula has an apostrophe before it, and so has text that begins with a
  quotation mark in the formats that never quote. Lists are parted by `;` (sectors in
  ICEWS by `,`), and that mark inside a name becomes a comma.

`--attributed` adds columns at the end, lists with one part for each claim:
{attributed}. CSV has the date's precision
and basis anyway; Parquet holds all claims anyway; PLOVER JSON has the fields `claims`, `disputed`,
`corrected`, `date_precision` and `date_basis`.
"""
IMPORTED = """## The common table of `melian import`

Rows of POLECAT, ICEWS and GDELT in one form. Countries stand as written and, where a table knows them, by ISO 3166-1
alpha-3. The PLOVER type of a CAMEO code is that of its longest known beginning; statements (01, 02) have none.
"""


def exports_page() -> str:
    """Write the page."""
    parts = [INTRODUCTION.format(attributed=_names(ATTRIBUTED)), "## What becomes of each field\n", _fields()]
    parts.append("## Columns\n")
    for name in ("polecat", "icews", "gdelt", "phoenix", "csv"):
        layout = layout_of(name)
        head = "a line of names at its head" if layout.has_header else "no header"
        parts.append(f"**{name}** ({len(layout.columns)}, {head}): {_names(layout.columns)}\n")
    nested = nested_schema()
    parts.append(f"**parquet** ({len(nested)}): {_names(nested.names)}\n")
    about = dict(re.findall(r"^ +(\w+): (.*)$", ImportedEvent.__doc__ or "", re.MULTILINE))
    rows = "".join(f"| `{name}` | {about[name]} |\n" for name in ImportedEvent.__struct_fields__)
    parts += [IMPORTED, "| column | meaning |\n|---|---|\n" + rows]
    return "\n".join(parts).rstrip() + "\n"


def _fields() -> str:
    lines = FIELDS.read_text(encoding="utf-8").splitlines()
    rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
    header, *cells = rows
    return "".join(_row_lines([header, ["---"] * len(header), *cells]))


def _row_lines(rows: list[list[str]]) -> Iterator[str]:
    for row in rows:
        assert len(row) == len(rows[0]), f"{FIELDS.name}: {row[0]!r} has {len(row)} cells, expected {len(rows[0])}"
        yield "| " + " | ".join(row) + " |\n"


def _names(columns: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"`{column}`" for column in columns)
