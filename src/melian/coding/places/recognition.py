"""Finds the words that name places, and tells what stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from melian.coding.places.beside import of_happenings, of_origins, of_pairs, of_party_labels, of_town_bodies
from melian.coding.places.finders import (
    BETWEEN_ROWS,
    KINDS_OF_ROWS,
    PLACE_LABELS,
    of_adjectives,
    of_breaks,
    of_chains,
    of_dateline,
    of_entities,
    of_heads,
    of_nouns,
    of_objects,
    of_prepositions,
    of_repeats,
    of_rows,
    of_tables,
)
from melian.coding.places.known import capital_letter_names, doubtful_names
from melian.coding.places.mention import Hint, Mention, Origin
from melian.coding.places.passage import POSSESSIVE, Passage
from melian.knowledge.gazetteer import adjective_entries, entries_named, place_words
from melian.records import Span, overlap

_ORDER: dict[Origin, int] = {"dateline": 0, "entity": 1, "table": 1, "chain": 2, "noun": 3, "preposition": 3}
_CITY = 500_000
_LONG = 4
_WHOLE = frozenset({"ORG", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "FAC"})


def find_mentions(
    passage: Passage, *, dateline: str | None = None, skip: Sequence[Span] = (), with_adjectives: bool = False
) -> tuple[Mention, ...]:
    """Give every place name of a parsed report in order; none overlaps another.

    Args:
        passage: The parse, laid out.
        dateline: The place of the dateline, where intake found one.
        skip: Stretches of the text to leave out.
        with_adjectives: Also give adjectives and nouns for a people ("Turkish"), for measuring.
    """
    found: list[Mention] = []
    finders = (
        of_entities,
        of_tables,
        of_prepositions,
        of_objects,
        of_heads,
        of_nouns,
        of_rows,
        of_breaks,
    )
    for finder in (*finders, of_happenings, of_town_bodies, of_party_labels, of_origins):
        found.extend(finder(passage))
    taken = _longest([*of_dateline(passage, dateline), *found])
    taken = _longest([*taken, *of_chains(passage, taken), *of_pairs(passage, taken)])
    surnames = _surnames(passage)
    taken = [m for m in taken if not _is_other_name(m, passage) and not _is_surname(m, passage, surnames)]
    taken.extend(m for m in of_repeats(passage, taken) if not _is_other_name(m, passage))
    taken = _with_joined_parts(passage, [_with_surroundings(m, passage) for m in _longest(taken)])
    taken = _with_holders(passage, _with_shared_kinds(passage, taken))
    if with_adjectives:
        taken = _longest([*taken, *of_adjectives(passage, taken)])
    return tuple(m for m in taken if not any(overlap((m.start, m.end), stretch) for stretch in skip))


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    def worth(mention: Mention) -> tuple[bool, bool, int, int, int]:
        is_unknown = mention.origin == "entity" and not entries_named(mention.key)
        length = mention.start - mention.end
        return mention.origin != "dateline", is_unknown, length, _ORDER.get(mention.origin, 4), mention.start

    kept: list[Mention] = []
    covered: set[int] = set()
    for mention in sorted(mentions, key=worth):
        tokens = range(*mention.tokens)
        if covered.isdisjoint(tokens):
            covered.update(tokens)
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _is_other_name(mention: Mention, passage: Passage) -> bool:
    """Tell whether the words are (part of) the name of a person, a street or a body known by its initials."""
    if mention.origin == "dateline":
        return False
    start, end = mention.tokens
    words, labels = passage.words, passage.labels
    if start and words[start - 1].rstrip(".") in place_words("title words"):
        return True
    if end < len(words) and words[end] in place_words("street words"):
        return True
    if _is_acronym(mention, passage) or _is_people(mention, passage):
        return True
    if mention.origin == "beside" or "PERSON" not in labels[start:end]:
        return False
    before = words[start - 1] if start else ""
    joined_before = before not in ("", ",") and labels[start - 1] == "PERSON" and passage.tokens[start].ent_iob_ == "I"
    joined_after = (
        end < len(words) and words[end] != "," and labels[end] == "PERSON" and passage.tokens[end].ent_iob_ == "I"
    )
    return (
        joined_before
        or joined_after
        or (before != "," and mention.origin == "table" and mention.key in doubtful_names())
    )


def _surnames(passage: Passage) -> frozenset[str]:
    """Give the last words of the persons that the parser finds with two names or more."""
    people = (entity for entity in passage.doc.ents if entity.label_ == "PERSON")
    return frozenset(
        e[-1].text for e in people if len(e) > 1 and all(passage.capital[i] for i in range(e.start, e.end))
    )


def _is_surname(mention: Mention, passage: Passage, surnames: frozenset[str]) -> bool:
    """Tell whether a small place's name is, in this report, that of a person: "For Restrepo it was a kidnapping"."""
    start, end = mention.tokens
    if mention.origin == "dateline" or end - start > 1 or passage.words[start] not in surnames:
        return False
    if start and passage.words[start - 1].lower() in ("in", "near", "at", "of", "outside", "around"):
        return False
    entries = entries_named(mention.key)
    return not any(e.kind in ("country", "capital", "region", "division") or e.population > _CITY for e in entries)


