"""SQL over the archive: read only, within limits."""

from __future__ import annotations

import msgspec

from melian.desk.charts import draw_answer
from melian.desk.desk import Desk
from melian.desk.pages.page import Page, Query
from melian.desk.saved import LONGEST_SQL, SavedQuery
from melian.errors import BadQuestion
from melian.exports.answers import cell_words

SHOWN = 200
MOST = 50_000


class QueryView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of queries."""

    sql: str
    name: str
    has_run: bool
    is_held: bool
    problem: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    found: int
    most: int
    saved: tuple[SavedQuery, ...]
    offered: tuple[SavedQuery, ...]


def show_query(desk: Desk, query: Query) -> Page:
    """Answer the SQL in the address and show its rows, as a chart where they are fit for one."""
    sql, name = query.get("sql", ""), query.get("name", "")
    desk.questions()
    columns: list[str] = []
    rows: list[list[object]] = []
    problem = ""
    # A page elsewhere may lead a browser to any address: then the query is shown, and run when the user says so.
    is_held = bool(sql.strip()) and query.get("from_elsewhere") == "yes"
    is_run = bool(sql.strip()) and not is_held
    if is_run:
        try:
            if len(sql) > LONGEST_SQL:
                raise BadQuestion(f"The query has {len(sql):,} characters", f"at most {LONGEST_SQL:,}", "Shorten it")
            columns, rows = desk.query(sql, MOST)
        except BadQuestion as error:
            problem = str(error)
    view = QueryView(
        sql=sql,
        name=name,
        has_run=is_run and not problem,
        is_held=is_held,
        problem=problem,
        columns=tuple(columns),
        rows=tuple(tuple(cell_words(cell)[:500] for cell in row) for row in rows[:SHOWN]),
        found=len(rows),
        most=MOST,
        saved=tuple(desk.saved.all()),
        offered=offered_queries(),
    )
    chart = draw_answer(columns, rows[:SHOWN])
    charts: dict[str, object] = {"answer": chart} if chart is not None else {}
    return Page("query.html.jinja", "Query", view, columns, rows, charts, 400 if problem else 200)


def offered_queries() -> tuple[SavedQuery, ...]:
    """Give the queries that are shipped as a beginning."""
    from importlib.resources import files

    lines = (files("melian.desk") / "queries.tsv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(SavedQuery(name=name, sql=sql) for name, sql in cells[1:])
