"""Links: groups of pairs, decisions of people, and that linking day by day gives what linking at once gives."""

import random
import shutil
from datetime import date, timedelta
from itertools import combinations, pairwise

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import melian
from melian import records as r
from melian.archive import Writer
from melian.archive.compaction import compact
from melian.archive.layout import find_archive
from melian.archive.linking.clusters import components, groups
from melian.archive.linking.columns import KEYS
from melian.archive.linking.decisions import add_decision, decide, decisions_of, take_back
from melian.archive.linking.generations import _MOST_LAYERS, newest_generation
from melian.archive.linking.link import link
from melian.archive.linking.weights import dull_words, groups_of_types, kin_types, weights
from melian.archive.marks import Making
from melian.archive.shard import write_shard
from melian.errors import BadArchive, BadQuestion
from told_reports import PRODUCED, tell


def store(folder, *readings, code="c"):
    with Writer(folder, is_new_allowed=True) as writer:
        number = writer.take_number()
        part = writer.begin_part("key", number)
        making = Making(produced_by=PRODUCED, code=code)
        writer.commit(write_shard(part, "key", number, readings, (), making))


def link_all(folder, **how):
    with Writer(folder) as writer:
        return link(writer, **how)


def decide_on(folder, verdict, about, left, right):
    with Writer(folder) as writer:
        made = decide(verdict, about, left, right, by="Ada", why="seen")
        add_decision(writer.layout, made)
        link(writer)
    return made


def linked_of(folder):
    rows = melian.Archive(folder).sql("SELECT report, event, linked FROM links").to_pylist()
    return {(row["report"], row["event"]): row["linked"] for row in rows}


def all_links(folder):
    """Everything that is derived, in an order of its own."""
    archive = melian.Archive(folder)
    tables = (
        "stored_voice_links", "links SEMI JOIN stored_event_links USING (reading, event)", "linked_events",
        "stored_identities", "stored_offices", "stored_event_pairs",
        "stored_event_groups", "stored_voice_pairs", "stored_voice_groups",
    )  # fmt: skip
    found = {}
    for table in tables:
        rows = archive.sql(f"FROM {table}").to_pylist()
        found[table.split()[0]] = sorted(
            tuple(sorted((k, repr(v)) for k, v in row.items() if k != "reading")) for row in rows
        )
    return found


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] != pair[1]), max_size=20),
)
def test_components_are_what_chains_of_pairs_join(pairs):
    found = components(pairs)
    reached = {node: {node} for pair in pairs for node in pair}
    for _ in reached:
        for left, right in pairs:
            reached[left] |= reached[right]
            reached[right] |= reached[left]
    assert found == {node: min(nodes) for node, nodes in reached.items()}


scored_pairs = st.dictionaries(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from((0.5, 0.6, 0.9)),
    max_size=20,
)
chosen_pairs = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda p: p[0] < p[1]), max_size=3)


@given(scored_pairs, chosen_pairs, chosen_pairs, st.randoms())
def test_groups_heed_the_hand_and_the_share_of_pairs(scores, together, apart, chance):
    together = [pair for pair in together if pair not in apart]
    pairs = [(left, right, score) for (left, right), score in scores.items()]
    found = groups(pairs, 0.5, together, apart)
    assert not [pair for pair in apart if pair[0] in found and found[pair[0]] == found.get(pair[1])]
    if not apart:
        assert all(found[left] == found[right] for left, right in together)
    shuffled = list(pairs)
    chance.shuffle(shuffled)
    assert groups(shuffled, 0.5, together, apart) == found
    if not together:
        for name in set(found.values()):
            members = sorted(node for node in found if found[node] == name)
            assert len(members) == 1 or any((a, b) in scores for a, b in combinations(members, 2))


def test_a_chain_does_not_make_one_event_of_many():
    chain = [(n, n + 1, 0.9) for n in range(6)]
    assert len(set(groups(chain, 0.5).values())) > 2
    assert len(set(groups(chain, 0.0).values())) == 1


