"""Many readings in one place: append-only Parquet files, a ledger of what is finished, and questions in SQL."""

from melian.archive.store import Archive
from melian.archive.writer import Writer

__all__ = ["Archive", "Writer"]
