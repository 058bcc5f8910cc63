"""The alphabet of the grammar of time: every set of classes is one character, so that a pattern is a plain regex."""

from __future__ import annotations

import re
from functools import cache, cached_property

import msgspec

from melian.coding.dates.numerals import SAMPLES, classes_of_number
from melian.errors import BadKnowledge
from melian.knowledge.dates import all_words, feasts, time_parts, time_rules, time_words

OTHER = "\ue000"
_ITEM = re.compile(r"\{(?:([a-z]\w*)=)?([^{}]+)\}")
_NAME = re.compile(r"\(\?P<(\w+)>")
_PART = re.compile(r"@([a-z]+)")


_HEARTS = frozenset(
    (
        *(
            "MONTH",
            "WEEKDAY",
            "WEEKDAYS",
            "SEASON",
            "UNIT",
            "UNITS",
            "ENDS",
            "CALENDAR",
            "PART",
            "DEICTIC",
            "REFERENCE",
        ),
        *("FREQUENCY", "DECADE", "DECADEWORD", "SHORTDECADE", "YEAR", "SHORTYEAR", "ISO", "SLASH", "CLOCK", "CLOCKAP"),
        *(
            "MERIDIEM",
            "ZONE",
            "FOUR",
            "QUARTER",
            "FEAST",
            "FY",
            "=fy",
            "=fiscal",
            "=anniversary",
            "=tonight",
            "=overnight",
            "=then",
            "=time",
        ),
        *(
            "=past",
            "=present",
            "=future",
            "=moment",
            "=o'clock",
            "=o’clock",
            "=half",
            "=current",
            "=11",
            "=term",
            "ORDDAY",
        ),
    )
)


class Rule(msgspec.Struct, frozen=True, dict=True):
    """One rule of the tables.

    Attributes:
        id: The row's id; `feast-` and the row's id for a feast.
        reading: What its matches are read by.
        expression: The pattern over the alphabet.
        needs: Characters without which it cannot match.
    """

    id: str
    reading: str
    expression: str
    needs: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when a text first has all that it needs: most texts need few rules.

        Raises:
            BadKnowledge: It is no pattern.
        """
        try:
            return re.compile(self.expression)
        except re.error as error:
            raise BadKnowledge(f"dates/rules.tsv, rule {self.id}: {error}", "a pattern over words") from error


class Alphabet(msgspec.Struct, frozen=True):
    """Characters for sets of classes.

    Attributes:
        known: Word in small letters to its character.
        codes: Set of classes to its character.
        classes: Character to its set of classes.
        newline: The character of a line break (class BREAK).
        hearts: Finds any word that an expression cannot do without: the cheap first filter.
        rules: The rules in the order of the table, feasts behind.
    """

    known: dict[str, str]
    codes: dict[frozenset[str], str]
    classes: dict[str, frozenset[str]]
    newline: str
    hearts: re.Pattern[str]
    rules: tuple[Rule, ...]


@cache
def alphabet() -> Alphabet:
    """Build the alphabet and every rule of the tables.

    Raises:
        BadKnowledge: A pattern names an unknown class or part.
    """
    parts = {part.id: part.pattern for part in time_parts()}
    patterns = [(rule.id, rule.reading, _expand(rule.pattern, parts)) for rule in time_rules()]
    patterns += [(f"feast-{row.id}", "feast", _feast(words)) for row in feasts() for words in row.words]
    words: dict[str, set[str]] = {}
    for row in time_words():
        for word in row.words:
            words.setdefault(word, set()).update(row.classes)
    for feast in feasts():
        for name in feast.words:
            if not any(words.get(word, set()) & _HEARTS for word in name.split()):
                words.setdefault(re.split(r"[\s'’-]", name)[0], set()).add("FEAST")
    for word in all_words("counted"):
        words.setdefault(word, set()).add("COUNTED")
    for _, _, pattern in patterns:
        for item in _ITEM.finditer(pattern):
            for name in item[2].split("|"):
                if not name.isupper():
                    words.setdefault(name, set(classes_of_number(name)) if name[0].isdigit() else set()).add(f"={name}")
    sets = {frozenset(classes) for classes in words.values()} | {classes_of_number(sample) for sample in SAMPLES}
    sets |= {frozenset({"BREAK"}), frozenset({"FY"})}
    sets.discard(frozenset())
    codes = {classes: chr(0xE001 + n) for n, classes in enumerate(sorted(sets, key=sorted))}
    having: dict[str, str] = {}
    for classes, code in codes.items():
        for name in classes:
            having[name] = having.get(name, "") + code
    known = {word: codes[frozenset(classes)] for word, classes in words.items()}
    rules = tuple(
        Rule(name, reading, _expression(name, pattern, having), _needed(pattern, having))
        for name, reading, pattern in patterns
    )
    hearts = re.compile(f"[{''.join(code for classes, code in codes.items() if classes & _HEARTS)}]")
    kinds = {code: classes for classes, code in codes.items()}
    return Alphabet(known, codes, kinds, codes[frozenset({"BREAK"})], hearts, rules)


def _expand(pattern: str, parts: dict[str, str]) -> str:
    while _PART.search(pattern):
        pattern = _PART.sub(lambda found: f"({parts[found[1]]})" if found[1] in parts else "{?}", pattern)
    return pattern


def _feast(words: str) -> str:
    items = [f"{{{word}}}" for word in re.findall(r"['’]s|\w+|[^\w\s]", words)]
    return "".join(i if i != "{'s}" else "{'s|’s}" for i in items) + "({,}?{of}?{y=YEAR}|{r=last|this|next}{year})?"


def _needed(pattern: str, having: dict[str, str]) -> frozenset[str]:
    """Give the characters of the words that stand alone in a pattern outside brackets and must be met."""
    depth, flat = 0, []
    for letter in pattern:
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            flat.append(letter)
    found: set[str] = set()
    for item in re.finditer(r"\{(?:\w+=)?([^{}|]+)\}(?!\?)", "".join(flat)):
        name = item[1] if item[1].isupper() else f"={item[1]}"
        if len(having.get(name, "")) == 1:
            found.add(having[name])
    return frozenset(found)


def _expression(name: str, pattern: str, having: dict[str, str]) -> str:
    """Write a pattern over the alphabet; a bare "(" groups without a name, a second use of a name gets a number."""
    used: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        used[found[1]] = used.get(found[1], 0) + 1
        return f"(?P<{found[1]}__{used[found[1]]}>"

    def item(found: re.Match[str]) -> str:
        wanted = (word if word.isupper() else f"={word}" for word in found[2].split("|"))
        chars = "".join(sorted({code for name in wanted for code in having.get(name, "")}))
        if not chars:
            raise BadKnowledge(
                f"dates/rules.tsv, rule {name}: nothing is {found[2]!r}", "a class of words.tsv or a word"
            )
        return f"(?P<{found[1]}>[{chars}])" if found[1] else f"[{chars}]"

    plain = re.sub(r"\((?!\?)", "(?:", pattern)
    return _NAME.sub(number, _ITEM.sub(item, plain))
