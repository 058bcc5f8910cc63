"""The ways to find place names: the parser's entities, the tables' names, and where only a place can stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from melian.coding.places.candidates import holder_entries, is_inside
from melian.coding.places.known import known_keys, known_names, never_places, state_abbreviations
from melian.coding.places.mention import Hint, Mention
from melian.coding.places.passage import POSSESSIVE, Passage
from melian.knowledge.gazetteer import adjective_entries, entries_named, fold_name, place_words, written_forms

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NAMES = frozenset({"PERSON", "ORG"})
_NEVER = frozenset({"DATE", "TIME", "LAW", "EVENT", "WORK_OF_ART", "NORP", "LANGUAGE"})
_STRICT = frozenset({"in", "near", "outside", "around", "into", "across", "at", "from", "to"})
_BESIDE = frozenset({"near", "outside", "around", "off"})
_PEOPLES = frozenset({"LANGUAGE", "NORP"})
_JOINING = frozenset({"de", "del", "la", "el", "al", "ez", "az", "as", "ash", "of", "sur", "am", "an", "the", "i", "-"})
_CUTS = frozenset({",", "/", "–", "—", ";", "'s", "’s"})
_DASH = re.compile(r"[–—]|--|\s-\s")
_LONGEST = 6
_HAMLET, _TOWN = 500, 20_000
BETWEEN_ROWS = frozenset({",", "and", ", and", "or", ", or", "&"})
KINDS_OF_ROWS: dict[str, Hint] = {
    "counties": "district", "districts": "district", "parishes": "district", "boroughs": "district",
    "provinces": "division", "governorates": "division", "oblasts": "division", "prefectures": "division",
}  # fmt: skip
_POSTAL = 2


def of_dateline(passage: Passage, dateline: str | None) -> Iterator[Mention]:
    """Give the place of the dateline where its words stand at the head of the text, "NAIROBI, Kenya" by its town."""
    whole = (dateline or "").strip()
    parts = whole.split("/") if "/" in whole and not entries_named(fold_name(whole)) else [whole]
    at = 0
    for place in filter(fold_name, map(str.strip, parts)):
        at = passage.text.find(place, at, 400)
        inside = passage.doc.char_span(at, at + len(place), alignment_mode="contract") if at >= 0 else None
        if inside is None and len(parts) == 1 and at >= 0:
            inside = passage.doc.char_span(at, at + len(place), alignment_mode="expand")
        if inside is None:
            return
        town, *behind = [place] if entries_named(fold_name(place)) else place.split(",")
        holders = tuple(filter(None, map(fold_name, behind)))
        yield Mention(at, at + len(place), fold_name(town), "dateline", (inside.start, inside.end), holders=holders)
        at += len(place)


def of_entities(passage: Passage) -> Iterator[Mention]:
    """Give the parser's places, one for each part between commas."""
    nouns = place_words("division nouns") | place_words("district nouns") | place_words("city nouns")
    words = passage.words
    for entity in passage.doc.ents:
        if entity.label_ not in PLACE_LABELS:
            continue
        start = entity.start
        cuts = [i for i in range(entity.start, entity.end) if words[i] in _CUTS or words[i].isspace()]
        cuts = [i for i in cuts if words[i] not in POSSESSIVE or not passage.owns_its_end(entity.start, i + 1)]
        for cut in (*cuts, entity.end):
            end = cut
            while end - start > 1 and words[end - 1] in nouns:
                end -= 1
            mention = passage.name_at(start, end, "entity") if end > start else None
            if mention is not None and _is_usable(mention, passage, entity.label_):
                yield mention
            start = cut + 1


def _is_usable(mention: Mention, passage: Passage, label: str) -> bool:
    if mention.key in never_places() or len(mention.key) < _POSTAL or not any(passage.capital[slice(*mention.tokens)]):
        return False
    if entries_named(mention.key):
        return True
    if mention.key in adjective_entries():
        return False
    is_short = mention.end - mention.start < 40
    return label != "FAC" and is_short and stands_as_place(mention, passage) and not any(map(str.isdigit, mention.key))


def stands_as_place(mention: Mention, passage: Passage) -> bool:
    """Tell whether a name stands behind a preposition of place, and owns nothing."""
    start, end = mention.tokens
    while start and passage.words[start - 1] in place_words("direction words"):
        start -= 1
    before = passage.words[start - 1].lower() if start else ""
    after = passage.words[end] if end < len(passage.words) else ""
    return before in _STRICT and after not in POSSESSIVE


