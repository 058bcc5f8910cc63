"""Who does the work: this process, or worker processes on this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for
from typing import ParamSpec, TypeVar

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What numpy, and all that rests on it, takes its number of threads from."""

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Crew:
    """Workers that are at hand.

    Attributes:
        executor: Takes tasks. Where a worker ends before its task is done, the task's future raises `BrokenExecutor`,
            and the next task finds another worker.
        count: How many tasks are done at a time.
    """

    executor: Executor
    count: int

    @property
    def most_begun(self) -> int:
        """How many tasks keep every worker at work, and no more: the input may be larger than the memory."""
        return 2 * self.count if self.count > 1 else 1


Engine = Callable[[], AbstractContextManager[Crew]]
"""Starts workers, and ends them when its context ends."""


def all_cores() -> int:
    """Count the cores that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def workers(count: int) -> Iterator[Crew]:
    """Start worker processes; one worker is this process itself.

    Where the work is broken off they are ended at once.
    """
    if count == 1:
        yield Crew(_Here(), 1)
        return
    before = set(multiprocessing.active_children())
    with _Processes(count) as executor:
        try:
            yield Crew(executor, count)
        except BaseException:
            for child in set(multiprocessing.active_children()) - before:
                child.kill()
            executor.shutdown(wait=True, cancel_futures=True)
            raise


def _begin() -> None:
    """Prepare a worker: it counts on one thread, leaves the interrupt key to its parent, and ends with it."""
    # The cores are shared out among the workers. Set before anything that counts with them is loaded.
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


class _Processes(Executor):
    """Worker processes, which are started anew when one of them has ended."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool = self._started()

    def submit(self, call: Callable[Given, Answer], /, *args: Given.args, **kwargs: Given.kwargs) -> Future[Answer]:
        """Hand a task to the next worker that is free."""
        try:
            return self._pool.submit(call, *args, **kwargs)
        except BrokenProcessPool:
            self._pool.shutdown(wait=True)
            self._pool = self._started()
            return self._pool.submit(call, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers."""
        self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _started(self) -> ProcessPoolExecutor:
        # A new interpreter for each: models and their threads do not survive a fork.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._count, mp_context=context, initializer=_begin)


class _Here(Executor):
    """Does the work at once, in this process."""

    def submit(self, call: Callable[Given, Answer], /, *args: Given.args, **kwargs: Given.kwargs) -> Future[Answer]:
        """Do it now."""
        future: Future[Answer] = Future()
        try:
            future.set_result(call(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - the future hands it on, as a pool does
            future.set_exception(error)
        return future
