"""Reports of one sentence that tell one event each, for what is said across reports."""

from invented import invent_reading
from melian import records as r

PRODUCED = invent_reading().produced_by


def tell(ident, text, *, kind="ASSAULT", source="KEN", target="SOM", day=None, published="2026-05-06", verb="shelled",
         outlet="Coast Wire", holder=None, polarity="positive", dead=None):  # fmt: skip
    """A report of one sentence that tells one event, in its own name or in that of a speaker."""
    whole = (0, len(text))
    at = text.index(verb)
    statements = ()
    if holder:
        statements = (
            r.Statement(
                id="s1", speaker="a3", speaker_span=None, cue=None, content=(whole,), kind="indirect",
                act="deny" if polarity == "negative" else "state",
            ),
        )  # fmt: skip
    actors = [
        r.Actor(id="a1", name=source, kind="state", country=source),
        r.Actor(id="a2", name=target, kind="state", country=target),
    ]
    if holder:
        actors.append(r.Actor(id="a3", name=holder[0], kind="office", country=holder[1]))
    return r.Reading(
        report=r.Report(id=ident, text=text, outlet=outlet, published=published),
        actors=tuple(actors),
        statements=statements,
        events=(
            r.Event(
                id="e1", type=kind, quad=4, intensity=-5.0, sources=("a1",), targets=("a2",),
                mentions=(r.Mention(trigger=(at, at + len(verb)), sentence=whole),),
                date=r.When(start=day, end=day, precision="day", basis="stated") if day else None,
                dead=r.Count(low=dead[0], high=dead[1], span=whole) if dead else None,
            ),
        ),
        claims=(
            r.Claim(
                id="c1", event="e1", holder="s1" if holder else "author", polarity=polarity, certainty="certain",
                tense="past", span=whole,
            ),
        ),
        produced_by=PRODUCED,
    )  # fmt: skip