def of_tables(passage: Passage) -> Iterator[Mention]:
    """Give the names of countries, regions and the states of North America wherever they stand with a capital."""
    known, longest, words = known_keys(), known_names(), passage.words
    nouns = place_words("division nouns")
    i = 0
    while i < len(words):
        if not passage.capital[i] and words[i] != "al":
            i += 1
            continue
        word = fold_name(words[i])
        step = 1
        for end in range(min(len(words), i + longest.get(word.split(" ")[0], 0)), i, -1):
            mention = passage.name_at(i, end, "table")
            if mention is None or mention.key not in known or mention.tokens != (i, end):
                continue
            if words[end - 1] in nouns:
                continue
            if mention.key == "us" and words[i] not in ("U.S.", "US", "U.S", "U.S.A."):
                continue
            step = mention.tokens[1] - i
            yield _extended(passage, mention)
            break
        else:
            abbreviated = _short_form(passage, i) or _abbreviation(passage, i, word)
            if abbreviated is not None:
                yield abbreviated
        i += step


def _short_form(passage: Passage, i: int) -> Mention | None:
    """Give "L.A." and the like, with the full stop that the tagger may have left beside."""
    start, end = passage.starts[i], passage.end_of(i)
    for stop in (end, end + 1):
        key = written_forms().get(passage.text[start:stop])
        if key is not None:
            return Mention(start, stop, key, "table", (i, i + 1))
    return None


def _abbreviation(passage: Passage, i: int, word: str) -> Mention | None:
    """Give "Mich." or "IL"; the latter only behind a comma."""
    words = passage.words
    if word not in state_abbreviations() or words[i].rstrip(".") in place_words("title words"):
        return None
    end = passage.end_of(i)
    dotted = words[i].endswith(".") or passage.text[end : end + 1] == "."
    behind_comma = i > 0 and words[i - 1] == ","
    if not (behind_comma and (dotted or words[i].isupper())) and not (dotted and len(word) > 3):
        return None
    last = i + 1 < len(words) and words[i + 1] == "." and not words[i].endswith(".") and not words[i].isupper()
    has_inner = "." in words[i] and not words[i].endswith(".") and passage.text[end : end + 1] == "."
    return Mention(passage.starts[i], end + (last or has_inner), word, "table", (i, i + 1))


def _extended(passage: Passage, mention: Mention) -> Mention:
    """Go on from "Oklahoma" to "Oklahoma City" where the gazetteer has such a city."""
    start, end = mention.tokens
    if end < len(passage.words) and passage.capital[end] and passage.words[end].lower() == "city":
        longer = passage.name_at(start, end + 1, mention.origin)
        if longer is not None and entries_named(longer.key):
            return longer
    return mention


def _capital_run(passage: Passage, start: int) -> int:
    """Give the end of the run of capitalised words that starts here; particles may stand inside."""
    words, capital = passage.words, passage.capital
    end = start
    if start + 2 < len(words) and words[start] in ("al", "el", "ash") and words[start + 1] == "-":
        end = start + 2
    first = end
    while end < len(words) and end - start < _LONGEST:
        inside = end > first and words[end] in _JOINING and end + 1 < len(words) and capital[end + 1]
        if not capital[end] and not inside:
            break
        end += 1
    return end if end > first else start


def of_prepositions(passage: Passage) -> Iterator[Mention]:
    """Give names behind "in", "near", "city of" and the like that the gazetteer has and the parser missed."""
    words, labels = passage.words, passage.labels
    nouns = place_words("division nouns") | place_words("district nouns") | place_words("city nouns")
    settled = place_words("settled nouns")
    directions, moving = place_words("direction words"), place_words("motion verbs")
    for at, word in enumerate(words):
        low = word.lower()
        is_named = _tells_its_kind(passage, at, nouns)
        is_settled = low == "of" and at > 0 and words[at - 1].lower() in settled
        if low not in _STRICT and low != "off" and not (is_named or is_settled):
            continue
        i = at + 1
        while i < len(words) and words[i] in directions:
            i += 1
        end = _capital_run(passage, i)
        shouted = _longest_known(passage, i, end) if end > i and passage.shouted[i] else None
        end = shouted.tokens[1] if shouted is not None else end
        if end <= i or all(labels[k] in PLACE_LABELS for k in range(i, end)):
            continue
        kinds = set(labels[i:end])
        is_moving = low in ("to", "from") and passage.tokens[at].head.lemma_.lower() in moving
        if low in ("to", "from", "at") and kinds & _NAMES and not is_moving:
            continue
        if kinds & _NEVER and not (low in _BESIDE and kinds <= _PEOPLES):
            continue
        mention = shouted or passage.name_at(i, end, "preposition")
        if mention is None or mention.key in never_places() or any(map(str.isdigit, mention.key)):
            continue
        least = 0 if is_named else _TOWN if kinds & (_NAMES | _NEVER) else _HAMLET
        if any(e.kind != "city" or e.population >= least for e in entries_named(mention.key)):
            yield mention


