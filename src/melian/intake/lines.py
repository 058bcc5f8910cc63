"""Lines of any length in memory of a fixed size: a longer one is passed over by pieces and told."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Protocol, TextIO

from melian.errors import BadReport


class _GivesLines(Protocol):
    def readline(self, longest: int, /) -> bytes: ...


def bounded_lines(stream: _GivesLines, longest: int) -> Iterator[tuple[int, bytes | BadReport]]:
    """Yield each line with its number, the first without a byte order mark.

    Args:
        stream: The bytes.
        longest: Longer lines, in bytes, are given as a "too-long" error in their place.
    """
    number = 0
    while line := stream.readline(longest):
        number += 1
        if len(line) == longest and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(longest)
            yield number, _too_long(longest)
        else:
            yield number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line


class OverlongLine(BadReport):
    """A line that is too long and has been passed over: what stands behind it can be read."""


class BoundedLines:
    """Lines of text for a reader of tables. One that is too long raises, and the next call goes on behind it.

    Args:
        stream: The text.
        longest: How many characters a line may have.
    """

    def __init__(self, stream: TextIO, longest: int) -> None:
        self._stream = stream
        self._longest = longest

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """Give the next line.

        Raises:
            OverlongLine: It is longer than allowed.
        """
        line = self._stream.readline(self._longest)
        if not line:
            raise StopIteration
        if len(line) == self._longest and not line.endswith(("\n", "\r")):
            while line and not line.endswith(("\n", "\r")):
                line = self._stream.readline(self._longest)
            raise _too_long(self._longest)
        return line


def _too_long(longest: int) -> OverlongLine:
    return OverlongLine("too-long", f"This line has over {longest:,} bytes", "one report a line", "Split it")
