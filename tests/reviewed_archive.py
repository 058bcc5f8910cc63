"""Archives of invented readings, and answers of reviewers to them."""

from melian.archive import Writer
from melian.archive.marks import Making
from melian.archive.review.queue import Review
from melian.archive.shard import write_shard


def store(folder, *found, code="c"):
    """Put readings into an archive."""
    with Writer(folder, is_new_allowed=True) as writer:
        number = writer.take_number()
        part = writer.begin_part("key", number)
        writer.commit(write_shard(part, "key", number, found, [], Making(produced_by=found[0].produced_by, code=code)))


def judge(folder, record, changes=None, reviewer="amina", kind="event", report="r0badcafe", **more):
    """Answer for one record."""
    review = Review(folder)
    return review.answer(reviewer, review.task(report, kind, record).anchor, changes, **more)
