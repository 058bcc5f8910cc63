"""Which reports an archive holds already, and of which version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from melian.archive.asking import unreadable
from melian.archive.limits import Limits
from melian.archive.rows import writable
from melian.archive.views import open_history
from melian.archive.writer import Writer

_MEMORY = "16GB"  # for what is known of some ten million reports; small archives take little of it
Standing = Literal["new", "known", "other version", "changed", "doubled"]


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
            self._connection = open_history(writer.layout, writer.snapshot(), Limits(memory=_MEMORY))
            self._connection.execute(
                "CREATE TABLE held AS SELECT report, version, content "
                "FROM kept_readings SEMI JOIN current_readings USING (reading)"
            )
            marks = self._connection.sql("SELECT reject FROM rejects").fetchall()
        except duckdb.Error as error:
            raise unreadable(error) from error
        self._rejects = {mark for (mark,) in marks}
        self._connection.execute("CREATE TABLE met (report VARCHAR, content VARCHAR)")

    def meet(self, reports: Sequence[tuple[str, str]], version: str) -> list[Standing]:
        """Say of each report what it is to the archive; from now on the run has met it.

        Args:
            reports: Ids, and hashes of what is known of the reports.
            version: What will make their readings.

        Returns:
            "new"; "known", where the archive has this version of it; "other version", where it has another;
            "changed", where the archive has another text or outlet under this id; "doubled", where this run has
            met one.
        """
        import pyarrow as pa

        ids = [writable(report) for report, _ in reports]
        incoming = pa.table({"place": range(len(ids)), "report": pa.array(ids, pa.string())})
        self._connection.register("incoming", incoming)
        found = self._connection.sql(
            "SELECT c.version, c.content, m.content FROM incoming AS i "
            "LEFT JOIN held AS c USING (report) LEFT JOIN met AS m ON m.report = i.report ORDER BY i.place"
        ).fetchall()
        standings: list[Standing] = []
        here: dict[str, str] = {}
        for ident, (_, content), (old_version, old_content, met) in zip(ids, reports, found, strict=True):
            before = here.get(ident, met)
            if before is not None:
                standings.append("known" if before == content else "doubled")
                continue
            here[ident] = content
            if old_content is None:
                standings.append("new")
            elif old_content != content:
                standings.append("changed")
            else:
                standings.append("known" if old_version == version else "other version")
        if here:
            self._connection.register("fresh", pa.table({"report": list(here), "content": list(here.values())}))
            self._connection.execute("INSERT INTO met SELECT report, content FROM fresh")
        return standings

    def is_new_reject(self, mark: str) -> bool:
        """Tell whether neither the archive nor the run has met a reject, and note it."""
        if mark in self._rejects:
            return False
        self._rejects.add(mark)
        return True
