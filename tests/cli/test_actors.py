"""`melian actors`: what is taken, what is left out, and what is said."""

ADD = ["actors", "add", "Amina Okoth", "--kind", "person", "--sector", "GOV", "--country", "KEN", "--alias", "A. Okoth"]


def test_an_actor_is_added_and_listed(run, tmp_path):
    table = tmp_path / "mine.csv"
    assert run(*ADD, "--office", "foreign minister", "--from", "2026-02-01", "--table", table).err == (
        "1 taken; mine.csv has 1\n"
    )
    again = run("actors", "add", "Kisima Front", "--kind", "group", "--sector", "REB", "--table", table)
    assert (again.code, again.err) == (0, "1 taken; mine.csv has 2\n")
    listed = run("actors", "list", "okoth", "--table", table)
    assert listed.out == "ken-amina-okoth-2026 · Amina Okoth · person · KEN · GOV · foreign minister · 2026-02-01 – …\n"
    assert len(run("actors", "list", "--table", table).out.splitlines()) == 2


def test_a_wrong_cell_is_refused_and_nothing_is_written(run, tmp_path):
    table = tmp_path / "mine.csv"
    refused = run("actors", "add", "X Y", "--kind", "person", "--sector", "BOSS", "--table", table)
    assert refused.code == 2
    assert "BOSS" in refused.err
    assert not table.exists()


def test_good_rows_are_taken_and_bad_ones_named(run, tmp_path):
    table, source = tmp_path / "mine.csv", tmp_path / "more.csv"
    source.write_text("name,kind,sector,country\nKisima Front,group,REB,KEN\nX Y,person,GOV,Kenya\n")
    done = run("actors", "import", source, "--table", table)
    assert done.code == 3
    assert "left out: more.csv, row 2: country 'KENYA'" in done.err
    assert "1 taken; mine.csv has 1" in done.err
    source.write_text("name,kind,sector,country\nX Y,person,GOV,Kenya\n")
    assert run("actors", "import", source, "--table", table).code == 1


def test_the_table_may_be_named_by_the_environment(run, tmp_path, monkeypatch):
    monkeypatch.setenv("MELIAN_ACTORS", str(tmp_path / "mine.csv"))
    assert run(*ADD).code == 0
    assert run("actors", "list").out.startswith("ken-amina-okoth")


def test_a_broken_table_stops_reading_before_it_begins(run, tmp_path, report):
    table = tmp_path / "mine.csv"
    table.write_text("name,kind,sector\nX Y,person,BOSS\n")
    refused = run("read", report, "--actors", table)
    assert refused.code == 1
    assert "mine.csv, row 1: sector 'BOSS'" in refused.err
