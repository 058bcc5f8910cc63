"""Cue words: verbs, nouns and phrases that attribute, and what they say about their content."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

import msgspec

from melian.knowledge.table import rows_of
from melian.records import Act

Frame = Literal[
    "that",
    "to",
    "ing",
    "np",
    "quote",
    "wh",
    "of",
    "for",
    "on",
    "about",
    "against",
    "with",
    "as",
    "over",
    "by",
    "in",
    "at",
    "from",
    "to-np",
    "figure",
]
Commitment = Literal[
    "asserts", "confirms", "denies", "doubts", "suggests", "neutral", "wants", "promises", "asks", "feels", "learns"
]


PLACE_OF_SPEAKER = "…"
"""Stands in a fixed phrase where the speaker is named."""


class CueWord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One word that attributes.

    Attributes:
        id: Lemma and part of speech, such as "deny.v".
        lemma: Lemma, lower case; several words for a fixed phrase ("according to"), with "…" where the speaker stands
            inside it ("as far as … is concerned") and "/" between words that may stand for each other.
        pos: v verb, n noun, p preposition or adverbial phrase, a adjective.
        frames: How the content stands: "that" a clause, "to" an infinitive, "ing" a gerund clause, "np" the object,
            "quote" only quoted words, "wh" an indirect question, "figure" a number that is given ("put it at 14"), else
            a preposition before the content.
        act: What the speaker does by it.
        commitment: What the speaker says about the content's truth.
        certainty: How sure he presents it.
        is_strong: Attributes wherever it has a speaker and content; a weak cue does so only with a speaker that is an
            actor.
        rebuts: With a negated content it is a denial ("insists that no troops were sent").
        example: A sentence that has it as a cue.
        content: The content of the example.
        provenance: Where the row comes from.
    """

    id: str
    lemma: str
    pos: Literal["v", "n", "p", "a"]
    frames: tuple[Frame, ...]
    act: Act
    commitment: Commitment
    certainty: Literal["certain", "probable", "possible"] = "certain"
    is_strong: bool = True
    rebuts: bool = False
    example: str
    content: str
    provenance: str

    @property
    def is_formula(self) -> bool:
        """Tell whether it is a fixed phrase with a gap or with words that may stand for each other."""
        return self.pos == "p" and (PLACE_OF_SPEAKER in self.lemma or "/" in self.lemma)


@cache
def cue_words() -> tuple[CueWord, ...]:
    """Load every cue word."""
    return rows_of("cues/cues.tsv", CueWord)


class DeedWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of content by which a speaker does something, whatever the cue.

    Attributes:
        id: Short name.
        kind: How the words stand: "judged" what something is said to be, "wrong" what somebody is said to do, "harm"
            what is announced, "phrase" as they are.
        act: What he does by them.
        words: Lemmas; of phrases the words, marks left out.
        example: A sentence.
        provenance: Whose choice it is.
    """

    id: str
    kind: Literal["judged", "wrong", "harm", "phrase"]
    act: Act
    words: tuple[str, ...]
    example: str
    provenance: str


@cache
def deed_rows() -> tuple[DeedWords, ...]:
    """Load the words of content by which speakers do something."""
    return rows_of("cues/deeds.tsv", DeedWords)


@cache
def deed_words() -> Mapping[tuple[str, str], Act]:
    """Index words of content by kind and lemma."""
    return MappingProxyType({(row.kind, word): row.act for row in deed_rows() for word in row.words})


@cache
def deed_phrases() -> tuple[DeedWords, ...]:
    """Give the rows whose words do something as they stand."""
    return tuple(row for row in deed_rows() if row.kind == "phrase")


@cache
def cues_by_lemma() -> Mapping[tuple[str, str], CueWord]:
    """Index cue words by lemma and part of speech."""
    return MappingProxyType({(cue.lemma, cue.pos): cue for cue in cue_words()})


@cache
def verbs_by_form() -> Mapping[str, CueWord]:
    """Index verbs by their regular forms, for words whose lemma a lemmatiser misses ("hoped" is no form of "hop")."""
    forms: dict[str, CueWord] = {}
    for cue in cue_words():
        if cue.pos == "v" and cue.lemma.isalpha():
            for form in _regular_forms(cue.lemma):
                forms.setdefault(form, cue)
    return MappingProxyType(forms)


def _regular_forms(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeou":
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    plural = f"{verb}es" if verb.endswith(("s", "x", "sh", "ch")) else f"{verb}s"
    doubled = f"{verb}{verb[-1]}"
    return plural, f"{verb}ed", f"{verb}ing", f"{doubled}ed", f"{doubled}ing"


def find_verb(lemma: str, form: str) -> CueWord | None:
    """Find a verb that attributes by its lemma, or else by its form; both lower case."""
    found = cues_by_lemma().get((lemma, "v"))
    return found if found is not None else verbs_by_form().get(form)


@cache
def phrases_by_first_word() -> Mapping[str, tuple[tuple[tuple[str, ...], CueWord], ...]]:
    """Index fixed phrases and attributing adverbs (pos p and a) by their first word, longer ones first."""
    found: dict[str, list[tuple[tuple[str, ...], CueWord]]] = {}
    for cue in cue_words():
        if cue.pos in {"p", "a"} and cue.lemma != ":" and not cue.is_formula:
            words = tuple(cue.lemma.split())
            found.setdefault(words[0], []).append((words, cue))
    return MappingProxyType(
        {first: tuple(sorted(rows, key=lambda pair: -len(pair[0]))) for first, rows in found.items()}
    )
