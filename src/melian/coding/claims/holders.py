"""Who holds what of an event: the author outside all statements, each speaker inside his own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from melian.coding.claims.conditions import modifier_at, opener_of
from melian.coding.claims.edges import edge_between, governor_for
from melian.coding.claims.judging import RANK, Judgement, Stance, judge
from melian.coding.claims.scene import Scene, inside
from melian.knowledge.cues import CueWord
from melian.knowledge.factuality import Governor
from melian.knowledge.ontology import event_words, parse_need
from melian.records import Event, Span, Statement, Tense, plover_type

if TYPE_CHECKING:
    from spacy.tokens import Token

_TENSES: dict[Tense, int] = {"past": 0, "present": 1, "future": 2, "hypothetical": 3}
_DEEPEST = 60
_VERBAL = frozenset({"VERB", "AUX"})
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "csubj", "parataxis"})
_OWN_STATES = frozenset({"intention", "desire", "implicative", "possibility", "aspect"})
"""Kinds of words by which the author tells what somebody means, or brings himself, to do."""
_CONTESTING = frozenset({"denies", "doubts"})


@dataclass(frozen=True, slots=True)
class Held:
    """What one holder says of one event.

    Attributes:
        holder: "author" or a statement's id.
        judgement: What he says.
        sentence: The sentence that carries it.
        trigger: The word that tells it.
        rule: Why this is his.
    """

    holder: str
    judgement: Judgement
    sentence: Span
    trigger: Span
    rule: str


def hold(event: Event, scene: Scene) -> list[Held]:
    """Say who holds what of an event: the author first, then each statement that tells it, one judgement each."""
    best: dict[str, tuple[tuple[float, int, int], Held]] = {}
    for order, mention in enumerate(event.mentions):
        token = scene.token_at(mention.trigger)
        if token is None:
            continue
        for holder, judgement, rule in held_at(token, scene):
            settled = _settle(judgement, holder, token, event, scene)
            held = Held(holder, settled, mention.sentence, mention.trigger, rule)
            key = (
                RANK[settled.certainty] + (2.5 if settled.tense == "hypothetical" else 0.0),
                _TENSES[settled.tense],
                order,
            )
            if holder not in best or key < best[holder][0]:
                best[holder] = (key, held)
    if "author" not in best and event.mentions:
        first = event.mentions[0]
        best["author"] = (
            (9.0, 0, 0),
            Held("author", Judgement(certainty="uncommitted"), first.sentence, first.trigger, "no word to judge"),
        )
    return [held for _, held in best.values()]


def held_at(token: Token, scene: Scene) -> list[tuple[str, Judgement, str]]:
    """Say who holds what of the happening that one word tells, and why.

    Returns:
        Holder, judgement and rule: the author first, then the speakers, the innermost first.
    """
    holding = [s for s in scene.holding(token.idx) if not _is_beside(token, s, scene)]
    author = ("author", *_of_author(token, holding, scene))
    return [author, *((s.id, *_of_speaker(token, s, holding, scene)) for s in holding)]


def _of_author(token: Token, holding: Sequence[Statement], scene: Scene) -> tuple[Judgement, str]:
    told = judge(token)
    holding = [s for s in holding if not _is_hedge(s, scene)]
    if not holding:
        return told, "the author's own words"
    if all(_is_granted(token, s, scene) for s in holding):
        return told, "taken for granted by the author"
    start = Stance(is_told_in_past=_start(holding[-1], scene.row_of(holding[-1]), scene).is_told_in_past)
    outer = judge(token, start, inside(holding[-1]))
    return Judgement(outer.polarity, "uncommitted", outer.tense, outer.rows), "told by others"


def _is_hedge(statement: Statement, scene: Scene) -> bool:
    """Tell whether the author speaks himself: "is expected to", "it is believed that", "plans to withdraw".

    Of what somebody means to do, or did not bring himself to do, the author tells as of any other state of his.
    """
    if statement.cue is None or statement.kind != "indirect":
        return False
    if statement.speaker_span is None:
        return True
    cue = scene.cue_token(statement)
    frame = _frame_of(statement, scene)
    row = governor_for(cue, frame) if cue is not None and frame else None
    return row is not None and (row.kind in _OWN_STATES or row.if_so == "never")


def _frame_of(statement: Statement, scene: Scene) -> str:
    """Name how a content hangs on its cue: "to", "ing" or a preposition where its subject is the speaker.

    "Persuaded the gang to free them" hangs on "to", too: what somebody is brought to do is done.
    """
    first = scene.token_at(statement.content[0])
    if first is None:
        return ""
    if first.lower_ == "to" and first.pos_ == "PART":
        return "to"
    if first.lower_ == "whether" and first.head.tag_ == "VB":
        return "np"
    if first.tag_ == "VBG":
        return first.head.lower_ if first.dep_ == "pcomp" else "ing"
    cue = scene.cue_token(statement)
    if cue is not None and any(_is_made_to(clause) for clause in cue.children if clause.i > first.i):
        row = governor_for(cue, "to")
        return "to" if row is not None and row.kind == "implicative" else ""
    return ""


def _is_made_to(clause: Token) -> bool:
    """Tell whether somebody else is brought to do something: "persuaded the gang to free them"."""
    return clause.dep_ in {"ccomp", "xcomp"} and any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children)


def _of_speaker(
    token: Token, statement: Statement, holding: Sequence[Statement], scene: Scene
) -> tuple[Judgement, str]:
    row = scene.row_of(statement)
    # A cue that no table knows says by its grammar what it makes of its content: "is willing to withdraw".
    told = judge(token, _start(statement, row, scene), inside(statement) if row is not None else None)
    if row is not None:
        told = Judgement(told.polarity, told.certainty, told.tense, (f"cues:{row.id}", *told.rows), told.is_part)
    if not scene.is_made(statement):
        return _not_made(told, token, statement, row, scene), "the statement is not made"
    for other in holding:
        if other.id == statement.id or other.cue is None:
            continue
        nested = any(a <= other.cue.span[0] < b for a, b in statement.content)
        if nested and not _is_granted(token, other, scene):
            return Judgement(
                told.polarity, "uncommitted", told.tense, told.rows
            ), "told by others in the speaker's words"
    return told, f"the cue {row.commitment}" if row is not None else "the speaker's own words"


def _not_made(told: Judgement, token: Token, statement: Statement, row: CueWord | None, scene: Scene) -> Judgement:
    """Say what is left to a speaker who does not say it: nothing, or what it means not to doubt and not to deny."""
    said = scene.told_of(statement)
    cue = scene.cue_token(statement)
    governor = governor_for(cue, "that") if cue is not None else None
    is_contested = governor is not None and (
        governor.kind in {"denial", "belief"} or (row is not None and row.commitment in _CONTESTING)
    )
    if governor is not None and is_contested and statement.kind == "indirect":
        stance = Stance()
        stance.apply(governor.if_not if said.polarity == "negative" else "open", governor.id)
        left = judge(token, stance, inside(statement))
        return Judgement(left.polarity, left.certainty, left.tense, (*told.rows[:1], *left.rows), left.is_part)
    return Judgement(told.polarity, "uncommitted", told.tense, told.rows)


def _start(statement: Statement, row: CueWord | None, scene: Scene) -> Stance:
    """Say what the cue makes of its content; words quoted through speak for themselves."""
    stance = Stance()
    if row is None or statement.kind == "direct":
        return stance
    cue = scene.cue_token(statement)
    stance.is_told_in_past = cue is not None and cue.tag_ in {"VBD", "VBN"}
    frame = _frame_of(statement, scene) or "that"
    governor = governor_for(cue, frame) if cue is not None else None
    if governor is not None and _has_particle(governor, row):
        stance.apply(governor.if_so, governor.id)  # "Ruled out that": the cues know verbs without their particles.
        return stance
    match row.commitment:
        case "denies":
            stance.is_so = False
        case "doubts":
            stance.is_so, stance.certainty = False, "possible"
        case "suggests":
            stance.certainty = row.certainty if row.certainty != "certain" else "probable"
            if governor is not None and governor.kind == "expectation":
                stance.tense = "future"
        case "promises":
            stance.tense = "hypothetical" if row.act == "threaten" else "future"
        case "wants" | "asks":
            stance.tense = "hypothetical"
        case _:
            pass
    return stance


def _has_particle(governor: Governor, row: CueWord) -> bool:
    return row.lemma not in governor.lemmas and any(lemma.startswith(f"{row.lemma}_") for lemma in governor.lemmas)


def _is_beside(token: Token, statement: Statement, scene: Scene) -> bool:
    """Tell whether a word stands beside what is said, on the cue itself: "recalled its envoy without expelling"."""
    cue = scene.cue_token(statement)
    if cue is None or statement.kind != "indirect":
        return False
    path = _path_between(cue, token)
    if not path and any(c.lower_ == "than" and c.i < cue.i for c in cue.children):
        return True  # "Sales were better than brokers had predicted."
    if len(path) < 2:
        return False
    if any(_is_aside(part) for part in path[1:]):
        return True
    first = path[1]
    opened = opener_of(first) if first.dep_ == "advcl" else None
    if opened is not None and opened.effect == "condition":
        return True
    has_object = any(child.dep_ == "dobj" for child in cue.children)
    beside = modifier_at(first, "prep") if first.dep_ == "prep" and has_object else None
    return beside is not None and beside.effect == "not"


def _is_aside(clause: Token) -> bool:
    """Tell whether a clause only says behind a comma who somebody named is: "said that arms were for the LRA, which …".

    What an appositive adds is the author's, whatever it stands in (Potts, Logic of Conventional Implicatures, 2005).
    """
    if clause.dep_ != "relcl" or clause.head.pos_ != "PROPN":
        return False
    opener = next((t for t in clause.subtree if t.tag_ in {"WDT", "WP", "WP$"}), None)
    return opener is not None and clause.head.i < opener.i and opener.nbor(-1).lower_ == ","


def _path_between(upper: Token, lower: Token) -> list[Token]:
    """Give the words from one down to another, both included; nothing where the one is not above the other."""
    path = [lower]
    while path[-1].i != upper.i:
        head = path[-1].head
        if head.i == path[-1].i or len(path) > _DEEPEST:
            return []
        path.append(head)
    path.reverse()
    return path


def _is_granted(token: Token, statement: Statement, scene: Scene) -> bool:
    """Tell whether the author takes for granted what a statement speaks of: "condemned the attack"."""
    row = scene.row_of(statement)
    cue = scene.cue_token(statement)
    if statement.kind != "indirect" or cue is None:
        return False
    if row is not None and (row.commitment in _CONTESTING or row.act == "accuse"):
        return False
    path = _path_between(cue, token)
    if not path:
        return False
    if len(path) > 1 and path[1].dep_ == "nsubj":
        return True  # "The attack worried Poland": what stirs somebody is the author's to tell.
    if (
        len(path) > 1
        and path[1].dep_ in {"nsubjpass", "dobj"}
        and any(c.dep_ == "prep" and c.lower_ == "as" for c in cue.children)
    ):
        return True  # "The attack was seen as revenge": what is seen so is there.
    for position in range(1, len(path)):
        edge = edge_between(path, position)
        if edge.governor is not None and edge.governor.if_so in {"fact", "likely"}:
            return edge.governor.kind != "belief"
        if edge.governor is not None and edge.governor.kind == "counterfactive":
            return True  # "Pretended that": the author says that it is not so.
        if edge.kind == "open" or path[position].dep_ in _CLAUSES:
            return False
        if edge.kind == "granted":
            return True
    return False


def _settle(judgement: Judgement, holder: str, token: Token, event: Event, scene: Scene) -> Judgement:
    """Apply what only the event tells: its date, who is said to have had no part in it, and that "not" refuses."""
    polarity, tense = judgement.polarity, judgement.tense
    if judgement.is_part and polarity == "negative":
        sides = {a.country or a.id for i in event.sources if (a := scene.actors.get(i))}
        own = scene.country(scene.statements[holder]) if holder != "author" else None
        if own not in sides and (sides or holder == "author"):
            polarity = "positive"
    if polarity == "negative" and plover_type(event) == "REJECT" and _is_refused(token):
        polarity, tense = "positive", "present" if tense == "future" else tense
    published, date = scene.report.published, event.date
    if (
        published
        and date is not None
        and date.start
        and date.basis in {"stated", "relative"}
        and date.start > published[:10]
        and (tense == "present" or (tense == "past" and token.pos_ not in _VERBAL))
    ):
        tense = "future"
    if polarity == judgement.polarity and tense == judgement.tense:
        return judgement
    return Judgement(polarity, judgement.certainty, tense, judgement.rows)


def _is_refused(token: Token) -> bool:
    """Tell whether it is its "not" that makes a word tell a refusal: "will not lift it", but not "never refused"."""
    return token.lemma_.lower() not in _refusing() and any(child.dep_ == "neg" for child in token.children)


@cache
def _refusing() -> frozenset[str]:
    """Give the words that tell a refusal by themselves."""
    rows = (word for word in event_words() if word.type == "REJECT")
    return frozenset(word.lemma for word in rows if not any("never" in parse_need(n).words for n in word.needs))
