"""A web server on this machine whose answers a test writes, and a clock that passes as it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORDS = "Kenya's foreign minister said on Tuesday that its troops had left the town of Kismayo, day {}."


@dataclass
class Answer:
    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    write: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass
class Site:
    """What a server answers, by path, and what it was asked."""

    port: int = 0
    answers: dict[str, Answer | Callable[[Message], Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str, host: str = "news.test") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def served() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/robots.txt":
                site.asked.append(self.path)
            answer = site.answers.get(self.path, Answer(status=404))
            answer = answer if isinstance(answer, Answer) else answer(self.headers)
            if answer.write is not None:
                answer.write(self)
                return
            self.send_response(answer.status)
            for name, value in {"Content-Type": answer.kind, **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class FakeTime:
    """A clock that goes on only when somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


def resolve(host: str, port: int) -> list[str]:
    return {"news.test": ["127.0.0.1"], "other.test": ["127.0.0.1"], "private.test": ["10.0.0.1"]}.get(host, [host])


def page(n: int) -> Answer:
    text = WORDS.format(n)
    return Answer(f"<!DOCTYPE html><html><body><article><p>{text} {text}</p></article></body></html>".encode())


def rss(site: Site, *numbers: int, host: str = "news.test", **more: object) -> Answer:
    items = "".join(
        f"<item><title>Day {n} &amp; after</title><link>{site.url(f'/{n}', host)}</link><guid>g{n}</guid>"
        f"<pubDate>Tue, {n + 1:02} Jan 2026 23:30:00 -0500</pubDate><description>&lt;p&gt;{WORDS.format(n)}&lt;/p&gt;"
        f"&lt;p&gt;{WORDS.format(n)}&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</description></item>"
        for n in numbers
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
    return Answer(body.encode(), kind="application/rss+xml", **more)  # type: ignore[arg-type]
