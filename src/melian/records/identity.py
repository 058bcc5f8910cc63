"""Ids made from content, so that they are equal from run to run."""

from __future__ import annotations

from hashlib import blake2b


def content_id(prefix: str, *parts: object, size: int = 4) -> str:
    """Make an id such as `e4f1c09ab` from what a record says.

    Args:
        prefix: One letter for the kind of record.
        parts: What makes the record itself and no other; their text form counts.
        size: How many bytes. Four keep the records of one report apart; what must differ in an archive needs eight.
    """
    digest = blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=size)
    return prefix + digest.hexdigest()
