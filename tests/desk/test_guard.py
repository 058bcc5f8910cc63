"""What is refused before a page sees it, each by an attack: names, origins, sizes, slowness, tokens."""

import asyncio

import pytest

from desks import StubPasted, client_of
from melian.desk.actions import ACTIONS, way_back
from melian.desk.desk import Desk
from melian.desk.guard import Guard, Rules
from melian.desk.serving import Place, open_port
from melian.errors import BadSetting
from melian.settings import Settings

OWN = {"Origin": "http://127.0.0.1"}
POSTED = {
    "type": "http", "method": "POST", "path": "/read", "scheme": "http", "query_string": b"",
    "headers": [(b"host", b"localhost"), (b"origin", b"http://localhost")],
}  # fmt: skip
FORM = {"text": "Kenya accused Somalia of shelling a border post, the foreign ministry said."}


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil.example:8765", "", "localhost.evil", "127.0.0.1@evil.example",
     "evil@127.0.0.1", "[::2]", "0.0.0.0", "127.0.0.1\t", "localhost,evil.example"],
)  # fmt: skip
def test_other_names_are_refused(client, host):
    """DNS rebinding: a page of somebody else leads its own name here."""
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "localhost:1", "[::1]:8765", "LOCALHOST"])
def test_own_names_pass(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9"},
        {"Origin": "https://127.0.0.1"},
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {**OWN, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    ],
)
def test_forms_of_other_origins_are_refused(bare_client, headers):
    """CSRF: a page elsewhere sends a form here."""
    for path in ("/read", *ACTIONS):
        assert bare_client.post(path, data={**FORM, "name": "x", "sql": "y"}, headers=headers).status_code == 403
    assert "On this desk" not in bare_client.get("/").text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    ],
)
def test_other_pages_cannot_load_what_the_desk_shows(client, headers):
    for path in ("/events", "/events.json", "/query.json?sql=SELECT+1", "/assets/desk.js"):
        assert client.get(path, headers=headers).status_code == 403


def test_a_link_elsewhere_may_be_followed_but_runs_no_query(client):
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert client.get("/events", headers=followed).status_code == 200
    page = client.get("/query?sql=SELECT+42+AS+answer&from_elsewhere=", headers=followed)
    assert "was not run" in page.text
    assert "<td>" not in page.text
    assert "was not run" not in client.get("/query?sql=SELECT+42&from_elsewhere=yes").text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "PROPFIND"])
def test_other_methods_are_refused(client, method):
    assert client.request(method, "/").status_code == 405


def test_a_body_is_bounded_in_size(bare_client):
    for body in (b"x" * 1_000_001, iter([b"x" * 300_000] * 4)):
        answer = bare_client.post("/read", content=body, headers=OWN)
        assert answer.status_code == 413
    answer = bare_client.post("/read", content=b"x", headers={**OWN, "Content-Length": "-1"})
    assert answer.status_code in (400, 413)


def test_a_body_is_bounded_in_parts(bare_client):
    """A form of very many fields or files is no form of the desk's."""
    many = "&".join(f"a{number}=1" for number in range(5_000))
    for body, kind in (
        (many.encode(), "application/x-www-form-urlencoded"),
        (b"--b\r\n" * 50_000, "multipart/form-data; boundary=b"),
        (b"garbage", "multipart/form-data"),
        (b"garbage", "multipart/form-data; boundary=b"),
    ):
        answer = bare_client.post("/read", content=body, headers={**OWN, "Content-Type": kind})
        assert answer.status_code == 400, kind


def test_a_body_is_bounded_in_time():
    sent = []

    async def app(scope, receive, send):
        raise AssertionError("the page was reached")

    async def receive():
        await asyncio.sleep(0.03)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message):
        sent.append(message)

    asyncio.run(Guard(app, Rules(slowest_body=0.1))(POSTED, receive, send))
    assert sent[0]["status"] == 408


def test_a_body_that_breaks_off_reaches_no_page():
    async def app(scope, receive, send):
        raise AssertionError("the page was reached")

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message):
        raise AssertionError("nobody is there")

    asyncio.run(Guard(app, Rules())(POSTED, receive, send))


def test_every_answer_carries_the_policy(client):
    for path in ("/", "/events", "/events.csv", "/nowhere", "/events?page=x", "/assets/desk.js", "/assets/none"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "server" not in headers
        if not path.startswith("/assets/"):
            assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/..%2fguard.py", "/assets//etc/passwd", "/assets/"]
)
def test_assets_hold_nothing_else(client, path):
    assert client.get(path).status_code == 404


def test_outside_the_loopback_a_token_is_asked_for(tmp_path):
    rules = Rules(hosts=frozenset({"desk.example"}), token="s3cret-token")
    client = client_of(Desk(None, tmp_path, StubPasted(Settings())), rules)
    client.base_url = "http://desk.example"
    assert client.get("/").status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    assert client.get("/", headers={"Cookie": "melian-desk=wrong"}).status_code == 401
    assert client.get("/", headers={"Cookie": "melian-desk=\xff; ;;=".encode("latin-1")}).status_code == 401
    assert (
        client.post("/read?token=s3cret-token", data=FORM, headers={"Origin": "http://desk.example"}).status_code == 401
    )
    let_in = client.get("/events?token=s3cret-token&type=AID")
    assert (let_in.status_code, let_in.headers["location"]) == (303, "/events?type=AID")
    cookie = let_in.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert client.get("/", headers={"Cookie": cookie.split(";")[0]}).status_code == 200
    client.cookies.clear()
    assert client.get("http://desk.example//evil.example/?token=s3cret-token").headers["location"][:2] != "//"


def test_a_port_of_this_machine_alone_is_opened():
    opened = open_port(Place(port=0))
    with opened.listener:
        assert opened.listener.getsockname()[0] == "127.0.0.1"
        assert opened.rules.token is None
        assert opened.address.startswith("http://127.0.0.1:")
        port = opened.listener.getsockname()[1]
        opened.listener.listen()
        with pytest.raises(BadSetting, match="Choose another"):
            open_port(Place(port=port))


def test_a_port_for_others_comes_with_a_token():
    opened = open_port(Place(host="0.0.0.0", port=0, names=("desk.example",)))
    with opened.listener:
        assert len(opened.rules.token) >= 30
        assert opened.address.endswith(f"?token={opened.rules.token}")
        assert "desk.example" in opened.rules.hosts


@pytest.mark.parametrize(
    "back",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "evil", "", "/x\r\nA: b",
     "/" + "x" * 3_000, "\\\\evil.example", "/\t/evil.example"],
)  # fmt: skip
def test_a_form_leads_to_no_other_place(back):
    assert way_back({"back": back}) == "/review"


def test_a_form_leads_back_to_its_page():
    assert way_back({"back": "/event?report=a&id=b"}) == "/event?report=a&id=b"
