"""The seam to what an archive knows of the same event in several reports. Pages ask here and nowhere else."""

from __future__ import annotations

from melian.desk.desk import Desk
from melian.desk.pages.page import EventLine


def alike(desk: Desk, report: str, event: str) -> list[EventLine]:
    """Give events of other reports that may be the same happening: of the same type, day and countries.

    They are not linked: the reader has to judge.
    """
    return desk.questions().ask("alike", EventLine, report=report, event=event)
