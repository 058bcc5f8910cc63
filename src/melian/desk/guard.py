"""What every request has to pass before a page sees it, and what every answer has to carry."""

from __future__ import annotations

import hmac
from asyncio import timeout
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_COOKIE = "melian-desk"
_POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # With "no-referrer" browsers send no origin along with a form, and the origin is what is checked.
    "Referrer-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """Who may ask, and how much.

    Attributes:
        hosts: The names under which the desk may be asked for. Any other is a page of somebody else that has its name
            led here (DNS rebinding).
        token: What a browser must bring once, where the desk is open to other machines; None on the loopback address.
        largest_body: Bytes of a form.
        slowest_body: Seconds for sending it.
    """

    hosts: frozenset[str] = LOOPBACK
    token: str | None = None
    largest_body: int = 1_000_000
    slowest_body: float = 20.0


class Guard:
    """Refuses what the rules do not allow and writes the headers that keep a page from running or loading anything."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # There are no web sockets here.
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = refuse(scope["method"], scope["scheme"], headers, self._rules)
        if refusal is not None:
            await _answer(send, *refusal)
            return
        if self._rules.token is not None and not _has_token(headers, self._rules.token):
            await _let_in(scope, send, self._rules.token)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message["headers"] if name.lower() != b"server"]
                message = {**message, "headers": [*kept, *_headers(scope["path"])]}
            await send(message)

        if scope["method"] == "POST":
            body = await _take_in(receive, self._rules, send)
            if body is None:
                return
            receive = _giving(body, receive)
        await self._app(scope, receive, send_guarded)


def refuse(method: str, scheme: str, headers: Mapping[str, str], rules: Rules) -> tuple[int, str] | None:
    """Say why a request is refused: a status and a sentence; None where it may pass."""
    host = headers.get("host", "")
    name = urlsplit(f"//{host}").hostname if host.isprintable() and "@" not in host else None
    if name not in rules.hosts:
        return 421, "This desk does not answer under that name. Use the address that it printed when it started."
    if method not in ("GET", "HEAD", "POST"):
        return 405, "The desk knows GET, HEAD and POST."
    own = f"{scheme}://{host}"
    origin = headers.get("origin")
    if origin is not None and origin != own:
        return 403, "This request was sent by a page of another origin."
    site = headers.get("sec-fetch-site", "none")
    is_followed_link = method == "GET" and headers.get("sec-fetch-mode") == "navigate"
    if site not in ("same-origin", "none") and not (is_followed_link and headers.get("sec-fetch-dest") == "document"):
        return 403, "This request was sent by a page of another site."
    if method == "POST" and origin != own:
        return 403, "A form has to come from the desk's own pages."
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > rules.largest_body:
        return 413, f"This is too much at once. At most {rules.largest_body:,} bytes can be sent; use melian read."
    return None


async def _take_in(receive: Receive, rules: Rules, send: Send) -> bytes | None:
    """Take a form in whole before anything is done with it, so that a slow or endless one holds up nobody.

    Returns:
        Its bytes; None where it was refused or broken off, and the answer is sent.
    """
    body = bytearray()
    try:
        async with timeout(rules.slowest_body):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    return None
                body += message.get("body", b"")
                if len(body) > rules.largest_body:
                    await _answer(
                        send, 413, f"This is too much at once. At most {rules.largest_body:,} bytes can be sent."
                    )
                    return None
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        await _answer(send, 408, "This took too long to arrive.")
        return None


def _giving(body: bytes, receive: Receive) -> Receive:
    parts: Iterator[Message] = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def give() -> Message:
        return next(parts, None) or await receive()

    return give


def _has_token(headers: Mapping[str, str], token: str) -> bool:
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(_COOKIE)
    except CookieError:
        return False
    return cookie is not None and hmac.compare_digest(cookie.value.encode(), token.encode())


async def _let_in(scope: Scope, send: Send, token: str) -> None:
    """Change a token in the address for a cookie, so that it stands in no history and no link."""
    query = parse_qsl(scope["query_string"].decode("latin-1"))
    given = dict(query).get("token", "")
    if scope["method"] != "GET" or not hmac.compare_digest(given.encode(), token.encode()):
        await _answer(send, 401, "This desk asks for a token. Open the whole address that it printed when it started.")
        return
    rest = urlencode([pair for pair in query if pair[0] != "token"])
    # A path that began with two strokes would be another host.
    place = "/" + quote(scope["path"].lstrip("/\\")) + (f"?{rest}" if rest else "")
    cookie = f"{_COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict"
    await _answer(send, 303, "", {"Location": place, "Set-Cookie": cookie})


async def _answer(send: Send, status: int, words: str, more: Mapping[str, str] | None = None) -> None:
    plain = {"Content-Type": "text/plain; charset=utf-8", **(more or {})}
    headers = [(name.lower().encode(), value.encode()) for name, value in plain.items()]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *_headers("/")]})
    await send({"type": "http.response.body", "body": words.encode()})


def _headers(path: str) -> Iterator[tuple[bytes, bytes]]:
    for name, value in _HEADERS.items():
        yield name.lower().encode(), value.encode()
    if not path.startswith("/assets/"):
        yield b"cache-control", b"no-store"
