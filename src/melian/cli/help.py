"""What help texts have in common: paragraphs that wrap, and the examples and exit codes at their end."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping


def closing(*examples: str, codes: Mapping[int, str] | None = None) -> str:
    """Write the last lines of a command's help.

    Args:
        examples: Commands that show its use, the simplest first.
        codes: What its exit codes mean, where they say more than usual.
    """
    parts = ["[bold]Examples[/bold]", *examples] if examples else []
    if codes:
        parts += ["[bold]Exit codes[/bold]", " · ".join(f"{code} {meaning}" for code, meaning in codes.items())]
    return "\n\n".join(parts)


def unwrapped(command: Callable[..., object] | None) -> str:
    """Give a command's docstring with each paragraph in one line, so that a terminal wraps it by its own width."""
    paragraphs = inspect.cleandoc(command.__doc__ or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
