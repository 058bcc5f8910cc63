"""The quick attribute ruler finds what spaCy's own finds, whatever the words, tags and relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.coding.language.lean import import_spacy
from melian.coding.language.ruling import RulerMatches, quicken
from melian.settings import Settings

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler

WORDS = (
    "there|is|was|'s|gon|na|got|ta|let|ca|n't|ai|y'|all|did|that|which|Do|did|not|No|better|best|\n|   |House|fell|"
    "Ministers|1994|%|—|“|”|c'm|on|gets"
).split("|")
TAGS = "VBZ VBD VB VBP MD RB EX IN DT WDT TO _SP NN NNP JJR NFP".split()
RELATIONS = ("", "expl", "ROOT", "aux", "mark", "det", "quantmod", "ccomp", "dep")


@pytest.fixture(scope="module")
def ruler() -> AttributeRuler:
    """The ruler of the default pipeline, as it was saved."""
    nlp = import_spacy().load(Settings().pipeline, exclude=["tok2vec", "tagger", "parser", "ner", "lemmatizer"])
    return nlp.get_pipe("attribute_ruler")


@pytest.fixture(scope="module")
def quick(ruler: AttributeRuler) -> RulerMatches:
    """One that keeps what earlier documents taught it."""
    return RulerMatches(ruler)


@given(st.lists(st.tuples(*map(st.sampled_from, (WORDS, TAGS, RELATIONS))), max_size=40))
def test_quick_matches_are_the_rulers_own(
    ruler: AttributeRuler, quick: RulerMatches, tokens: list[tuple[str, str, str]]
) -> None:
    """Neither order nor what was asked before matters."""
    from spacy.tokens import Doc

    words, tags, relations = (list(column) for column in zip(*tokens, strict=True)) if tokens else ([], [], [])
    doc = Doc(ruler.vocab, words, tags=tags, deps=relations, heads=list(range(len(words))))
    own = type(ruler).match(ruler, doc)
    assert RulerMatches(ruler)(doc) == own
    assert quick(doc) == own


def test_a_ruler_that_asks_for_more_is_left_alone() -> None:
    """A pattern on shape, or by a regular expression, has to be tried on each token."""
    nlp = import_spacy().blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    for pattern in ({"SHAPE": "Xx"}, {"LOWER": {"REGEX": "^a"}}):
        ruler.add([[pattern]], {"POS": "X"})
        quicken(ruler)
        assert "match" not in vars(ruler)
