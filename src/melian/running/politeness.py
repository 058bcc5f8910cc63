"""Manners towards hosts: their robots.txt, a pause between two requests, and one when they ask for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from melian.intake.address import split_address
from melian.intake.options import IntakeOptions
from melian.intake.robots import Robots

LONGEST_WAIT = 60.0
"""Seconds that a round stands still for one host; where more are asked for, the page waits for a later round."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The time and its passing, so that tests need not wait."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


class NotYet(Exception):
    """A host that wants to be left alone for longer than a round waits.

    Args:
        until: When it may be asked, in seconds since 1970.
    """

    def __init__(self, until: float) -> None:
        self.until = until
        super().__init__(until)


class Politeness:
    """Keeps requests apart.

    Args:
        options: Which hosts may be asked.
        delay: Seconds between two requests to one host; its robots.txt may ask for more.
        clock: The time.
    """

    def __init__(self, options: IntakeOptions, delay: float, clock: Clock) -> None:
        self._robots = Robots(options, clock.now)
        self._delay = delay
        self._clock = clock
        self._free: dict[str, float] = {}

    def before(self, url: str) -> None:
        """Wait until an address may be asked.

        Raises:
            BadReport: Its host's robots.txt keeps us from it.
            NotYet: That would take too long.
        """
        host = host_of(url)
        free = self.free_at(url)
        if free - self._clock.now() > LONGEST_WAIT:
            raise NotYet(free)
        self._robots.check(url)
        if (wait := free - self._clock.now()) > 0:
            self._clock.sleep(wait)
        self._free[host] = self._clock.now() + max(self._delay, self._robots.delay(url))

    def free_at(self, url: str) -> float:
        """Tell when an address's host may be asked."""
        return self._free.get(host_of(url), 0.0)

    def leave_alone(self, url: str, seconds: float) -> None:
        """Ask nothing of a host for a while, as it has wished."""
        self._free[host_of(url)] = max(self.free_at(url), self._clock.now() + seconds)


def host_of(url: str) -> str:
    """Give the host of an address, with its port.

    Raises:
        BadReport: It is no address.
    """
    return split_address(url).netloc.lower()
