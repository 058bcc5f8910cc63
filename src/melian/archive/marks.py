"""What tells two readings, two reports or two rejects apart."""

from __future__ import annotations

from hashlib import blake2b

import msgspec

from melian.records import ProducedBy, Report


class Making(msgspec.Struct, frozen=True, kw_only=True):
    """What makes readings: the versions that a reading names, and a hash of the code."""

    produced_by: ProducedBy
    code: str

    @property
    def version(self) -> str:
        """One word for all of it."""
        return hash_of(msgspec.json.encode(self))


class Rejected(msgspec.Struct, frozen=True, kw_only=True):
    """Something that gave no reading.

    Attributes:
        source: The file or address, made safe to show.
        record: Which record of it, None for the whole.
        reason: A short stable word for counting.
        message: What was found, what was expected, what to do.
    """

    source: str
    record: int | None
    reason: str
    message: str

    @property
    def mark(self) -> str:
        """The same for the same reject, from run to run."""
        return hash_of(self.source, self.record, self.reason, self.message)


def content_of(report: Report) -> str:
    """Hash everything that is known of a report."""
    return hash_of(repr(report))


def hash_of(*parts: object) -> str:
    """Hash anything by its text form."""
    content = b"\x1f".join(
        part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass") for part in parts
    )
    return blake2b(content, digest_size=12).hexdigest()
