"""What an address gives: fetched from the host that was checked, with limits on time, size, kind and redirects."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, quote, urljoin

import urllib3
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from melian.errors import BadReport
from melian.intake.address import DO, ascii_host, checked_address, refused, split_address
from melian.intake.deadline import Deadline
from melian.intake.options import IntakeOptions
from melian.intake.rejects import safe_words

AGENT = "Melian (reads reports; one page at a time)"
MOST_REDIRECTS = 5
MOST_BYTES = 10_000_000
_SECONDS = 10.0
_KINDS = ("text/html", "application/xhtml+xml", "text/plain", "application/json", "application/x-ndjson",
          "application/jsonl", "application/x-jsonlines")  # fmt: skip
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Asking:
    """How an address is asked.

    Attributes:
        kinds: Content types that are taken; none for any.
        accept: The same as a host is told it.
        headers: Further lines of the request.
        most_bytes: Longer answers are refused.
        seconds: How long it may take in all, redirects and the slowest of hosts included.
        before: Called with each address before it is asked, also behind a redirect. What it raises ends the fetch.
    """

    kinds: tuple[str, ...] = _KINDS
    accept: str = "text/html, application/xhtml+xml, text/plain;q=0.9, application/json;q=0.8"
    headers: Mapping[str, str] = field(default_factory=dict)
    most_bytes: int = MOST_BYTES
    seconds: float = 60.0
    before: Callable[[str], None] | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave.

    Attributes:
        url: The address in the end, after redirects.
        content: The body, unpacked.
        kind: Content type without its parameters.
        charset: The encoding that the content type names.
        etag: What the host calls this state of it.
        modified: When the host last changed it, in the host's words.
        is_unchanged: The host said that nothing has changed since; there is no content.
    """

    url: str
    content: bytes
    kind: str
    charset: str | None
    etag: str | None = None
    modified: str | None = None
    is_unchanged: bool = False


class Declined(BadReport):
    """A host that answered with something else than what was asked for.

    Args:
        status: The status of its answer.
        retry_after: In how many seconds it may be asked again, where it says so.
    """

    def __init__(self, status: int, retry_after: float | None = None) -> None:
        self.status = status
        self.retry_after = retry_after
        super().__init__("fetch", f"The host answered with {status}", "200 and a page", DO)

    def __reduce__(self) -> tuple[object, ...]:
        """Say how to make the error again."""
        return type(self), (self.status, self.retry_after)


def fetch(url: str, options: IntakeOptions, asking: Asking | None = None) -> Fetched:
    """Fetch a page, or whatever else is asked for.

    Each host, also behind a redirect, is resolved once, every IP address of it has to be permitted, and the connection
    goes to the address that was checked. Proxies of the environment are not used.

    Args:
        url: The address.
        options: Which hosts may be asked.
        asking: How it is asked; None for a page.

    Raises:
        BadReport: "address" where it is refused, "fetch" where it fails, "content-type", "too-large".
        Declined: The host answered with another status than 200.
    """
    asking = asking or Asking()
    with closing(Deadline(asking.seconds)) as deadline:
        for _ in range(MOST_REDIRECTS + 1):
            parts = split_address(url)
            if asking.before is not None:
                asking.before(url)
                deadline.begin_again()
            try:
                response = _ask(parts, options, asking, deadline)
            except (HTTPError, OSError, ValueError) as error:
                found = f"{safe_words(parts.hostname)} could not be asked: {_plain(error, deadline)}"
                raise BadReport("fetch", found, "an answer", f"Try again, or {DO.lower()}") from error
            try:
                target = response.headers.get("Location")
                if response.status not in _REDIRECTS or not target:
                    return _take(response, url, asking, deadline)
            except (HTTPError, OSError, ValueError) as error:
                found = f"{safe_words(parts.hostname)} broke off: {_plain(error, deadline)}"
                raise BadReport("fetch", found, "a whole page", f"Try again, or {DO.lower()}") from error
            finally:
                response.close()
            try:
                url = urljoin(url, target)
            except ValueError as error:
                raise refused("It redirects to no address") from error
    raise BadReport("fetch", f"This address redirects more than {MOST_REDIRECTS} times", "a page", DO)


def _ask(parts: SplitResult, options: IntakeOptions, asking: Asking, deadline: Deadline) -> BaseHTTPResponse:
    host = ascii_host(parts.hostname or "")
    is_safe = parts.scheme == "https"
    default = 443 if is_safe else 80
    port = parts.port or default
    address = str(checked_address(host, port, options))
    timeout = urllib3.Timeout(connect=_SECONDS, read=_SECONDS)
    pool: urllib3.HTTPConnectionPool
    if is_safe:
        # The connection goes to the checked address; the certificate has to be the host's.
        pool = urllib3.HTTPSConnectionPool(
            address, port, timeout=timeout, cert_reqs="CERT_REQUIRED", server_hostname=host, assert_hostname=host
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout)
    deadline.guard(pool)
    shown = f"[{host}]" if ":" in host else host
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    headers = {
        "Host": shown if port == default else f"{shown}:{port}",
        "User-Agent": AGENT,
        "Accept": asking.accept,
        "Accept-Encoding": "gzip, deflate",
        **asking.headers,
    }
    return pool.urlopen("GET", target, headers=headers, retries=False, redirect=False, preload_content=False)


def _take(response: BaseHTTPResponse, url: str, asking: Asking, deadline: Deadline) -> Fetched:
    etag, modified = _line(response, "ETag"), _line(response, "Last-Modified")
    if response.status == 304 and asking.headers:
        return Fetched(url, b"", "", None, etag, modified, is_unchanged=True)
    if response.status != 200:
        raise Declined(response.status, _seconds_of(response.headers.get("Retry-After")))
    kind, _, rest = response.headers.get("Content-Type", "text/html").partition(";")
    kind = kind.strip().lower()
    if asking.kinds and kind not in asking.kinds:
        raise BadReport("content-type", f"This address gives {safe_words(kind, 60)}", f"one of {asking.accept}", DO)
    charset = re.search(r"charset\s{0,3}=\s{0,3}[\"']?([\w:.-]{2,40})", rest, re.IGNORECASE)
    content = bytearray()
    while chunk := response.read1(65_536, decode_content=True):
        content += chunk
        if len(content) > asking.most_bytes:
            raise BadReport("too-large", f"This page has over {asking.most_bytes:,} bytes", "one report", DO)
    if deadline.is_over:  # a connection that was ended may look like one that came to its end
        raise BadReport("fetch", f"This page took over {asking.seconds:.0f} seconds", "a faster answer", DO)
    return Fetched(url, bytes(content), kind, charset[1] if charset else None, etag, modified)


def _line(response: BaseHTTPResponse, name: str) -> str | None:
    value = response.headers.get(name)
    return value if value and len(value) <= 300 and value.isprintable() and value.isascii() else None


def _seconds_of(value: str | None) -> float | None:
    """Read when a host may be asked again: a number of seconds, or a moment."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _plain(error: Exception, deadline: Deadline) -> str:
    if deadline.is_over or isinstance(error, (urllib3.exceptions.TimeoutError, TimeoutError)):
        return "it did not answer in time"
    if isinstance(error, urllib3.exceptions.SSLError):
        return "its certificate is not right"
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return "no connection"
    return safe_words(type(error).__name__)
