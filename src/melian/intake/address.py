"""Web addresses: which are asked, and where they lead. Only public hosts are, unless the caller permits others."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, urlsplit

from melian.errors import BadReport
from melian.intake.options import IntakeOptions, Permit
from melian.intake.rejects import safe_words

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9.])?")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

DO = "Save the page and give the file"


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


def split_address(url: str) -> SplitResult:
    """Take an address apart.

    Raises:
        BadReport: "address", where it is none of the web, or holds a password.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise refused("This is no web address") from error
    if parts.scheme not in ("http", "https"):
        raise refused(f"Addresses that begin with {safe_words(parts.scheme, 20)}: are not read")
    if parts.username is not None or parts.password is not None:
        raise refused("This address holds a user name or a password")
    if not host or port == 0:
        raise refused("This address names no host")
    return parts


def ascii_host(host: str) -> str:
    """Write a host as the network knows it.

    Raises:
        BadReport: "address", where it is no host.
    """
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise refused("This address names no host") from error
    if not _HOST.fullmatch(name):
        raise refused("This address names no host")
    return name


def checked_address(host: str, port: int, options: IntakeOptions) -> IPv4Address | IPv6Address:
    """Resolve a host once, and give an address of it of which all are permitted.

    Raises:
        BadReport: "address", where one is refused; "fetch", where there is none.
    """
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
            raise refused(f"{safe_words(host, 80)} leads to {address}, which is not on the public internet")
    return found[0]


def _resolve(host: str, port: int) -> Sequence[str]:
    return list(dict.fromkeys(str(item[4][0]) for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def refused(found: str) -> BadReport:
    """Say that an address is not asked."""
    return BadReport("address", found, "a public address that begins with http:// or https://", DO)
