"""The language of a report: quotations, sentences that respect them, and the parse."""

from melian.coding.language.pipeline import Language, load_language
from melian.coding.language.quotations import find_quotations

__all__ = ["Language", "find_quotations", "load_language"]
