"""From what the heads see to tellings: triggers as tokens, and the actors that the words of each side lead to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.actors.scene import LOCATIVE
from melian.coding.events.arguments import is_passive, joined, objects, subjects
from melian.coding.events.charges import is_only_charged
from melian.coding.events.clauses import is_agent_elsewhere, of_same_clause
from melian.coding.events.frames import frame_of
from melian.coding.events.heads import EventHeads, FoundEvent
from melian.coding.events.merging import MARGINS, RECIPROCAL
from melian.coding.events.own.heads import triggers_of
from melian.coding.events.told import Parties, Told
from melian.coding.events.unnamed import Around, is_deed, is_kind_of_deed, known_again, party_of
from melian.records import Actor, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

    from melian.coding.encoder.activations import Floats
    from melian.coding.encoder.transformer import Encoded
    from melian.coding.events.own.trained import Trained

RULE = "event heads"
OWN_RULE = "heads of an own ontology"
_COUNTING = frozenset({"put", "estimate", "place"})
_PART = 0.5
"""Probability from which a word belongs to a side of an event."""
_FAINT = 0.4
"""The same where no word reaches it: rather the likeliest words than none, but for where it only happens."""
_HINT = 0.1
"""From which a verb's own subject or object goes before words that the heads hold for the side."""
_WHERE = LOCATIVE | {"through"}
_FROM_WHERE = _WHERE | {"off", "out"}
_EDGES = frozenset({"DET", "ADJ", "NUM", "PART", "ADV"})
_NO_WORDS = frozenset({"n't", "n’t"})
_BEFORE = frozenset({"compound", "nmod", "nummod"})
_CLAUSES = frozenset({"VERB", "AUX"})
_COUNTED = frozenset({"dead", "death", "casualty", "fatality", "toll"})
"""Words for those who are counted; who stands outside their phrase counts them: "the ministry put the dead at six"."""
_TELLING = frozenset({"VERB", "NOUN", "ADJ"})
_TOWARDS = ("to", "with")
"""What stands before the other side of trade, after its object: "sold power to", "swapped land with"."""
_BESIDE = frozenset({"since", "after", "following", "until", "during", "aboard"})
"""What words stand behind that only say when, by another event, or on board of what."""
_SOURCE, _TARGET = 1, 2
_MODIFYING = frozenset({"poss", "amod", "compound", "nmod", "det", "case", "nummod", "punct", "prep", "pobj", "appos"})


