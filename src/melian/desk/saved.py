"""Queries that the user has saved: a small file beside the indexes."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock

import msgspec

from melian.errors import BadQuestion

_MOST = 200
_LONGEST_NAME, LONGEST_SQL = 100, 20_000


class SavedQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A query under a name."""

    name: str
    sql: str


class SavedQueries:
    """Reads and writes the file of saved queries.

    Args:
        path: The file; it need not be there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()

    def all(self) -> list[SavedQuery]:
        """Give the saved queries by name; none where the file is gone or broken."""
        try:
            found = msgspec.json.decode(self._path.read_bytes(), type=list[SavedQuery])
        except (OSError, msgspec.DecodeError):
            return []
        return sorted(found, key=lambda query: query.name.casefold())

    def save(self, name: str, sql: str) -> None:
        """Save a query under a name, in place of another of that name; without SQL, the name is forgotten.

        Raises:
            BadQuestion: The name or the SQL cannot be kept.
        """
        name = " ".join(name.split())
        if not 0 < len(name) <= _LONGEST_NAME:
            raise BadQuestion("The query has no name", f"a name of 1 to {_LONGEST_NAME} characters", "Write one")
        if len(sql) > LONGEST_SQL:
            raise BadQuestion(f"The query has {len(sql):,} characters", f"at most {LONGEST_SQL:,}", "Shorten it")
        with self._lock:
            kept = [query for query in self.all() if query.name != name]
            kept += [SavedQuery(name=name, sql=sql)] if sql.strip() else []
            if len(kept) > _MOST:
                raise BadQuestion(f"There are {_MOST} saved queries", "fewer", "Forget one first")
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part = self._path.with_suffix(".part")
            part.write_bytes(msgspec.json.format(msgspec.json.encode(kept)))
            os.replace(part, self._path)
