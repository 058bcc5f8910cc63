"""Statements without a verb of saying: "according to", "as X put it", nouns such as "the claim that", and colons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from melian.coding.statements.attribution import Attribution, spans_of_tokens, spans_under, tokens_under
from melian.knowledge.cues import CueWord

if TYPE_CHECKING:
    from spacy.tokens import Span as Phrase
    from spacy.tokens import Token

_COLON_NAME = 6
_LONGEST_TAIL = 9
_DASHES = frozenset({":", "-", "–", "—", "--"})
_NAMING = frozenset({"PROPN", "NOUN", "ADJ", "DET", "ADP", "PART", "PRON", "NUM"})


def attributions_of_phrase(sentence: Phrase, token: Token, row: CueWord) -> Iterator[Attribution]:
    """Yield what a fixed phrase such as "according to X" attributes: the clause that it stands beside.

    Args:
        sentence: The sentence.
        token: First token of the phrase.
        row: The row of the phrase; its lemma is the whole phrase.
    """
    doc = token.doc
    length = len(row.lemma.split())
    last = doc[token.i + length - 1]
    speaker: Token | None = None
    if "np" in row.frames:
        speaker = next((c for c in last.children if c.dep_ == "pobj"), None)
        telling = next((c for c in last.children if c.dep_ == "pcomp"), None)
        if speaker is None and telling is not None:
            # "According to what X told Y, …"
            speaker = next((c for c in telling.children if c.dep_ == "nsubj"), None)
            if speaker is None:
                return
            length = telling.right_edge.i + 1 - token.i
        elif speaker is None:
            behind = token.i + length
            if behind >= sentence.end or doc[behind].pos_ not in {"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"}:
                return
            speaker = doc[behind]
            while speaker.head.i > speaker.i and speaker.head.i < sentence.end and speaker.dep_ != "nsubj":
                speaker = speaker.head
            if speaker.pos_ not in {"NOUN", "PROPN", "PRON"}:
                return
    clause = token.head
    own = {*range(token.i, token.i + length), *tokens_under(speaker)}
    while (clause.i in own or clause.pos_ not in {"VERB", "AUX"}) and clause.head != clause:
        clause = clause.head
    if clause.i in own:
        return
    low, high = _between_semicolons(sentence, token)
    within = clause.subtree if low <= clause.i < high else doc[low:high]
    content = spans_of_tokens(doc, [t.i for t in within if t.i not in own and low <= t.i < high])
    if content:
        who = speaker.i if speaker is not None else None
        rule = "according to" if speaker is not None else "adverb"
        yield Attribution(row, (token.i, token.i + length), token.i, who, content, None, rule)


def _between_semicolons(sentence: Phrase, token: Token) -> tuple[int, int]:
    """Give the part of a sentence between semicolons that a token stands in: what it attributes goes no further."""
    marks = [t.i for t in sentence if t.text == ";"]
    low = max((i + 1 for i in marks if i < token.i), default=sentence.start)
    return low, min((i for i in marks if i > token.i), default=sentence.end)


def attributions_of_noun(noun: Token, row: CueWord) -> Iterator[Attribution]:
    """Read "the claim that …", "Moscow's demand for …", "accusations by X of …", "the assertion of X that …"."""
    speaker = next((c for c in noun.children if c.dep_ == "poss"), None)
    content: Token | None = None
    for child in noun.rights:
        word = child.lower_
        if (
            child.dep_ == "prep"
            and content is None
            and (word in row.frames or (word == "to" and "to-np" in row.frames))
        ):
            content = child
        elif child.dep_ in {"prep", "agent"} and word in {"by", "from"} and speaker is None:
            speaker = next((c for c in child.children if c.dep_ == "pobj"), None)
        elif child.dep_ in {"acl", "relcl"} and _is_clause(child, row):
            if speaker is None and content is not None and content.lower_ == "of":
                speaker = next((c for c in content.children if c.dep_ == "pobj"), None)
            content = child if content is None or content.dep_ == "prep" else content
    if speaker is None:
        speaker = _possessor(noun) or next(
            (c for c in noun.lefts if c.dep_ == "amod" and c.ent_type_ in _PEOPLES), None
        )
    if content is None:
        return
    cue = (noun.i, noun.i + 1)
    left_out = {noun.i, *tokens_under(speaker)}
    if content.i == cue[1] and content.dep_ == "prep":
        cue = (cue[0], content.i + 1)
        left_out.add(content.i)
    span = spans_under(content, left_out)
    if span:
        yield Attribution(row, cue, noun.i, speaker.i if speaker else None, span, None, "noun")


def _is_clause(clause: Token, row: CueWord) -> bool:
    """Tell whether a clause behind a noun says what the noun is of: "that it was so", "to do so"."""
    if clause.tag_ == "VB" and "to" in row.frames:
        return True
    if "that" not in row.frames:
        return False
    that = next((c for c in clause.children if c.lower_ == "that"), None)
    if that is None or that.dep_ == "mark":
        return that is not None
    # A verb that has its object already leaves no room for a relative pronoun: "the denial that it had shot anybody".
    return that.dep_ == "dobj" and any(c.dep_ in {"nsubjpass", "dobj"} and c.i > that.i for c in clause.children)


def _possessor(noun: Token) -> Token | None:
    """Find whose word it is where the noun is what somebody has, makes or gives: "X issued a warning that …"."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_.lower() not in _GIVING:
        return None
    return next((c for c in verb.children if c.dep_ == "nsubj"), None)


