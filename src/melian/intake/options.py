"""What the caller says about the sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import BinaryIO, Literal

from melian.settings import Settings

Format = Literal["text", "page", "jsonl", "json", "csv", "tsv", "parquet"]
Resolve = Callable[[str, int], Sequence[str]]
Permit = Callable[[IPv4Address | IPv6Address], bool]

LARGEST_FILE = 20_000_000
"""Bytes of a source that has to be held in memory whole: text, a page, a JSON document."""


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
