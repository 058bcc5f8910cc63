"""The ontology's tables and the event lexicon load, agree with one another, and cover every type and mode."""

from __future__ import annotations

import re
from collections import Counter
from typing import get_args

import pytest

from melian.errors import BadKnowledge
from melian.knowledge.ontology import (
    NO_EVENT,
    Need,
    cameo_codes,
    contexts,
    event_kinds,
    event_words,
    modes,
    parse_event_words,
    parse_need,
    word_classes,
)
from melian.records import EventType

HEADER = "id\tlemma\tpos\tneeds\tunless\ttype\tmodes\tsource\ttarget\tcontexts\texample\texpects\tprovenance"
ROW = {
    "id": "x", "lemma": "meet", "pos": "v", "needs": "", "unless": "", "type": "CONSULT", "modes": "visit",
    "source": "subj+with", "target": "", "contexts": "diplomatic", "example": "Peru met Chile.",
    "expects": "CONSULT PER+CHL>", "provenance": "test",
}  # fmt: skip
# Forms that share fewer than three letters with their lemma.
IRREGULAR = {
    "arise": "arose", "bear": "bore", "beat": "beat", "bring": "brought", "buy": "bought", "catch": "caught",
    "come": "came", "do": "did", "draw": "drew", "drive": "drove", "fall": "fell", "feed": "fed", "fight": "fought",
    "flee": "fled", "fly": "flew", "give": "gave", "go": "went", "hang": "hung", "have": "had", "hold": "held",
    "keep": "kept", "lay": "laid", "lead": "led", "leave": "left", "lend": "lent", "lose": "lost", "make": "made",
    "meet": "met", "overthrow": "overthrew", "pay": "paid", "put": "put", "ride": "rode", "rise": "rose",
    "run": "ran", "say": "said", "see": "saw", "seek": "sought", "sell": "sold", "set": "set", "shake": "shook",
    "shoot": "shot", "sing": "sang", "sit": "sat", "speak": "spoke", "stand": "stood", "steal": "stole",
    "strike": "struck", "swear": "swore", "take": "took", "teach": "taught", "tell": "told", "throw": "threw",
    "win": "won", "write": "wrote",
    "blow": "blew", "break": "broke", "find": "found", "fling": "flung", "freeze": "froze",
    "sink": "sank", "spy": "spied", "tear": "tore",
}  # fmt: skip


def file_of(**changes: str) -> str:
    return HEADER + "\n" + "\t".join({**ROW, **changes}.values()) + "\n"


def test_tables_have_the_codebooks_numbers_of_rows():
    assert (len(event_kinds()), len(modes()), len(contexts())) == (16, 67, 37)
    assert {kind.id for kind in event_kinds()} == set(get_args(EventType))


def test_modes_belong_to_types():
    kinds = {kind.id for kind in event_kinds()}
    for mode in modes():
        assert mode.type in kinds
        assert mode.id == f"{mode.type}/{mode.name}"


def test_scores_have_the_sign_of_their_quad():
    for kind in event_kinds():
        assert kind.score >= 0 if kind.quad <= 2 or kind.id == "REQUEST" else kind.score < 0
    assert [mode.id for mode in modes() if mode.score is None] == ["PROTEST/vandalize"]


def test_future_types_exist():
    kinds = {kind.id for kind in event_kinds()}
    futures = {kind.id: kind.future for kind in event_kinds() if kind.future}
    assert set(futures.values()) <= kinds
    assert futures["CONSULT"] == futures["AID"] == "AGREE"
    assert futures["RETREAT"] == "CONCEDE"


def test_every_type_and_mode_has_one_cameo_code():
    counts = Counter(code.plover for code in cameo_codes())
    assert not [plover for plover, n in counts.items() if n > 1]
    assert {kind.id for kind in event_kinds()} | {mode.id for mode in modes()} <= set(counts)
    for plover in counts:
        if "+" in plover:
            kind, context = plover.split("+")
            assert kind in counts
            assert context in {row.id for row in contexts()}


