"""What hosts ask of programs that read them: robots.txt, asked for once and kept for a day.

Reference: RFC 9309, https://www.rfc-editor.org/rfc/rfc9309
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlunsplit

from melian.errors import BadReport
from melian.intake.address import split_address
from melian.intake.fetching import Asking, Declined, fetch
from melian.intake.options import IntakeOptions

if TYPE_CHECKING:
    from urllib.robotparser import RobotFileParser

NAME = "Melian"
"""The name to which a robots.txt may speak."""
_KEPT, _KEPT_WHERE_UNKNOWN = 86_400.0, 3_600.0
_MOST_BYTES = 512_000  # RFC 9309, section 2.5, asks for no less


@dataclass(frozen=True, slots=True)
class _Rules:
    parser: RobotFileParser | None
    until: float


class Robots:
    """The rules of hosts.

    Args:
        options: Which hosts may be asked.
        now: Tells the time, in seconds.
    """

    def __init__(self, options: IntakeOptions, now: Callable[[], float]) -> None:
        self._options = options
        self._now = now
        self._rules: dict[str, _Rules] = {}

    def check(self, url: str) -> None:
        """Refuse an address that its host keeps programs from.

        Raises:
            BadReport: "robots", where the host says so; "fetch", where it does not tell its rules: then nobody may
                ask, for the time being.
        """
        parser = self._rules_for(url).parser
        if parser is None:
            raise BadReport("fetch", "The host does not tell its robots.txt", "its rules", "Try again later")
        if not parser.can_fetch(NAME, url):
            raise BadReport(
                "robots",
                "The host's robots.txt keeps programs from this address",
                "one that it leaves open",
                "Leave it out",
            )

    def delay(self, url: str) -> float:
        """Give the seconds that a host wants between two requests, 0 where it says nothing."""
        parser = self._rules_for(url).parser
        delay = parser.crawl_delay(NAME) if parser is not None else None
        return float(delay) if delay is not None else 0.0

    def _rules_for(self, url: str) -> _Rules:
        parts = split_address(url)
        root = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        rules = self._rules.get(root)
        if rules is None or rules.until < self._now():
            rules = self._rules[root] = self._ask(root)
        return rules

    def _ask(self, address: str) -> _Rules:
        from urllib.robotparser import RobotFileParser

        asking = Asking(kinds=(), accept="text/plain", most_bytes=_MOST_BYTES, seconds=20.0)
        parser = RobotFileParser(address)
        try:
            lines = fetch(address, self._options, asking).content.decode("utf-8", "replace").splitlines()
        except Declined as error:
            if not 400 <= error.status < 500 or error.status == 429:
                return _Rules(None, self._now() + min(error.retry_after or _KEPT_WHERE_UNKNOWN, _KEPT))
            lines = []  # There are no rules.
        except BadReport as error:
            if error.reason == "address":
                raise
            return _Rules(None, self._now() + _KEPT_WHERE_UNKNOWN)
        parser.parse(lines)
        return _Rules(parser, self._now() + _KEPT)
