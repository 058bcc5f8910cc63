"""Expressions of time and the intervals they lead to. Start at `finding.find_times`."""

from melian.coding.dates.finding import find_times, timex_of

__all__ = ["find_times", "timex_of"]
