"""Whom a report does not name is called so on every page, and is not taken for the report."""

import pytest
from msgspec.structs import replace

from desks import client_of, desk_over
from melian import Archive
from melian import records as r
from melian.exports.brief import gather
from synthetic_archive import store
from told_reports import tell

TEXT = "Reports say that Kenya shelled Kismayo. Kenya denied it."
NAMES = {
    "unnamed": "somebody not named",
    "worded": "Reports",
    "others": "others not named",
    "author": "the report",
}


def disputed(ident, *, speaker_span=None, by_author="", outlet="Coast Wire"):
    """A reading in which Kenya denies what somebody says who is no actor, or the report in his place."""
    told = tell(ident, TEXT, source="KEN", day="2026-05-05", outlet=outlet)
    (event,) = told.events
    said = r.Statement(
        id="s1", speaker=None, speaker_span=speaker_span, cue=None, content=((17, 38),), kind="indirect", act="accuse"
    )
    denied = r.Statement(
        id="s2", speaker="a1", speaker_span=(40, 45), cue=None, content=((53, 55),), kind="indirect", act="deny"
    )
    certainty = "uncommitted" if by_author != "certain" else "certain"
    how = {"event": event.id, "tense": "past"}
    claims = (
        r.Claim(id="c1", holder="author", polarity="positive", certainty=certainty, span=(0, 39), **how),
        r.Claim(id="c2", holder="s1", polarity="positive", certainty="certain", span=(0, 39), **how),
        r.Claim(id="c3", holder="s2", polarity="negative", certainty="certain", span=(40, 56), **how),
    )  # fmt: skip
    holder, claim = ("author", "c1") if by_author else ("s1", "c2")
    dispute = r.Dispute(
        id="d1", about=event.id, kind="contradiction", proposition="Kenya shelled Kismayo",
        sides=(r.Side(stance="assert", holders=(holder,), claims=(claim,)),
               r.Side(stance="deny", holders=("s2",), claims=("c3",))),
    )  # fmt: skip
    kept = claims if not by_author else (claims[0], claims[2])
    statements = (denied,) if by_author else (said, denied)
    return replace(told, statements=statements, claims=kept, disputes=(dispute,))


@pytest.fixture
def readings():
    return [
        disputed("unnamed"),
        disputed("worded", speaker_span=(0, 7)),
        disputed("others", by_author="uncommitted"),
        disputed("author", by_author="certain"),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_archive_desk_and_brief_name_the_asserting_side_alike(readings, name, tmp_path):
    store(tmp_path / "news", [iter([one for one in readings if one.report.id == name])])
    archive, expected = Archive(tmp_path / "news"), NAMES[name]
    (row,) = archive.disputes().to_pylist()
    assert (row["asserted_by"], row["denied_by"]) == ([expected], ["KEN"])
    client = client_of(desk_over(tmp_path / "news", tmp_path / "cache"))
    (line,) = client.get("/disputes.json").json()["disputes"]
    assert line["asserted_by"] == [expected]
    page = client.get("/dispute.json", params={"report": name, "id": "d1"}).json()
    assert [one["who"] for one in page["sides"][0]["holdings"]] == [expected]
    (quarrel,) = gather(archive, {}).disputes
    assert [one.holder for one in quarrel.positions] == [expected, "KEN"]
