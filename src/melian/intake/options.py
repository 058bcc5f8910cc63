"""What the caller says about the sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import BinaryIO, Literal

from melian.settings import Settings

Format = Literal["text", "page", "jsonl", "json", "csv", "tsv", "parquet", "warc"]
Resolve = Callable[[str, int], Sequence[str]]
Permit = Callable[[IPv4Address | IPv6Address], bool]

LARGEST_FILE = 20_000_000
"""Bytes of a source that has to be held in memory whole: text, a page, a JSON document."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of the machine a source may take: none is read whole, or for ever, because it says so.

    Attributes:
        largest_file: Bytes of what has to be held in memory whole: text, a page, a JSON document.
        expansion: How many times its own size a packed file may unpack to. News packs five- to tenfold, and a table
            that repeats itself a hundredfold; a bomb packs a thousandfold and more.
        unquestioned: Bytes to which any packed file may unpack.
    """

    largest_file: int = LARGEST_FILE
    expansion: int = 250
    unquestioned: int = 64_000_000


@dataclass(frozen=True, slots=True)
class IntakeOptions:
    """How sources are read.

    Attributes:
        published: Date of publication. Wins over what a page says of itself; stands in where a table's row says none.
        outlet: Who published it; likewise.
        text_column: Column or key with the text. Where there is no column "text", the usual names are tried.
        title_column: Column with the title; None for the usual names, as with the following.
        published_column: Column with the date of publication.
        outlet_column: Column with the outlet.
        url_column: Column with the address.
        id_column: Column with the id.
        format: What the sources are; None to tell by ending and content.
        largest_report: Longer texts, in characters, are rejected.
        stdin: The binary stream behind "-"; None for the standard input.
        resolve: Gives the IP addresses of a host and port; None for the system's resolver.
        permit: Tells whether an IP address may be asked; None for public addresses only.
        bounds: How much of the machine a source may take.
    """

    published: str | None = None
    outlet: str | None = None
    text_column: str = "text"
    title_column: str | None = None
    published_column: str | None = None
    outlet_column: str | None = None
    url_column: str | None = None
    id_column: str | None = None
    format: Format | None = None
    largest_report: int = Settings().largest_report
    stdin: BinaryIO | None = None
    resolve: Resolve | None = None
    permit: Permit | None = None
    bounds: Bounds = Bounds()

    @property
    def longest_line(self) -> int:
        """Bytes of one report in a table of lines, of which JSON may write each character with six."""
        return 6 * self.largest_report + 65_536
