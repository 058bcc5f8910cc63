"""The archive as programs use it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from melian.archive.asking import Parameters, ask, unreadable
from melian.archive.filters import Filters, is_plover, parameters_of
from melian.archive.frames import framed
from melian.archive.layout import find_archive
from melian.archive.ledger import read_ledger
from melian.archive.limits import Limits
from melian.archive.linking.decisions import decisions_of
from melian.archive.linking.generations import newest_generation
from melian.archive.review.correcting import correct_reading
from melian.archive.review.corrections_file import read_corrections
from melian.archive.review.overlay import by_report
from melian.archive.stored import readings_of
from melian.archive.views import open_views, question
from melian.errors import BadArchive
from melian.records import Reading

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

Unit = Literal["day", "week", "month"]


class Archive:
    """Readings in a folder, and questions to them. It shows the state at the moment when it was opened.

    Args:
        folder: A folder that `melian archive add` has made. It is only read.
        limits: How much memory and time one question may use.
        is_corrected: Show what reviewers said of the records, and decided about links, in place of what the machine
            made; without it, the machine's own, and links as they were made last.
        worked_out: Views between reports, such as "linked_accounts", that are worked out once at opening, for who asks
            much of them.

    Raises:
        BadArchive: There is no archive in the folder, or a file of it cannot be read.

    Example:
        archive = melian.Archive("news")
        table = archive.events(between="1995-01..1997-12", source="ISR", target="PSE")
        table = archive.sql("SELECT type, count(*) AS events FROM events GROUP BY type")
    """

    def __init__(
        self,
        folder: str | Path,
        limits: Limits | None = None,
        *,
        is_corrected: bool = True,
        worked_out: Collection[str] = (),
    ) -> None:
        self._is_corrected, self._worked_out = is_corrected, worked_out
        self._layout = find_archive(Path(folder))
        self._limits = limits or Limits()
        self._connection = self._open()

    @property
    def folder(self) -> Path:
        """The archive's folder, absolute."""
        return self._layout.root

    @property
    def is_linked(self) -> bool:
        """Tell whether links between its reports were made, by this version of their tables."""
        return self._links is not None and self._links.is_readable

    def events(self, **filters: str | int | None) -> pa.Table:
        """Find events. Filters are those of `Filters`: between, source, target, type, said_by, outlet, limit.

        Args:
            filters: Which events; and `frame`, "pandas" or "polars", for a data frame in place of an Arrow table.

        Raises:
            BadQuestion: A filter cannot be used.
            MissingExtra: The library of the frame is not installed.
        """
        return self._find("events", filters)

    def statements(self, **filters: str | int | None) -> pa.Table:
        """Find statements; frame and filters as for `events`, and days are those of the report."""
        return self._find("statements", filters)

    def disputes(self, **filters: str | int | None) -> pa.Table:
        """Find disputes; frame and filters as for `events`, and days are those of the report."""
        return self._find("disputes", filters)

    def dyads(self, by: Unit = "month", *, with_undated: bool = False, **filters: str | int | None) -> pa.Table:
        """Count what passed between countries, a period at a time; frame and filters as for `events`.

        Args:
            by: The period. What is not dated as finely is not counted.
            with_undated: Count what nothing dates on the day of its report.
            filters: See `events`.
        """
        return self._find("dyads", filters, {"unit": by, "undated": with_undated})

    def linked_events(self, **filters: str | int | None) -> pa.Table:
        """Find linked events, each happening once; filters as for `events`. Link first: `melian archive link`."""
        return self._find("linked_events", filters)

    def linked_disputes(self, **filters: str | int | None) -> pa.Table:
        """Find what is disputed between reports; filters as for `events`, and days are those of the first telling."""
        return self._find("linked_disputes", filters)

    def linked_dyads(self, by: Unit = "month", *, with_undated: bool = False, **filters: str | int | None) -> pa.Table:
        """Count what passed between countries, each linked event once; arguments as for `dyads`.

        What nothing dates stands on the day of its first report.
        """
        return self._find("linked_dyads", filters, {"unit": by, "undated": with_undated})

    def voices(self, **filters: str | int | None) -> pa.Table:
        """List reports with the voice that each belongs to; filters: between, outlet, limit."""
        return self._find("voices", filters)

    def positions(self, **filters: str | int | None) -> pa.Table:
        """Find what speakers say of linked events as time goes on; filters as for `events`, days of the report."""
        return self._find("positions", filters)

    def accusations(self, **filters: str | int | None) -> pa.Table:
        """Count who accuses whom; filters: between, source, target, limit."""
        return self._find("accusations", filters)

    def demands(self, **filters: str | int | None) -> pa.Table:
        """Find demands and what answered them; filters: between, source, target, limit."""
        return self._find("demands", filters)

    def tellings(self, linked: str) -> pa.Table:
        """List the events of reports that are one linked event, each with score and reason."""
        return self._of("tellings", linked)

    def linked_accounts(self, linked: str) -> pa.Table:
        """List who asserts, who denies and who does not say that a linked event happened."""
        return self._of("accounts", linked)

    def figures(self, linked: str) -> pa.Table:
        """List the figures that are told of a linked event, as time goes on."""
        return self._of("figures", linked)

    def sql(self, query: str, parameters: Parameters | None = None, most: int | None = None) -> pa.Table:
        """Answer a question in SQL. It can read the archive's tables and views and nothing else.

        Args:
            query: One SELECT, as DuckDB understands it.
            parameters: Values for names such as `$day` in it.
            most: No more rows than this are fetched.

        Raises:
            BadQuestion: The SQL is wrong, does more than read, or uses more than the limits allow.
            BadArchive: A file of the archive cannot be read.
        """
        try:
            return ask(self._connection, query, parameters, self._limits, most)
        except BadArchive:
            # A compaction may have taken away the files of the state that was opened: look once more.
            self._connection = self._open()
            return ask(self._connection, query, parameters, self._limits, most)

    def ask(self, name: str, parameters: Parameters | None = None) -> pa.Table:
        """Answer a named question: one of the SQL files beside this module."""
        return self.sql(question(name), parameters)

    def reading(self, report: str) -> Reading:
        """Give the reading of a report that counts.

        Raises:
            KeyError: The archive has no such report.
        """
        return self.readings_of([report])[report]

    def readings_of(self, reports: Iterable[str]) -> dict[str, Reading]:
        """Give the readings of several reports that count, by report; reports that the archive has not are left out."""
        found = self.ask("numbers_of_reports", {"reports": list(dict.fromkeys(reports))})
        return {reading.report.id: reading for reading in self._numbered(found["reading"].to_pylist())}

    def readings(self) -> Iterator[Reading]:
        """Yield the readings that count, one a report, in the order in which they were made; few are held at a time."""
        numbers = self.sql("SELECT reading FROM current_readings ORDER BY reading")["reading"].to_pylist()
        yield from self._numbered(numbers)

    def bytes_on_disk(self) -> int:
        """Count the bytes of the archive's files, with those that compaction would free."""
        return sum(path.stat().st_size for path in self._layout.root.rglob("*") if path.is_file())

    def _repr_html_(self) -> str:
        """Show the archive in a notebook. It knows nothing of pages: the one who lays it out is asked by name."""
        return str(import_module("melian.exports.notebook").show_archive(self))

    def _find(self, what: str, filters: dict[str, str | int | None], more: Parameters | None = None) -> pa.Table:
        frame = filters.pop("frame", "arrow")
        wanted = Filters(**filters)  # type: ignore[arg-type]
        is_own = wanted.type is not None and not is_plover(wanted.type)
        parameters = parameters_of(wanted, self.ask("types")["type"].to_pylist() if is_own else ())
        return framed(self.ask(f"find_{what}", {**parameters, **(more or {})}), frame)

    def _numbered(self, numbers: Sequence[int]) -> Iterator[Reading]:
        """Yield readings by their numbers, which ascend, as people corrected them."""
        done = 0
        for is_last in (False, True):
            try:
                for key, reading in readings_of(self._layout, self._snapshot, numbers[done:]):
                    done += 1
                    corrections = self._corrections.get(str(key["report"]))
                    yield correct_reading(reading, corrections).reading if corrections else reading
            except BadArchive:
                if is_last:
                    raise
                # As for a question: a compaction may have taken away the files.
                self._connection = self._open()
            else:
                return

    def _of(self, what: str, linked: str) -> pa.Table:
        return self.ask(f"find_{what}", {"linked": linked})

    def _open(self) -> DuckDBPyConnection:
        import duckdb

        for is_last in (False, True):
            try:
                corrections = read_corrections(self._layout) if self._is_corrected else ()
                self._snapshot, self._corrections = read_ledger(self._layout), by_report(corrections)
                self._links = newest_generation(self._layout)
                decisions = decisions_of(self._layout) if self._is_corrected else None
                return open_views(
                    self._layout, self._snapshot, self._limits, corrections, self._links, decisions, self._worked_out
                )
            except duckdb.Error as error:
                if is_last:
                    raise unreadable(error) from error
        raise AssertionError
