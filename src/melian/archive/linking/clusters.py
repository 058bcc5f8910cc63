"""Groups from scored pairs: the best pairs first, and no chain makes one group of many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

Pair = tuple[int, int]
Scored = tuple[int, int, float]


def components(pairs: Iterable[Pair]) -> dict[int, int]:
    """Name for each node that stands in a pair the smallest node to which a chain of pairs leads."""
    parent: dict[int, int] = {}
    for left, right in pairs:
        one, other = _root(parent, left), _root(parent, right)
        parent[max(one, other)] = min(one, other)
    return {node: _root(parent, node) for node in parent}


def groups(
    pairs: Iterable[Scored], density: float, together: Collection[Pair] = (), apart: Collection[Pair] = ()
) -> dict[int, int]:
    """Join nodes to groups.

    Args:
        pairs: Two nodes and their score, each pair once.
        density: See `join_parts`.
        together: Likewise.
        apart: Likewise.

    Returns:
        For each node of a pair the smallest node of its group.
    """
    held = list(pairs)
    owner = components((*((left, right) for left, right, _ in held), *together))
    held.sort(key=lambda pair: owner[pair[0]])
    return dict(join_parts(held, owner, density, together, apart))


def join_parts(
    pairs: Iterable[Scored],
    owner: Mapping[int, int],
    density: float,
    together: Collection[Pair] = (),
    apart: Collection[Pair] = (),
) -> Iterator[Pair]:
    """Join nodes to groups, part by part; no more than the pairs of one part are held.

    Pairs are taken from the best to the worst. Two groups become one where at least a share of all pairs between them
    is there, and where nobody holds any two of their nodes apart. What is held together by hand is joined first.

    Args:
        pairs: Two nodes and their score, each pair once; those of one part follow each other.
        owner: The part of each node, as `components` gives it for all pairs and for what is held together.
        density: The share of the pairs between two groups that has to be there.
        together: Pairs that are one by hand.
        apart: Pairs that are two by hand; where the hand has said both, they are two.

    Yields:
        Each node with the smallest node of its group.
    """
    joined: dict[int, list[Pair]] = defaultdict(list)
    for one in together:
        joined[owner[one[0]]].append(one)
    divided: dict[int, list[Pair]] = defaultdict(list)
    for left, right in apart:
        if left in owner and owner[left] == owner.get(right):
            divided[owner[left]].append((left, right))

    def named(part: int, scored: Sequence[Scored]) -> Iterator[Pair]:
        for group in _joined(scored, density, joined.pop(part, []), divided[part]):
            smallest = min(group)
            yield from ((node, smallest) for node in group)

    for part, scored in groupby(pairs, key=lambda pair: owner[pair[0]]):
        yield from named(part, list(scored))
    for part in list(joined):
        yield from named(part, [])


def _joined(
    pairs: Sequence[Scored], density: float, together: Sequence[Pair], apart: Sequence[Pair]
) -> Iterator[set[int]]:
    ends = [*((left, right) for left, right, _ in pairs), *together]
    members = {node: {node} for pair in ends for node in pair}
    between: dict[int, dict[int, int]] = {node: {} for node in members}
    kept_apart: dict[int, set[int]] = {node: set() for node in members}
    for left, right, _ in pairs:
        between[left][right] = between[right][left] = 1
    for left, right in apart:
        kept_apart[left].add(right)
        kept_apart[right].add(left)
    parent: dict[int, int] = {}

    def merge(one: int, other: int) -> None:
        large, small = (one, other) if len(between[one]) >= len(between[other]) else (other, one)
        parent[small] = large
        members[large] |= members.pop(small)
        for node, count in between.pop(small).items():
            del between[node][small]
            if node != large:
                between[large][node] = between[node][large] = between[large].get(node, 0) + count
        for node in kept_apart.pop(small):
            kept_apart[node].discard(small)
            kept_apart[node].add(large)
            kept_apart[large].add(node)

    for left, right in together:
        one, other = _root(parent, left), _root(parent, right)
        if one != other and other not in kept_apart[one]:
            merge(one, other)
    for left, right, _ in sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])):
        one, other = _root(parent, left), _root(parent, right)
        if one == other or other in kept_apart[one]:
            continue
        if between[one].get(other, 0) >= density * len(members[one]) * len(members[other]):
            merge(one, other)
    yield from members.values()


def _root(parent: dict[int, int], node: int) -> int:
    while (above := parent.setdefault(node, node)) != node:
        parent[node] = parent.setdefault(above, above)
        node = above
    return node
