"""Words that settle whether something happened: implicative and factive words, modals, hedges, negative words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

import msgspec

from melian.knowledge.table import rows_of

Effect = Literal[
    "so", "not", "fact", "likely", "unlikely", "maybe", "able", "open", "wish", "condition", "future", "planned",
    "never", "part",
]  # fmt: skip
Role = Literal["aux", "aux+have", "adv", "adj", "det", "prep", "mark", "ask"]
Kind = Literal[
    "implicative", "aspect", "refusal", "intention", "promise", "expectation", "desire", "request", "purpose",
    "possibility", "factive", "semifactive", "counterfactive", "concession", "belief", "report", "accusation", "denial",
    "part",
]  # fmt: skip


class Governor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that decide about what hangs on them.

    Classes, and what their denial leaves, after Karttunen (1971) and Nairn, Condoravdi and Karttunen (2006); factives
    after Kiparsky and Kiparsky (1970), semifactives, which take nothing for granted under a condition, after Karttunen
    (1971).

    Effects: "so" it happens, "not" it does not, "fact" it is granted, "likely", "unlikely" and "maybe" as they
    say, "able" it may, and denied it does not, "open" nothing is said, "wish" it is only thought of, "condition" what
    it hangs on depends on it and it is only thought of, "future" and "planned" it is to come, "never" it is not to
    come, "part" someone has a part in it.

    Attributes:
        id: Name of the row.
        kind: Class of the words. Implicatives settle whether a deed was done, factives take it for granted, and both
            differ in what their denial leaves.
        lemmas: Lemmas, or forms of verbs where only one form does ("going to"); verb and particle, or verb and object,
            joined by "_" ("call_off", "take_place").
        pos: v verb, n noun, a adjective or adverb.
        frames: How the governed word hangs on it: that, to, bare (an infinitive without "to"), ing, np (object), subj
            (subject of an active verb), or a preposition; with "+ing" behind it only a verb ("close to attacking"),
            with "+try" only a noun of kind possibility ("failed in their attempt").
        if_so: The effect where the governor itself holds.
        if_not: The effect where it is denied.
        example: A sentence with the governor holding.
        word: The governed word in the example.
        provenance: Where the row comes from.
    """

    id: str
    kind: Kind
    lemmas: tuple[str, ...]
    pos: Literal["v", "n", "a"]
    frames: tuple[str, ...]
    if_so: Effect
    if_not: Effect
    example: str
    word: str
    provenance: str


class Modifier(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that decide about the word they hang on.

    Attributes:
        id: Name of the row.
        words: Lower-case words; phrases joined by "_" ("in_case_of").
        role: aux auxiliary, aux+have auxiliary before "have", adv adverb, adj adjective or participle before a noun,
            det determiner or negative pronoun, prep preposition before it, mark conjunction before its clause, ask
            conjunction before what is asked.
        effect: As for governors.
        example: A sentence that has it.
        word: The decided word in the example.
        provenance: Where the row comes from.
    """

    id: str
    words: tuple[str, ...]
    role: Role
    effect: Effect
    example: str
    word: str
    provenance: str


@cache
def governors() -> tuple[Governor, ...]:
    """Load every governor."""
    return rows_of("factuality/governors.tsv", Governor)


@cache
def modifiers() -> tuple[Modifier, ...]:
    """Load every modifier."""
    return rows_of("factuality/modifiers.tsv", Modifier)


@cache
def governors_by_frame() -> Mapping[tuple[str, str, str], Governor]:
    """Index governors by lemma, part of speech and frame; the first row of a key holds."""
    index: dict[tuple[str, str, str], Governor] = {}
    for row in governors():
        for lemma in row.lemmas:
            for frame in row.frames:
                index.setdefault((lemma, row.pos, frame), row)
    return MappingProxyType(index)


@cache
def modifiers_by_word() -> Mapping[tuple[str, Role], Modifier]:
    """Index modifiers by word and role."""
    return MappingProxyType({(word, row.role): row for row in modifiers() for word in row.words})


class DenialWord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words by which an accusation is turned down.

    Attributes:
        id: Name of the row.
        words: Lemmas.
        kind: "claim" a noun for what others say, "false" an adjective and "lie" a noun that call it untrue, "part" a
            noun for having had a hand in something, "deny" a verb that turns a claim down,
            "figure" a noun for a number, "wish" one for what is asked for or planned: who turns it down denies nothing.
        example: A sentence that has one.
        provenance: Where the row comes from.
    """

    id: str
    words: tuple[str, ...]
    kind: Literal["claim", "false", "lie", "part", "deny", "figure", "wish"]
    example: str
    provenance: str


@cache
def denial_words() -> Mapping[str, frozenset[str]]:
    """Load the words by which accusations are turned down, by kind."""
    return MappingProxyType({row.kind: frozenset(row.words) for row in rows_of("factuality/denials.tsv", DenialWord)})


class Contrary(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that say in other terms that a deed was not done.

    Attributes:
        id: Name of the row.
        deeds: Lemmas of verbs for the deed; verb and particle joined by "_".
        contraries: What is said to the contrary: a lemma of a verb, "not" before it where it is denied, and lemmas of
            words that stand under it.
        of: Whose doing or state it is: "thing" what the deed befell, "doer" who is blamed for it.
        example: Two sentences, the second to the contrary of the first.
        provenance: Where the row comes from.
    """

    id: str
    deeds: tuple[str, ...]
    contraries: tuple[str, ...]
    of: Literal["thing", "doer"]
    example: str
    provenance: str


@cache
def contraries() -> tuple[Contrary, ...]:
    """Load every row of contrary words."""
    return rows_of("factuality/contraries.tsv", Contrary)


@cache
def contraries_by_deed() -> Mapping[str, tuple[Contrary, ...]]:
    """Index the rows of contrary words by the lemmas of deeds."""
    lemmas = {lemma for row in contraries() for lemma in row.deeds}
    return MappingProxyType({lemma: tuple(row for row in contraries() if lemma in row.deeds) for lemma in lemmas})


class Opposite(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of which two sides use each one where they quarrel about one thing.

    Attributes:
        id: Name of the row.
        words: Lemmas.
        against: Lemmas that say the opposite of one of those, in one respect.
        example: Two sentences that cannot both be true, one with one of the words, the other with its opposite.
        provenance: Where the row comes from; "WordNet" names the antonyms there that it grew from.
    """

    id: str
    words: tuple[str, ...]
    against: tuple[str, ...]
    example: str
    provenance: str


@cache
def opposites() -> tuple[Opposite, ...]:
    """Load every row of opposite words."""
    return rows_of("factuality/opposites.tsv", Opposite)


@cache
def opposites_by_word() -> Mapping[str, frozenset[str]]:
    """Index opposite words by lemma, in both orders."""
    index: dict[str, set[str]] = {}
    for row in opposites():
        for word in row.words:
            for against in row.against:
                index.setdefault(word, set()).add(against)
                index.setdefault(against, set()).add(word)
    return MappingProxyType({word: frozenset(against) for word, against in index.items()})


class QuarrelSign(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sign that two statements contradict each other, or do not.

    Attributes:
        id: Name of the sign.
        alone: What it adds to the logarithm of the odds where two statements are looked at alone.
        together: What it adds where the other statements of the report are looked at as well.
        meaning: When it is there.
    """

    id: str
    alone: float
    together: float
    meaning: str


@cache
def quarrel_signs() -> Mapping[str, QuarrelSign]:
    """Load the signs of a quarrel by name; "always" is what holds without any."""
    return MappingProxyType({row.id: row for row in rows_of("factuality/quarrel_signs.tsv", QuarrelSign)})