def test_cameo_codes_keep_their_leading_zero():
    assert all(re.fullmatch(r"[0-2]\d{2,3}", code.code) for code in cameo_codes())


def test_context_words_are_lower_case():
    for context in contexts():
        assert context.words
        assert all(word == word.lower() for word in context.words)


def test_word_classes_hold_lemmas():
    for name, words in word_classes().items():
        assert words, name
        assert all(word == word.lower() and " " not in word for word in words), name


def test_every_type_has_at_least_fifty_words():
    counts = Counter(row.type for row in event_words())
    assert {kind.id: counts[kind.id] for kind in event_kinds() if counts[kind.id] < 50} == {}
    assert counts[NO_EVENT] >= 50


def test_every_mode_has_a_word():
    covered = {f"{row.type}/{mode}" for row in event_words() for mode in row.modes}
    assert {mode.id for mode in modes()} - covered == set()


def test_no_two_rows_ask_for_the_same_thing_and_give_another():
    seen: dict[tuple[object, ...], tuple[str, str]] = {}
    clashes = []
    for row in event_words():
        key = (row.lemma, row.pos, frozenset(row.needs), frozenset(row.unless))
        other = seen.setdefault(key, (row.type, row.id))
        if other[0] != row.type:
            clashes.append((other[1], row.id))
    assert clashes == []


@pytest.mark.parametrize("file_type", ["agree", "consult", "support", "concede", "cooperate", "aid", "retreat"])
def test_expectations_name_sources(file_type: str):
    rows = [row for row in event_words() if row.type == file_type.upper()]
    assert all(row.source for row in rows)


def test_expectations_parse():
    wrong = []
    for row in event_words():
        kind, _, roles = row.expects.partition(" ")
        ok = kind == row.type and (
            not roles
            if kind == NO_EVENT
            else re.fullmatch(r"(\?|[A-Z]{3}(\+[A-Z]{3})*)?>([A-Z]{3}(\+[A-Z]{3})*)?", roles)
        )
        if not ok:
            wrong.append((row.id, row.expects))
    assert wrong == []


def test_examples_hold_a_form_of_the_lemma():
    wrong = []
    for row in event_words():
        if row.lemma == "be":
            continue
        words = row.example.lower()
        if row.lemma[:3] not in words and IRREGULAR.get(row.lemma, row.lemma) not in words:
            wrong.append((row.id, row.example))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("prt:out", Need("prt", (), ("out",))),
        ("obj:support/@aid", Need("obj", (), ("support", "@aid"))),
        ("prep:with", Need("prep", ("with",))),
        ("prep:at/on=@actor", Need("prep", ("at", "on"), ("@actor",))),
        ("poss", Need("poss")),
    ],
)
def test_needs_parse(text: str, need: Need):
    assert parse_need(text) == need


@pytest.mark.parametrize(
    "text", ["", "obj", "obj:", "prep:wth", "prep:to=", "object:x", "obj:a//b", "obj:@", "obj:Arms"]
)
def test_bad_needs_are_refused(text: str):
    with pytest.raises(ValueError):
        parse_need(text)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"type": "CONSULTED"}, "no type"),
        ({"modes": "aerial"}, "no mode"),
        ({"contexts": "war"}, "no context"),
        ({"source": "poss"}, "no slot"),
        ({"target": "obj.nowhere"}, "no slot"),
        ({"needs": "obj:@no_such_class"}, "does not exist"),
        ({"unless": "prep:wth"}, "cannot be read"),
        ({"lemma": "Meet"}, "lower-case"),
        ({"pos": "x"}, "line 2"),
    ],
)
def test_bad_rows_are_refused_by_file_and_line(changes: dict[str, str], words: str):
    with pytest.raises(BadKnowledge, match=words) as caught:
        parse_event_words(file_of(**changes), "words/x.tsv")
    assert "words/x.tsv, line 2" in caught.value.found


def test_a_good_row_is_read():
    (row,) = parse_event_words(file_of(), "words/x.tsv")
    assert row.source == ("subj+with",)
    assert row.modes == ("visit",)
