"""What plain words do by their content: "No such meeting took place" denies, "Withdraw your soldiers" demands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.records import Act

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_REFUTING = frozenset({"untrue", "fabrication", "invention", "falsehood", "nonsense", "lie", "slander"})
_NEGATIVE = frozenset({"no", "never", "neither", "nobody", "none"})
_OWN = frozenset({"we", "i", "it", "he", "she", "they"})
_WANTING = frozenset({"want", "demand", "insist", "require"})
_OBLIGING = frozenset({"must", "should"})
_COMING = frozenset({"will", "would", "shall", "'ll", "’ll"})


def act_of_content(doc: Doc, content: tuple[tuple[int, int], ...], *, is_quoted: bool) -> Act | None:
    """Name what content does by itself; None where it does no more than state.

    Args:
        doc: The parse.
        content: Pieces of what is said, in code points.
        is_quoted: It is quoted, so that an imperative is the speaker's.
    """
    phrase = doc.char_span(*content[0], alignment_mode="expand") if content else None
    if phrase is None or not len(phrase):
        return None
    words = [t for t in phrase if t.text[:1].isalnum()]
    if not words:
        return None
    root = phrase.root
    if _refutes(words, root, is_quoted=is_quoted):
        return "deny"
    if len(content) > 1 and _goes_on_obliging(doc, content[1], words[0]):
        return "demand"
    if any(t.lower_ == "unless" for t in words) and any(t.lower_ in _COMING for t in words):
        return "threaten"
    if _demands(words, root, phrase, is_quoted=is_quoted):
        return "demand"
    return None


def _goes_on_obliging(doc: Doc, piece: tuple[int, int], first: Token) -> bool:
    """Tell whether a second piece obliges whom the first names: "Madrid", said the minister, "must return it"."""
    phrase = doc.char_span(*piece, alignment_mode="expand")
    return phrase is not None and len(phrase) > 0 and phrase[0].lower_ in _OBLIGING and first.lower_ not in _OWN


def _refutes(words: list[Token], root: Token, *, is_quoted: bool) -> bool:
    lows = [t.lower_ for t in words]
    if "nothing to do with" in " ".join(lows):
        return True
    if root.lemma_ == "be" and any(c.dep_ in {"acomp", "attr"} and c.lemma_ in _REFUTING for c in root.children):
        return True
    is_past = root.tag_ in {"VBD", "VBN"} or any(c.dep_ == "aux" and c.tag_ == "VBD" for c in root.children)
    return is_quoted and lows[0] in _NEGATIVE and (is_past or len(words) <= 6)


def _demands(words: list[Token], root: Token, phrase: Span, *, is_quoted: bool) -> bool:
    subject = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if is_quoted and words[0].tag_ == "VB" and words[0].i == root.i and subject is None:
        return True
    if subject is not None and root.lemma_ in _WANTING and subject.lower_ == "we":
        return True
    obliged = any(c.dep_ == "aux" and c.lower_ in _OBLIGING for c in root.children)
    return obliged and subject is not None and subject.i >= phrase.start and subject.lower_ not in _OWN
