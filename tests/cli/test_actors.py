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


def test_an_organisation_is_shown_with_its_members_on_a_day(run):
    shown = run("actors", "show", "Arab League", "--on", "2015-06-01")
    lines = shown.out.splitlines()
    assert lines[0].startswith("arab_league · Arab League · League of Arab States · IGO")
    assert "SYR · Syria · suspended · since 2011-11-16, until 2023-05-07" in lines
    assert len(lines) == 23


def test_an_organisation_without_known_members_says_so(run):
    shown = run("actors", "show", "Greenpeace", "--on", "2015-06-01")
    assert shown.out.startswith("greenpeace · ")
    assert shown.err == "no members on that day, or none that the tables know\n"


def test_an_unknown_organisation_and_a_wrong_day_are_refused(run):
    unknown = run("actors", "show", "Order of Owls", "--on", "2015-06-01")
    assert (unknown.code, unknown.out) == (1, "")
    assert "No organisation is called 'Order of Owls'" in unknown.err
    assert run("actors", "show", "NATO", "--on", "June").code == 2
