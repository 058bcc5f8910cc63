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
_KEPT, _LONGEST_KEY, _MOST_ROWS = 200, 400, 3_000


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """A row of counts."""

    facet: str
    value: str | None
    events: int


class Questions:
    """Answers with frozen records.

    Args:
        index: The opened index.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self._answered: dict[tuple[str, str, str], list[msgspec.Struct]] = {}

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
        # An index never changes, and the same is asked again and again: by paging, by going back, by several people.
        key = (name, repr(choice), repr(sorted(parameters.items())))
        if key in self._answered:
            return self._answered[key]  # type: ignore[return-value]
        sql, values = _sql(name), dict(parameters)
        if _PLACE in sql:
            conditions, given = conditions_of(choice or Choice(), self.index)
            sql = sql.replace(_PLACE, conditions)
            values |= given
        rows = [msgspec.convert(row, kind) for row in self.index.ask(sql, values)]
        if len(key[2]) < _LONGEST_KEY and len(rows) < _MOST_ROWS:
            self._answered[key] = rows  # type: ignore[assignment]
            while len(self._answered) > _KEPT:
                self._answered.pop(next(iter(self._answered)), None)
        return rows

    def about(self, name: str, kind: type[Kind], choice: Choice | None = None, /, **parameters: object) -> Kind:
        """Answer a question that has one row."""
        return self.ask(name, kind, choice, **parameters)[0]


@cache
def _sql(name: str) -> str:
    return (files("melian.desk") / "asked" / f"{name}.sql").read_text(encoding="utf-8")
