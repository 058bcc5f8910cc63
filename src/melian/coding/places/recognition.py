"""Finds the words that name places: the parser's entities, the tables' names, and names where only a place can stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from melian.coding.places.known import (
    doubtful_names,
    known_keys,
    known_names,
    never_places,
    state_abbreviations,
)
from melian.coding.places.mention import Hint, Mention, Origin
from melian.knowledge.gazetteer import Entry, adjective_countries, division_entry, entries_named, fold_name, place_words
from melian.records import Span, overlap

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_OTHER_LABELS = frozenset({"PERSON", "ORG", "NORP", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "LANGUAGE"})
_JOINING = frozenset({"de", "del", "la", "el", "al", "ez", "az", "as", "ash", "of", "sur", "am", "an", "the", "i", "-"})
_LONGEST = 6
_SMALL = 500


def find_mentions(
    doc: Doc, *, dateline: str | None = None, skip: Sequence[Span] = (), with_adjectives: bool = False
) -> tuple[Mention, ...]:
    """Give every place name of a parsed report in order; none overlaps another.

    Args:
        doc: The parse.
        dateline: The place of the dateline, where intake found one.
        skip: Stretches of the text to leave out.
        with_adjectives: Also give adjectives and nouns for a people ("Turkish"), for measuring.
    """
    tokens = tuple(doc)
    label = [token.ent_type_ for token in tokens]
    found: list[Mention] = []
    found.extend(_of_dateline(doc, dateline))
    found.extend(_of_entities(doc))
    found.extend(_of_tables(doc, tokens, label))
    found.extend(_of_prepositions(doc, tokens, label))
    taken = _longest(found)
    taken = _longest([*taken, *_of_chains(doc, tokens, taken)])
    taken = [_with_surroundings(mention, tokens, label) for mention in taken if not _is_name(mention, doc)]
    taken = _with_holders(doc, taken)
    if with_adjectives:
        taken = _longest([*taken, *_adjectives(tokens, taken)])
    return tuple(m for m in taken if not any(overlap((m.start, m.end), stretch) for stretch in skip))


def _mention(doc: Doc, start: int, end: int, origin: Origin) -> Mention | None:
    directions = place_words("direction words")
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].text in directions):
        start += 1
    while start < end and (
        doc[end - 1].is_space
        or doc[end - 1].lower_ in ("'s", "’s", "'", "’")
        or (doc[end - 1].is_punct and not doc[end - 1].text.endswith("."))
    ):
        end -= 1
    if start >= end:
        return None
    left, right = doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text)
    text = doc.text[left:right]
    if text.lower().startswith("the ") and fold_name(text) not in known_keys():
        start, left = start + 1, doc[start + 1].idx if start + 1 < end else left
        text = doc.text[left:right]
    key = fold_name(text)
    return Mention(start=left, end=right, key=key, origin=origin, tokens=(start, end)) if key else None


def _of_dateline(doc: Doc, dateline: str | None) -> Iterator[Mention]:
    place = (dateline or "").strip()
    at = doc.text.find(place, 0, 400) if place else -1
    if at < 0:
        return
    inside = doc.char_span(at, at + len(place), alignment_mode="expand")
    if inside is not None and fold_name(place):
        yield Mention(at, at + len(place), fold_name(place), "dateline", (inside.start, inside.end))


def _of_entities(doc: Doc) -> Iterator[Mention]:
    nouns = place_words("division nouns") | place_words("district nouns") | place_words("city nouns")
    for entity in doc.ents:
        if entity.label_ not in _PLACE_LABELS:
            continue
        start = entity.start
        cuts = [t.i for t in entity if t.text in (",", "/", "–", "—", ";", "'s", "’s", "\n") or t.is_space]
        for cut in (*cuts, entity.end):
            end = cut
            while end - start > 1 and doc[end - 1].lower_ in nouns and doc[end - 1].text.islower():
                end -= 1
            if end > start:
                mention = _mention(doc, start, end, "entity")
                if mention is not None and _is_usable(mention, doc, entity.label_):
                    yield mention
            start = cut + 1


def _is_usable(mention: Mention, doc: Doc, label: str) -> bool:
    if mention.key in never_places() or mention.key.isdigit() or len(mention.key) < 2:  # noqa: PLR2004
        return False
    text = doc.text[mention.start : mention.end]
    if not any(c.isupper() for c in text):
        return False
    return label == "GPE" or (label == "LOC" and len(text) < 40) or bool(entries_named(mention.key))  # noqa: PLR2004


def _of_tables(doc: Doc, tokens: Sequence[Token], label: Sequence[str]) -> Iterator[Mention]:
    known, longest = known_keys(), known_names()
    abbreviations = state_abbreviations()
    i = 0
    while i < len(tokens):
        token = tokens[i]
        first = token.text[:1]
        if not (first.isupper() or (first == "a" and token.text == "al")):
            i += 1
            continue
        word = fold_name(token.text)
        most = longest.get(word.split(" ")[0], 0) if word else 0
        step = 1
        for end in range(min(len(tokens), i + most), i, -1):
            if tokens[end - 1].text[:1].islower() and end - i > 1 and not tokens[end - 1].is_alpha:
                continue
            mention = _mention(doc, i, end, "table")
            if mention is None or mention.key not in known or mention.tokens[0] != i:
                continue
            if mention.key == "us" and token.text not in ("U.S.", "US", "U.S", "U.S.A."):
                continue
            step = end - i
            yield mention
            break
        else:
            before = tokens[i - 1].text if i else ""
            if before == "," and word in abbreviations and (token.text.isupper() or token.text.endswith(".")):
                yield Mention(token.idx, token.idx + len(token.text), word, "table", (i, i + 1))
        i += step


def _capital_run(tokens: Sequence[Token], start: int) -> int:
    """Give the end of the run of capitalised words that starts here; particles may stand inside."""
    end = start
    while end < len(tokens) and end - start < _LONGEST:
        text = tokens[end].text
        if not text[:1].isupper() and not (
            end > start and text in _JOINING and end + 1 < len(tokens) and tokens[end + 1].text[:1].isupper()
        ):
            break
        end += 1
    if end == start and start + 2 < len(tokens) and tokens[start].text in ("al", "el", "ash"):
        return _capital_run(tokens, start + 2) if tokens[start + 1].text == "-" else start
    return end


def _of_prepositions(doc: Doc, tokens: Sequence[Token], label: Sequence[str]) -> Iterator[Mention]:
    strict = frozenset({"in", "near", "outside", "around", "into", "across", "at", "from", "to"})
    nouns = place_words("division nouns") | place_words("district nouns") | place_words("city nouns")
    directions = place_words("direction words")
    for token in tokens:
        i = token.i + 1
        low = token.lower_
        if low not in strict and not (low == "of" and token.i and tokens[token.i - 1].lower_ in nouns):
            continue
        while i < len(tokens) and tokens[i].text in directions:
            i += 1
        end = _capital_run(tokens, i)
        if end <= i or all(tokens[k].ent_type_ in _PLACE_LABELS for k in range(i, end)):
            continue
        mention = _mention(doc, i, end, "preposition")
        if mention is None or mention.key in never_places() or any(c.isdigit() for c in mention.key):
            continue
        kinds = {label[k] for k in range(i, end)}
        loose = low in ("to", "from", "at") and bool(kinds & {"PERSON", "ORG"})
        if loose or kinds & {"DATE", "TIME", "LAW", "EVENT", "WORK_OF_ART", "NORP", "LANGUAGE"}:
            continue
        entries = entries_named(mention.key)
        least = _SMALL if not kinds & _OTHER_LABELS else 20_000
        if any(e.kind != "city" or e.population >= least for e in entries):
            yield mention


def _of_chains(doc: Doc, tokens: Sequence[Token], taken: Sequence[Mention]) -> Iterator[Mention]:
    """Give names before a comma and the name of a country or state: "Springfield, Illinois"."""
    for holder in taken:
        i = holder.tokens[0]
        if i < 2 or tokens[i - 1].text != "," or not tokens[i - 2].text[:1].isupper():  # noqa: PLR2004
            continue
        places = [e for e in holder_entries(holder.key) if e.kind in ("country", "division")]
        for start in range(max(0, i - 1 - _LONGEST), i - 1):
            if not tokens[start].text[:1].isupper() or any(t.text == "," for t in tokens[start : i - 1]):
                continue
            mention = _mention(doc, start, i - 1, "chain")
            if mention is None or mention.tokens[0] != start or mention.key in never_places():
                continue
            if any(is_inside(entry, place) for entry in entries_named(mention.key) for place in places):
                yield mention
                break


def holder_entries(key: str) -> tuple[Entry, ...]:
    """Give what a name behind a comma can be, postal codes of American states among it."""
    state = division_entry(f"US.{key.upper()}") if len(key) == 2 else None  # noqa: PLR2004
    return (state,) if state is not None else entries_named(key)


def is_inside(entry: Entry, place: Entry) -> bool:
    """Tell whether a place lies in a country or division."""
    if entry.kind == "country" or entry == place:
        return False
    if place.kind == "country":
        return entry.country == place.country
    return place.kind == "division" and entry.division == place.division and entry.kind != "division"


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    order: dict[Origin, int] = {"dateline": 0, "entity": 1, "table": 1, "chain": 2, "noun": 3, "preposition": 3}
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (_badness(m), m.start - m.end, order.get(m.origin, 4), m.start)):
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _badness(mention: Mention) -> bool:
    return mention.origin == "entity" and not entries_named(mention.key)


def _is_name(mention: Mention, doc: Doc) -> bool:
    """Tell whether the words are (part of) a person's name."""
    start, end = mention.tokens
    if mention.origin == "dateline":
        return False
    before = doc[start - 1] if start else None
    if before is not None and before.text.rstrip(".") in place_words("title words"):
        return True
    people = [k for k in range(start, end) if doc[k].ent_type_ == "PERSON"]
    if not people:
        return False
    wider = (start and doc[start - 1].ent_type_ == "PERSON" and doc[start].ent_iob_ == "I") or (
        end < len(doc) and doc[end].ent_type_ == "PERSON" and doc[end].ent_iob_ == "I"
    )
    if wider:
        return True
    return mention.origin == "table" and mention.key in doubtful_names()


