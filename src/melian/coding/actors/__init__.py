"""Mentions to actors: names, titles, demonyms, capitals and palaces, offices by date, roles, pronouns."""

from melian.coding.actors.phrase_resolution import as_sentence, in_context, resolve_phrase
from melian.coding.actors.stage import ActorsStage, report_day

__all__ = ["ActorsStage", "as_sentence", "in_context", "report_day", "resolve_phrase"]
