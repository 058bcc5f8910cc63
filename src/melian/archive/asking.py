"""Asking the archive: named questions, and the user's own SQL under guard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

from melian.archive.limits import Limits
from melian.errors import BadArchive, BadQuestion

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

Parameters = Mapping[str, object]


def ask(
    connection: DuckDBPyConnection, sql: str, parameters: Parameters | None, limits: Limits, most: int | None = None
) -> pa.Table:
    """Answer one question with an Arrow table, of at most so many rows.

    Raises:
        BadQuestion: The SQL is wrong, does more than read, or uses more than the limits allow.
        BadArchive: A file of the archive cannot be read.
    """
    import duckdb

    with _translated(limits):
        statements = connection.extract_statements(sql)
        kinds = [statement.type for statement in statements]
        if kinds != [duckdb.StatementType.SELECT]:
            raise BadQuestion(
                f"This is no single question: {', '.join(kind.name for kind in kinds) or 'nothing'}",
                "one SELECT; the archive is only read",
                "Ask one question at a time",
            )
        connection.execute("BEGIN TRANSACTION READ ONLY")
        timer = Timer(limits.seconds, connection.interrupt) if limits.seconds is not None else None
        try:
            if timer is not None:
                timer.daemon = True
                timer.start()
            wanted = statements[0].named_parameters
            given = {name: value for name, value in (parameters or {}).items() if name in wanted}
            answer = connection.sql(statements[0], params=given or None)
            return (answer if most is None else answer.limit(most)).to_arrow_table()
        finally:
            if timer is not None:
                # Waited for: the program may end next, and a thread that is left then can abort it.
                timer.cancel()
                timer.join()
            connection.execute("ROLLBACK")


@contextmanager
def _translated(limits: Limits) -> Iterator[None]:
    import duckdb

    try:
        yield
    except duckdb.InterruptException as error:
        raise BadQuestion(
            f"The question took longer than {limits.seconds:g} seconds" if limits.seconds else "It was interrupted",
            "an answer within the limit",
            "Ask for less, or allow more time",
        ) from error
    except duckdb.OutOfMemoryException as error:
        raise BadQuestion(
            f"The question needs more than {limits.memory} of memory",
            "an answer within the limit",
            "Ask for less, or allow more memory",
        ) from error
    except duckdb.PermissionException as error:
        raise BadQuestion(
            f"The question reaches outside the archive: {_first_line(error)}",
            "a question about the archive's tables and views alone",
            "Leave files, settings and extensions out of it",
        ) from error
    except (duckdb.IOException, duckdb.FatalException, duckdb.SerializationException, UnicodeDecodeError) as error:
        raise unreadable(error) from error
    except duckdb.Error as error:
        # A file that is cut off is told as invalid input, by its name.
        if isinstance(error, duckdb.InvalidInputException) and ".parquet" in str(error):
            raise unreadable(error) from error
        raise BadQuestion(
            f"The question cannot be answered: {_first_line(error)}",
            "SQL as DuckDB understands it, over the tables and views that docs/guide/archive.md names",
            "Correct it. If it is right, run melian archive verify FOLDER",
        ) from error


def unreadable(error: Exception) -> BadArchive:
    """Say that a file of the archive is broken or gone."""
    return BadArchive(
        # Where in our own SQL it was met tells nobody anything.
        f"A file of the archive cannot be read: {_first_line(error).partition(' LINE ')[0]}",
        "the Parquet files that its ledger names",
        "Run melian archive verify FOLDER: it says what is broken and what to do",
    )


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return " ".join(lines[:2])[:400]
