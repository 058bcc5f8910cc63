"""From what the heads see to tellings: triggers as tokens, and the actors that the words of each side lead to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from melian.coding.events.heads import FoundEvent, event_heads
from melian.coding.events.own.heads import triggers_of
from melian.coding.events.told import Parties, Told
from melian.coding.events.unnamed import Around, known_again, party_of
from melian.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

    from melian.coding.encoder.transformer import Encoded
    from melian.coding.events.own.trained import Trained

RULE = "event heads"
OWN_RULE = "heads of an own ontology"
_PART = 0.5
_TELLING = frozenset({"VERB", "NOUN", "PROPN", "ADJ"})
_SOURCE, _TARGET = 1, 2
_MODIFYING = frozenset({"poss", "amod", "compound", "nmod", "det", "case", "nummod", "punct", "prep", "pobj", "appos"})


def tellings_found(
    doc: Doc,
    encoded: Sequence[Encoded],
    sentences: Sequence[Phrase],
    coded: Sequence[bool],
    parties: Parties,
    near: Around,
    own: Trained | None = None,
) -> tuple[list[Told], tuple[Actor, ...]]:
    """Give the tellings that the heads find in sentences that are coded, in order, and the parties new with them.

    Args:
        doc: The parse.
        encoded: The windows of the text.
        sentences: Of the parse, in order.
        coded: For each sentence, whether it is coded.
        parties: The actors of the report.
        near: What tells the country of a party that is none of them.
        own: The user's own ontology, whose heads find the triggers in place of those for PLOVER.
    """
    starts = [token.idx for token in doc]
    firsts = [sentence.start for sentence in sentences]
    begins = [sentence.start_char for sentence in sentences]
    tellings: list[Told] = []
    made: dict[str, Actor] = {}
    for one in encoded:
        places = [start for start, _ in one.window.spans]
        for event in _events(one, own, doc.text, begins):
            span = doc[bisect_right(starts, event.trigger[0]) - 1 : bisect_left(starts, event.trigger[1])]
            number = bisect_right(firsts, span.start) - 1
            if not len(span) or number < 0 or not coded[number] or span.root.pos_ not in _TELLING:
                continue
            sides = []
            within = _in_same_words(sentences[number], event.trigger[0], parties)
            for part in (_SOURCE, _TARGET):
                chosen = [t for t in within if _chance(t, places, event, part) >= _PART]
                ids = _actors(chosen, parties)
                new = party_of(doc, chosen, number, near) if chosen and not ids else None
                if new is not None:
                    new = known_again(new, made)
                    made[new.id] = new
                    ids = (new.id,)
                sides.append(ids)
            sources = sides[0]
            targets = tuple(i for i in sides[1] if i not in sources)
            tellings.append(
                Told(
                    event.type, event.modes, (), span.root, span.end, sources, targets, number,
                    OWN_RULE if event.own else RULE, (), 2, round(event.sureness, 3), event.own,
                )
            )  # fmt: skip
    return tellings, tuple(made.values())


def _events(encoded: Encoded, own: Trained | None, text: str, begins: Sequence[int]) -> Iterator[FoundEvent]:
    """Yield the events of a window by PLOVER, or by an own ontology."""
    if own is None:
        return event_heads().find(encoded)
    return event_heads().complete(encoded, list(triggers_of(own, encoded, text, begins)))


def _in_same_words(sentence: Phrase, trigger: int, parties: Parties) -> list[Token]:
    """Give the tokens of a sentence in the same statement's content as a trigger; all where it stands in none."""
    statement = parties.contents.innermost(trigger)
    if statement is None:
        return list(sentence)
    return [t for t in sentence if any(start <= t.idx < end for start, end in statement.content)]


def _chance(token: Token, places: Sequence[int], event: FoundEvent, part: int) -> float:
    """Give how likely the word in which a token begins is to be a part of an event."""
    k = bisect_right(places, token.idx) - 1
    return float(event.parts[k][part]) if k >= 0 else 0.0


def _actors(chosen: Sequence[Token], parties: Parties) -> tuple[str, ...]:
    """Give the actors that words lead to: those of the words that no other of them governs, and of what is joined."""
    numbers = {t.i for t in chosen}
    found: list[str] = []
    for token in chosen:
        governed = token.head.i in numbers and token.head.i != token.i and token.dep_ in _MODIFYING
        if governed and not (token.dep_ == "appos" and not found):
            continue
        ids = parties.ids(token)
        if not ids and token.dep_ in {"poss", "amod", "compound", "nmod"}:
            continue
        found += ids
    if not found:
        found = [i for token in chosen for i in parties.ids(token)][:1]
    return tuple(dict.fromkeys(found))
