"""Statements of many short texts, parsed in one batch and kept, for the tables of cases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from melian.coding.actors import ActorsStage
from melian.coding.draft import Draft
from melian.coding.encoder.stage import EncoderStage
from melian.coding.language import load_language
from melian.coding.statements import StatementsStage
from melian.records import Actor, Report, Statement
from melian.settings import Settings


@dataclass(frozen=True, slots=True)
class Read:
    text: str
    statements: tuple[Statement, ...]
    actors: tuple[Actor, ...]


def statements_of(texts: Mapping[str, str], *, by_rules_alone: bool = False) -> dict[str, Read]:
    """Read texts by id; the same texts are parsed once in a test run. Without the encoder, rules find all."""
    return _statements_of(tuple(texts.items()), by_rules_alone)


@cache
def _statements_of(texts: tuple[tuple[str, str], ...], by_rules_alone: bool) -> dict[str, Read]:
    language = load_language(Settings().pipeline)
    reports = [Report(id=key, text=text) for key, text in texts]
    actors, encoder, statements = ActorsStage(), EncoderStage(), StatementsStage()
    found = {}
    for parsed in language.parse(reports, 200_000):
        draft = Draft(report=parsed.report, doc=parsed.doc, coded=parsed.coded, quotations=parsed.quotations)
        draft = actors(draft)
        draft = statements(draft if by_rules_alone else encoder(draft))
        found[parsed.report.id] = Read(parsed.report.text, draft.statements, draft.actors)
    return found


def content_of(text: str, statement: Statement) -> str:
    return " ".join(text[start:end] for start, end in statement.content)


def token_f1(one: str, other: str) -> float:
    a, b = (Counter(re.findall(r"\w+", words.lower())) for words in (one, other))
    shared = (a & b).total()
    return 2 * shared / (a.total() + b.total()) if a and b else 0.0
