from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from melian.intake import IntakeOptions, Reject, read_sources
from melian.intake.address import is_public
from melian.intake.fetching import MOST_BYTES
from melian.records import Report

TEXT = "Kenya's foreign minister said on Tuesday that its troops had left the town of Kismayo."
PAGE = f"<!DOCTYPE html><html><head><title>x</title></head><body><article><p>{TEXT} {TEXT}</p></article></body></html>"


class Answers(BaseHTTPRequestHandler):
    hosts: list[str] = []

    def do_GET(self) -> None:
        self.hosts.append(self.headers["Host"])
        path = self.path.partition("?")[0]
        if path.startswith("/to-"):
            self.redirect({"/to-private": "http://private.test/secret", "/to-text": "/text", "/to-self": "/to-self",
                           "/to-file": "file:///etc/passwd", "/to-user": "http://a:b@public.test/text",
                           "/to-literal": "http://[::ffff:10.0.0.1]/"}[path])  # fmt: skip
        elif path == "/page":
            self.answer("text/html; charset=utf-8", PAGE.encode())
        elif path == "/packed":
            self.answer("text/html", gzip.compress(PAGE.encode()), packed=True)
        elif path == "/bomb":
            self.answer("text/plain", gzip.compress(b" " * (3 * MOST_BYTES)), packed=True)
        elif path == "/text":
            self.answer("text/plain; charset=iso-8859-1", (TEXT + " It was S\xe3o Tom\xe9.").encode("latin-1"))
        elif path == "/json":
            self.answer("application/json", b'{"text": "' + TEXT.encode() + b'"}')
        elif path == "/picture":
            self.answer("image/png", b"\x89PNG")
        elif path == "/huge":
            self.answer("text/plain", b"a " * MOST_BYTES)
        else:
            self.send_error(404)

    def redirect(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self, kind: str, body: bytes, packed: bool = False) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def resolve(host: str, port: int) -> Sequence[str]:
    """Send public.test to this machine, and private.test to an address that the rule has to refuse."""
    return {"public.test": ["127.0.0.1"], "private.test": ["10.0.0.1"], "both.test": ["127.0.0.1", "10.0.0.1"]}.get(
        host, [host]
    )


def read(url: str) -> Report | Reject:
    options = IntakeOptions(resolve=resolve, permit=lambda ip: str(ip) == "127.0.0.1" or is_public(ip))
    (result,) = read_sources([url], options)
    return result


def reason(url: str) -> str:
    result = read(url)
    assert isinstance(result, Reject)
    return result.reason


def test_page_is_fetched_from_the_checked_address_under_its_own_name(port: int) -> None:
    Answers.hosts.clear()
    report = read(f"http://public.test:{port}/page?a=b c")
    assert isinstance(report, Report)
    assert TEXT in report.text
    assert report.url == f"http://public.test:{port}/page?a=b c"
    assert Answers.hosts == [f"public.test:{port}"]


@pytest.mark.parametrize("path", ["/packed", "/json"])
def test_other_kinds(port: int, path: str) -> None:
    report = read(f"http://public.test:{port}{path}")
    assert isinstance(report, Report)
    assert TEXT in report.text


def test_redirect_is_followed_and_the_charset_used(port: int) -> None:
    report = read(f"http://public.test:{port}/to-text")
    assert isinstance(report, Report)
    assert report.text.endswith("São Tomé.")
    assert report.url == f"http://public.test:{port}/text"


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/to-private", "address"), ("/to-literal", "address"), ("/to-file", "address"), ("/to-user", "address"),
     ("/to-self", "fetch"), ("/nowhere", "fetch"), ("/picture", "content-type"), ("/huge", "too-large"),
     ("/bomb", "too-large")],
)  # fmt: skip
def test_refusals(port: int, path: str, expected: str) -> None:
    assert reason(f"http://public.test:{port}{path}") == expected


def test_redirect_to_a_private_address_says_why(port: int) -> None:
    result = read(f"http://public.test:{port}/to-private")
    assert isinstance(result, Reject)
    assert "10.0.0.1" in result.message


def test_host_with_one_private_address_is_refused(port: int) -> None:
    assert reason(f"http://both.test:{port}/page") == "address"


@pytest.mark.parametrize(
    "url",
    ["http://a:b@example.org/", "http://a@example.org/", "ftp://example.org/", "file:///etc/passwd", "http:///x",
     "http://exa mple.org/", "http://[::1/", "http://example.org:99999/", "gopher://example.org", "http://ex\x00ample/"],
)  # fmt: skip
def test_bad_addresses(url: str) -> None:
    assert reason(url) == "address"


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://localhost/", "http://127.1/", "http://2130706433/", "http://[::1]/",
     "http://169.254.169.254/latest/", "http://0.0.0.0/"],
)  # fmt: skip
def test_this_machine_is_refused_with_the_usual_rule(url: str) -> None:
    (result,) = read_sources([url], IntakeOptions())
    assert isinstance(result, Reject)
    assert result.reason in ("address", "fetch")


def test_host_that_does_not_exist() -> None:
    def nowhere(host: str, port: int) -> Sequence[str]:
        raise OSError("no such host")

    (result,) = read_sources(["https://nowhere.test/"], IntakeOptions(resolve=nowhere))
    assert isinstance(result, Reject)
    assert result.reason == "fetch"


@pytest.mark.parametrize(
    ("address", "expected"),
    [("8.8.8.8", True), ("2606:4700::1111", True), ("::ffff:8.8.8.8", True),
     ("10.0.0.1", False), ("172.16.0.1", False), ("192.168.1.1", False), ("127.0.0.1", False), ("100.64.0.1", False),
     ("169.254.169.254", False), ("224.0.0.1", False), ("240.0.0.1", False), ("0.0.0.0", False),
     ("255.255.255.255", False), ("192.0.2.1", False), ("::1", False), ("::", False), ("fe80::1", False),
     ("fc00::1", False), ("ff02::1", False), ("::ffff:10.0.0.1", False), ("::ffff:127.0.0.1", False),
     ("64:ff9b::a00:1", False), ("2002:a00:1::", False), ("fec0::1", False)],
)  # fmt: skip
def test_public_addresses(address: str, expected: bool) -> None:
    assert is_public(ip_address(address)) is expected
