"""Who said what: cue, content, speaker, relays, nesting."""

from melian.coding.statements.stage import StatementsStage

__all__ = ["StatementsStage"]
