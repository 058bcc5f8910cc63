"""Where results and complaints go: standard output or a file that is not overwritten, and standard error."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import typer

from melian.errors import MelianError
from melian.exports.visible import show_line

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_PIPE_WIDTH = 100


def complain(error: MelianError) -> None:
    """Print what was refused on standard error, in one safe line."""
    typer.echo(f"melian: {show_line(str(error), 2_000)}", err=True)


def name_reject(source: str, message: str, unit: str, number: int | None) -> None:
    """Print on standard error, in one safe line, what was rejected and why.

    Args:
        source: The file or address.
        message: What was found, what was expected, what to do.
        unit: What the number counts: "line" or "record".
        number: Which of them; None for the whole source.
    """
    where = f", {unit} {number}" if number is not None else ""
    typer.echo(show_line(f"rejected: {source}{where}: {message}", 2_000), err=True)


def refuse_overwrite(path: Path | None, is_forced: bool) -> None:
    """Stop with a usage error where a file would be overwritten, before any work is done.

    Raises:
        typer.BadParameter: The file is there and nothing says that it may go, or its folder is not there.
    """
    if path is None:
        return
    name = show_line(str(path), 200)
    if path.is_dir():
        raise typer.BadParameter(f"{name} is a folder. Name a file in it.", param_hint="--output")
    if path.exists() and not is_forced:
        raise typer.BadParameter(f"{name} is there already. Name another file, or add --force.", param_hint="--output")
    if not path.parent.is_dir():
        folder = show_line(str(path.parent), 200)
        raise typer.BadParameter(f"there is no folder {folder}. Make it first.", param_hint="--output")


def refuse_own_input(paths: Iterable[str], output: Path | None) -> None:
    """Stop with a usage error where the output is one of the files that are read.

    Raises:
        typer.BadParameter: It is.
    """
    for path in map(Path, paths):
        if output is not None and path.exists() and output.exists() and path.samefile(output):
            raise typer.BadParameter("this file is one of those to read. Name another.", param_hint="--output")


@contextmanager
def opened(path: Path | None) -> Iterator[IO[bytes]]:
    """Open standard output, or a file that appears under its name only when it is whole."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        handle, part = tempfile.mkstemp(prefix=f".{path.name[:50]}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(part, 0o666 & ~umask)
        try:
            os.replace(part, path)
        except OSError as error:
            raise _unwritable(path, error) from error
    finally:
        Path(part).unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> MelianError:
    name, why = show_line(str(path), 200), show_line(error.strerror or type(error).__name__, 100)
    return MelianError(f"{name} cannot be written: {why}", "a file in a folder that you may write to", "Name another")


def terminal_console() -> Console:
    """Make a console on the terminal that takes every word as it stands: no markup, no emoji codes."""
    from rich.console import Console

    return Console(file=sys.stdout, markup=False, emoji=False, highlight=False)


def show_on_screen(*shown: RenderableType, pipe_width: int = _PIPE_WIDTH) -> None:
    """Print on the terminal by its width and with styles; anywhere else as plain text of a fixed width."""
    if sys.stdout.isatty():
        terminal_console().print(*shown)
    else:
        typer.echo(plain_text(*shown, width=pipe_width), nl=False)


def plain_text(*parts: RenderableType, width: int = _PIPE_WIDTH) -> str:
    """Lay parts out as plain text of a fixed width, without styles and without blanks at the ends of lines."""
    from rich.console import Console

    held = io.StringIO()
    Console(
        file=held,
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        color_system=None,
        force_terminal=False,
    ).print(*parts)
    return "".join(f"{line.rstrip()}\n" for line in held.getvalue().split("\n")[:-1])
