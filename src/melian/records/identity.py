"""Ids made from content, so that they are equal from run to run."""

from __future__ import annotations

from hashlib import blake2b


def content_id(prefix: str, *parts: object) -> str:
    """Make an id such as `e4f1c09ab` from what a record says.

    Args:
        prefix: One letter for the kind of record.
        parts: What makes the record itself and no other; their text form counts.
    """
    digest = blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=4)
    return prefix + digest.hexdigest()
