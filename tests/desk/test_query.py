"""SQL on the page of queries reads the archive and nothing else, within limits."""

import time

import pytest

ATTACKS = [
    "INSERT INTO reports VALUES (1)", "CREATE TABLE x AS SELECT 1", "DROP VIEW events", "DELETE FROM reports",
    "COPY reports TO 'out.csv'", "EXPORT DATABASE 'out'", "ATTACH 'x.db'", "INSTALL httpfs", "LOAD httpfs",
    "SET enable_external_access = true", "SET memory_limit = '100GB'", "PRAGMA database_list", "CALL pragma_version()",
    "SELECT 1; SELECT 2", "SELECT 1; DROP VIEW events", "BEGIN", "", "-- nothing", "CHECKPOINT", "VACUUM",
    "EXPLAIN ANALYZE SELECT 1",
    "PREPARE x AS SELECT 1", "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/*')", "SELECT * FROM '/etc/passwd'", "SELECT * FROM glob('/**')",
    "SELECT * FROM read_parquet('https://example.org/x.parquet')", "SELECT * FROM read_json('/proc/self/environ')",
    "SELECT * FROM read_text('{shards}/../../../etc/passwd')", "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT getenv('HOME')", "SELECT * FROM parquet_metadata('/etc/passwd')", "SELECT * FROM sqlite_scan('x', 'y')",
    "SELECT * FROM postgres_scan('host=127.0.0.1', 'a', 'b')", "FROM duckdb_secrets() SELECT nosuch",
    "SELECT * FROM query('COPY reports TO ''x''')", "WITH x AS (DELETE FROM reports RETURNING *) SELECT * FROM x",
]  # fmt: skip


@pytest.mark.parametrize("sql", ATTACKS)
def test_nothing_is_written_or_reached(client, archive_folder, sql, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    sql = sql.replace("{shards}", str(archive_folder / "shards"))
    page = client.get("/query.json", params={"sql": sql})
    assert not page.json()["has_run"], sql
    assert not page.json()["rows"]
    assert not list(tmp_path.iterdir())
    # And afterwards all is as it was.
    assert client.get("/query.json", params={"sql": "SELECT count(*) AS n FROM reports"}).json()["rows"] == [["60"]]


def test_a_query_has_a_limit_of_memory(client):
    page = client.get("/query.json", params={"sql": "SELECT list(range) AS x FROM range(300000000)"})
    assert page.status_code == 400
    assert "memory" in page.json()["problem"] or "longer" in page.json()["problem"]


def test_a_query_has_a_limit_of_time(client, desk, monkeypatch):
    from melian.archive.limits import Limits

    monkeypatch.setattr(desk._current().asked, "_limits", Limits("512MB", 0.3))
    started = time.monotonic()
    page = client.get(
        "/query.json", params={"sql": "SELECT sum(a.range * b.range) FROM range(10000000) a, range(1000000) b"}
    )
    assert page.status_code == 400
    assert "longer" in page.json()["problem"]
    assert time.monotonic() - started < 5


def test_an_answer_of_very_many_rows_is_bounded(client):
    page = client.get("/query.json", params={"sql": "SELECT range AS n FROM range(100000000)"}).json()
    assert page["found"] == page["most"]
    assert len(page["rows"]) == 200
    assert [row[0] for row in page["rows"][:3]] == ["0", "1", "2"]


def test_the_order_that_is_asked_for_is_kept(client):
    page = client.get(
        "/query.json", params={"sql": "SELECT range AS n FROM range(70000) ORDER BY n DESC -- last first"}
    ).json()
    assert [row[0] for row in page["rows"][:3]] == ["69999", "69998", "69997"]


def test_the_answer_of_a_page_is_all_in_its_file(client):
    found = client.get("/query.csv", params={"sql": "SELECT range AS n FROM range(1000)"})
    assert found.text.splitlines() == ["n", *(str(number) for number in range(1000))]