def test_the_tables_of_linking_hold():
    assert weights()["threshold"] == 0.5
    assert {kind for row in kin_types() for kind in row.types} <= {name for name, _ in groups_of_types()}
    assert {"kenyan", "said", "the"} <= dull_words()
    assert not {"bridge", "bank"} & dull_words()


BRIDGE = (
    tell("a", "Kenyan guns shelled the bridge at Garissa, a shepherd told us.", day="2026-05-05"),
    tell("b", "The bridge at Garissa was shelled by Kenyan guns.", outlet="Post", day="2026-05-05"),
    tell("c", "It denied that Kenyan guns had shelled the Garissa bridge.", outlet="Nairobi Sun", polarity="negative",
         holder=("spokesman", "KEN"), published="2026-05-07"),
    tell("d", "Kenyan guns shelled a school in Wajir, teachers told us.", day="2026-05-05"),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    store(tmp_path / "a", *BRIDGE)
    link_all(tmp_path / "a")
    return tmp_path / "a"


def test_tellings_of_one_event_are_linked_with_score_and_reason(folder):
    found = linked_of(folder)
    assert found["a", "e1"] == found["b", "e1"] == found["c", "e1"] != found["d", "e1"]
    rows = melian.Archive(folder).tellings(found["a", "e1"]).to_pylist()
    assert {row["report"] for row in rows} == {"a", "b", "c"}
    assert all(0.5 <= row["score"] <= 1 and "words in common: bridg, garissa" in row["reason"] for row in rows)
    assert all(row["with_report"] in {"a", "b", "c"} - {row["report"]} for row in rows)


def test_who_asserts_and_who_denies_across_reports(folder):
    archive = melian.Archive(folder)
    (dispute,) = archive.linked_disputes().to_pylist()
    assert dispute["asserted_by"] == ["Coast Wire", "Post"]
    assert dispute["denied_by"] == ["spokesman (KEN)"]
    assert (dispute["first_outlet"], dispute["first_told"], dispute["is_settled"]) == (
        "Coast Wire", date(2026, 5, 6), False,
    )  # fmt: skip
    (event,) = archive.linked_events(said_by="KEN").to_pylist()
    assert (event["standing"], event["voices"], event["first_day"]) == ("disputed", 3, date(2026, 5, 5))
    assert archive.linked_disputes(said_by="UGA").num_rows == 0
    (position,) = archive.positions(said_by="spokesman").to_pylist()
    assert (position["stance"], position["is_changed"]) == ("deny", False)


def test_a_dispute_is_settled_when_the_last_words_agree(tmp_path):
    said = "Kenyan guns shelled the bridge at Garissa, the office told us on air."
    store(
        tmp_path / "a",
        BRIDGE[0],
        tell("c", said, holder=("defence office", "KEN"), polarity="negative", published="2026-05-07"),
        tell("d", said + " It was sorry.", holder=("defence office", "KEN"), published="2026-05-09"),
    )
    link_all(tmp_path / "a")
    archive = melian.Archive(tmp_path / "a")
    (dispute,) = archive.linked_disputes().to_pylist()
    assert (dispute["is_settled"], dispute["settled_on"]) == (True, date(2026, 5, 9))
    assert [row["is_changed"] for row in archive.positions().to_pylist()] == [False, True]


@pytest.mark.parametrize(
    ("first", "second", "later", "is_dispute"),
    [
        ((12, None), (19, 19), 0, False),
        ((12, 12), (19, 19), 0, True),
        ((12, 12), (19, 19), 1, False),
        ((19, 19), (12, 12), 1, True),
        ((3, 3), (0, 0), 0, True),
        ((12, 12), (12, 12), 0, False),
    ],
)
def test_figures_that_cannot_both_hold(tmp_path, first, second, later, is_dispute):
    text = "Kenyan guns shelled the bridge at Garissa with {} dead."
    published = (date(2026, 5, 6) + timedelta(later)).isoformat()
    store(
        tmp_path / "a",
        tell("a", text.format("some"), dead=first, holder=("police", "SOM")),
        tell("b", text.format("many"), dead=second, holder=("hospital", "SOM"), outlet="Post", published=published),
    )
    link_all(tmp_path / "a")
    archive = melian.Archive(tmp_path / "a")
    assert archive.sql("FROM linked_disputes WHERE kind = 'figures'").num_rows == is_dispute
    (linked,) = set(linked_of(tmp_path / "a").values())
    figures = archive.figures(linked).to_pylist()
    assert [row["holder_name"] for row in figures] in (["police", "hospital"], ["hospital", "police"])
    assert {(row["low"], row["high"]) for row in figures} == {first, second}


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ((3, 3), (5, 5), (3, 5)),
        ((11, None), (11, 11), (11, None)),
        ((None, 20), (5, 5), (None, 20)),
        ((4, None), None, (4, None)),
        (None, None, (None, None)),
    ],
)
def test_at_least_so_many_stays_open_in_a_linked_event(tmp_path, first, second, together):
    text = "Kenyan guns shelled the bridge at Garissa with {} dead."
    store(
        tmp_path / "a",
        tell("a", text.format("some"), dead=first, day="2026-05-05"),
        tell("b", text.format("many"), dead=second, day="2026-05-05", outlet="Post"),
    )
    link_all(tmp_path / "a")
    (row,) = melian.Archive(tmp_path / "a").sql("SELECT dead_low, dead_high FROM linked_events").to_pylist()
    assert (row["dead_low"], row["dead_high"]) == together


