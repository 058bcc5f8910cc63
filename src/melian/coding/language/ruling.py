"""What spaCy's attribute ruler finds, asked of its matcher once for each kind of token."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc, Span

_ASKED = ("LOWER", "TAG", "DEP", "IS_SPACE")
_SETS = ("IN", "NOT_IN")

Pattern = dict[str, Any]
"""What is asked of one token."""
Match = tuple[int, int, int, int]
"""Number of the rule, hash of its name, first token, end."""


def quicken(ruler: AttributeRuler) -> None:
    """Let a ruler find its matches by kind of token; one whose rules ask for more than that is left as it is.

    A ruler turns tags to parts of speech, morphology and lemmas by some two hundred patterns, nearly all of one token,
    and tries them all on each token: a sixth of the parser's time. What a pattern of one token asks for (its tag, its
    relation, its word if it is one that a pattern names) is the same for some hundreds of kinds of token, so each kind
    is matched once and kept.
    """
    alone = [pattern[0] for _, pattern in _patterns(ruler) if len(pattern) == 1]
    if all(map(_is_plain, alone)):
        ruler.match = RulerMatches(ruler)  # type: ignore[method-assign]


class RulerMatches:
    """Gives the matches of a ruler in a document, the same that its own `match` gives.

    Args:
        ruler: A ruler whose patterns of one token ask for nothing but words, tags, relations and being a space.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        from spacy.matcher import Matcher

        self._strings = ruler.vocab.strings
        self._one, self._more = Matcher(ruler.vocab), Matcher(ruler.vocab)
        self._known: dict[tuple[int, ...], tuple[tuple[int, int], ...]] = {}
        named: set[str] = set()
        for number, pattern in _patterns(ruler):
            matcher = self._one if len(pattern) == 1 else self._more
            matcher.add(str(number), [pattern])
            named.update(*(_named(token["LOWER"]) for token in pattern if "LOWER" in token))
        self._named = np.array(sorted(self._strings.add(word) for word in named), dtype=np.uint64)

    def __call__(self, doc: Doc) -> list[Match]:
        """Find all matches, in the order of the rules."""
        asked = doc.to_array(list(_ASKED))
        asked[:, 0] *= np.isin(asked[:, 0], self._named)
        matches: list[Match] = []
        for i, kind in enumerate(map(tuple, asked.tolist())):
            rules = self._known.get(kind)
            if rules is None:
                rules = self._known[kind] = tuple(
                    (number, name) for number, name, _, _ in self._found(self._one, doc[i : i + 1])
                )
            matches += [(number, name, i, i + 1) for number, name in rules]
        matches += self._found(self._more, doc)
        matches.sort()
        return matches

    def _found(self, matcher: Matcher, words: Doc | Span) -> list[Match]:
        found = matcher(words, allow_missing=True, as_spans=False)
        return [(int(self._strings[name]), name, start, end) for name, start, end in found]


def _patterns(ruler: AttributeRuler) -> Iterator[tuple[int, list[Pattern]]]:
    rules: Iterable[Any] = ruler.patterns  # its declared type is narrower than what it gives
    for number, rule in enumerate(rules):
        for pattern in rule["patterns"]:
            yield number, pattern


def _is_plain(token: Pattern) -> bool:
    values = [value for value in token.values() if isinstance(value, dict)]
    return set(token) <= set(_ASKED) and all(set(value) <= set(_SETS) for value in values)


def _named(words: str | dict[str, Iterable[str]]) -> Iterable[str]:
    if isinstance(words, str):
        return (words,)
    return [word for key, values in words.items() if key in _SETS for word in values]