def _is_people(mention: Mention, passage: Passage) -> bool:
    """Tell whether an adjective for a people has been taken for a province: "the Somali town of"."""
    start, end = mention.tokens
    if end - start > 1 or mention.key not in adjective_entries() or end == len(passage.words):
        return False
    if any(entry.kind != "division" for entry in entries_named(mention.key)):
        return False
    after = passage.words[end]
    return (
        after.isalpha()
        and passage.tokens[end].pos_ in ("NOUN", "ADJ", "PROPN")
        and after.lower() not in place_words("division nouns")
    )


def _is_acronym(mention: Mention, passage: Passage) -> bool:
    """Tell whether a short word in capitals is no place: "SWAT", or "CHAD" in a byline."""
    text = passage.text[mention.start : mention.end]
    if not text.isupper() or len(text) > 5 or not text.isalpha() or text in capital_letter_names():
        return False
    start, end = mention.tokens
    words = passage.words
    if passage.shouted[start]:
        return len(text) < _LONG
    if len(text) == 2:
        return not start or words[start - 1] != ","
    at_head = start == 0 or words[start - 1].isspace() or bool(passage.tokens[start].is_sent_start)
    return not (at_head and end < len(words) and words[end][:1] in "–—-(,\n")


def _with_surroundings(mention: Mention, passage: Passage) -> Mention:
    """Add the kind of place that the words beside the name tell, and whether the name is part of another."""
    start, end = mention.tokens
    words, labels, tokens = passage.words, passage.labels, passage.tokens
    after = words[end] if end < len(words) else ""
    before = words[start - 1].lower() if start else ""
    earlier = words[start - 2].lower() if start > 1 else ""
    last = words[end - 1].lower() if end - start > 1 else ""
    hint: Hint | None = None
    groups: tuple[tuple[str, Hint], ...] = (
        ("division nouns", "division"), ("district nouns", "district"), ("city nouns", "city"),
    )  # fmt: skip
    for group, kind in groups:
        nouns = place_words(group)
        if after in nouns or last in nouns or (before == "of" and earlier in nouns):
            hint = kind
            break
    company = place_words("company words")
    wide = labels[start] in _WHOLE and (
        (start > 0 and before != "the" and labels[start - 1] == labels[start] and tokens[start].ent_iob_ == "I")
        or (end < len(words) and labels[end] == labels[start] and tokens[end].ent_iob_ == "I")
    )
    is_part = mention.origin != "dateline" and (
        mention.is_part or wide or after in company or _ends_a_name(mention, passage)
    )
    return replace(mention, hint=hint, is_part=is_part)


def _ends_a_name(mention: Mention, passage: Passage) -> bool:
    """Tell whether the place closes a longer name: "Bank of England", "Islamic State of Iraq and the Levant"."""
    words, labels, capital = passage.words, passage.labels, passage.capital
    at = mention.tokens[0] - 1
    while at >= 0 and words[at].lower() == "the":
        at -= 1
    if at < 1 or not capital[at - 1]:
        return False
    noun = words[at - 1]
    if words[at] in ("in", "for"):
        return labels[at - 1] in _WHOLE
    if words[at] != "of" or labels[at - 1] in PLACE_LABELS:
        return False
    is_plain = noun.lower() in place_words("place nouns") and not (at > 1 and capital[at - 2])
    return not is_plain and not passage.tokens[at - 1].is_sent_start


def _with_joined_parts(passage: Passage, mentions: Sequence[Mention]) -> list[Mention]:
    """Let "and the Levant" share the fate of the name before it: part of a longer name, or not."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last is not None and last.is_part and passage.text[last.end : mention.start].strip() == "and the":
            joined.append(replace(mention, is_part=True))
        else:
            joined.append(mention)
    return joined


def _with_shared_kinds(passage: Passage, mentions: Sequence[Mention]) -> list[Mention]:
    """Let names in a row share the noun behind the last: "Boone, Clay and Kanawha counties"."""
    words = passage.words
    shared: list[Mention] = []
    hint: Hint | None = None
    start = len(passage.text)
    for mention in reversed(mentions):
        behind = words[mention.tokens[1]].lower() if mention.tokens[1] < len(words) else ""
        between = passage.text[mention.end : start].strip().lower()
        hint = KINDS_OF_ROWS.get(behind) or (hint if between in BETWEEN_ROWS else None)
        shared.append(mention if hint is None else replace(mention, hint=hint))
        start = mention.start
    return shared[::-1]


def _with_holders(passage: Passage, mentions: Sequence[Mention]) -> list[Mention]:
    """Give each name the names that hold it: behind commas, in brackets, behind "in", or as its owner."""
    chained: list[Mention] = []
    following: tuple[str, ...] = ()
    behind: Mention | None = None
    for mention in reversed(mentions):
        between = passage.text[mention.end : behind.start].strip().lower() if behind is not None else "-"
        if behind is not None and between in (",", "(", "in", ", in", "in the"):
            following = (behind.key, *following[:2])
        else:
            following = ()
        chained.append(replace(mention, holders=mention.holders or following))
        behind = mention
    chained.reverse()
    for n in range(1, len(chained)):
        owner, owned = chained[n - 1], chained[n]
        if passage.text[owner.end : owned.start].strip() in POSSESSIVE and not owned.holders:
            chained[n] = replace(owned, holders=(owner.key,))
    return chained