def test_what_is_not_linked_stands_alone(tmp_path):
    store(tmp_path / "a", *BRIDGE)
    assert len(set(linked_of(tmp_path / "a").values())) == 4
    archive = melian.Archive(tmp_path / "a")
    assert archive.voices().num_rows == 4
    assert archive.linked_events().num_rows == 0


def test_a_decision_wins_and_survives_linking_anew(folder):
    apart = decide_on(folder, "two", "events", ("a", "e1"), ("b", "e1"))
    one = decide_on(folder, "one", "events", ("b", "e1"), ("d", "e1"))
    for how in ({}, {"is_anew": True}):
        link_all(folder, **how)
        found = linked_of(folder)
        assert found["a", "e1"] != found["b", "e1"] == found["d", "e1"]
    assert [(d.id, d.by, d.why) for d in decisions_of(find_archive(folder))] == [
        (apart.id, "Ada", "seen"), (one.id, "Ada", "seen"),
    ]  # fmt: skip
    before = linked_of(folder)
    store(folder, tell("z", "Somali guns shelled a mosque in Dhobley.", source="SOM", target="KEN"))
    link_all(folder)
    assert {key: value for key, value in linked_of(folder).items() if key[0] != "z"} == before


def test_taking_decisions_back_gives_what_was_there_before(folder):
    before = all_links(folder)
    made = decide_on(folder, "two", "events", ("a", "e1"), ("b", "e1"))
    assert all_links(folder) != before
    with Writer(folder) as writer:
        add_decision(writer.layout, take_back(made.id, by="Bo"))
        link(writer)
    assert all_links(folder) == before
    assert decisions_of(find_archive(folder)) == ()
    with pytest.raises(BadQuestion, match="no decision"), Writer(folder) as writer:
        add_decision(writer.layout, take_back(made.id, by="Bo"))


def told_of(folder):
    """What the views say of links: which tellings are one event, and what it is."""
    archive = melian.Archive(folder)
    tables = ("linked_events", "linked_accounts", "linked_disputes", "figures", "linked_dyads")
    told = {table: sorted(map(repr, archive.sql(f"FROM {table}").to_pylist())) for table in tables}
    return told | {"links": linked_of(folder)}


def test_a_decision_counts_before_anything_is_linked_again(folder):
    before, layout = told_of(folder), find_archive(folder)
    apart = decide("two", "events", ("a", "e1"), ("b", "e1"), by="Ada")
    add_decision(layout, apart)
    found = linked_of(folder)
    assert found["a", "e1"] != found["b", "e1"]
    assert (
        linked_of(folder)
        != before["links"]
        == {
            (row["report"], row["event"]): row["linked"]
            for row in melian.Archive(folder, is_corrected=False)
            .sql("SELECT report, event, linked FROM links")
            .to_pylist()
        }
    )
    add_decision(layout, decide("one", "events", ("b", "e1"), ("d", "e1"), by="Bo"))
    at_once = told_of(folder)
    assert at_once["links"]["b", "e1"] == at_once["links"]["d", "e1"]
    (row,) = melian.Archive(folder).sql("SELECT reason FROM links WHERE report = 'd'").to_pylist()
    assert row["reason"] == "by hand"
    link_all(folder)
    assert told_of(folder) == at_once
    for one in decisions_of(layout):
        add_decision(layout, take_back(one.id, by="Cleo"))
    assert told_of(folder) == before
    link_all(folder)
    assert told_of(folder) == before


