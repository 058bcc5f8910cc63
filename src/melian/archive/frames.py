"""Answers as the data frames that people work with."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, get_args

from melian.errors import BadQuestion, MissingExtra

if TYPE_CHECKING:
    import pyarrow as pa

Frame = Literal["arrow", "pandas", "polars"]


def framed(table: pa.Table, frame: object) -> Any:  # noqa: ANN401 - a table of whichever library was asked for
    """Give a table as a frame of the library that was asked for.

    Raises:
        BadQuestion: There is no such frame.
        MissingExtra: The library is not installed.
    """
    if frame == "arrow":
        return table
    name = str(frame)
    if name not in get_args(Frame):
        raise BadQuestion(f"There is no frame {name[:40]!r}", f"one of {', '.join(get_args(Frame))}")
    try:
        library = import_module(name)
    except ImportError as error:
        raise MissingExtra(f"{name} is not installed", "the extra notebook", "pip install melian[notebook]") from error
    return table.to_pandas() if name == "pandas" else library.from_arrow(table)
