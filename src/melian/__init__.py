"""Melian reads reports of international affairs: what was done and said, and according to whom."""

__version__ = "0.1.0"