def _longest_known(passage: Passage, start: int, end: int) -> Mention | None:
    """Give the longest known name at the head of a run of words all in capitals: "IN ADDIS ABABA ON SUNDAY"."""
    for last in range(end, start, -1):
        mention = passage.name_at(start, last, "preposition")
        if mention is not None and mention.tokens == (start, last) and entries_named(mention.key):
            return mention
    return None


def of_breaks(passage: Passage) -> Iterator[Mention]:
    """Give well-known names that a line's end breaks in two: "Port", and "Sudan" on the next line."""
    words, capital = passage.words, passage.capital
    for i in range(1, len(words) - 1):
        if not words[i].isspace() or words[i].count("\n") != 1 or not (capital[i - 1] and capital[i + 1]):
            continue
        spans = ((start, end) for end in (i + 3, i + 2) for start in (i - 2, i - 1) if start >= 0 and end <= len(words))
        for start, end in spans:
            mention = passage.name_at(start, end, "entity") if capital[start] and capital[end - 1] else None
            if mention is None or mention.tokens != (start, end):
                continue
            if any(e.kind not in ("city", "district") or e.population >= _TOWN for e in entries_named(mention.key)):
                yield mention
                break


def of_rows(passage: Passage) -> Iterator[Mention]:
    """Give the names in a row before a plural noun: "Boone, Clay and Kanawha counties"."""
    words, capital = passage.words, passage.capital
    for i, word in enumerate(words):
        kind = KINDS_OF_ROWS.get(word.lower())
        end = i
        while kind is not None and end and capital[end - 1]:
            start = end
            while start and end - start < _LONGEST and capital[start - 1]:
                start -= 1
            mention = passage.name_at(start, end, "noun")
            if mention is not None and _has_kind(mention.key, kind):
                yield mention
            gap = start
            while gap and words[gap - 1].lower() in BETWEEN_ROWS:
                gap -= 1
            if gap == start:
                break
            end = gap


def _has_kind(key: str, kind: Hint) -> bool:
    named = [*entries_named(key), *(entry for noun in ("county", "parish") for entry in entries_named(f"{key} {noun}"))]
    return any(entry.kind == kind for entry in named)


def _tells_its_kind(passage: Passage, at: int, nouns: frozenset[str]) -> bool:
    """Tell whether what follows a word is named as a town or district: "the town of", "the capital,"."""
    words = passage.words
    noun = words[at - 1].lower() if at else ""
    if not {noun, noun.removesuffix("s"), noun.removesuffix("ies") + "y"} & nouns:
        return False
    if words[at] == ",":
        determiner = words[at - 2].lower() if at > 1 else ""
        return words[at - 1].lower() == "capital" and (determiner in ("the", "its", "their") or passage.capital[at - 2])
    return words[at].lower() == "of"


def of_objects(passage: Passage) -> Iterator[Mention]:
    """Give towns that are seized, shelled or reached and that the parser took for something else."""
    verbs = place_words("siege verbs")
    for i, token in enumerate(passage.tokens):
        if not passage.capital[i] or passage.labels[i] in PLACE_LABELS or token.head.lemma_ not in verbs:
            continue
        if token.i < token.head.i and token.dep_ != "nsubjpass":
            continue
        start = i
        while start and passage.capital[start - 1]:
            start -= 1
        mention = passage.name_at(start, _capital_run(passage, i), "preposition")
        if mention is None or mention.key in never_places():
            continue
        if any(e.kind not in ("district", "city") or e.population >= _TOWN for e in entries_named(mention.key)):
            yield mention


def of_heads(passage: Passage) -> Iterator[Mention]:
    """Give names in capital letters at the head of a text or line, with a dash, bracket or comma behind: datelines."""
    words = passage.words
    for i, word in enumerate(words):
        if not word.isupper() or (i and not words[i - 1].isspace() and not passage.tokens[i].is_sent_start):
            continue
        end = i
        while end < len(words) and end - i < _LONGEST and words[end].isupper():
            end += 1
        if end < len(words) and words[end].startswith(("–", "—", "-", "(", ",", "\n")):
            mention = passage.name_at(i, end, "entity")
            if mention is None or mention.key in never_places() or len(mention.key) < 4:
                continue
            if any(e.kind != "city" or e.population >= _HAMLET for e in entries_named(mention.key)):
                line = passage.text[mention.end : mention.end + 60].split("\n")[0]
                yield replace(mention, origin="dateline") if _DASH.search(line) else mention


