"""Full text: events by their sentence, statements by their content, reports by title and text."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import Literal

from melian.errors import BadQuestion

Kind = Literal["events", "statements", "reports"]
KINDS: tuple[Kind, ...] = ("events", "statements", "reports")
_TERM = re.compile(r'"([^"]*)"|(\S+)')
_MOST_TERMS = 20


class Search:
    """An index of words on the disk, opened for reading.

    Args:
        path: The file that `create_search` and `add_words` have made.
    """

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)
        self._lock = Lock()

    def find(self, kind: Kind, words: str) -> str:
        """Find the rows that hold every word.

        Args:
            kind: Which of the three.
            words: Words, phrases in quotation marks; a star behind a word stands for any ending.

        Returns:
            Their ids with commas between, "" for none: as DuckDB takes them in at once.

        Raises:
            BadQuestion: There is no word in it.
        """
        with self._lock:
            found = self._connection.execute(
                f"SELECT group_concat(rowid) FROM {kind} WHERE {kind} MATCH ?",  # noqa: S608 - one of three names
                [expression_of(words)],
            ).fetchone()
        return found[0] or ""


def expression_of(words: str) -> str:
    """Write what a person types as an expression of SQLite's FTS5 in which every word is only a word.

    Raises:
        BadQuestion: There is no word in it.
    """
    terms: list[str] = []
    for phrase, word in _TERM.findall(words.replace("\0", " "))[:_MOST_TERMS]:
        term = phrase or word.replace('"', "")
        if any(char.isalnum() for char in term):
            terms.append(f'"{term.removesuffix("*")}"' + ("*" if word.endswith("*") else ""))
    if not terms:
        raise BadQuestion(
            f"There is no word in the search {words[:40]!r}", 'words, or a phrase such as "shelled the port"'
        )
    return " AND ".join(terms)


def create_search(path: Path) -> sqlite3.Connection:
    """Make an empty index of words."""
    connection = sqlite3.connect(path, check_same_thread=False)
    # It is made in one go and thrown away where that breaks off.
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    for kind in KINDS:
        connection.execute(
            f"CREATE VIRTUAL TABLE {kind} USING fts5("
            "words, content = '', tokenize = 'porter unicode61 remove_diacritics 2')"
        )
    return connection


def add_words(connection: sqlite3.Connection, kind: Kind, rows: Iterable[tuple[int, str | None]]) -> None:
    """Add words under their ids."""
    connection.executemany(f"INSERT INTO {kind} (rowid, words) VALUES (?, ?)", rows)  # noqa: S608 - one of three names
