"""Disputes inside one report: what sides say of one thing that cannot all be so."""
