"""Triggers of events with their parties, one sentence at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from melian.coding.draft import Naming
from melian.coding.events.arguments import joined
from melian.coding.events.frames import Frame, frame_of
from melian.coding.events.lexicon import Entry, Surroundings, best_entry, entries_for
from melian.coding.events.told import NOTHING, Parties, Told
from melian.knowledge.ontology import word_classes

if TYPE_CHECKING:
    from spacy.tokens import Span as Phrase
    from spacy.tokens import Token

_WANTING = frozenset({"REQUEST", "AGREE", "THREATEN", "REJECT"})
_CIRCUMSTANCE = frozenset("after since before during in at on following by amid over despite as under".split())
_TOWARDS = ("with", "to", "for", "on", "against", "in", "into", "from", "between")


def tellings(sentence: Phrase, number: int, parties: Parties) -> Iterator[Told]:
    """Find every telling of an event in a sentence, at most one a trigger, and words that only look like one.

    The latter have NOTHING for their type: "sued for peace", "the runner claimed a medal".

    A noun that its governing verb has used up ("held talks") tells nothing again.
    """
    around = parties.around()
    used: set[int] = set()
    asked: list[Token] = []
    for token in _in_order(sentence):
        if token.i in used or _is_asked(token, asked):
            continue
        rows = entries_for(token)
        if not rows:
            continue
        frame = frame_of(token)
        entry = _entry_of(rows, frame, around)
        if entry is None:
            continue
        used.update(_used_up(entry, frame, token))
        if entry.row.type == NOTHING:
            yield Told(
                NOTHING, (), (), token, token.i + 1, (), (), number, "event lexicon", (f"words:{entry.row.id}",), 0
            )
            continue
        if entry.row.type in _WANTING:
            asked.append(token)
        sources, targets = _parties_of(entry, frame, token, parties)
        for noun in frame.obj if not (sources and targets) else ():
            # "repeated X's call to Y": what the verb does not say, its object does.
            inner = frame_of(noun) if noun.i in used and noun.i != token.i else None
            named = _entry_of(entries_for(noun), inner, around) if inner is not None else None
            if inner is not None and named is not None and named.row.type == entry.row.type:
                more_sources, more_targets = _parties_of(named, inner, noun, parties)
                sources = sources or tuple(i for i in more_sources if i not in targets)
                targets = targets or tuple(i for i in more_targets if i not in sources)
        row = entry.row
        yield Told(
            row.type, row.modes, row.contexts, token, _end(entry, token), sources, targets, number,
            "event lexicon", (f"words:{row.id}",), len(row.needs),
        )  # fmt: skip


def _entry_of(rows: Sequence[Entry], frame: Frame, around: Surroundings) -> Entry | None:
    """Find the row that fits best; a row with a particle may take its phrase for the object."""
    entry = best_entry(rows, frame, around)
    if entry is None and frame.held and not frame.obj:
        frame.obj = frame.held
        entry = best_entry([e for e in rows if any(n.kind == "prt" for n in e.needs)], frame, around)
        if entry is None:
            frame.obj = []
    return entry


def _parties_of(entry: Entry, frame: Frame, token: Token, parties: Parties) -> tuple[tuple[str, ...], tuple[str, ...]]:
    sources = _fill(entry.row.source, frame, token, parties)
    return sources, _fill(entry.row.target, frame, token, parties, without=sources)


def _is_asked(token: Token, asked: Sequence[Token]) -> bool:
    """Tell whether a trigger is only what a demand, promise, threat or refusal is about: their mode, no event."""
    for verb in asked:
        if not verb.is_ancestor(token):
            continue
        step = token
        while step.head.i != verb.i and step.head.i != step.i:
            if step.dep_ in {"relcl", "advcl", "acl"} or step.lower_ in {
                "after",
                "since",
                "before",
                "following",
                "over",
                "because",
            }:
                return False
            step = step.head
        return step.dep_ in {"dobj", "xcomp", "ccomp", "prep", "nsubjpass", "acl"} and step.lower_ not in _CIRCUMSTANCE
    return False


def _in_order(sentence: Phrase) -> list[Token]:
    """Order tokens so that verbs come before the nouns they govern."""
    verbs = [t for t in sentence if t.pos_ in {"VERB", "AUX"}]
    return verbs + [t for t in sentence if t.pos_ in {"NOUN", "PROPN", "ADJ"}]


def _used_up(entry: Entry, frame: Frame, trigger: Token) -> Iterator[int]:
    for need in entry.needs:
        if need.kind == "obj":
            for noun in frame.obj:
                if noun.head == trigger or entry.row.type == NOTHING:
                    yield noun.i
        elif need.kind == "subj" and any(not w.startswith("@") for w in need.words):
            yield from (noun.i for noun in frame.subj if noun.lemma_.lower() in _event_nouns())
        elif need.kind == "mod":
            yield from (m.i for m in frame.mods)
        elif need.kind == "prep" and need.words:
            for prep in need.preps:
                yield from (n.i for n in frame.preps.get(prep, ()) if n.lemma_.lower() in _event_nouns())


def _event_nouns() -> frozenset[str]:
    return word_classes()["meeting"] | word_classes()["deal"] | word_classes()["attacks"]


def _end(entry: Entry, trigger: Token) -> int:
    wanted = {word for need in entry.needs if need.kind == "prt" for word in need.words}
    beside = trigger.i + 1
    if wanted and beside < len(trigger.doc) and trigger.doc[beside].lower_ in wanted:
        return beside + 1
    return trigger.i + 1


def _fill(
    slots: Sequence[str], frame: Frame, trigger: Token, parties: Parties, without: Sequence[str] = ()
) -> tuple[str, ...]:
    """Fill a side from the first cell of slots whose every slot is filled, else from the fullest."""
    best: list[list[str]] = []
    for cell in slots:
        named = [_actors_in(slot, frame, trigger, parties) for slot in cell.split("+")]
        found = [kept for ids in named if (kept := [i for i in ids if i not in without])]
        if len(found) > len(best):
            best = found
        if found and len(found) == len(named):
            break
    return tuple(dict.fromkeys(i for ids in best for i in ids))


def _actors_in(slot: str, frame: Frame, trigger: Token, parties: Parties) -> list[str]:
    if slot == "speaker":
        speaker = parties.speaker_at(trigger.idx)
        return [speaker] if speaker else []
    first, *steps = slot.split(".")
    tokens = frame.comp if first == "comp" and steps else _tokens_in(first, frame, trigger, parties)
    for step in steps:
        tokens = [t for token in tokens for t in _tokens_in(step, frame_of(token), token, parties)]
    if "adj" not in (first, *steps):
        return [i for token in joined(tokens) for i in parties.ids(token)]
    named = [i for t in tokens if t.i in parties.namings for i in _named(parties.namings[t.i])]
    if named or not any(t.text[0].isupper() for t in tokens):
        return named
    # "the Omani convoy" may be an actor itself, and its adjective none beside it.
    return [i for noun in {t.head for t in tokens} if noun.i in parties.namings for i in parties.ids(noun)]


def _in_complements(frame: Frame, trigger: Token, parties: Parties) -> list[Token]:
    """Give whom a complement clause is about: its own subject, else its object, else those it is with, to or for."""
    own = {t.i for t in frame.subj}
    for verb in frame.comp:
        inner = frame_of(verb)
        overt = [t for t in inner.subj if any(c.dep_ == "nsubj" for c in verb.children)]
        phrases = [[*inner.preps.get(p, ()), *inner.below(p)] for p in _TOWARDS]
        for tokens in (overt, [*inner.obj, *inner.iobj], *phrases, inner.subj):
            found = [t for t in tokens if t.i not in own and t.i != trigger.i and parties.ids(t)]
            if found:
                return found
    return []


def _named(naming: Naming) -> tuple[str, ...]:
    return (naming.actor, *naming.others) if naming.actor else ()


def _tokens_in(slot: str, frame: Frame, trigger: Token, parties: Parties) -> list[Token]:
    match slot:
        case "subj":
            return frame.subj
        case "obj":
            return frame.obj
        case "iobj":
            return frame.iobj
        case "poss":
            return frame.poss
        case "adj":
            return frame.mods
        case "gov":
            return frame.gov
        case "govobj":
            return frame.govobj
        case "comp":
            return _in_complements(frame, trigger, parties)
        case "by":
            return frame.preps.get("by") or frame.below("by")
        case "of" if frame.of:
            return frame.of
        case "and":
            return []
        case _:
            return frame.preps.get(slot) or frame.below(slot)
