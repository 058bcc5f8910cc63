"""Keeping the products of heads on one core."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


def on_one_core() -> AbstractContextManager[object]:
    """Give a context in which numpy multiplies matrices on one core.

    The heads' matrices are small: a second thread would help little, and where the encoder is at work on the other core
    each product waits for milliseconds until that thread has its turn.
    """
    limited: AbstractContextManager[object] = _pools().limit(limits=1, user_api="blas")
    return limited


@cache
def _pools() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
