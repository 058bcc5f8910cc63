"""The pages' questions to an index: each a file of SQL, with the conditions of a choice put in and rows as records."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from melian.desk.choice import Choice, conditions_of
from melian.desk.indexing.index import Index

Kind = TypeVar("Kind", bound=msgspec.Struct)
_PLACE = "/* conditions */"
_KEPT, _LONGEST_KEY = 200, 400


class Questions:
    """Answers with frozen records.

    Args:
        index: The opened index.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self._whole: dict[tuple[str, str], list[msgspec.Struct]] = {}

    def ask(self, name: str, kind: type[Kind], choice: Choice | None = None, /, **parameters: object) -> list[Kind]:
        """Answer one question.

        Args:
            name: The file of SQL.
            kind: The record that a row becomes.
            choice: What the events are narrowed to.
            parameters: Further values.

        Raises:
            BadQuestion: The choice's words cannot be looked for.
        """
        # What is asked of everything is asked again and again, and stays the same for the life of an index.
        whole = (name, repr(sorted(parameters.items()))) if choice is None or choice.is_all else None
        if whole is not None and whole in self._whole:
            return self._whole[whole]  # type: ignore[return-value]
        sql, values = _sql(name), dict(parameters)
        if _PLACE in sql:
            conditions, given = conditions_of(choice or Choice(), self.index)
            sql = sql.replace(_PLACE, conditions)
            values |= given
        rows = [msgspec.convert(row, kind) for row in self.index.ask(sql, values)]
        if whole is not None and len(whole[1]) < _LONGEST_KEY and len(self._whole) < _KEPT:
            self._whole[whole] = rows  # type: ignore[assignment]
        return rows

    def about(self, name: str, kind: type[Kind], choice: Choice | None = None, /, **parameters: object) -> Kind:
        """Answer a question that has one row."""
        return self.ask(name, kind, choice, **parameters)[0]


@cache
def _sql(name: str) -> str:
    return (files("melian.desk") / "asked" / f"{name}.sql").read_text(encoding="utf-8")