def tellings_found(
    doc: Doc,
    encoded: Sequence[Encoded],
    sentences: Sequence[Phrase],
    coded: Sequence[bool],
    parties: Parties,
    near: Around,
    heads: EventHeads,
    chances: Sequence[Floats],
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
        heads: Those for PLOVER.
        chances: For each window how likely these hold each word to be a trigger of each type.
        own: The user's own ontology, whose heads find the triggers in place of those for PLOVER.
    """
    text = doc.text
    starts = [token.idx for token in doc]
    firsts = [sentence.start for sentence in sentences]
    begins = [sentence.start_char for sentence in sentences]
    tellings: list[Told] = []
    made: dict[str, Actor] = {}
    named = _words_of_names(parties)
    for one, likely in zip(encoded, chances, strict=True):
        places = [start for start, _ in one.window.spans]
        for event in heads.find(one, likely) if own is None else _own_events(one, heads, own, text, begins):
            span = doc[bisect_right(starts, event.trigger[0]) - 1 : bisect_left(starts, event.trigger[1])]
            number = bisect_right(firsts, span.start) - 1
            if not len(span) or number < 0 or not coded[number] or not _can_tell(span.root):
                continue
            sides: list[tuple[str, ...]] = []
            within = _in_same_words(sentences[number], event.trigger[0], parties)
            for part in (_SOURCE, _TARGET):
                chosen = _words_of_side(within, sentences[number], span.root, places, event, part)
                if part == _SOURCE and event.type not in RECIPROCAL:
                    chosen = [t for t in _but_for_patient(chosen, span.root) if not _is_goal(t, span.root)]
                    chosen = [t for t in chosen if not _is_scene(t, span.root, parties)]
                    if span.root.lemma_.lower() in _COUNTED:
                        chosen = [t for t in chosen if span.root.is_ancestor(t)]
                chosen = [t for t in chosen if not is_only_charged(t, span.root) and not _is_witness(t, span.root)]
                chosen = [t for t in chosen if not is_agent_elsewhere(t, span.root)]
                chosen = _but_for_setting(of_same_clause(chosen, span.root), span.root, parties)
                ids = _by_grammar(span.root, places, event, part, parties, named=True) or _actors(chosen, parties)
                ids = ids or _by_grammar(span.root, places, event, part, parties)
                others = ids if part == _SOURCE else tuple(i for i in ids if i not in sides[0])
                # "Oslo asked that they leave" is no wish of Oslo's about itself.
                is_mistaken = bool(ids) and not others
                ids = others
                if is_mistaken and _is_own(chosen, sides[0], parties):
                    chosen = []
                if all(t.pos_ == "PRON" and _chance(t, places, event, part) < _PART for t in chosen):
                    chosen = []
                if part == _SOURCE and not ids:
                    chosen = [t for t in chosen if not is_kind_of_deed(t, span.root)]
                new = None if ids else party_of(doc, [t for t in chosen if t.i not in named], number, near)
                if new is not None and is_mistaken and new.country is None:
                    new = None
                if new is not None:
                    new = known_again(new, made)
                    made[new.id] = new
                    ids = (new.id,)
                sides.append(ids)
            sources, targets = sides
            tellings.append(
                Told(
                    event.type, event.modes, (), span.root, span.end, sources, targets, number,
                    OWN_RULE if event.own else RULE, (), 2, round(event.sureness, 3), event.own, True, event.likely,
                )
            )  # fmt: skip
    return tellings, tuple(made.values())


def weigh(
    tellings: Sequence[Told], encoded: Sequence[Encoded], heads: EventHeads, chances: Sequence[Floats]
) -> list[Told]:
    """Give tellings with how sure the heads are of them; as they are where no window holds them.

    Args:
        tellings: In the order of their sentences.
        encoded: The windows of the text.
        heads: Those for PLOVER.
        chances: For each window how likely these hold each word to be a trigger of each type.
    """
    sure: dict[int, tuple[float, float]] = {}
    windows = [(one, likely) for one, likely in zip(encoded, chances, strict=True) if one.window.spans]
    begins = [one.window.spans[0][0] for one, _ in windows]
    held: list[list[tuple[int, tuple[Span, str]]]] = [[] for _ in begins]
    for number, told in enumerate(tellings):
        window = bisect_right(begins, told.trigger.idx) - 1
        if window >= 0:
            last = told.trigger.doc[told.end - 1]
            held[window].append((number, ((told.trigger.idx, last.idx + len(last)), told.type)))
    for (one, likely), own in zip(windows, held, strict=True):
        numbers, triggers = [number for number, _ in own], [trigger for _, trigger in own]
        sure.update(zip(numbers, heads.sureness(one, likely, triggers), strict=True))
    return [_sure(told, *sure[number]) if number in sure else told for number, told in enumerate(tellings)]


def _sure(told: Told, sureness: float, seen: float) -> Told:
    return replace(told, sureness=told.sureness if told.by_heads else round(sureness, 3), seen=round(seen, 3))


def _words_of_names(parties: Parties) -> frozenset[int]:
    """Give the words of all names of actors: a part of a name is nobody else."""
    known = (n for n in parties.namings.values() if n.actor and not parties.actors[n.actor].unnamed)
    return frozenset(i for naming in known for i in range(naming.start, naming.end))


def _can_tell(token: Token) -> bool:
    """Tell whether a word can tell an event: no name, unless the parser takes a common word for one, mark or "n't"."""
    if token.lower_ in _NO_WORDS or not any(letter.isalpha() for letter in token.text):
        return False
    return token.pos_ in _TELLING or (token.pos_ == "PROPN" and token.is_lower)


def _own_events(
    encoded: Encoded, heads: EventHeads, own: Trained, text: str, begins: Sequence[int]
) -> Iterator[FoundEvent]:
    """Yield the events of a window by an own ontology."""
    return heads.complete(encoded, list(triggers_of(own, encoded, text, begins)))


def _in_same_words(sentence: Phrase, trigger: int, parties: Parties) -> list[Token]:
    """Give the tokens of a sentence in the same statement's content as a trigger; all where it stands in none."""
    statement = parties.contents.innermost(trigger)
    if statement is None:
        return list(sentence)
    return [t for t in sentence if any(start <= t.idx < end for start, end in statement.content)]


def _words_of_side(
    within: Sequence[Token], sentence: Phrase, trigger: Token, places: Sequence[int], event: FoundEvent, part: int
) -> list[Token]:
    """Give the words of one side of an event: of the same statement, else of the sentence, else fainter ones."""
    above = {trigger.i, *(t.i for t in trigger.ancestors)}
    for least, words in ((_PART, within), (_PART, sentence), (_FAINT, within)):
        likely = (t for t in words if _chance(t, places, event, part) >= least)
        chosen = [t for t in likely if not _is_beside(t, above)]
        if least == _FAINT:
            chosen = [t for t in chosen if not (t.dep_ == "pobj" and t.head.lower_ in _WHERE)]
        if chosen:
            parts = (t for t in chosen if t.pos_ in _EDGES or (t.dep_ in _BEFORE and t.head.i > t.i))
            heads = {t.head for t in parts if t.head.i not in above and not _is_no_name(t.head)}
            heads = {head for head in heads if _is_likelier(head, places, event, part)}
            return sorted({*chosen, *heads}, key=lambda t: t.i)
    return []


def _is_no_name(token: Token) -> bool:
    return token.pos_ in _CLAUSES or is_deed(token)


def _but_for_patient(chosen: Sequence[Token], trigger: Token) -> list[Token]:
    """Leave out of a source the words for whom something is done to, by nobody named: "they were held", "the held men".

    Args:
        chosen: Words of a source.
        trigger: What tells the event.
    """
    if trigger.tag_ != "VBN" or not is_passive(trigger):
        return list(chosen)
    if any(child.dep_ in {"agent", "nsubj"} for child in trigger.children):
        return list(chosen)  # A participle with a subject of its own is none: the parser erred.
    if trigger.dep_ == "amod":
        return []
    done_to = {t.i for child in trigger.children if child.dep_ == "nsubjpass" for t in child.subtree}
    return [t for t in chosen if t.i not in done_to]


def _but_for_setting(chosen: Sequence[Token], trigger: Token, parties: Parties) -> list[Token]:
    """Leave out of a side what only says where, where it names somebody as well: "pulled two deserters off a bus"."""

    def is_where(token: Token) -> bool:
        chain = takewhile(lambda node: node.i != trigger.i, (token, *token.ancestors))
        return any(node.dep_ == "prep" and node.lower_ in _FROM_WHERE and node.head == trigger for node in chain)

    inner = [token for token in chosen if not is_where(token)]
    return inner if any(parties.naming(token) is not None for token in inner) else list(chosen)


def _is_own(chosen: Sequence[Token], sources: Sequence[str], parties: Parties) -> bool:
    """Tell whether words say that something is the source's own: "recalled its ambassador"."""
    owners = (t for t in chosen if t.dep_ == "poss")
    return any(set(parties.ids(owner)) & set(sources) for owner in owners)


def _is_scene(token: Token, trigger: Token, parties: Parties) -> bool:
    """Tell whether a word before a noun only says where it was: "the Liverpool bomb attack"."""
    return token.dep_ == "compound" and token.head == trigger and token.idx in parties.places


def _is_witness(token: Token, trigger: Token) -> bool:
    """Tell whether a word only says who tells it: "the meeting, which lasted an hour according to an official".

    So is who counts: "the ministry puts the dead at two".
    """
    verb = token.head
    if token.dep_ == "nsubj" and trigger.dep_ == "dobj" and trigger.head == verb and verb.lemma_ in _COUNTING:
        return any(child.dep_ == "prep" and child.lower_ == "at" for child in verb.rights)
    chain = takewhile(lambda node: node.i != trigger.i, (token, *token.ancestors))
    return any(node.lower_ == "according" for node in chain)


def _is_goal(token: Token, trigger: Token) -> bool:
    """Tell whether a word stands behind a verb's "to", and so is nobody who did it: "was flown to Mexico"."""
    chain = takewhile(lambda node: node.i != trigger.i, (token, *token.ancestors))
    return any(node.dep_ in {"prep", "dative"} and node.lower_ == "to" and node.head == trigger for node in chain)


def _is_beside(token: Token, above: set[int]) -> bool:
    """Tell whether a word only says since when, after what, or aboard what: "talks, the first since Chile's seizure".

    Args:
        token: The word.
        above: Places of the word that tells the event and of all that govern it.
    """
    chain = takewhile(lambda node: node.i not in above, (token, *token.ancestors))
    return any((node.dep_ == "prep" and node.lower_ in _BESIDE) or node.lower_ in MARGINS for node in chain)


def _by_grammar(
    trigger: Token, places: Sequence[int], event: FoundEvent, part: int, parties: Parties, *, named: bool = False
) -> tuple[str, ...]:
    """Give whom a verb's own subjects, objects or phrases lead to, where the heads hold them for that side sooner.

    Args:
        trigger: The verb.
        places: Where the words of the window begin.
        event: What the heads see.
        part: The side.
        parties: The actors of the report.
        named: Only those that are actors themselves, not what only names its owner: "closed its border to them".
    """
    if trigger.pos_ != "VERB":
        return ()
    preps = frame_of(trigger).preps if part == _TARGET and event.type == "COOPERATE" else {}
    towards = [t for word in _TOWARDS for t in preps.get(word, ())]
    for own in (subjects(trigger) if part == _SOURCE else objects(trigger), towards):
        likelier = [t for t in own if _is_likelier(t, places, event, part)]
        if named and any(_chance(t, places, event, part) < _HINT for t in likelier):
            continue
        if named and not all(parties.naming(t) for t in likelier):
            continue
        ids = tuple(dict.fromkeys(i for t in joined(likelier) for i in parties.ids(t)))
        if ids:
            return ids
    return ()


def _is_likelier(token: Token, places: Sequence[int], event: FoundEvent, part: int) -> bool:
    """Tell whether a word is of one side of an event sooner than of the other."""
    return _chance(token, places, event, part) > _chance(token, places, event, _SOURCE + _TARGET - part)


def _chance(token: Token, places: Sequence[int], event: FoundEvent, part: int) -> float:
    """Give how likely the word in which a token begins is to be a part of an event."""
    k = bisect_right(places, token.idx) - 1
    return float(event.parts[k][part]) if k >= 0 else 0.0


def _actors(chosen: Sequence[Token], parties: Parties) -> tuple[str, ...]:
    """Give the actors that words lead to: those of the words that no other of them governs, and of what is joined."""
    numbers = {t.i for t in chosen}
    within = {i for t in chosen if (n := parties.naming(t)) is not None for i in range(n.start, n.end) if i != n.head}
    found: list[str] = []
    for token in chosen:
        if token.i in within:
            continue
        if _is_of_owned(token, numbers):
            continue
        governed = token.head.i in numbers and token.head.i != token.i and token.dep_ in _MODIFYING
        if governed and not (token.dep_ == "appos" and not found):
            continue
        ids = parties.ids(token.head if token.dep_ == "poss" and parties.naming(token.head) else token)
        if not ids and token.dep_ in {"poss", "amod", "compound", "nmod"}:
            continue
        found += ids
    if not found:
        found = [i for token in chosen for i in parties.ids(token)][:1]
    return tuple(dict.fromkeys(found))


def _is_of_owned(token: Token, numbers: set[int]) -> bool:
    """Tell whether a word only says of what something is that another of them owns: "Oslo's membership of the pact"."""
    if token.dep_ != "pobj" or token.head.lower_ != "of" or token.head.head.i in numbers:
        return False
    return any(child.dep_ == "poss" and child.i in numbers for child in token.head.head.children)
