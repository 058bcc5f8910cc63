"""The PLOVER ontology and the event lexicon: which words, in which company, tell an event of which type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, get_args

import msgspec

from melian.errors import BadKnowledge
from melian.knowledge.table import parse_rows, rows_of
from melian.records import EventType

NO_EVENT = "NONE"
ACTOR_CLASSES = frozenset({"actor", "person", "armed", "place", "clause"})
_PREPOSITIONS = (
    "about across after against ahead along alongside amid among around as at before behind beside between beyond "
    "by despite during for from in inside into near of off on onto out outside over past pending through to toward "
    "towards under until upon via with within without"
)
PREPOSITIONS = frozenset(_PREPOSITIONS.split())
VERB_SLOTS = frozenset({"subj", "obj", "iobj", "comp", "speaker"}) | PREPOSITIONS
NOUN_SLOTS = frozenset({"poss", "adj", "and", "gov", "govobj", "comp", "speaker"}) | PREPOSITIONS
NeedKind = Literal["prt", "obj", "subj", "prep", "comp", "mod", "poss", "of"]
NEED_KINDS: tuple[NeedKind, ...] = get_args(NeedKind)


class EventKind(msgspec.Struct, frozen=True, kw_only=True):
    """One of the 16 PLOVER types; `future` is the type it becomes when it is only announced, or empty."""

    id: EventType
    quad: Literal[1, 2, 3, 4]
    score: float
    needs_target: bool
    meaning: str
    boundary: str
    future: str = ""
    example: str
    provenance: str


class Mode(msgspec.Struct, frozen=True, kw_only=True):
    """One PLOVER mode; `id` is "TYPE/name", `score` None where the codebook gives none."""

    id: str
    type: str
    name: str
    score: float | None = None
    meaning: str
    example: str
    provenance: str


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """One PLOVER context; `words` are lower-case lemma words or phrases that point to it."""

    id: str
    meaning: str
    words: tuple[str, ...]
    example: str
    provenance: str


class Cameo(msgspec.Struct, frozen=True, kw_only=True):
    """The CAMEO 1.1b3 code of a PLOVER type ("AID"), of a mode ("ASSAULT/aerial") or of a context ("AID+military")."""

    id: str
    plover: str
    code: str
    name: str
    goldstein: float
    provenance: str


class WordClass(msgspec.Struct, frozen=True, kw_only=True):
    """A named set of lemmas that needs refer to as `@id`."""

    id: str
    words: tuple[str, ...]


class EventWord(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the event lexicon.

    Attributes:
        id: Unique over all files.
        lemma: Lemma of the trigger's head word.
        pos: "v" verb, "n" noun, "a" adjective.
        needs: All of these must hold; see `parse_need`.
        unless: None of these may hold.
        type: PLOVER type, or "NONE" for a row that blocks an idiom.
        modes: Names of modes of that type.
        source: Slots in order of preference; slots joined by `+` are all taken; `obj.of` is the slot `of` inside the
            phrase of the slot `obj`. Empty where nobody is named as a rule.
        target: As `source`.
        contexts: Ids of contexts that the word itself brings.
        example: An invented sentence.
        expects: "TYPE SRC>TGT" for the example, with alpha-3 codes joined by `+`; or "NONE".
        provenance: Where the row comes from.
    """

    id: str
    lemma: str
    pos: Literal["v", "n", "a"]
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    type: str
    modes: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    example: str
    expects: str
    provenance: str


class Need(msgspec.Struct, frozen=True):
    """One parsed need.

    Attributes:
        kind: What is looked at: particle, deep object, deep subject, preposition, complement, modifier, possessor;
            "of" is what an adjective is said of, and the of-phrase of a noun.
        preps: The prepositions, for kind "prep"; any one of them suffices.
        words: Lemmas, and classes with their `@`; any one of them suffices. Empty: it is enough that it is there.
    """

    kind: NeedKind
    preps: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@cache
def parse_need(text: str) -> Need:
    """Parse a need such as `prt:out`, `obj:support/@aid`, `prep:with`, `prep:to/at=@actor`, `comp:@clause`, `poss`.

    Raises:
        ValueError: The text is no need.
    """
    name, _, rest = text.partition(":")
    kind = next((kind for kind in NEED_KINDS if kind == name), None)
    if kind is None:
        raise ValueError(f"{name!r} is no kind of need")
    preps: tuple[str, ...] = ()
    if kind == "prep":
        before, equals, rest = rest.partition("=")
        preps = tuple(before.split("/"))
        for prep in preps:
            if prep not in PREPOSITIONS:
                raise ValueError(f"{prep!r} is no preposition")
        if equals and not rest:
            raise ValueError("nothing follows the =")
    words = tuple(rest.split("/")) if rest else ()
    if kind not in ("prep", "poss") and not words:
        raise ValueError(f"{kind!r} names no word")
    if any(not word.lstrip("@") or " " in word or word != word.lower() for word in words):
        raise ValueError("words are lower-case lemmas without blanks")
    return Need(kind, preps, words)


