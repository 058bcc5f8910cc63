"""Workers on a Ray cluster: the same tasks on many machines. Nothing else of Melian knows Ray."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from melian.errors import BadSetting, MissingExtra
from melian.running.workers import Crew

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
_RETRIES = 2
"""How often Ray does a task anew whose worker or machine has ended."""


@contextmanager
def ray_workers(count: int | None = None, address: str | None = None) -> Iterator[Crew]:
    """Join a Ray cluster, or start one on this machine, and leave or end it afterwards.

    Args:
        count: How many tasks are done at a time; None for as many as the cluster has cores.
        address: Where the cluster is; None for what the environment variable RAY_ADDRESS says, and without it for a
            cluster on this machine.

    Raises:
        MissingExtra: Ray is not installed.
        BadSetting: There is no cluster at this address.
    """
    try:
        import ray
    except ImportError as error:
        raise MissingExtra(
            "The engine ray is not installed", "the library ray", 'pip install "melian[ray]", here and on the cluster'
        ) from error
    address = address or os.environ.get("RAY_ADDRESS") or None
    is_ours = not ray.is_initialized()
    if is_ours:
        try:
            ray.init(
                address=address or "local",
                num_cpus=None if address else count,
                include_dashboard=None if address else False,
                log_to_driver=False,
                configure_logging=False,
            )
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise BadSetting(
                f"No Ray cluster can be used at {address or 'this machine'}: {str(error)[:300]}",
                "the address of a cluster that runs, such as ray-head:6379",
                "Leave the address out for a cluster on this machine",
            ) from error
    try:
        yield Crew(_OnRay(), count or max(1, int(ray.cluster_resources().get("CPU", 1))))
    finally:
        if is_ours:
            ray.shutdown()


class _OnRay(Executor):
    """Hands tasks to Ray."""

    def __init__(self) -> None:
        import ray

        self._call = ray.remote(num_cpus=1, max_retries=_RETRIES)(_call)

    def submit(self, call: Callable[Given, Answer], /, *args: Given.args, **kwargs: Given.kwargs) -> Future[Answer]:
        """Hand a task to the cluster."""
        answer: Future[Answer] = Future()
        reference = self._call.remote(call, args, kwargs)
        # Ray forgets the answer of a task when nobody holds its reference.
        reference.future().add_done_callback(lambda done, held=reference: _hand_on(done, answer))
        return answer


def _call(call: Callable[..., Answer], args: tuple[object, ...], kwargs: dict[str, object]) -> Answer:
    return call(*args, **kwargs)


def _hand_on(done: Future[Answer], answer: Future[Answer]) -> None:
    from ray import exceptions

    error = done.exception()
    if error is None:
        answer.set_result(done.result())
    elif isinstance(error, exceptions.RayTaskError):
        answer.set_exception(error.cause if isinstance(error.cause, Exception) else error)
    elif isinstance(error, exceptions.RayError):
        answer.set_exception(BrokenExecutor(f"{type(error).__name__}: {str(error)[:300]}"))
    else:
        answer.set_exception(error)
