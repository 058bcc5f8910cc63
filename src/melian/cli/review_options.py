"""The options that the verbs of a review share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

Reviewer = Annotated[str, typer.Option(metavar="NAME", help="Who judges; always the same name for the same person.")]
SampleName = Annotated[str, typer.Option("--sample", metavar="NAME", help="The random sample.")]
SampleOrQueue = Annotated[
    str | None,
    typer.Option(
        "--sample", metavar="NAME", help="Take records of this random sample, and not those the machine doubts most."
    ),
]


class Kind(StrEnum):
    """What is judged."""

    EVENT = "event"
    STATEMENT = "statement"
    DISPUTE = "dispute"


OfKind = Annotated[Kind, typer.Option(help="What is judged.")]
