"""An own ontology: trained on the example that ships, it codes passages written apart from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from melian.coding.coder import Coder
from melian.coding.encoder.transformer import Transformer
from melian.coding.events.own.trained import load, pack, unpack
from melian.coding.events.own.training import train
from melian.errors import BadOntology, BadSetting
from melian.evaluation.evaluate import evaluation_of
from melian.evaluation.own import judge_checked
from melian.evaluation.tools import ReaderTools
from melian.knowledge.ontology.own import parse_ontology, read_ontology
from melian.records import Report, from_json, to_json
from melian.settings import Settings

ROOT = Path(__file__).parents[2]
FILE = ROOT / "examples" / "protest-issues.toml"
HELD_OUT = ROOT / "tests" / "cases" / "protest_issues.jsonl"
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def made():
    ontology = read_ontology(FILE)
    return ontology, *train(ontology, Transformer())


@pytest.fixture(scope="module")
def path(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("ontology") / "issues.npz"
    path.write_bytes(pack(made[1]))
    return path


@pytest.fixture(scope="module")
def coder(path):
    return Coder(Settings(ontology=str(path)))


def read(coder, text):
    return coder.read_report(Report(id="r1", text=text, published="2026-03-12"))


def test_examples_left_out_are_found(made):
    ontology, _, checked = made
    figures = {figure.name: figure.value for figure in judge_checked(ontology, checked).figures}
    assert figures["trigger found"] >= 90
    assert figures["events: F1"] >= 60


def test_passages_written_apart_are_coded(coder):
    evaluation = evaluation_of("events")
    tools, records = ReaderTools(coder), evaluation.read(HELD_OUT)
    outcome = evaluation.judge(tools, records, list(evaluation.predict(tools, records)))
    figures = {figure.name: figure.value for figure in outcome.figures}
    assert len(records) >= 70
    assert figures["type alone: F1"] >= 65


def test_events_carry_type_ontology_parties_day_and_place(coder):
    reading = read(coder, "Kenyan nurses marched in Nairobi on Tuesday over unpaid wages, a union official said.")
    (event,) = reading.events
    assert (event.type, event.ontology, event.plover) == ("jobs-and-pay", "protest-issues/1.0", "PROTEST")
    countries = {actor.id: actor.country for actor in reading.actors}
    assert [countries[i] for i in event.sources] == ["KEN"]
    assert event.date.start == "2026-03-10"
    assert event.place.name == "Nairobi"
    assert event.quad == 4
    assert {claim.holder for claim in reading.claims} >= {"author"}
    assert "protest-issues/1.0" in reading.produced_by.knowledge
    assert from_json(to_json(reading)) == reading


def test_denials_stay_claims(coder):
    reading = read(coder, "Sudan denied that students had marched in Khartoum against higher university fees.")
    (event,) = reading.events
    assert event.type == "education"
    assert "negative" in {claim.polarity for claim in reading.claims if claim.holder != "author"}


def test_what_plover_codes_otherwise_is_left_out(coder):
    assert read(coder, "Sudanese jets bombed a market in Nyala on Friday, and Chad condemned the attack.").events == ()


def test_training_is_the_same_every_time(made):
    assert pack(train(made[0], Transformer())[0]) == pack(made[1])


def test_plover_types_are_found_where_the_file_names_none():
    text = "\n".join(line for line in FILE.read_text(encoding="utf-8").split("\n") if not line.startswith("plover"))
    trained, _ = train(parse_ontology(text, "issues.toml"), Transformer())
    assert set(trained.about.plover) == {"PROTEST"}


def test_files_that_are_no_trained_ontology_are_refused(made, tmp_path):
    packed = pack(made[1])
    for broken in (b"", b"PK\x03\x04", packed[: len(packed) // 2], b"name = 1\n" * 100):
        with pytest.raises(BadOntology, match="no trained ontology"):
            unpack(broken, "x.npz")
    with pytest.raises(BadOntology, match="cannot be read"):
        load(str(tmp_path / "none.npz"))
    with pytest.raises(BadOntology, match="is not trained"):
        load(str(FILE))


def test_rules_alone_have_no_heads(path):
    with pytest.raises(BadSetting, match="encoder"):
        Coder(Settings(ontology=str(path), use_encoder=False))
