"""Files packed with gzip or Zstandard, opened as what is in them."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from melian.errors import BadReport
from melian.intake.options import Bounds
from melian.intake.stored import opened_raw

_PACKINGS = {".gz": "gzip", ".zst": "zstd"}


def ending_of(path: str) -> tuple[str, str | None]:
    """Give a file's telling ending and, where it is packed, how: `reports.jsonl.gz` is `.jsonl` in gzip."""
    root, ending = os.path.splitext(path)
    packing = _PACKINGS.get(ending.lower())
    return (os.path.splitext(root)[1] if packing else ending).lower(), packing


@contextmanager
def opened(path: str, packing: str | None, bounds: Bounds) -> Iterator[io.BufferedReader]:
    """Open a file for reading, unpacked as it is read.

    Args:
        path: A file, or an address in a store of objects.
        packing: How it is packed, as `ending_of` tells.
        bounds: How much may come out of it.

    Raises:
        BadReport: "compressed", where it is not packed as its ending says or breaks off; "bomb", where more comes out
            than the bounds allow.
        OSError: It cannot be opened.
    """
    with opened_raw(path) as packed:
        if packing is None:
            yield packed
            return
        raw: io.RawIOBase = _Unpacked(_unpacking(packed, packing), packing, packed, bounds)
        stream: io.BufferedReader = io.BufferedReader(raw)
        try:
            yield stream
        finally:
            stream.detach()


def _unpacking(packed: BinaryIO, packing: str) -> Callable[[int], bytes]:
    if packing == "gzip":
        # One read at a time gives all that stands before the place where a file breaks off.
        return gzip.GzipFile(fileobj=packed, mode="rb").read1
    import pyarrow as pa

    read: Callable[[int], bytes] = pa.CompressedInputStream(packed, packing).read
    return read


class _Unpacked(io.RawIOBase):
    """What reads unpacked bytes as a stream, with one kind of error and an end to what it gives."""

    def __init__(self, read: Callable[[int], bytes], packing: str, packed: BinaryIO, bounds: Bounds) -> None:
        self._read = read
        self._packing = packing
        self._packed = packed
        self._bounds = bounds
        self._given = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer with unpacked bytes."""
        try:
            content = self._read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise BadReport(
                "compressed",
                f"This is not packed with {self._packing}, or it breaks off",
                "a whole file",
                "Pack it again",
            ) from error
        self._given += len(content)
        if self._given > max(self._bounds.unquestioned, self._bounds.expansion * self._packed.tell()):
            raise BadReport(
                "bomb",
                f"This unpacks to more than {self._bounds.expansion} times its size, and is read no further",
                "text, which packs five- to tenfold",
                "If it holds reports, unpack it and give the file",
            )
        buffer[: len(content)] = content
        return len(content)
