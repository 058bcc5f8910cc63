"""What plain words do by their content: "No such meeting took place" denies, "Withdraw your soldiers" demands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from melian.knowledge.cues import deed_phrases, deed_words
from melian.records import Act

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_FIRST = frozenset({"we", "i", "it", "he", "she", "there"})
_IDLE = frozenset({"see", "know", "be", "have", "need", "remember", "wait", "say", "tell", "find", "win", "lose"})
NEGATIVE = frozenset({"no", "never", "neither", "nobody", "none", "nothing", "nowhere"})
_OWN = frozenset({"we", "i", "it", "he", "she", "they"})
_WANTING = frozenset({"want", "demand", "insist", "require"})
_JUDGING = frozenset({"acomp", "attr", "oprd"})
_SHOWING = frozenset({"show", "display", "prove"})
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
    every = {t.lower_ for piece in content for t in doc.char_span(*piece, alignment_mode="expand") or ()}
    if "unless" in every and every & _COMING:
        return "threaten"
    told = f" {' '.join(t.lower_ for t in words)} "
    by_phrase = next((row.act for row in deed_phrases() if any(f" {words} " in told for words in row.words)), None)
    if by_phrase is not None:
        return by_phrase
    announced = _announced(words, root, is_quoted=is_quoted)
    if announced is not None:
        return announced
    if _demands(words, root, phrase, is_quoted=is_quoted):
        return "demand"
    return judgement_in(words, root) or _blame(words, root)


def judgement_in(words: Sequence[Token], root: Token) -> Act | None:
    """Name what calling something so does: "an outrage" condemns, "a fabrication" denies; None where no word judges."""
    roles = _JUDGING | ({"dobj"} if root.lemma_.lower() in _SHOWING else set())
    said = [c for c in root.children if c.dep_ in roles] if root.pos_ in {"AUX", "VERB"} else [root]
    near = {t.i for head in said for t in (head, *head.children)}
    return next((act for t in words if t.i in near and (act := _deed("judged", t))), None)


def judged(token: Token) -> Act | None:
    """Name what calling something by this word does, None where the word does not judge."""
    return _deed("judged", token)


def _deed(kind: str, token: Token) -> Act | None:
    return deed_words().get((kind, token.lemma_.lower())) or deed_words().get((kind, token.lower_))


def _blame(words: Sequence[Token], root: Token) -> Act | None:
    """Tell blame by what somebody else is said to have done or to be doing, not by what may be or is not."""
    subject = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or subject.lower_ in _FIRST or any(c.dep_ == "neg" for c in root.children):
        return None
    if any(c.dep_ == "aux" and c.tag_ == "MD" for c in root.children):
        return None
    return _deed("wrong", root) if root.i in {t.i for t in words} else None


def _announced(words: Sequence[Token], root: Token, *, is_quoted: bool) -> Act | None:
    """Tell threats and promises by what the speaker says that he will do, or that will befall whom he speaks to."""
    lows = [t.lower_ for t in words]
    is_coming = any(low in {"will", "shall", "'ll", "’ll"} for low in lows)
    harm = next((act for t in words if (act := _deed("harm", t))), None)
    if is_coming and harm and ("if" in lows or "or" in lows or "you" in lows):
        return harm
    subject = next((c for c in root.children if c.dep_ == "nsubj"), None)
    if not is_quoted or subject is None or subject.lower_ not in {"we", "i"} or "if" in lows:
        return None
    own_will = any(c.dep_ == "aux" and c.lower_ in {"will", "shall", "'ll", "’ll"} for c in root.children)
    negated = any(c.dep_ == "neg" for c in root.children)
    return "promise" if own_will and not negated and not harm and root.lemma_.lower() not in _IDLE else None


def _goes_on_obliging(doc: Doc, piece: tuple[int, int], first: Token) -> bool:
    """Tell whether a second piece obliges whom the first names: "Madrid", said the minister, "must return it"."""
    phrase = doc.char_span(*piece, alignment_mode="expand")
    return phrase is not None and len(phrase) > 0 and phrase[0].lower_ in _OBLIGING and first.lower_ not in _OWN


def _refutes(words: list[Token], root: Token, *, is_quoted: bool) -> bool:
    lows = [t.lower_ for t in words]
    if "nothing to do with" in " ".join(lows):
        return True
    if root.lemma_ == "be" and judgement_in(words, root) == "deny":
        return True
    is_past = root.tag_ in {"VBD", "VBN"} or any(c.dep_ == "aux" and c.tag_ == "VBD" for c in root.children)
    return is_quoted and lows[0] in NEGATIVE and (is_past or len(words) <= 6)


def _demands(words: list[Token], root: Token, phrase: Span, *, is_quoted: bool) -> bool:
    subject = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if is_quoted and words[0].tag_ == "VB" and words[0].i == root.i and subject is None:
        return True
    if subject is not None and root.lemma_ in _WANTING and subject.lower_ == "we":
        return True
    obliged = any(c.dep_ == "aux" and c.lower_ in _OBLIGING for c in root.children)
    return obliged and subject is not None and subject.i >= phrase.start and subject.lower_ not in _OWN
