"""Statements of many short texts, parsed in one batch and kept, for the tables of cases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from melian.coding.actors import ActorsStage
from melian.coding.coder import Coder
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
    coder = Coder(Settings(use_encoder=not by_rules_alone, batch_characters=200_000))
    actors, statements = ActorsStage(), StatementsStage()
    found = {}
    for draft in coder.begin(Report(id=key, text=text) for key, text in texts):
        draft = statements(actors(draft))
        found[draft.report.id] = Read(draft.report.text, draft.statements, draft.actors)
    return found


def content_of(text: str, statement: Statement) -> str:
    return " ".join(text[start:end] for start, end in statement.content)


def token_f1(one: str, other: str) -> float:
    a, b = (Counter(re.findall(r"\w+", words.lower())) for words in (one, other))
    shared = (a & b).total()
    return 2 * shared / (a.total() + b.total()) if a and b else 0.0