def test_voices_and_actors_are_decided_on_too(folder):
    voices = {row["report"]: row["voice"] for row in melian.Archive(folder).voices().to_pylist()}
    assert len(set(voices.values())) == 4
    decide_on(folder, "one", "voices", ("a",), ("d",))
    rows = {row["report"]: row for row in melian.Archive(folder).voices().to_pylist()}
    assert rows["a"]["voice"] == rows["d"]["voice"] != rows["b"]["voice"]
    assert rows["d"]["reason"] == "by hand"
    decide_on(folder, "one", "actors", ("KEN", "KEN"), ("SOM", "SOM"))
    (row,) = melian.Archive(folder).sql("SELECT DISTINCT identity FROM identities WHERE kind = 'state'").to_pylist()
    assert row["identity"]


def test_a_decision_that_was_cut_off_never_counted(folder):
    made = decide_on(folder, "two", "events", ("a", "e1"), ("b", "e1"))
    path = find_archive(folder).decisions
    path.write_bytes(path.read_bytes() + b'{"id": "half')
    assert [one.id for one in decisions_of(find_archive(folder))] == [made.id]
    other = decide_on(folder, "one", "events", ("a", "e1"), ("d", "e1"))
    assert [one.id for one in decisions_of(find_archive(folder))] == [made.id, other.id]
    path.write_bytes(b"nonsense\n" + path.read_bytes())
    with pytest.raises(BadArchive, match="Line 1"):
        decisions_of(find_archive(folder))


def test_copies_are_one_voice(tmp_path):
    body = (
        "Kenyan guns shelled the bridge at Garissa on Tuesday and a school beside it, shepherds told this agency. "
        "The mayor asked for tents, water and two doctors, and the road to the coast was shut until the evening."
    )
    own = (
        "Nobody had crossed the bridge since Monday when it was shelled, a trader recalled; he had sold his camels. "
        "The mayor, who was at a wedding, heard of it by telephone and drove home over the hills in the dark."
    )
    store(
        tmp_path / "a",
        tell("wire", body),
        tell("copy", body, outlet="Post", published="2026-05-07"),
        tell("revised", body.replace("two doctors", "four doctors") + " Rain fell.", outlet="Sun"),
        tell("cut", body.split(". ")[0] + ".", outlet="Star"),
        tell("own", own, outlet="Lake Daily"),
        tell("year", body, outlet="Post", published="2027-05-07"),
    )
    link_all(tmp_path / "a")
    rows = {row["report"]: row for row in melian.Archive(tmp_path / "a").voices().to_pylist()}
    assert rows["wire"]["voice"] == rows["copy"]["voice"] == rows["revised"]["voice"] == rows["cut"]["voice"]
    assert rows["own"]["voice"] != rows["wire"]["voice"]
    assert rows["copy"]["reason"] == "the same words"
    assert rows["own"]["reason"] is None


