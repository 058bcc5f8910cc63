"""The tags of words: outside, or the begin, inside, end or single word of a source, cue or content."""

from __future__ import annotations

from typing import Literal

Role = Literal["source", "cue", "content"]

ROLES: tuple[Role, ...] = ("source", "cue", "content")
"""The roles, in the order of the tags. `source` is the speaker, by the name that corpora of attribution give it."""

TAG_NUMBERS: dict[tuple[str, Role], int] = {
    (place, role): 1 + 4 * i + j for i, role in enumerate(ROLES) for j, place in enumerate("BIES")
}
"""Tag numbers by place and role; 0 is outside."""

TAGS = 1 + 4 * len(ROLES)
"""How many tags there are."""


def may_follow(one: int, other: int) -> bool:
    """Tell whether a tag may stand behind another within a paragraph."""
    place, role = _parts(one)
    place_after, role_after = _parts(other)
    if place in "BI":
        return role == role_after and place_after in "IE"
    return place_after not in "IE"


def may_begin(tag: int) -> bool:
    """Tell whether a paragraph may begin with a tag."""
    return _parts(tag)[0] not in "IE"


def may_end(tag: int) -> bool:
    """Tell whether a paragraph may end with a tag."""
    return _parts(tag)[0] not in "BI"


def _parts(tag: int) -> tuple[str, int]:
    return ("O", -1) if tag == 0 else ("BIES"[(tag - 1) % 4], (tag - 1) // 4)
