"""Readings written for others: the terminal, a web page, JSON."""