def test_offices_are_learned_from_the_reports_themselves(tmp_path):
    def named(ident, day, person, office_only=False):
        reading = tell(ident, "Kenyan guns shelled the bridge at Garissa.", published=day)
        actor = r.Actor(id="a3", name="foreign minister", kind="office", country="KEN", office="foreign minister")
        if not office_only:
            actor = replace(actor, name=person, kind="person")
        return replace(reading, actors=(*reading.actors, actor))

    store(
        tmp_path / "a",
        named("a", "2026-01-10", "Amina Odhiambo"),
        named("b", "2026-03-10", "Odhiambo"),
        named("c", "2026-02-01", "", office_only=True),
        named("d", "2027-02-01", "", office_only=True),
        named("e", "2026-06-10", "John Kiprono"),
    )
    link_all(tmp_path / "a")
    archive = melian.Archive(tmp_path / "a")
    offices = archive.sql("SELECT full_name, first_day, last_day FROM offices ORDER BY first_day").to_pylist()
    assert [tuple(row.values()) for row in offices] == [
        ("Amina Odhiambo", date(2026, 1, 10), date(2026, 3, 10)),
        ("John Kiprono", date(2026, 6, 10), date(2026, 6, 10)),
    ]
    rows = archive.sql("SELECT report, full_name, score, reason FROM actor_links WHERE actor = 'a3'").to_pylist()
    found = {row["report"]: row for row in rows}
    assert found["b"]["full_name"] == "Amina Odhiambo"
    assert found["c"]["full_name"] == "Amina Odhiambo"
    assert "named in this office" in found["c"]["reason"]
    assert found["d"]["full_name"] == "foreign minister"


def invented_days(count):
    chance = random.Random(5)
    things = ("bridge school mosque depot harbour market bakery airfield dam pylon").split()
    towns = "Garissa Wajir Lamu Kismayo Dhobley Mandera".split()
    pairs = [("KEN", "SOM"), ("SOM", "KEN"), ("ETH", "SOM")]
    for number in range(count):
        day = date(2026, 5, 1) + timedelta(chance.randrange(6))
        (source, target), thing, town = chance.choice(pairs), chance.choice(things), chance.choice(towns)
        yield tell(
            f"r{number}", f"Their guns shelled the {thing} at {town} {chance.choice(('early', 'badly', 'again'))}.",
            source=source, target=target, day=day.isoformat() if chance.random() < 0.7 else None,
            published=(day + timedelta(1)).isoformat(), outlet=f"Paper {number % 7}",
            holder=("office", source) if chance.random() < 0.3 else None,
            polarity="negative" if chance.random() < 0.2 else "positive",
        )  # fmt: skip


@pytest.fixture
def layered(monkeypatch):
    """Write only what changed, however much that is."""
    monkeypatch.setattr("melian.archive.linking.generations._SHARE", 0)


@pytest.mark.parametrize("is_layered", [False, True])
def test_linking_day_by_day_gives_what_linking_at_once_gives(tmp_path, request, is_layered):
    if is_layered:
        request.getfixturevalue("layered")
    readings = list(invented_days(60))
    store(tmp_path / "once", *readings)
    link_all(tmp_path / "once")
    for start in range(0, 60, 20):
        store(tmp_path / "daily", *readings[start : start + 20])
        done = link_all(tmp_path / "daily")
        assert done.new_reports == 20
    assert len(newest_generation(find_archive(tmp_path / "daily")).layers) == (3 if is_layered else 1)
    assert all_links(tmp_path / "daily") == all_links(tmp_path / "once")
    with Writer(tmp_path / "daily") as writer:
        writer.remove(["r3", "r17", "r40"])
        link(writer)
    store(tmp_path / "less", *(one for one in readings if one.report.id not in {"r3", "r17", "r40"}))
    link_all(tmp_path / "less")
    assert all_links(tmp_path / "daily") == all_links(tmp_path / "less")
    store(tmp_path / "daily", readings[0], code="d")
    assert link_all(tmp_path / "daily").new_reports == 1
    assert all_links(tmp_path / "daily") == all_links(tmp_path / "less")


