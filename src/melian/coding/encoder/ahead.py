"""Running the encoder beside the parser: on a thread of its own, a batch of reports ahead of the stages."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

from melian.coding.encoder.transformer import Transformer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

    from melian.coding.encoder.transformer import Encoded
    from melian.records import Report


@cache
def begin_loading() -> Future[Transformer]:
    """Begin to load the encoder on a thread of its own, once a process."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="melian-encoder-load")
    loading = thread.submit(Transformer)
    thread.shutdown(wait=False)
    return loading


class EncoderAhead:
    """Gives vectors for each word of each report, for every head that comes behind.

    The encoder needs nothing but the text and holds no lock while it counts, so a second core does its work while the
    parser is busy with the first. What it gives does not depend on when it runs.

    Example:
        >>> from melian.records import Report
        >>> with EncoderAhead() as encoder:
        ...     for report in encoder.begin([Report(id="r1", text="France condemned Russia.")], str):
        ...         [encoded] = encoder.take()()
        >>> encoded.said.shape, encoded.done.shape
        ((4, 384), (4, 256))
    """

    def __init__(self) -> None:
        self._transformer = begin_loading()
        self._begun: deque[Future[tuple[Encoded, ...]]] = deque()

    def __enter__(self) -> EncoderAhead:
        """Start the thread."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="melian-encoder")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop the thread; what it has not begun is dropped."""
        self._thread.shutdown(cancel_futures=True)

    def begin(self, reports: Iterable[Report], plain: Callable[[str], str]) -> Iterator[Report]:
        """Pass reports on, each as soon as the encoding of its text is asked for, as `plain` writes it."""
        for report in reports:
            self._begun.append(self._thread.submit(self._encode, plain(report.text)))
            yield report

    def take(self) -> Callable[[], tuple[Encoded, ...]]:
        """Give what waits for the windows of the next report that was begun, each with the vectors of its words."""
        return self._begun.popleft().result

    def _encode(self, text: str) -> tuple[Encoded, ...]:
        return tuple(self._transformer.result().read(text))
