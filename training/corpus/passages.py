"""The corpus of political events: reading it strictly, and finding its words in its texts."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from melian.evaluation.passages import BadPassage, GoldEvent, Party, Passage, span_of

__all__ = ["BadPassage", "GoldEvent", "Party", "Passage", "span_of"]
HERE = Path(__file__).parent
FOLDERS = ("passages", "further", "plain", "newsroom", "ordinary")
"""Of `passages`, every tenth passage is held out; `ordinary` is only weighed by, never trained on."""
ONTOLOGY = HERE.parents[1] / "src/melian/knowledge/ontology"


def passages_of(path: Path) -> Iterator[Passage]:
    """Read one part of the corpus, every line checked.

    Raises:
        BadPassage: A line is no passage, or a passage breaks a rule.
    """
    decoder = msgspec.json.Decoder(Passage)
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                passage = decoder.decode(line)
                check(passage)
            except (msgspec.DecodeError, BadPassage) as error:
                raise BadPassage(f"{path.name}, line {number}: {error}") from error
            yield passage


def parts(*folders: str) -> list[Path]:
    """Give the files of the corpus, of all its folders unless some are named."""
    return [path for folder in folders or FOLDERS for path in sorted((HERE / folder).glob("*.jsonl"))]


def reviewed() -> list[Path]:
    """Give the files that `melian train --with-corrections` wrote into `reviewed`, if there are any."""
    return sorted(HERE.glob("reviewed/**/events.jsonl"))


def corpus() -> list[Passage]:
    """Read the whole corpus in the order of its parts."""
    return [passage for path in parts() for passage in passages_of(path)]


def check(passage: Passage) -> None:
    """Check one passage against the ontology and its own text.

    Raises:
        BadPassage: It breaks a rule.
    """
    modes = allowed_modes()
    contexts = column("contexts.tsv", "id")
    text = passage.text
    if not 20 <= len(text) <= 900:
        raise BadPassage(f"{passage.id}: a text of {len(text)} characters; 20 to 900 are wanted")
    for event in passage.events:
        try:
            if event.type not in modes:
                raise BadPassage(f"{event.type!r} is no type")
            for mode in event.modes:
                if mode not in modes[event.type]:
                    raise BadPassage(f"{mode!r} is no mode of {event.type}: {', '.join(sorted(modes[event.type]))}")
            for context in event.contexts:
                if context not in contexts:
                    raise BadPassage(f"{context!r} is no context")
            span_of(text, event.trigger, event.nth)
            for party in (*event.source, *event.target):
                span_of(text, party.words, party.nth)
                country = party.country
                if country is not None and not (len(country) == 3 and country.isascii() and country.isupper()):
                    raise BadPassage(f"{country!r} is no country code of three letters, IGO, NGO or MNC")
            if event.by is not None:
                span_of(text, event.by)
        except BadPassage as error:
            raise BadPassage(f"{passage.id}: {error}") from error


@cache
def allowed_modes() -> dict[str, set[str]]:
    """Give the modes of each type by the ontology."""
    found: dict[str, set[str]] = {row["id"]: set() for row in rows("types.tsv")}
    for row in rows("modes.tsv"):
        found[row["type"]].add(row["name"])
    return found


@cache
def column(table: str, name: str) -> set[str]:
    """Give the values of one column of an ontology table."""
    return {row[name] for row in rows(table)}


def rows(table: str) -> list[dict[str, str]]:
    """Read an ontology table."""
    lines = [line for line in (ONTOLOGY / table).read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
