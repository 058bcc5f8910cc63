"""Who does the work: this process, or worker processes on this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from queue import SimpleQueue
from typing import ParamSpec, TypeVar, cast

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
    with _Processes(count) as executor:
        try:
            yield Crew(executor, count)
        except BaseException:
            executor.kill()
            raise


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


class _Processes(Executor):
    """Worker processes, each with a thread that hands it tasks; why not a pool: docs/decisions/workers.md."""

    def __init__(self, count: int) -> None:
        self._crew = tuple(_Worker() for _ in range(count))
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._crew:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")

    def submit(self, call: Callable[Given, Answer], /, *args: Given.args, **kwargs: Given.kwargs) -> Future[Answer]:
        """Hand a task to the next worker that is free."""
        return self._threads.submit(self._do, partial(call, *args, **kwargs))

    def _do(self, task: Callable[[], Answer]) -> Answer:
        worker = self._idle.get()
        try:
            return worker.do(task)
        finally:
            self._idle.put(worker)

    def kill(self) -> None:
        """End the workers, whatever they are doing."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._crew:
            worker.kill()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers when their tasks are done."""
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        for worker in self._crew:
            worker.dismiss()


class _Worker:
    """A process that does one task at a time, and is started anew for the next one where it has ended.

    Nobody else holds an end of its pipe, so that whenever it ends, and in the middle of whatever, reading from it ends.
    """

    def __init__(self) -> None:
        # A new interpreter for each: models and their threads do not survive a fork.
        self._context = multiprocessing.get_context("spawn")
        self._at_work: tuple[multiprocessing.process.BaseProcess, Connection] | None = None
        self._is_dismissed = False
        self._changing = threading.Lock()

    def do(self, task: Callable[[], Answer]) -> Answer:
        """Have a task done.

        Raises:
            BrokenExecutor: The process has ended before.
            Exception: What the task raises.
        """
        process, pipe = self._started()
        try:
            pipe.send(task)
            outcome: tuple[Answer, None] | tuple[None, Exception] = pipe.recv()
        except (EOFError, OSError) as ended:
            with self._changing:
                self._at_work = None
            pipe.close()
            process.join()
            raise BrokenExecutor(f"a worker process ended with the code {process.exitcode}") from ended
        answer, error = outcome
        if error is not None:
            raise error
        return cast("Answer", answer)

    def kill(self) -> None:
        """End the process now, and for good."""
        with self._changing:
            self._is_dismissed = True
            if self._at_work is not None:
                self._at_work[0].kill()

    def dismiss(self) -> None:
        """Let the process end, which has no task."""
        with self._changing:
            self._is_dismissed = True
            if self._at_work is not None:
                process, pipe = self._at_work
                pipe.close()
                process.join()

    def _started(self) -> tuple[multiprocessing.process.BaseProcess, Connection]:
        with self._changing:
            if self._is_dismissed:
                raise BrokenExecutor("the work was broken off")
            if self._at_work is None:
                ours, theirs = self._context.Pipe()
                process = self._context.Process(target=_serve, args=(theirs,), daemon=True)
                process.start()
                theirs.close()
                self._at_work = process, ours
            return self._at_work


def _serve(pipe: Connection) -> None:
    """Do tasks until there are no more: a worker counts on one thread, leaves the interrupt key to its parent."""
    # The cores are shared out among the workers. Set before anything that counts with them is loaded.
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        pipe.send(_outcome(task))


def _outcome(task: Callable[[], Answer]) -> tuple[Answer, None] | tuple[None, Exception]:
    try:
        return task(), None
    except Exception as error:  # noqa: BLE001 - the parent raises it
        error.add_note(traceback.format_exc())
        return None, error


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)
