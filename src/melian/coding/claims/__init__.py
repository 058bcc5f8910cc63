"""Who holds what: polarity, certainty and tense per holder, and the disputes inside one report."""

from melian.coding.claims.stage import ClaimsStage

__all__ = ["ClaimsStage"]
