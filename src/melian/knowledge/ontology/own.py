"""An ontology of the user's own: a TOML file of types with definitions and examples, read strictly."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn, get_args

import msgspec

from melian.errors import BadOntology
from melian.records import EventType, Span, TypeName

FEWEST = 8
"""Examples that a type needs. With fewer, how well it does can't be told from how it was written."""
LONGEST = 1_000
"""Characters of an example; more is no sentence or short passage."""
LARGEST = 5_000_000
"""Bytes of a file; more is no ontology."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
_TYPE_LINE = re.compile(r"^[ \t]*\[\[[ \t]*type[ \t]*\]\]", re.MULTILINE)
_TOML_LINE = re.compile(r"(?s)(.*?) \(at (?:line (\d+), column \d+|end of document)\)")
_KEYS = {
    "ontology": ("name", "version"),
    "type": ("name", "definition", "plover", "examples", "not_examples"),
}
_LETTERS = "a letter, then letters, digits, - and _"


class OwnExample(msgspec.Struct, frozen=True):
    """A sentence or short passage that tells a happening, without the brackets around its trigger."""

    text: str
    trigger: Span


class OwnType(msgspec.Struct, frozen=True, kw_only=True):
    """One type of the user's.

    Attributes:
        name: What events of this type are called.
        definition: What it is, in words.
        plover: The PLOVER type nearest to it; None where training shall find it.
        examples: At least `FEWEST`.
        not_examples: Sentences near to it in words that tell no event of any type.
    """

    name: TypeName
    definition: str
    plover: EventType | None = None
    examples: tuple[OwnExample, ...]
    not_examples: tuple[str, ...] = ()


class OwnOntology(msgspec.Struct, frozen=True, kw_only=True):
    """An ontology of the user's own."""

    name: str
    version: str
    types: tuple[OwnType, ...]

    @property
    def title(self) -> str:
        """Name and version, as events give them."""
        return f"{self.name}/{self.version}"


def read_ontology(path: Path) -> OwnOntology:
    """Read the file of an ontology.

    Raises:
        BadOntology: The file cannot be read, or breaks a rule; the message names the line.
    """
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise BadOntology(f"{path} cannot be read: {error.strerror}", "a TOML file", "Check the path") from error
    if len(packed) > LARGEST:
        raise BadOntology(f"{path} has {len(packed):,} bytes", f"at most {LARGEST:,}", "Name an ontology's TOML file")
    try:
        text = packed.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = packed[: error.start].count(b"\n") + 1
        raise BadOntology(f"{path}, line {line} is not UTF-8", "a UTF-8 text file", "Convert the file") from error
    return parse_ontology(text.replace("\r\n", "\n"), str(path))


def parse_ontology(text: str, name: str) -> OwnOntology:
    """Parse the text of an ontology's file.

    Args:
        text: TOML.
        name: Of the file, for messages.

    Raises:
        BadOntology: It breaks a rule; the message names the line.
    """
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        why = _TOML_LINE.fullmatch(str(error))
        line = int(why[2]) if why and why[2] else text.count("\n") + 1
        raise BadOntology(
            f"{name}, line {line}: {why[1] if why else error}",
            "TOML",
            "Mend the line; strings stand in quotation marks",
        ) from error
    return _Parser(text, name).ontology(found)


