"""The user's SQL reads the archive and nothing else, and it ends."""

import pytest

import melian
from invented import invent_reading
from melian.archive.limits import Limits
from melian.errors import BadQuestion
from stub_readers import add_files, write_reports


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("query")
    add_files(place / "archive", write_reports(place / "in.jsonl", range(3)))
    (place / "secret.txt").write_text("secret,1\n")
    return place / "archive"


@pytest.fixture(scope="module")
def archive(folder):
    return melian.Archive(folder)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM '{secret}'",
        "SELECT * FROM glob('{root}/*')",
        "SELECT * FROM read_blob('{archive}/../secret.txt')",
        "SELECT * FROM read_text('{archive}/shards/../../secret.txt')",
        "SELECT * FROM read_json('https://example.org/x.json')",
        "SELECT * FROM invented",
        "COPY (SELECT 1) TO '{root}/out.csv'",
        "COPY (SELECT 1) TO '{archive}/shards/out.csv'",
        "EXPORT DATABASE '{root}/out'",
        "ATTACH '{root}/out.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "PRAGMA enable_profiling",
        "CREATE TABLE x AS SELECT 1",
        "DROP VIEW events",
        "DELETE FROM current_readings",
        "WITH gone AS (DELETE FROM current_readings RETURNING *) SELECT * FROM gone",
        "SELECT 1; SELECT 2",
        "",
        "-- nothing",
        "SELEC",
        "SELECT $unknown",
        "SELECT nothing FROM events",
    ],
)
def test_what_is_no_question_to_the_archive_is_refused(folder, archive, sql):
    invented = invent_reading()  # a Python name must not be taken for a table
    assert invented
    before = sorted(str(path) for path in folder.parent.rglob("*"))
    words = sql.format(secret=folder.parent / "secret.txt", root=folder.parent, archive=folder)
    with pytest.raises(BadQuestion) as refused:
        archive.sql(words)
    assert refused.value.do
    assert sorted(str(path) for path in folder.parent.rglob("*")) == before
    assert archive.sql("SELECT count(*) AS n FROM events").to_pylist() == [{"n": 3}]


def test_limits_of_time_and_memory(folder):
    with pytest.raises(BadQuestion, match=r"longer than 0\.2 seconds"):
        melian.Archive(folder, Limits(seconds=0.2)).sql("SELECT count(*) FROM range(10000000000) a, range(10000) b")
    with pytest.raises(BadQuestion, match="more than 100MB of memory"):
        melian.Archive(folder, Limits(memory="100MB")).sql("SELECT list(a) FROM range(100000000) AS t (a)")
    with pytest.raises(BadQuestion, match="a size such as"):
        Limits(memory="much")
    with pytest.raises(BadQuestion, match="more than none"):
        Limits(seconds=0)


def test_questions_leave_no_trace(folder):
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    melian.Archive(folder).sql("SELECT * FROM events ORDER BY words")
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_parameters(folder):
    table = melian.Archive(folder).sql("SELECT report FROM reports WHERE report = $id", {"id": "n1"})
    assert table.to_pylist() == [{"report": "n1"}]
