"""Places: from names in a report to entries of the gazetteer."""

from melian.coding.places.finding import find_places, find_places_with_bases, resolve_names

__all__ = ["find_places", "find_places_with_bases", "resolve_names"]