_PEOPLES = frozenset({"NORP", "GPE"})
_GIVING = frozenset(
    "make issue give repeat reiterate renew voice express have release deliver raise hold share sound offer level "
    "launch publish send put announce unveil outline lay reject spread circulate".split()
)


def attributions_of_colon(sentence: Phrase) -> Iterator[Attribution]:
    """Read a line of a headline or a transcript, "X: words": a name, a colon, words."""
    from melian.knowledge.cues import cues_by_lemma

    row = cues_by_lemma().get((":", "p"))
    doc = sentence.doc
    start = sentence.start
    while start < sentence.end and doc[start].is_space:
        start += 1
    for i in range(start + 1, min(start + _COLON_NAME, sentence.end - 1)):
        if doc[i].text == ":":
            break
        if doc[i].pos_ == "VERB" or (doc[i].is_punct and doc[i].text != "."):
            return
    else:
        return
    to = next((t for t in doc[start + 1 : i] if t.lower_ in {"to", "on"}), None)
    head = doc[(to.i if to is not None else i) - 1]
    if row is None or not any(t.text[:1].isupper() for t in doc[start:i]):
        return
    if head.pos_ not in {"PROPN", "NOUN"} or sum(not t.is_space for t in doc[i + 1 : sentence.end]) < 2:
        return
    behind = [t for t in doc[i + 1 : sentence.end] if not t.is_space]
    names = sum(t.pos_ in {"PROPN", "PUNCT", "NUM"} for t in behind)
    content = spans_of_tokens(doc, range(i + 1, sentence.end))
    # What stands behind the colon must be words and no list of names or results.
    if content and 4 * names < 3 * len(behind) and head.lower_ not in {"note", "update", "photo", "video", "source"}:
        yield Attribution(row, (i, i + 1), i, head.i, content[:1], None, "colon")


def attributions_of_tail(sentence: Phrase) -> Iterator[Attribution]:
    """Read a headline that names its speaker at the end: "Ceasefire will hold - UN envoy"."""
    from melian.knowledge.cues import cues_by_lemma

    doc = sentence.doc
    row = cues_by_lemma().get((":", "p"))
    tokens = [t for t in sentence if not t.is_space]
    if row is None or not tokens or tokens[-1].text in {".", "?", "!", "…"}:
        return
    at = next((k for k in range(len(tokens) - 1, 0, -1) if tokens[k].text in _DASHES), None)
    if at is None or not at >= 3 or not 0 < len(tokens) - at - 1 <= _LONGEST_TAIL:
        return
    mark, tail = tokens[at], tokens[at + 1 :]
    if mark.text != ":" and not doc[mark.i - 1].whitespace_:
        return
    if any(t.pos_ not in _NAMING for t in tail):
        return
    behind = next((k for k, t in enumerate(tail) if k and t.pos_ == "ADP" and t.lower_ != "of"), len(tail))
    named = [t for t in tail[:behind] if t.pos_ in {"PROPN", "NOUN"}]
    content = spans_of_tokens(doc, [t.i for t in tokens[:at]])
    if named and content:
        yield Attribution(row, (mark.i, mark.i + 1), mark.i, named[-1].i, content, None, "tail")
