"""The list of cities: two sorted text files inside the package, searched by halving where they lie."""

from __future__ import annotations

import mmap
from functools import cache, lru_cache
from importlib.resources import as_file, files

from melian.errors import BadKnowledge
from melian.knowledge.gazetteer.fold import fold_name

_COLUMNS = 8


class SortedLines:
    """A sorted UTF-8 file of lines, of which only the pages that a search touches are read.

    Args:
        name: File name below `melian/knowledge/gazetteer`.

    Raises:
        BadKnowledge: The file is missing or empty.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        try:
            with as_file(files("melian.knowledge.gazetteer").joinpath(name)) as path, path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            found = f"The gazetteer file {name} cannot be opened: {error}"
            raise BadKnowledge(found, "the file of the installed package", "Install the package again") from error

    def starting_with(self, key: str) -> list[list[str]]:
        """Give the cells of every line whose first cell is the key."""
        if not key or "\t" in key or "\n" in key:
            return []
        wanted = key.encode("utf-8", "surrogatepass") + b"\t"
        low, high = 0, len(self._bytes)
        while low < high:
            middle = (low + high) // 2
            start = self._bytes.rfind(b"\n", 0, middle) + 1
            end = self._bytes.find(b"\n", start)
            if self._bytes[start : min(start + len(wanted), end)] < wanted:
                low = end + 1
            else:
                high = start
        rows: list[list[str]] = []
        while self._bytes[low : low + len(wanted)] == wanted:
            end = self._bytes.find(b"\n", low)
            rows.append(self._bytes[low:end].decode("utf-8").split("\t"))
            low = end + 1
        return rows


@cache
def _cities() -> SortedLines:
    return SortedLines("cities.txt")


@cache
def _aliases() -> SortedLines:
    return SortedLines("aliases.txt")


@lru_cache(maxsize=8_192)
def city_lines(key: str) -> tuple[tuple[str, ...], ...]:
    """Give the lines of the cities and districts that bear a name.

    Args:
        key: A name folded by `fold_name`.

    Returns:
        For each: key, name (empty where its letters are the key's with capitals), two-letter country, division code,
        kind (K capital, C city, D district), GeoNames id in decimal or empty, latitude and longitude in thousandths
        of a degree, population.
    """
    found = [tuple(cells) for cells in _cities().starting_with(key)]
    known = {cells[5] for cells in found if cells[5]}
    for _, main, identifiers in _aliases().starting_with(key):
        wanted = set(identifiers.split(",")) - known
        found.extend(tuple(cells) for cells in _cities().starting_with(main) if cells[5] in wanted)
        known |= wanted
    for cells in found:
        if len(cells) != _COLUMNS + 1:
            raise BadKnowledge(f"The gazetteer's line for {fold_name(key)!r} has {len(cells)} cells", "nine")
    return tuple(found)
