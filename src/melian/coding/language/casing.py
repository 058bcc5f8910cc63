"""Headlines In Title Case and WIRES IN CAPITALS, written as sentences are: only names keep their capitals."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec

from melian.knowledge.countries import countries, peoples, seats, territories
from melian.knowledge.gazetteer import divisions, entries_named, name_key, regions
from melian.knowledge.offices import given_names, titles
from melian.knowledge.organisations import organisations

if TYPE_CHECKING:
    import spacy.language

_LINE = re.compile(r"[^\n\r]+")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?:][\"”’)]*\s+[\"“‘(]*$|[–—]\s*$|[\"“]$")
_SMALL = frozenset(
    "a an the of in on at to for from by with and or nor but as if is are was be not into over after before amid amidst"
    " than that its it his her their via per vs up off out about under during between against near s t have has had"
    " been will can may they them he she we you who which when while this these those all so yet no do does did".split()
)
"""Words that headlines in title case may write small."""
_PARTICLES = frozenset("al el bin ibn de la le du da di der den van von ul ur y".split())
_FEWEST_WORDS = 4
_FEWEST_CAPITALS = 2
_MOSTLY = 0.9
_SHORT = 3
"""Letters of "Xi" and "Ali", which are English nouns as well."""
_LARGE = 150_000
"""People of a city whose name is taken for one, though it is an English noun: "Geneva", not "Independence"."""
_INFLECTED = ("s", "ed", "ing")
_DATED = frozenset({"may", "march", "sept"} | {name.lower() for name in calendar.month_abbr if name})
"""Names of months that are names only before a number: "Nov 25"."""
_CALENDAR = frozenset(name.lower() for name in (*calendar.month_name, *calendar.day_name) if name) | _DATED


class EnglishWords:
    """What words a lemmatiser knows, and which of them it knows as forms of verbs.

    Args:
        nlp: A pipeline; one whose lemmatiser has no tables knows no words.
    """

    def __init__(self, nlp: spacy.language.Language) -> None:
        lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)  # A trained lemmatiser has none.
        names = ("lemma_index", "lemma_exc", "lemma_rules")
        is_known = lookups is not None and all(lookups.has_table(name) for name in names)
        tables = [lookups.get_table(name) for name in names] if lookups is not None and is_known else [{}, {}, {}]
        self._index, self._irregular, self._rules = tables

    def is_word(self, word: str) -> bool:
        """Tell whether a word in small letters is English, in whatever form."""
        return any(self._is(word, pos) for pos in ("verb", "noun", "adj", "adv"))

    def is_verb(self, word: str) -> bool:
        """Tell whether it is an inflected form of a verb: "arrests", "seized"."""
        is_inflected = word.endswith(_INFLECTED) or word in self._irregular.get("verb", ())
        return is_inflected and self._is(word, "verb")

    def is_noun_alone(self, word: str) -> bool:
        """Tell whether it is a noun, and nothing else: what may be a name as well, since the tables hold "geneva"."""
        return self._is(word, "noun") and not any(self._is(word, pos) for pos in ("verb", "adj", "adv"))

    def _is(self, word: str, pos: str) -> bool:
        known = self._index.get(pos, ())
        if word in known or word in self._irregular.get(pos, ()):
            return True
        return any(
            word.endswith(old) and word[: len(word) - len(old)] + new in known for old, new in self._rules.get(pos, ())
        )


class _Seen(msgspec.Struct, frozen=True):
    """Words of the lines that are written as sentences: in small letters, and with a capital inside a sentence."""

    small: frozenset[str]
    names: frozenset[str]


def plain_case(text: str, english: EnglishWords) -> str:
    """Write lines in title case or in capitals as sentences are written; all others stay as they are.

    Names of the knowledge tables, and what is no English word, keep their capitals; what the same text writes as a
    sentence does decides first. The result is as long as the text, character by character.
    """
    lines = [(line.start(), list(_WORD.finditer(text, *line.span()))) for line in _LINE.finditer(text)]
    styled = [(words, style) for _, words in lines if (style := _style_of(text, words)) is not None]
    if not styled:
        return text
    marked = {words[0].start() for words, _ in styled}
    seen = _seen_in(text, [words for _, words in lines if words and words[0].start() not in marked])
    letters = list(text)
    for words, style in styled:
        changed = list(_changed(text, words, style, seen, english))
        # A list of names holds no verb, and hardly a word that is none of them.
        is_sentence = any(english.is_verb(word) for _, word in changed) or len(changed) >= _FEWEST_CAPITALS
        if style == "capitals" or is_sentence:
            for start, word in changed:
                letters[start : start + len(word)] = word
    return "".join(letters)


def _is_raised(text: str, word: re.Match[str]) -> bool:
    """Tell whether a word has a capital, or may have none in title case: "of", and the second of "Pro-government"."""
    form = word.group()
    return form[0].isupper() or form.lower() in _SMALL | _PARTICLES or text[word.start() - 1 : word.start()] == "-"


def _style_of(text: str, words: Sequence[re.Match[str]]) -> Literal["title", "capitals"] | None:
    """Tell how a line is written, where it is not as a sentence."""
    if len(words) < _FEWEST_WORDS:
        return None
    forms = [word.group() for word in words]
    long = [form for form in forms if len(form) > 1]
    if sum(form.isupper() for form in long) >= _MOSTLY * len(long):
        return "capitals" if len(long) >= _FEWEST_WORDS else None
    if all(_is_raised(text, word) for word in words):
        capitals = sum(form[0].isupper() and not form.isupper() for form in forms[1:])
        return "title" if capitals >= _FEWEST_CAPITALS else None
    return None


def _seen_in(text: str, lines: Sequence[Sequence[re.Match[str]]]) -> _Seen:
    small: set[str] = set()
    names: set[str] = set()
    for words in lines:
        for word in words:
            form = word.group()
            if form[0].islower():
                small.add(form)
            elif not _begins(text, word, words[0]):
                names.add(form.lower())
    return _Seen(frozenset(small), frozenset(names))


def _begins(text: str, word: re.Match[str], first: re.Match[str]) -> bool:
    """Tell whether a word begins a line, a sentence or a quotation."""
    return word.start() == first.start() or bool(
        _SENTENCE_END.search(text, max(first.start(), word.start() - 4), word.start())
    )


def _changed(
    text: str,
    words: Sequence[re.Match[str]],
    style: Literal["title", "capitals"],
    seen: _Seen,
    english: EnglishWords,
) -> Iterator[tuple[int, str]]:
    """Yield where a word stands and how it is written in a sentence, where it is not written so."""
    named = dict(_named(text, words, style, english))
    for i, word in enumerate(words):
        form, low = word.group(), word.group().lower()
        if len(low) != len(form):
            continue
        plain = named.get(i)
        if plain is None and style == "title" and form.isupper() and len(form) > 1:
            plain = form
        if plain is None:
            is_name = _is_name(text, words, i, seen, english)
            plain = low[0].upper() + low[1:] if is_name or _begins(text, word, words[0]) else low
        if plain != form and len(plain) == len(form):
            yield word.start(), plain


def _is_name(text: str, words: Sequence[re.Match[str]], i: int, seen: _Seen, english: EnglishWords) -> bool:
    """Tell whether a word that no table has as a part of a name is one."""
    low = words[i].group().lower()
    if low in _CALENDAR and (low not in _DATED or _is_dated(text, words[i].end())):
        return True
    if low in _SMALL or low in seen.small:
        return False
    if low in seen.names or not english.is_word(low):
        return True
    if english.is_verb(low):
        return False
    before = words[i - 1].group().lower() if i and _are_beside(text, words, i - 1) else ""
    if before in _given_names():
        return True
    if not english.is_noun_alone(low):
        return False
    if before in _titles() and low not in _titles():
        return True
    is_called = low in _given_names() or (len(low) <= _SHORT and _are_beside(text, words, i))
    is_before_name = i + 1 < len(words) and not english.is_word(words[i + 1].group().lower())
    return (is_called and (is_before_name or low in _given_names())) or _is_city(low)


def _are_beside(text: str, words: Sequence[re.Match[str]], i: int) -> bool:
    """Tell whether nothing but a blank stands between a word and the next."""
    return i + 1 < len(words) and text[words[i].end() : words[i + 1].start()] in {" ", ". "}


@cache
def _is_city(low: str) -> bool:
    """Tell whether a large city is called so, letter by letter."""
    found = entries_named(name_key(low))
    return any((entry.population or 0) >= _LARGE and entry.name.lower() == low for entry in found)


def _is_dated(text: str, end: int) -> bool:
    """Tell whether a number stands behind: "March 8"."""
    return text[end : end + 1] == " " and text[end + 1 : end + 2].isdigit()


def _named(
    text: str, words: Sequence[re.Match[str]], style: Literal["title", "capitals"], english: EnglishWords
) -> Iterator[tuple[int, str]]:
    """Yield the numbers of words that belong to names of the tables, each as the table writes it."""
    i = 0
    forms = [word.group() for word in words]
    while i < len(words):
        for name in _names().get(forms[i].lower(), ()):
            end = i + len(name)
            if [form.lower() for form in forms[i:end]] != [part.lower() for part in name]:
                continue
            if any(len(text[a.end() : b.start()]) > 2 for a, b in zip(words[i:end], words[i + 1 : end], strict=False)):
                continue
            # Of abbreviations, "MEND" and "PACE" are mostly verbs, and "CAR" is mostly no country.
            low = name[0].lower()
            is_abbreviation = len(name) == 1 and name[0].isupper() and (len(low) > 2 or low in _SMALL)
            is_noun = english.is_noun_alone(low) and name not in _countries()
            is_common = is_abbreviation and english.is_word(low) and not is_noun
            is_written_so = style == "capitals" or all(
                form == part or part.islower() for form, part in zip(forms[i:end], name, strict=True)
            )
            if not is_common and is_written_so:
                yield from ((i + k, part) for k, part in enumerate(name))
                i = end - 1
                break
        i += 1


@cache
def _countries() -> frozenset[tuple[str, ...]]:
    """Give the names of states, territories and peoples, their adjectives and capitals, as words."""
    found: list[str] = []
    for country in countries():
        found += [*country.names, *country.adjectives, *country.people, *country.capital_names]
    for territory in territories():
        found += [*territory.names, *territory.adjectives, *territory.people]
    for people in peoples():
        found += [*people.adjectives, *people.people]
    return frozenset(tuple(_WORD.findall(name)) for name in found if name[0].isupper())


@cache
def _names() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Index names by their first word in small letters, the longest first."""
    found = set(_countries())
    for seat in seats():
        found.update(tuple(_WORD.findall(name)) for name in {seat.name, *seat.names})
    for organisation in organisations():
        clear = {organisation.name, *organisation.aliases} - set(organisation.ambiguous)
        found.update(tuple(_WORD.findall(name)) for name in clear)
    found.update(tuple(_WORD.findall(name)) for region in regions() for name in region.names)
    # "Unity", "Central" and "East" are provinces, and mostly are not meant.
    found.update(name for d in divisions() for n in d.names if len(name := tuple(_WORD.findall(n))) > 1)
    index: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(filter(None, found), key=lambda name: (-len(name), name)):
        index.setdefault(name[0].lower(), []).append(name)
    return {first: tuple(names) for first, names in index.items()}


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name.id.lower() for name in given_names())


@cache
def _titles() -> frozenset[str]:
    return frozenset(form.rstrip(".").lower() for title in titles() for form in title.names if " " not in form)
