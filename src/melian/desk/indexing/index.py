"""The index of an archive, opened: questions in SQL and searches for words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from melian.desk.indexing.build import TABLES_FILE, WORDS_FILE
from melian.desk.indexing.search import Search

Row = dict[str, object]


class Index:
    """Answers from many threads at once.

    Args:
        folder: What `build_index` has made.
    """

    def __init__(self, folder: Path) -> None:
        import duckdb

        self.search = Search(folder / WORDS_FILE)
        self._connection = duckdb.connect(
            str(folder / TABLES_FILE),
            read_only=True,
            config={"memory_limit": "2GB", "temp_directory": ""},
        )
        for setting in ("enable_external_access", "enable_progress_bar"):
            self._connection.execute(f"SET {setting} = false")

    def ask(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """Answer one of the desk's own questions with rows."""
        with self._connection.cursor() as cursor:
            asked = cursor.execute(sql, dict(parameters) if parameters else None)
            names = [column[0] for column in asked.description]
            return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]
