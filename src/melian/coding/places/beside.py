"""Names that their neighbours show to be towns: "Avondale Mayor", "a Rochester man", "D-Columbus"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from melian.coding.places.candidates import holder_entries
from melian.coding.places.known import never_places
from melian.coding.places.mention import Mention
from melian.coding.places.passage import POSSESSIVE, Passage
from melian.knowledge.gazetteer import entries_named, fold_name, place_words
from melian.knowledge.offices import given_names

_LONGEST = 3
_HAMLET, _TOWN = 500, 5_000
_PARTY = re.compile(r"(?:[DRI]|DFL|GOP|Lib|Con|Lab)[-–](?=[A-Z])")
_LINKS = frozenset({"and", "or", "&"})
_LARGE, _LARGEST = 20_000, 200_000
"""People of a town whose name a noun of what happened may stand for; of one that is a person's name, too."""
_LONG_NAME = 3
_BETWEEN = 2
_AGE = re.compile(r"[1-9][0-9]?")


def of_town_bodies(passage: Passage) -> Iterator[Mention]:
    """Give names before a word for a body of towns, or for who lives there: "Roselle police", "Lyon's archbishop".

    Where somebody lives is told by the way: it is no place where something happens.
    """
    bodies, people = place_words("town bodies"), place_words("town people")
    for i, word in enumerate(passage.words):
        if word not in bodies and word not in people:
            continue
        owned = i - (i > 0 and passage.words[i - 1] in POSSESSIVE)
        mention = _longest_before(passage, owned, _TOWN if owned < i or word in people else _HAMLET)
        if mention is not None:
            yield replace(mention, is_part=word in people)


def of_party_labels(passage: Passage) -> Iterator[Mention]:
    """Give what stands behind the letter of a party: "Sen. Ray Miller, D-Columbus", "R-S.C."."""
    for i, word in enumerate(passage.words):
        label = _PARTY.match(word)
        if label is None or not i or passage.words[i - 1] not in (",", "("):
            continue
        start = passage.starts[i] + label.end()
        for end in range(min(len(passage.words), i + _LONGEST), i, -1):
            stop = passage.end_of(end - 1)
            key = fold_name(passage.text[start:stop])
            is_whole = all(passage.capital[i:end]) and "," not in passage.words[i:end]
            if is_whole and key and (holder_entries(key) or entries_named(key)):
                yield Mention(start, stop, key, "beside", (i, end), is_part=True)
                break


def of_pairs(passage: Passage, taken: Sequence[Mention]) -> Iterator[Mention]:
    """Give names that "and" or "or" joins to a place: "the cities of Suwon and Incheon"."""
    words, capital = passage.words, passage.capital
    for known in taken:
        start = known.tokens[1] + 1
        if start >= len(words) or words[start - 1] not in _LINKS or not capital[start]:
            continue
        end = start
        while end < len(words) and capital[end] and end - start <= _LONGEST:
            end += 1
        mention = _known(passage, start, end, _TOWN)
        if mention is not None and mention.tokens == (start, end):
            yield mention


def of_origins(passage: Passage) -> Iterator[Mention]:
    """Give names behind a person and "of": "Rebecca Sears, 41, of Grovetown"."""
    words, labels = passage.words, passage.labels
    for i in range(2, len(words) - 1):
        if words[i] != "of" or not passage.capital[i + 1]:
            continue
        behind_age = words[i - 1] == "," and _AGE.fullmatch(words[i - 2]) is not None
        if not behind_age and labels[i - 1] != "PERSON":
            continue
        end = i + 1
        while end < len(words) and passage.capital[end] and end - i <= _LONGEST:
            end += 1
        mention = _known(passage, i + 1, end, _HAMLET)
        if mention is not None and mention.tokens == (i + 1, end):
            yield replace(mention, is_part=True)


def _longest_before(passage: Passage, at: int, least: int) -> Mention | None:
    for start in range(max(0, at - _LONGEST), at):
        if all(passage.capital[start:at]):
            mention = _known(passage, start, at, least)
            # A word more before the name makes it another's: "Michael Jordan", "New Scotland Yard".
            if mention is not None and mention.tokens == (start, at):
                return mention if not (start and passage.labels[start - 1] == "PERSON") else None
    return None


def _known(passage: Passage, start: int, end: int, least: int) -> Mention | None:
    mention = passage.name_at(start, end, "beside")
    if mention is None or mention.key in never_places() or passage.text[mention.start : mention.end].isupper():
        return None
    if passage.words[start] in place_words("title words") or any(map(str.isdigit, mention.key)):
        return None
    is_known = any(entry.kind != "city" or entry.population >= least for entry in entries_named(mention.key))
    return mention if is_known else None


def of_happenings(passage: Passage) -> Iterator[Mention]:
    """Give towns before a noun of what happened there that the parser took for something else: "the Odense bombing"."""
    words, capital, labels = passage.words, passage.capital, passage.labels
    for i, word in enumerate(words):
        if word not in place_words("happening nouns"):
            continue
        end = i
        while end and i - end < _BETWEEN and not capital[end - 1] and passage.tokens[end - 1].dep_ == "compound":
            end -= 1  # "the Odense car bomb attack"
        start = end
        while start and end - start < _LONG_NAME and capital[start - 1]:
            start -= 1
        for begin in range(start, end):
            mention = passage.name_at(begin, end, "noun")
            if mention is None or mention.tokens != (begin, end) or mention.key in never_places():
                continue
            is_doubtful = "PERSON" in labels[begin:end] or words[begin] in _given_names()
            least = _LARGEST if is_doubtful else _LARGE
            if any(e.kind == "city" and e.population >= least for e in entries_named(mention.key)):
                yield mention
                break


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name.id for name in given_names())
