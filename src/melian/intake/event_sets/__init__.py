"""Events of other data sets (POLECAT, ICEWS, GDELT), brought to one common row."""

from melian.intake.event_sets.imported import EventSet, ImportedEvent, imported_schema
from melian.intake.event_sets.read import read_event_set

__all__ = ["EventSet", "ImportedEvent", "imported_schema", "read_event_set"]