def _with_surroundings(mention: Mention, tokens: Sequence[Token], label: Sequence[str]) -> Mention:
    """Add the kind of place that the words beside the name tell, and whether the name is part of another."""
    start, end = mention.tokens
    after = tokens[end].text if end < len(tokens) else ""
    before = tokens[start - 1].text if start else ""
    earlier = tokens[start - 2].text if start > 1 else ""
    hint: Hint | None = None
    groups: tuple[tuple[str, Hint], ...] = (
        ("division nouns", "division"), ("district nouns", "district"), ("city nouns", "city"),
    )  # fmt: skip
    for group, kind in groups:
        words = place_words(group)
        if after.lower() in words or (before.lower() == "of" and earlier.lower() in words):
            hint = kind
            break
    company = place_words("company words")
    wide = label[start] in ("ORG", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "FAC") and (
        (start > 0 and label[start - 1] == label[start] and tokens[start].ent_iob_ == "I")
        or (end < len(tokens) and label[end] == label[start] and tokens[end].ent_iob_ == "I")
    )
    joined = (after in company and hint is None) or (before.lower() == "of" and earlier in company)
    return replace(mention, hint=hint, is_part=mention.origin != "dateline" and (wide or joined))


def _with_holders(doc: Doc, mentions: list[Mention]) -> list[Mention]:
    """Give each name the names that follow it behind commas, and the one in brackets or behind "in"."""
    chained: list[Mention] = []
    following: tuple[str, ...] = ()
    behind: Mention | None = None
    for mention in reversed(mentions):
        between = doc.text[mention.end : behind.start] if behind is not None else "-"
        joined = between.strip(" \n") == "," or between.strip().lower() in ("(", "in", "’s", "'s", ", in", ", in the")
        if joined and len(between) < 10 and behind is not None:  # noqa: PLR2004
            following = (behind.key, *following[:2])
        else:
            following = ()
        chained.append(replace(mention, holders=following))
        behind = mention
    chained.reverse()
    for left, right in pairwise(tuple(chained)):
        if doc.text[left.end : right.start].strip() in ("'s", "’s") and not right.holders:
            chained[chained.index(right)] = replace(right, holders=(left.key,))
    return chained


def _adjectives(tokens: Sequence[Token], taken: Sequence[Mention]) -> Iterator[Mention]:
    known = adjective_countries()
    covered = {i for mention in taken for i in range(*mention.tokens)}
    for token in tokens:
        if token.i not in covered and token.text[:1].isupper() and (key := fold_name(token.text)) in known:
            yield Mention(token.idx, token.idx + len(token.text), key, "adjective", (token.i, token.i + 1))
