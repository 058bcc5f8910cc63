"""Which reports an archive holds already, and of which version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from melian.archive.asking import unreadable
from melian.archive.ledger import read_ledger
from melian.archive.limits import Limits
from melian.archive.rows import writable
from melian.archive.views import open_views
from melian.archive.writer import Writer

Standing = Literal["new", "replaces", "known", "doubled"]


class Known:
    """The reports of an archive at the beginning of a run, and those that the run has met.

    Args:
        writer: Who holds the archive.

    Raises:
        BadArchive: A file of the archive cannot be read.
    """

    def __init__(self, writer: Writer) -> None:
        import duckdb

        try:
            self._connection = open_views(writer.layout, read_ledger(writer.layout), Limits())
            marks = self._connection.sql("SELECT reject FROM rejects").fetchall()
        except duckdb.Error as error:
            raise unreadable(error) from error
        self._rejects = {mark for (mark,) in marks}
        self._connection.execute("CREATE TABLE met (report VARCHAR, mark VARCHAR)")

    def meet(self, reports: Sequence[tuple[str, str]]) -> list[Standing]:
        """Say of each report, by its id and mark, what it is to the archive; from now on the run has met it.

        Returns:
            "new"; "replaces", where the archive has another version; "known", where it has this one; "doubled",
            where the run has met another report with this id.
        """
        import pyarrow as pa

        ids = [writable(report) for report, _ in reports]
        incoming = pa.table({"place": range(len(ids)), "report": pa.array(ids, pa.string())})
        self._connection.register("incoming", incoming)
        found = self._connection.sql(
            "SELECT i.place, c.mark, m.mark FROM incoming AS i "
            "LEFT JOIN current_readings AS c USING (report) LEFT JOIN met AS m ON m.report = i.report ORDER BY i.place"
        ).fetchall()
        standings: list[Standing] = []
        here: dict[str, str] = {}
        for ident, (_, mark), (_, archived, met) in zip(ids, reports, found, strict=True):
            before = here.get(ident, met)
            if before is not None:
                standings.append("known" if before == mark else "doubled")
                continue
            here[ident] = mark
            standings.append("new" if archived is None else "known" if archived == mark else "replaces")
        self._connection.register("fresh", pa.table({"report": list(here), "mark": list(here.values())}))
        if here:
            self._connection.execute("INSERT INTO met SELECT report, mark FROM fresh")
        return standings

    def is_new_reject(self, mark: str) -> bool:
        """Tell whether neither the archive nor the run has met a reject, and note it."""
        if mark in self._rejects:
            return False
        self._rejects.add(mark)
        return True