class _Parser(msgspec.Struct, frozen=True):
    """What parsing needs to say where a fault stands."""

    text: str
    name: str

    def ontology(self, found: dict[str, object]) -> OwnOntology:
        for key in found:
            if key not in _KEYS:
                self._fail(f"there is no table {key!r}", "[ontology] and [[type]]", "Take it out", words=key)
        head, types = found.get("ontology"), found.get("type")
        if not isinstance(head, dict):
            self._fail("the file has no table [ontology]", '[ontology] with name = "…" and version = "…"', "Add it")
        if not isinstance(types, list) or not types or not all(isinstance(one, dict) for one in types):
            self._fail("the file has no types", "[[type]] with name, definition and examples", "Add them")
        self._check_keys(head, "ontology", None)
        title = self._string(head, "name", None), self._string(head, "version", None)
        for key, value, form, letters in (
            ("name", title[0], _NAME, _LETTERS),
            ("version", title[1], _VERSION, "digits, letters, points and -, at most 20"),
        ):
            if not form.fullmatch(value):
                self._fail(f"the ontology's {key} is {value!r}", letters, "Choose another", words=key)
        made = tuple(self._type(one, number) for number, one in enumerate(types))
        self._check_unlike(made)
        return OwnOntology(name=title[0], version=title[1], types=made)

    def _type(self, found: dict[str, object], number: int) -> OwnType:
        self._check_keys(found, "type", number)
        name = self._string(found, "name", number)
        if not _NAME.fullmatch(name):
            self._fail(f"the type's name is {name!r}", f"{_LETTERS}, at most 60", "Choose another", number, "name")
        plover = found.get("plover")
        if plover is not None and plover not in get_args(EventType):
            known = ", ".join(get_args(EventType))
            self._fail(f"plover is {plover!r}", f"one of {known}", "Choose one, or leave plover out", number, "plover")
        examples = tuple(self._example(one, number) for one in self._strings(found, "examples", number))
        if len(examples) < FEWEST:
            what = f"the type {name!r} has {len(examples)} examples"
            self._fail(what, f"{FEWEST} or more", "Write more of them, each in other words", number, "examples")
        apart = self._strings(found, "not_examples", number) if "not_examples" in found else []
        for one in apart:
            self._check_length(one, number)
            if "[" in one or "]" in one:
                what = f"the sentence {one[:60]!r} among not_examples has brackets"
                self._fail(what, "none: it tells no event", "Take them out, or move it to examples", number, one)
        return OwnType(
            name=name,
            definition=self._string(found, "definition", number),
            plover=plover,  # type: ignore[arg-type]
            examples=examples,
            not_examples=tuple(apart),
        )

    def _example(self, sentence: str, number: int) -> OwnExample:
        self._check_length(sentence, number)
        start, end = sentence.find("["), sentence.find("]") - 1
        trigger = sentence[start + 1 : end + 1]
        if sentence.count("[") != 1 or sentence.count("]") != 1 or end <= start or trigger != trigger.strip():
            self._fail(
                f"the example {sentence[:60]!r} marks no trigger",
                "brackets around the word that tells the event, once: “Nurses [marched] in Lusaka.”",
                "Put brackets around it",
                number,
                sentence,
            )
        return OwnExample(sentence[:start] + trigger + sentence[end + 2 :], (start, end))

    def _check_length(self, sentence: str, number: int) -> None:
        if not sentence.strip() or len(sentence) > LONGEST:
            what = f"an example has {len(sentence.strip()):,} characters"
            self._fail(what, f"a sentence or short passage of at most {LONGEST:,}", "Mend it", number, sentence)

    def _check_unlike(self, types: tuple[OwnType, ...]) -> None:
        """Refuse what stands twice: a name, or a sentence, which can't be of two types or be and not be an example."""
        names: dict[str, str] = {}
        sentences: dict[str, str] = {}
        for number, one in enumerate(types):
            if one.name.lower() in names:
                self._fail(f"the name {one.name!r} stands twice", "names that differ", "Choose another", number, "name")
            names[one.name.lower()] = one.name
            for text in (*(example.text for example in one.examples), *one.not_examples):
                if text in sentences:
                    what = f"the sentence {text[:60]!r} stands under {sentences[text]!r} too"
                    self._fail(what, "each sentence once", "Take one out", number, text)
                sentences[text] = one.name

    def _check_keys(self, found: dict[str, object], table: str, number: int | None) -> None:
        for key in found:
            if key not in _KEYS[table]:
                self._fail(f"there is no field {key!r}", ", ".join(_KEYS[table]), "Take it out", number, key)

    def _string(self, found: dict[str, object], key: str, number: int | None) -> str:
        value = found.get(key)
        if not isinstance(value, str) or not value.strip():
            what = f"{key} is {value!r}"[:80] if key in found else f"{key} is missing"
            self._fail(what, f'{key} = "…"', "Write it", number, key)
        return value

    def _strings(self, found: dict[str, object], key: str, number: int) -> list[str]:
        value = found.get(key)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            what = f"{key} is no list of strings" if key in found else f"{key} is missing"
            self._fail(what, f'{key} = ["…", "…"]', "Write them, each in quotation marks", number, key)
        return value

    def _fail(self, what: str, expected: str, do: str, number: int | None = None, words: str = "") -> NoReturn:
        raise BadOntology(f"{self.name}, line {self._line(number, words)}: {what}", expected, do)

    def _line(self, number: int | None, words: str) -> int:
        """Find the line of words within the table of a type, or within the head; the table's own where they aren't."""
        begins = [match.start() for match in _TYPE_LINE.finditer(self.text)]
        if number is None:
            start, end = 0, begins[0] if begins else len(self.text)
        elif number < len(begins):
            start, end = begins[number], (*begins, len(self.text))[number + 1]
        else:
            start, end = 0, len(self.text)
        at = next((at for at in self._places(words, start, end)), start)
        return self.text.count("\n", 0, at) + 1

    def _places(self, words: str, start: int, end: int) -> Iterator[int]:
        """Yield where words stand: as a field, as they are, or as their beginning stands in a line."""
        if not words:
            return
        field = re.compile(rf"^[ \t\[]*{re.escape(words)}[ \t]*[=\]]", re.MULTILINE).search(self.text, start, end)
        if field:
            yield field.start()
        for part in (words, words.replace("[", "").replace("]", ""), words[:25], words[:12]):
            if (at := self.text.find(part, start, end)) >= 0:
                yield at
