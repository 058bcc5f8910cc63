"""Web addresses: fetched only from public hosts, with limits on time, size and kind."""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from melian.errors import BadReport
from melian.intake.options import IntakeOptions, Permit
from melian.intake.rejects import safe_words

MOST_REDIRECTS = 5
MOST_BYTES = 10_000_000
_SECONDS = 10.0
_SECONDS_IN_ALL = 60.0
_KINDS = ("text/html", "application/xhtml+xml", "text/plain", "application/json", "application/x-ndjson",
          "application/jsonl", "application/x-jsonlines")  # fmt: skip
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9.])?")
_REDIRECTS = (301, 302, 303, 307, 308)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

_DO = "Save the page and give the file"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave.

    Attributes:
        url: The address in the end, after redirects.
        content: The body, unpacked.
        kind: Content type without its parameters.
        charset: The encoding that the content type names.
    """

    url: str
    content: bytes
    kind: str
    charset: str | None


def is_address(source: str) -> bool:
    """Tell whether a source is meant as a web address (of any scheme)."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://", source) is not None


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an IP address is one of the public internet, and so is any that it wraps."""
    if isinstance(address, IPv6Address):
        wrapped = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            wrapped.append(IPv4Address(int(address) & 0xFFFFFFFF))
        if any(inner is not None and not is_public(inner) for inner in wrapped):
            return False
        if address.ipv4_mapped is not None:
            return True
        if address.is_site_local:
            return False
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )


def fetch(url: str, options: IntakeOptions) -> Fetched:
    """Fetch a page.

    Each host, also behind a redirect, is resolved once, every IP address of it has to be permitted, and the connection
    goes to the address that was checked. Proxies of the environment are not used.

    Raises:
        BadReport: "address" where it is refused, "fetch" where it fails, "content-type", "too-large".
    """
    deadline = time.monotonic() + _SECONDS_IN_ALL
    for _ in range(MOST_REDIRECTS + 1):
        parts = _split(url)
        try:
            response = _ask(parts, options)
        except (HTTPError, OSError, ValueError) as error:
            found = f"{safe_words(parts.hostname)} could not be asked: {_plain(error)}"
            raise BadReport("fetch", found, "an answer", f"Try again, or {_DO.lower()}") from error
        try:
            target = response.headers.get("Location")
            if response.status not in _REDIRECTS or not target:
                return _take(response, url, deadline)
        except (HTTPError, OSError, ValueError) as error:
            found = f"{safe_words(parts.hostname)} broke off: {_plain(error)}"
            raise BadReport("fetch", found, "a whole page", f"Try again, or {_DO.lower()}") from error
        finally:
            response.close()
        try:
            url = urljoin(url, target)
        except ValueError as error:
            raise _refused("It redirects to no address") from error
    raise BadReport("fetch", f"This address redirects more than {MOST_REDIRECTS} times", "a page", _DO)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _refused("This is no web address") from error
    if parts.scheme not in ("http", "https"):
        raise _refused(f"Addresses that begin with {safe_words(parts.scheme, 20)}: are not read")
    if parts.username is not None or parts.password is not None:
        raise _refused("This address holds a user name or a password")
    if not host or port == 0:
        raise _refused("This address names no host")
    return parts


def _ask(parts: SplitResult, options: IntakeOptions) -> BaseHTTPResponse:
    host = _ascii_host(parts.hostname or "")
    is_safe = parts.scheme == "https"
    default = 443 if is_safe else 80
    port = parts.port or default
    address = str(_checked_address(host, port, options))
    timeout = urllib3.Timeout(connect=_SECONDS, read=_SECONDS)
    pool: urllib3.HTTPConnectionPool
    if is_safe:
        # The connection goes to the checked address; the certificate has to be the host's.
        pool = urllib3.HTTPSConnectionPool(
            address, port, timeout=timeout, cert_reqs="CERT_REQUIRED", server_hostname=host, assert_hostname=host
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout)
    shown = f"[{host}]" if ":" in host else host
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    headers = {
        "Host": shown if port == default else f"{shown}:{port}",
        "User-Agent": "Melian (reads reports; one page at a time)",
        "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, application/json;q=0.8",
        "Accept-Encoding": "gzip, deflate",
    }
    return pool.urlopen("GET", target, headers=headers, retries=False, redirect=False, preload_content=False)


def _ascii_host(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise _refused("This address names no host") from error
    if not _HOST.fullmatch(name):
        raise _refused("This address names no host")
    return name


def _checked_address(host: str, port: int, options: IntakeOptions) -> IPv4Address | IPv6Address:
    resolve = options.resolve or _resolve
    permit: Permit = options.permit or is_public
    try:
        found = [ipaddress.ip_address(item) for item in resolve(host, port)]
    except (OSError, UnicodeError, ValueError) as error:
        raise BadReport(
            "fetch", f"The host {safe_words(host, 80)} was not found", "a host", "Check the address"
        ) from error
    if not found:
        raise BadReport("fetch", f"The host {safe_words(host, 80)} was not found", "a host", "Check the address")
    for address in found:
        if not permit(address):
            raise _refused(f"{safe_words(host, 80)} leads to {address}, which is not on the public internet")
    return found[0]


def _resolve(host: str, port: int) -> Sequence[str]:
    return list(dict.fromkeys(str(item[4][0]) for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def _take(response: BaseHTTPResponse, url: str, deadline: float) -> Fetched:
    if response.status != 200:
        raise BadReport("fetch", f"The host answered with {response.status}", "200 and a page", _DO)
    kind, _, rest = response.headers.get("Content-Type", "text/html").partition(";")
    kind = kind.strip().lower()
    if kind not in _KINDS:
        raise BadReport("content-type", f"This address gives {safe_words(kind, 60)}", "a page, plain text or JSON", _DO)
    charset = re.search(r"charset\s{0,3}=\s{0,3}[\"']?([\w:.-]{2,40})", rest, re.IGNORECASE)
    content = bytearray()
    while chunk := response.read1(65_536, decode_content=True):
        content += chunk
        if len(content) > MOST_BYTES:
            raise BadReport("too-large", f"This page has over {MOST_BYTES:,} bytes", "one report", _DO)
        if time.monotonic() > deadline:
            raise BadReport("fetch", f"This page took over {_SECONDS_IN_ALL:.0f} seconds", "a faster answer", _DO)
    return Fetched(url, bytes(content), kind, charset[1] if charset else None)


def _refused(found: str) -> BadReport:
    return BadReport("address", found, "a public address that begins with http:// or https://", _DO)


def _plain(error: Exception) -> str:
    if isinstance(error, (urllib3.exceptions.TimeoutError, TimeoutError)):
        return "it did not answer in time"
    if isinstance(error, urllib3.exceptions.SSLError):
        return "its certificate is not right"
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return "no connection"
    return safe_words(type(error).__name__)
