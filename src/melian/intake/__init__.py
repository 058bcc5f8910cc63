"""Files, folders, pages, tables and addresses to reports; what cannot be read becomes a reject with its reason."""

from melian.intake.options import IntakeOptions
from melian.intake.rejects import Reject
from melian.intake.report import report_from_text
from melian.intake.sources import read_sources

__all__ = ["IntakeOptions", "Reject", "read_sources", "report_from_text"]
