"""Readings written for others: the terminal, a web page, JSON, and the formats of other data sets."""
