"""The name of every reading that rules may ask for."""

from __future__ import annotations

from melian.coding.dates.calendar_readings import CALENDAR_READINGS
from melian.coding.dates.fiscal_readings import FISCAL_READINGS
from melian.coding.dates.matching import Match, Reading
from melian.coding.dates.relative_readings import RELATIVE_READINGS

READINGS: dict[str, Reading] = {**CALENDAR_READINGS, **RELATIVE_READINGS, **FISCAL_READINGS}

__all__ = ["READINGS", "Match", "Reading"]
