"""`melian ontology`: an ontology of one's own, from a TOML file with examples to a coder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from melian.cli.help import closing
from melian.cli.output import opened, refuse_overwrite, terminal_console
from melian.errors import BadOntology
from melian.exports.visible import show_line

if TYPE_CHECKING:
    from melian.evaluation.report import Outcome
    from melian.knowledge.ontology.own import OwnOntology

ontology = typer.Typer(
    help="Code events by an ontology of your own.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
Source = Annotated[
    Path, typer.Argument(metavar="ONTOLOGY.toml", help="Types with definitions and examples.", show_default=False)
]


@ontology.command(epilog=closing("melian ontology check examples/protest-issues.toml"))
def check(source: Source) -> None:
    """Check the file of an ontology: what is wrong is named with its line."""
    from melian.knowledge.ontology.own import read_ontology

    found = read_ontology(source)
    typer.echo(f"{found.title}: {_summary(found)}; nothing is wrong with it.")


@ontology.command(
    epilog=closing(
        "melian ontology train examples/protest-issues.toml --output protest-issues.npz",
        "melian read examples/protest.txt --ontology protest-issues.npz",
    )
)
def train(
    source: Source,
    output: Annotated[Path, typer.Option(metavar="FILE.npz", help="Where the trained ontology is written.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite the output file.")] = False,
) -> None:
    """Train an ontology on its examples, in some seconds, and write it to one small file for `melian read --ontology`.

    The shipped encoder stays as it is; two small heads learn which words tell an event and of which type. The same file
    gives the same heads, byte for byte.
    """
    from melian.coding.encoder.transformer import Transformer
    from melian.coding.events.own.trained import pack
    from melian.coding.events.own.training import train as train_heads
    from melian.evaluation.own import judge_checked
    from melian.knowledge.ontology.own import read_ontology

    refuse_overwrite(output, force)
    if output.suffix == ".toml":
        raise BadOntology(
            f"The output {output} ends in .toml", "another name", "Write, for instance, to a file that ends in .npz"
        )
    found = read_ontology(source)
    _say_how_long(found)
    trained, checked = train_heads(found, Transformer())
    with opened(output) as file:
        file.write(pack(trained))
    figures = {figure.name: figure for figure in judge_checked(found, checked).figures}
    typer.echo(f"{found.title}: {_summary(found)}; written to {show_line(str(output), 200)}.")
    for one, plover in zip(found.types, trained.about.plover, strict=True):
        if one.plover is None:
            typer.echo(f'{one.name} is nearest to {plover}; write plover = "…" to choose another.')
    value = figures["events: F1"].value or 0.0
    typer.echo(f"Of examples left out of training, events are found with their type at F1 {value:.0f}.")


@ontology.command(
    epilog=closing(
        "melian ontology evaluate examples/protest-issues.toml",
        "melian ontology evaluate protest-issues.npz reports-with-answers.jsonl",
    )
)
def evaluate(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="ONTOLOGY", help="The TOML file; with GOLD, the trained file.", show_default=False
        ),
    ],
    gold: Annotated[
        Path | None,
        typer.Argument(
            metavar="GOLD", help="Texts with the events they should give, as for melian evaluate events; none to "
            "measure by the ontology's own examples.", show_default=False,
        ),
    ] = None,
) -> None:  # fmt: skip
    """Measure an ontology: by its own examples, each fifth of them left out of training in turn, or by a gold file."""
    from melian.evaluation.report import show

    outcome = _by_examples(source) if gold is None else _by_gold(source, gold)
    show(outcome, f"{source.name}: {outcome.records} records", terminal_console())


def _by_examples(source: Path) -> Outcome:
    from melian.coding.encoder.transformer import Transformer
    from melian.coding.events.own.training import train as train_heads
    from melian.evaluation.own import judge_checked
    from melian.knowledge.ontology.own import read_ontology

    if source.suffix == ".npz":
        raise BadOntology(f"{source} is trained already", "the TOML file, or a gold file besides", "Name one")
    found = read_ontology(source)
    _say_how_long(found)
    return judge_checked(found, train_heads(found, Transformer())[1])


def _by_gold(source: Path, gold: Path) -> Outcome:
    from melian.coding.coder import Coder
    from melian.evaluation.evaluate import evaluation_of
    from melian.evaluation.tools import ReaderTools
    from melian.settings import settings_from

    evaluation = evaluation_of("events")
    records = evaluation.read(gold)
    tools = ReaderTools(Coder(settings_from({"ontology": str(source)})))
    outcome = evaluation.judge_answered(tools, records, list(evaluation.predict(tools, records)))
    if outcome is None:
        raise BadOntology(f"No record of {gold} says what is right", "records with `expected`", "Write the answers")
    return outcome


def _say_how_long(found: OwnOntology) -> None:
    typer.echo(f"melian: training on {_summary(found)}; that takes half a minute or so.", err=True)


def _summary(found: OwnOntology) -> str:
    examples = sum(len(one.examples) for one in found.types)
    apart = sum(len(one.not_examples) for one in found.types)
    return f"{len(found.types)} types, {examples} examples, {apart} counterexamples"
