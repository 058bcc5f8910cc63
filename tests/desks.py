"""Desks that are asked without a network, attacks on them, and the addresses of their pages."""

from __future__ import annotations

from urllib.parse import urlencode

from msgspec.structs import replace
from starlette.testclient import TestClient

from invented import HOSTILE, invent_reading
from melian import records as r
from melian.desk.app import make_app
from melian.desk.desk import Desk
from melian.desk.guard import Rules
from melian.desk.readings import Pasted
from melian.settings import Settings
from stub_readers import stub_reading


class StubPasted(Pasted):
    """Reads without models."""

    def begin_loading(self):
        """There is nothing to load."""

    def read(self, report):
        reading = stub_reading(report, r.ProducedBy(melian="0", model="stub", knowledge="0", settings="0"))
        self._kept[report.id] = reading
        return reading


def client_of(desk, rules=None, **more):
    app = make_app(desk, rules or Rules())
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False, raise_server_exceptions=True, **more)


def desk_over(folder, cache):
    desk = Desk(folder, cache, StubPasted(Settings()))
    desk.wait()
    return desk


OWN = {"Origin": "http://127.0.0.1"}


def reviewer_of(desk, name):
    """A browser in which a reviewer has said who they are."""
    client = client_of(desk)
    assert client.post("/review/name", data={"name": name}, headers=OWN).status_code == 303
    return client


def draw(client, name="spring", size=4, **more):
    """Draw a sample."""
    form = {"sample": name, "size": size, "seed": 7, "kind": "event", **more}
    return client.post("/review/draw", data=form, headers=OWN)


def take_up(client, name="spring"):
    """Take a sample up."""
    return client.post("/review/take", data={"sample": name}, headers=OWN)


def form_of(item, verdict="keep", **changes):
    """Fill in the form of a record as the page shows it, with some fields changed."""
    form = {name: item[name] for name in ("report", "kind", "record", "sample", "back", "after")}
    form |= {f"field-{field['name']}": field["value"] for field in item["fields"]}
    return form | {"verdict": verdict} | {f"field-{name}": value for name, value in changes.items()}


def judge_all(client, change, sample="spring"):
    """Judge a whole sample; `change` gives for the number and the page of a record what is sent."""
    number = 0
    while "report" in (item := client.get("/review/next.json", params={"sample": sample}).json()):
        assert client.post("/review/answer", data=change(number, item), headers=OWN).status_code == 303
        number += 1
    return number


FORMULA = '=HYPERLINK("http://example.org","x")'
ATTACKS = (
    *HOSTILE[:-1],
    "<svg/onload=alert(1)>",
    '"><a href="javascript:alert(1)">x</a>',
    "<img src='data:text/html,<script>alert(1)</script>'>",
    "' onmouseover='alert(1)",
    "[x](javascript:alert(1)) ${alert(1)} {{constructor.constructor('alert(1)')()}}",
    FORMULA,
)


def hostile_reading(words: str, ident: str) -> r.Reading:
    """A reading in which every field that comes from a report holds the same attack."""
    reading = invent_reading()
    text = f"{words} {reading.report.text}"
    shift = len(words) + 1

    def moved(span):
        return None if span is None else (span[0] + shift, span[1] + shift)

    return replace(
        reading,
        report=replace(
            reading.report, id=ident, text=text, title=words, outlet=words, url=words, furniture=(),
            dateline=r.Dateline(place=words),
        ),
        actors=tuple(replace(one, name=f"{words} {one.name}", office=words, mentions=()) for one in reading.actors),
        statements=tuple(
            replace(
                one,
                speaker_span=moved(one.speaker_span),
                content=((0, len(text)),),
                cue=r.Cue(span=(0, 4), lemma=words),
            )
            for one in reading.statements
        ),
        events=tuple(
            replace(
                one, modes=(words,), contexts=(words,),
                mentions=tuple(r.Mention(trigger=(0, shift - 1), sentence=(0, len(text))) for _ in one.mentions),
                date=r.When(start="2026-05-05", end="2026-05-05", precision="day", basis="stated", value=words),
                place=r.Where(name=words, country="SOM", admin1=words, lat=-0.4, lon=42.5, precision="city"), dead=None,
            )
            for one in reading.events
        ),
        claims=tuple(replace(one, span=(0, len(text))) for one in reading.claims),
        disputes=tuple(replace(one, proposition=words) for one in reading.disputes),
        dates=(), places=(), absences=(r.Absence(record="e9talks", field=words, reason=words),),
        reasons=(r.Reason(record="e4f1c09ab", stage=words, rule=words, rows=(words,), spans=((0, len(text)),)),),
    )  # fmt: skip


def addresses(desk) -> dict[str, str]:
    ask = desk.questions().index.ask
    event = ask("SELECT report, event FROM events WHERE standing = 'disputed' ORDER BY id")[0]
    dispute = ask("SELECT report, dispute FROM disputes WHERE linked IS NULL ORDER BY report")[0]
    speaker = ask("SELECT speaker_name FROM statements WHERE act = 'deny' ORDER BY id")[0]["speaker_name"]
    pair = ask("SELECT a, b FROM couples ORDER BY events DESC, a, b")[0]
    across = ask("SELECT report, event, kind FROM disputes WHERE linked IS NOT NULL ORDER BY report, event, kind")
    between = {"report": across[0]["report"], "event": across[0]["event"], "kind": across[0]["kind"]} if across else {}
    sql = "SELECT type, count(*) AS events FROM events GROUP BY ALL ORDER BY events DESC"
    return {
        "home": "/",
        "events": "/events?type=ASSAULT",
        "search": "/events?q=residents",
        "event": "/event?" + urlencode({"report": event["report"], "id": event["event"]}),
        "report": "/report?" + urlencode({"id": event["report"]}),
        "why": "/why?" + urlencode({"report": event["report"], "record": event["event"]}),
        "disputes": "/disputes",
        "dispute": "/dispute?" + urlencode({"report": dispute["report"], "id": dispute["dispute"]}),
        "dyads": "/dyads",
        "dyad": "/dyad?" + urlencode({"a": pair["a"], "b": pair["b"]}),
        "actors": "/actors",
        "actor": "/actor?" + urlencode({"name": speaker}),
        "map": "/map",
        "borders": "/map?borders=shown",
        "timeline": "/timeline",
        "reports": "/reports",
        "query": "/query?" + urlencode({"sql": sql}),
        "linked": "/linked",
        "across list": "/disputes?across=yes",
        "across": "/dispute?" + urlencode(between),
    }


def twin(address: str, form: str) -> str:
    path, _, query = address.partition("?")
    return f"{'/index' if path == '/' else path}.{form}" + (f"?{query}" if query else "")
