"""The list of feeds to watch: a TOML file, checked before work begins."""

from __future__ import annotations

import ipaddress
import tomllib
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from melian.errors import BadReport, BadSetting
from melian.intake.address import is_public, split_address

_LARGEST = 1_000_000
_DO = "See docs/guide/watching.md"
Minutes = Annotated[float, msgspec.Meta(ge=1, le=10_080)]


class Feed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One feed.

    Attributes:
        url: Its address.
        outlet: Who publishes it; None for what pages say of themselves.
        take: The pages that it lists, or the feed's own words.
        minutes: How often it is asked; None for the file's own.
    """

    url: str
    outlet: str | None = None
    take: Literal["pages", "words"] = "pages"
    minutes: Minutes | None = None


class Feeds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is watched, and how politely.

    Attributes:
        feed: The feeds.
        minutes: How often a feed is asked.
        delay: Seconds between two requests to one host; a host's robots.txt may ask for more.
        most: Pages of one feed that are fetched in one round; the others wait for the next.
        permit: Networks that may be asked although they are not public, such as your own.
    """

    feed: Annotated[tuple[Feed, ...], msgspec.Meta(min_length=1)]
    minutes: Minutes = 15
    delay: Annotated[float, msgspec.Meta(ge=0, le=3_600)] = 5
    most: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 50
    permit: tuple[str, ...] = ()

    def may_be_asked(self, address: IPv4Address | IPv6Address) -> bool:
        """Tell whether an IP address is public, or of a network that is permitted."""
        return is_public(address) or any(address in ipaddress.ip_network(network) for network in self.permit)


def read_feeds(path: Path) -> Feeds:
    """Read the list of feeds.

    Raises:
        BadSetting: It cannot be read, is no TOML, has a key or a value that is unknown, or an address that is none.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise BadSetting(f"{path} cannot be read: {error.strerror}", "a file that lists feeds", _DO) from error
    if len(content) > _LARGEST:
        raise BadSetting(f"{path} has over {_LARGEST:,} bytes", "a file that lists feeds", _DO)
    try:
        feeds = msgspec.toml.decode(content, type=Feeds)
        for network in feeds.permit:
            ipaddress.ip_network(network)
    except (msgspec.DecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        raise BadSetting(f"{path} cannot be used: {error}", "feeds as the guide lists them", _DO) from error
    for feed in feeds.feed:
        try:
            split_address(feed.url)
        except BadReport as error:
            raise BadSetting(f"{path}: the feed {feed.url[:200]!r} cannot be asked", error.expected, _DO) from error
    urls = [feed.url for feed in feeds.feed]
    if doubled := next((url for url in urls if urls.count(url) > 1), None):
        raise BadSetting(f"{path} lists {doubled!r} twice", "each feed once", "Leave one of them out")
    return feeds
