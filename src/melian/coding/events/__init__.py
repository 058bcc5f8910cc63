"""What was done: triggers, arguments, PLOVER type and mode, one event from several tellings."""

from melian.coding.events.stage import EventsStage

__all__ = ["EventsStage"]