def reprinted(readings):
    """Reports, some of which come again in other papers, on another day or of another day."""
    for number, one in enumerate(readings):
        yield one
        if number % 4 == 0:
            yield replace(one, report=replace(one.report, id=f"again{number}", outlet="Echo"))
        if number % 9 == 0:
            yield replace(one, report=replace(one.report, id=f"late{number}", published="2026-06-01"))


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Reports, and what linking them at once gives."""
    folder = tmp_path_factory.mktemp("told")
    readings = list(reprinted(invented_days(24)))
    store(folder / "a", *readings)
    link_all(folder / "a")
    return readings, all_links(folder / "a")


@settings(max_examples=4, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(chance=st.randoms(use_true_random=False))
def test_in_any_order_and_in_any_parts(told, layered, tmp_path_factory, chance):
    readings, expected = told
    folder = tmp_path_factory.mktemp("parts") / "a"
    passing = [
        replace(one, report=replace(one.report, id=f"passing-{one.report.id}")) for one in chance.sample(readings, 3)
    ]
    shuffled = [*readings, *passing]
    chance.shuffle(shuffled)
    ends = sorted({0, len(shuffled), *(chance.randrange(1, len(shuffled)) for _ in range(3))})
    for start, end in pairwise(ends):
        store(folder, *shuffled[start:end])
        link_all(folder)
    with Writer(folder) as writer:
        writer.remove([one.report.id for one in passing])
        link(writer)
    assert all_links(folder) == expected


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_decided_counts_as_it_will_after_linking(told, tmp_path, seed):
    chance, folder = random.Random(seed), tmp_path / "news"
    store(folder, *told[0])
    link_all(folder)
    layout, ends = find_archive(folder), sorted(linked_of(folder))
    for _ in range(2):
        for _ in range(chance.randrange(1, 6)):
            left, right = chance.sample(ends, 2)
            add_decision(layout, decide(chance.choice(["one", "two"]), "events", left, right, by="Ada"))
        for one in chance.sample(decisions_of(layout), chance.randrange(0, 2)):
            add_decision(layout, take_back(one.id, by="Bo"))
        at_once = told_of(folder)
        link_all(folder)
        assert told_of(folder) == at_once


def test_a_day_more_writes_only_what_it_touches(tmp_path):
    readings = list(invented_days(60))
    store(tmp_path / "a", *readings)
    link_all(tmp_path / "a")
    before = all_links(tmp_path / "a")
    first = newest_generation(find_archive(tmp_path / "a"))
    far = tell("far", "Ethiopian guns shelled a lighthouse at Assab.", source="ETH", target="ERI",
               day="2026-09-01", published="2026-09-02")  # fmt: skip
    store(tmp_path / "a", far)
    link_all(tmp_path / "a")
    newest = newest_generation(find_archive(tmp_path / "a"))
    assert newest.layers == (*first.layers, newest.folder.name)
    for table in KEYS:
        assert pq.read_metadata(newest.folder / f"{table}.parquet").num_rows == (0 if "pairs" in table else 1) * (
            "groups" not in table
        )
    now = all_links(tmp_path / "a")
    assert all(set(before[table]) < set(now[table]) for table in ("stored_voice_links", "links", "linked_events"))
    for number in range(_MOST_LAYERS):
        store(tmp_path / "a", tell(f"f{number}", f"Guns shelled hill {number}.", day="2026-10-01"))
        link_all(tmp_path / "a")
    folders = sorted(folder.name for folder in find_archive(tmp_path / "a").links.iterdir())
    assert folders == list(newest_generation(find_archive(tmp_path / "a")).layers)
    assert 1 <= len(folders) < _MOST_LAYERS


def test_a_compaction_takes_removed_words_from_the_links_too(folder):
    with Writer(folder) as writer:
        writer.remove(["d"])
        compact(writer)
    files = [path.read_bytes() for path in find_archive(folder).links.rglob("*.parquet")]
    assert files
    stored = melian.Archive(folder).sql("SELECT words FROM linked_events").to_pylist()
    assert not any("Wajir" in row["words"] for row in stored)
    assert melian.Archive(folder).sql("FROM links WHERE report = 'd'").num_rows == 0
    assert (
        melian.Archive(folder).sql("FROM stored_event_links ANTI JOIN current_readings USING (reading)").num_rows == 0
    )


def test_links_can_be_thrown_away(folder):
    before = all_links(folder)
    shutil.rmtree(find_archive(folder).links)
    assert newest_generation(find_archive(folder)) is None
    link_all(folder)
    assert all_links(folder) == before


def test_links_of_another_version_count_as_none_until_they_are_made_again(folder):
    before = all_links(folder)
    mark = newest_generation(find_archive(folder)).folder / "made.json"
    mark.write_text(mark.read_text().replace('"columns":"', '"columns":"other'))
    archive = melian.Archive(folder)
    assert archive.linked_events().num_rows == 0
    assert archive.events().num_rows == 4
    link_all(folder)
    assert all_links(folder) == before


def test_broken_links_are_told_and_stop_nothing_else(folder):
    generation = newest_generation(find_archive(folder))
    (generation.folder / "made.json").write_text("{")
    with pytest.raises(BadArchive, match="melian archive link"):
        melian.Archive(folder)
    shutil.rmtree(generation.folder)
    assert melian.Archive(folder).events().num_rows == 4


def test_an_interrupted_linking_leaves_what_was_there(folder, monkeypatch):
    before = all_links(folder)
    store(folder, tell("z", "Somali guns shelled a mosque in Dhobley.", source="SOM", target="KEN"))

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("melian.archive.linking.generations.os.rename", fail)
    with pytest.raises(BadArchive, match="no room left"):
        link_all(folder)
    monkeypatch.undo()
    assert all_links(folder) == before
    assert link_all(folder).new_reports == 1


def test_dyads_demands_and_accusations(tmp_path):
    store(
        tmp_path / "a",
        *BRIDGE,
        tell("q", "Somalia demanded the bridge back.", kind="REQUEST", verb="demanded", source="SOM", target="KEN",
             day="2026-05-08"),
        tell("w", "Somalia demanded salt.", kind="REQUEST", verb="demanded", source="SOM", target="KEN",
             day="2026-06-20"),
        tell("y", "Kenya gave way on the bridge.", kind="CONCEDE", verb="gave", day="2026-05-20"),
        tell("x", "Somalia accused Kenya over the bridge.", kind="ACCUSE", verb="accused", source="SOM", target="KEN",
             day="2026-05-06"),
    )  # fmt: skip
    link_all(tmp_path / "a")
    archive = melian.Archive(tmp_path / "a")
    demands = archive.demands(source="SOM").to_pylist()
    assert [(row["answer_type"], row["is_unanswered"]) for row in demands] == [("CONCEDE", False), (None, True)]
    (accusation,) = archive.accusations().to_pylist()
    assert (accusation["source"], accusation["target"], accusation["accusations"]) == ("SOM", "KEN", 1)
    days = archive.linked_dyads("day", source="KEN", type="ASSAULT").to_pylist()
    assert [(row["linked_events"], row["reports"], row["disputed"], row["conflict"]) for row in days] == [
        (2, 4, 1, 10.0)
    ]
    assert archive.sql("FROM linked_dyads_by_month").num_rows > 0


def test_a_hostile_archive_is_linked(tmp_path):
    words = "'; DROP VIEW events; -- \x1b[31m = shelled ((("
    store(tmp_path / "a", tell(words, words, outlet=words), tell("b", "", verb="", outlet=None, published=None))
    assert link_all(tmp_path / "a").events == 2


def test_a_linked_event_is_told_with_what_people_corrected(tmp_path):
    from melian.archive.review.queue import Review

    words = "Kenyan jets shelled the port of Kismayo on Tuesday"
    store(tmp_path / "a", tell("one", f"{words}.", day="2026-05-05"), tell("two", f"{words}, again.", day="2026-05-05"))
    with Writer(tmp_path / "a") as writer:
        link(writer)
    review = Review(tmp_path / "a")
    for report in ("one", "two"):
        review.answer("amina", review.task(report, "event", "e1").anchor, {"type": "COERCE", "sources": "Peru [PER]"})
    (row,) = melian.Archive(tmp_path / "a").linked_events().to_pylist()
    assert (row["type"], row["source_countries"], row["reports"]) == ("COERCE", ["PER"], 2)
    (row,) = melian.Archive(tmp_path / "a", is_corrected=False).linked_events().to_pylist()
    assert (row["type"], row["source_countries"]) == ("ASSAULT", ["KEN"])
    review.answer("amina", review.task("two", "event", "e1").anchor, is_rejected=True)
    (row,) = melian.Archive(tmp_path / "a").linked_events().to_pylist()
    assert (row["reports"], row["type"]) == (1, "COERCE")