def of_nouns(passage: Passage) -> Iterator[Mention]:
    """Give names before a noun for a division: "Boone County", "Enugu State", "Malaga province"."""
    divisions, districts = place_words("division nouns") - {"department"}, place_words("district nouns")
    words, capital = passage.words, passage.capital
    for i, word in enumerate(words):
        low = word.lower()
        if not i or not capital[i - 1] or (low not in divisions and low not in districts):
            continue
        start = i
        while start and i - start < 3 and (capital[start - 1] or words[start - 1] == "-"):
            start -= 1
        for begin in range(start, i):
            mention = passage.name_at(begin, i + capital[i], "noun")
            if mention is None or mention.tokens[0] != begin or (begin > start and words[begin - 1] == "-"):
                continue
            wanted: Hint = "division" if low in divisions else "district"
            if _is_division(mention.key, wanted, low) if capital[i] else _is_divided(mention.key):
                yield mention
                break


def _is_division(key: str, wanted: Hint, noun: str) -> bool:
    """Tell whether a name that ends in the noun is a division's: no American state is called "Ohio State"."""
    if any(e.kind == "district" for e in entries_named(key)):
        return True
    plain = entries_named(key.rsplit(" ", 1)[0])
    return any(e.kind == wanted and not (noun == "state" and e.country == "USA") for e in plain)


def _is_divided(key: str) -> bool:
    """Tell whether a name before "province" and the like is a division's own: "Northern" is many a one's."""
    if key in place_words("direction words") or key in adjective_entries():
        return False
    return any(entry.kind in ("division", "district") for entry in entries_named(key))


def of_chains(passage: Passage, taken: Sequence[Mention]) -> Iterator[Mention]:
    """Give names before a comma and the name of a country or state: "Springfield, Illinois"."""
    words, capital = passage.words, passage.capital
    for holder in taken:
        comma = holder.tokens[0] - 1
        if comma < 1 or words[comma] != "," or not capital[comma - 1]:
            continue
        places = [e for e in holder_entries(holder.key) if e.kind in ("country", "division")]
        for start in range(max(0, comma - _LONGEST), comma):
            if not capital[start] or "," in words[start:comma]:
                continue
            mention = passage.name_at(start, comma, "chain")
            if mention is None or mention.tokens[0] != start or mention.key in never_places():
                continue
            if any(is_inside(entry, place) for entry in entries_named(mention.key) for place in places):
                yield mention
                break


def of_repeats(passage: Passage, taken: Sequence[Mention]) -> Iterator[Mention]:
    """Give the further places where a name that was found once stands with a capital."""
    names: dict[str, list[Mention]] = {}
    words = passage.words
    for mention in taken:
        if len(mention.key) > 3 and entries_named(mention.key):
            names.setdefault(words[mention.tokens[0]].lower(), []).append(mention)
    covered = {i for mention in taken for i in range(*mention.tokens)}
    for i, word in enumerate(words):
        if not passage.capital[i] or i in covered:
            continue
        for known in names.get(word.lower(), ()):
            end = i + known.tokens[1] - known.tokens[0]
            if end > len(words):
                continue
            start, stop = passage.starts[i], passage.end_of(end - 1)
            if fold_name(passage.text[start:stop]) == known.key:
                yield replace(known, start=start, end=stop, tokens=(i, end), origin="table")
                break


def of_adjectives(passage: Passage, taken: Sequence[Mention]) -> Iterator[Mention]:
    """Give adjectives and nouns for peoples outside the names that are taken."""
    known = adjective_entries()
    covered = {i for mention in taken for i in range(*mention.tokens)}
    taken_until = 0
    for i, is_capital in enumerate(passage.capital):
        if not is_capital or i in covered or i < taken_until:
            continue
        for end in (i + 2, i + 1):  # "Sri Lankan" before "Lankan"
            if end > len(passage.words) or end - 1 in covered or not passage.capital[end - 1]:
                continue
            key = fold_name(passage.text[passage.starts[i] : passage.end_of(end - 1)])
            if key in known:
                yield Mention(passage.starts[i], passage.end_of(end - 1), key, "adjective", (i, end))
                taken_until = end
                break
