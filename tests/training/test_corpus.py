"""The corpus of political events keeps its own rules and has enough of everything."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "training" / "corpus"


@pytest.fixture(scope="module")
def checking():
    sys.path.insert(0, str(CORPUS))
    import check

    yield check
    sys.path.remove(str(CORPUS))


@pytest.fixture(scope="module")
def passages(checking):
    return [p for path in sorted((CORPUS / "passages").glob("*.jsonl")) for p in checking.passages_of(path)]


def test_no_passage_breaks_a_rule(checking, passages):
    assert list(checking.mistakes_in(passages, passages)) == []


def test_there_is_enough_of_each_type_and_mode(checking, passages):
    assert len(passages) >= 4_000
    assert sum(not passage.events for passage in passages) >= 1_000
    types = Counter(event.type for passage in passages for event in passage.events)
    modes = Counter((event.type, mode) for passage in passages for event in passage.events for mode in event.modes)
    for kind, names in checking.allowed_modes().items():
        assert types[kind] >= 200
        assert {name: modes[kind, name] for name in names if modes[kind, name] < 40} == {}


def test_every_second_coding_is_of_a_passage_of_the_held_out_tenth(checking, passages):
    place: dict[str, int] = {}
    parts: Counter[str] = Counter()
    for passage in passages:
        part = checking.part_of(passage)
        place[passage.id] = parts[part]
        parts[part] += 1
    seconds = [p for path in sorted((CORPUS / "seconds").glob("*.jsonl")) for p in checking.passages_of(path)]
    assert len(seconds) >= len(passages) // 10 - len(parts)
    assert {place[passage.id] % 10 for passage in seconds} == {9}
    texts = {passage.id: passage.text for passage in passages}
    assert all(texts[passage.id] == passage.text for passage in seconds)


def test_newspapers_are_offsets_of_known_types_and_modes(checking):
    import newspapers

    found, modes = list(newspapers.places()), checking.allowed_modes()
    assert len(found) > 700
    for place in found:
        start, end = place.span
        for event in place.events:
            assert start <= event.trigger[0] < event.trigger[1] <= end
            assert set(event.modes) <= modes[event.type]
            assert event.sure in {1, 2, 3}


def test_articles_that_heads_learn_from_are_offsets_and_none_is_measured_on(checking):
    import newspapers

    read, modes = list(newspapers.articles()), checking.allowed_modes()
    measured = {(place.data, place.article) for place in newspapers.places()}
    named = [(place.data, place.article) for place in read]
    assert len(set(named)) == len(named) > 1_500
    assert not measured & set(named)
    for place in read:
        start, end = place.span
        assert list(place.events) == sorted(place.events, key=lambda event: event.trigger)
        for event in place.events:
            assert set(event.modes) <= modes[event.type]
            assert event.sure in {1, 2, 3}
            for a, b in (event.trigger, *event.source_words, *event.target_words):
                assert start <= a < b <= end


def test_whole_reports_name_what_their_codes_name(checking):
    import reports

    read = list(reports.reports())
    assert len(read) == len({report.id for report in read}) == 320
    assert sum(len(report.events) for report in read) == 3_415
    words = [(report.text, words) for report in read for event in report.events for words in event.trigger]
    assert all(reports.spans_of(text, one) for text, one in words)
    for report in read:
        for event in report.events:
            assert all(len(code) == 3 and code.isupper() for _, codes in event.sides() for code in codes), report.id
