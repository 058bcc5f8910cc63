"""Worker processes on this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait as wait_for
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def all_cores() -> int:
    """Count the cores that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def workers(count: int) -> Iterator[Executor]:
    """Start worker processes; one worker is this process itself.

    Where the work is broken off they are ended at once.
    """
    if count == 1:
        yield _Here()
        return
    # A new interpreter for each: models and their threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    before = set(multiprocessing.active_children())
    with ProcessPoolExecutor(count, mp_context=context, initializer=_begin) as executor:
        try:
            yield executor
        except BaseException:
            for child in set(multiprocessing.active_children()) - before:
                child.kill()
            executor.shutdown(wait=True, cancel_futures=True)
            raise


def _begin() -> None:
    """Prepare a worker: the interrupt key is the parent's affair, and a worker ends with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


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
