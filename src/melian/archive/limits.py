"""How much a question may use."""

from __future__ import annotations

import re
from dataclasses import dataclass

from melian.errors import BadQuestion


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may use.

    Attributes:
        memory: How much memory, such as "2GB".
        seconds: How long it may take; None for as long as it takes.
        spill: A folder for what does not fit into memory; empty for none, so that nothing is written.
    """

    memory: str = "2GB"
    seconds: float | None = 300.0
    spill: str = ""

    def __post_init__(self) -> None:
        if re.fullmatch(r"[1-9]\d{0,6} ?[KMGT]i?B", self.memory) is None:
            raise BadQuestion(f"The limit of memory is {self.memory[:40]!r}", 'a size such as "500MB" or "2GB"')
        if self.seconds is not None and not self.seconds > 0:
            raise BadQuestion(f"The limit of time is {self.seconds} seconds", "more than none")
