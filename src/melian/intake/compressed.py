"""Files packed with gzip or Zstandard, opened as what is in them."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager

from melian.errors import BadReport

_PACKINGS = {".gz": "gzip", ".zst": "zstd"}


def ending_of(path: str) -> tuple[str, str | None]:
    """Give a file's telling ending and, where it is packed, how: `reports.jsonl.gz` is `.jsonl` in gzip."""
    root, ending = os.path.splitext(path)
    packing = _PACKINGS.get(ending.lower())
    return (os.path.splitext(root)[1] if packing else ending).lower(), packing


@contextmanager
def opened(path: str, packing: str | None) -> Iterator[io.BufferedReader]:
    """Open a file for reading, unpacked as it is read.

    Raises:
        BadReport: "compressed", where it is not packed as its ending says or breaks off.
        OSError: It cannot be opened.
    """
    if packing is None:
        with open(path, "rb") as stream:
            yield stream
        return
    import pyarrow as pa

    with open(path, "rb") as packed:
        stream = io.BufferedReader(_Unpacked(pa.CompressedInputStream(packed, packing), packing))
        try:
            yield stream
        finally:
            stream.detach()


class _Unpacked(io.RawIOBase):
    """Arrow's stream as Python's, with one kind of error."""

    def __init__(self, stream: io.RawIOBase, packing: str) -> None:
        self._stream = stream
        self._packing = packing

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer with unpacked bytes."""
        try:
            content = self._stream.read(len(buffer)) or b""
        except OSError as error:
            raise BadReport(
                "compressed",
                f"This is not packed with {self._packing}, or it breaks off",
                "a whole file",
                "Pack it again",
            ) from error
        buffer[: len(content)] = content
        return len(content)
