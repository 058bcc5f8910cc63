"""Statements by grammar: a cue, the subject that speaks, the clause or phrase that is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from melian.coding.statements.announced import attributions_announced
from melian.coding.statements.attribution import Attribution
from melian.coding.statements.formulas import attributions_of_formula, formulas
from melian.coding.statements.inverted import attributions_inverted
from melian.coding.statements.phrases import (
    attributions_of_colon,
    attributions_of_noun,
    attributions_of_phrase,
    attributions_of_tail,
)
from melian.coding.statements.verbs import attributions_of_verb
from melian.knowledge.cues import cues_by_lemma, find_verb, phrases_by_first_word

if TYPE_CHECKING:
    from spacy.tokens import Span as Phrase


def find_attributions(sentence: Phrase) -> Iterator[Attribution]:
    """Find the statements that the grammar of one sentence shows, quotations without a clause apart."""
    cues = cues_by_lemma()
    phrases, by_first = phrases_by_first_word(), formulas()
    has_colon = False
    for token in sentence:
        for words, row in phrases.get(token.lower_, ()):
            if all(
                token.i + k < sentence.end and sentence.doc[token.i + k].lower_ == word for k, word in enumerate(words)
            ):
                yield from attributions_of_phrase(sentence, token, row)
                break
        for formula in by_first.get(token.lower_, ()):
            by_formula = list(attributions_of_formula(sentence, token, formula))
            yield from by_formula
            if by_formula:
                break
        pos = token.pos_
        if pos == "VERB" or pos == "AUX":
            found = find_verb(token.lemma_.lower(), token.lower_)
            if found is not None and not (token.i and token.nbor(-1).text == "-"):
                inverted = list(attributions_inverted(token, found))
                yield from inverted or attributions_of_verb(token, found)
        elif pos == "NOUN":
            found = cues.get((token.lemma_.lower(), "n"))
            if found is not None:
                yield from attributions_of_noun(token, found)
        elif pos == "PUNCT" and not has_colon and token.text == ":":
            has_colon = True
            yield from attributions_of_colon(sentence)
            yield from attributions_announced(sentence, token)
    yield from attributions_of_tail(sentence)