@cache
def event_kinds() -> tuple[EventKind, ...]:
    """Load the 16 types."""
    return rows_of("ontology/types.tsv", EventKind)


@cache
def modes() -> tuple[Mode, ...]:
    """Load the 67 modes."""
    return rows_of("ontology/modes.tsv", Mode)


@cache
def contexts() -> tuple[Context, ...]:
    """Load the 37 contexts."""
    return rows_of("ontology/contexts.tsv", Context)


@cache
def cameo_codes() -> tuple[Cameo, ...]:
    """Load the map from PLOVER to CAMEO 1.1b3."""
    return rows_of("ontology/cameo.tsv", Cameo)


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What Melian does where PLOVER's manual contradicts itself or leaves open.

    Attributes:
        id: Short name.
        where: Which parts of the manual.
        says: What they say.
        ruling: What Melian does.
        example: A sentence that it decides.
        provenance: Whose ruling it is.
    """

    id: str
    where: str
    says: str
    ruling: str
    example: str
    provenance: str


@cache
def rulings() -> tuple[Ruling, ...]:
    """Load the rulings, in the order of the table."""
    return rows_of("ontology/rulings.tsv", Ruling)


@cache
def word_classes() -> Mapping[str, frozenset[str]]:
    """Load the word classes, by id without the `@`."""
    rows = rows_of("ontology/word_classes.tsv", WordClass)
    return MappingProxyType({row.id: frozenset(row.words) for row in rows})


@cache
def event_words() -> tuple[EventWord, ...]:
    """Load and check the whole event lexicon, in order of file name and line.

    Raises:
        BadKnowledge: A row names a type, mode, context, slot or class that does not exist, or an id stands twice.
    """
    folder = files("melian.knowledge").joinpath("ontology", "words")
    rows: dict[str, EventWord] = {}
    for node in sorted(folder.iterdir(), key=lambda item: item.name):
        if not node.name.endswith(".tsv"):
            continue
        text = node.read_text(encoding="utf-8")
        for row in parse_event_words(text, f"ontology/words/{node.name}"):
            if row.id in rows:
                raise BadKnowledge(f"{node.name}: the id {row.id!r} stands in another file too", "ids that differ")
            rows[row.id] = row
    return tuple(rows.values())


def parse_event_words(text: str, name: str) -> tuple[EventWord, ...]:
    """Parse and check the text of one file of the lexicon; `name` is for messages.

    Raises:
        BadKnowledge: See `event_words`.
    """
    rows = parse_rows(text, name, EventWord)
    for row in rows:
        for fault in _faults(row):
            line = next((n for n, words in enumerate(text.split("\n"), 1) if words.startswith(f"{row.id}\t")), 0)
            raise BadKnowledge(f"{name}, line {line}, row {row.id!r}: {fault}", "a row of the event lexicon")
    return rows


@cache
def _known_ids() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Give the ids of types, modes and contexts."""
    kinds = frozenset(kind.id for kind in event_kinds())
    return kinds, frozenset(mode.id for mode in modes()), frozenset(context.id for context in contexts())


_ALL_SLOTS = VERB_SLOTS | NOUN_SLOTS


def _faults(row: EventWord) -> Iterator[str]:
    if row.lemma != row.lemma.lower() or " " in row.lemma:
        yield f"the lemma {row.lemma!r} is not one lower-case word"
    types, known_modes, known_contexts = _known_ids()
    if row.type != NO_EVENT and row.type not in types:
        yield f"there is no type {row.type!r}"
    yield from (f"{row.type} has no mode {mode!r}" for mode in row.modes if f"{row.type}/{mode}" not in known_modes)
    yield from (f"there is no context {context!r}" for context in row.contexts if context not in known_contexts)
    slots = NOUN_SLOTS if row.pos == "n" else VERB_SLOTS
    for path in (path for cell in (*row.source, *row.target) for path in cell.split("+")):
        first, *inner = path.split(".")
        if first not in slots or not _ALL_SLOTS.issuperset(inner):
            yield f"there is no slot {path!r} for pos {row.pos}"
    for text in (*row.needs, *row.unless):
        try:
            need = parse_need(text)
        except ValueError as error:
            yield f"the need {text!r} cannot be read: {error}"
            continue
        for word in need.words:
            if word.startswith("@") and word[1:] not in ACTOR_CLASSES and word[1:] not in word_classes():
                yield f"the need {text!r} names the class {word!r}, which does not exist"
