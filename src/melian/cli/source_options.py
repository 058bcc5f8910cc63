"""The options that say what the sources are, declared once for every command that reads reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from melian.errors import BadReport
from melian.exports.visible import show_line
from melian.settings import Settings, settings_from

if TYPE_CHECKING:
    from melian.intake import IntakeOptions

PIPELINE = Settings().pipeline
Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        help="Text files, saved web pages, CSV, TSV, JSON, JSON Lines or Parquet tables, WARC files, also packed as "
        ".gz or .zst; folders of them; addresses in stores of objects (s3://…); - is standard input.",
        show_default=False,
    ),
]
Published = Annotated[
    str | None, typer.Option(metavar="YYYY-MM-DD", help="Day of publication, which anchors relative dates.")
]
Outlet = Annotated[str | None, typer.Option(help="Who published it.")]
Limit = Annotated[int | None, typer.Option(metavar="N", min=1, help="Read no more than this many reports.")]
Pipeline = Annotated[str, typer.Option(metavar="NAME", help="The spaCy English pipeline to use.")]
Actors = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.csv",
        envvar="MELIAN_ACTORS",
        help="Your own table of actors, which wins over the package's; see melian actors.",
    ),
]
RulesAlone = Annotated[
    bool,
    typer.Option(
        "--rules-alone", help="Find statements by rules, without the encoder: twice as fast, and much less well."
    ),
]
Ontology = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Code events by an ontology of your own, trained with melian ontology train."),
]
Confidence = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="A confidence scale of your own, fitted on corrections with melian train."),
]
MinConfidence = Annotated[
    float, typer.Option(metavar="0 to 1", min=0.0, max=1.0, help="Leave out events that are less likely to be right.")
]
TextColumn = Annotated[str, typer.Option(metavar="NAME", help="Tables: the column of the text.")]
TitleColumn = Annotated[str | None, typer.Option(metavar="NAME", help="Tables: the column of the title.")]
PublishedColumn = Annotated[
    str | None, typer.Option(metavar="NAME", help="Tables: the column of the day of publication.")
]
OutletColumn = Annotated[str | None, typer.Option(metavar="NAME", help="Tables: the column of the outlet.")]
UrlColumn = Annotated[str | None, typer.Option(metavar="NAME", help="Tables: the column of the address.")]
IdColumn = Annotated[str | None, typer.Option(metavar="NAME", help="Tables: the column of the report's id.")]


class Columns(NamedTuple):
    """Names of a table's columns: which of them holds what."""

    text: str = "text"
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    id: str | None = None


def settings_of(
    pipeline: str, rules_alone: bool, ontology: str | None, confidence: str | None, min_confidence: float
) -> Settings:
    """Make the settings of a reader of what the command line says."""
    return settings_from(
        {
            "pipeline": pipeline,
            "use_encoder": not rules_alone,
            "ontology": ontology,
            "confidence": confidence,
            "min_confidence": min_confidence,
        }
    )


def intake_of(
    settings: Settings, published: str | None, outlet: str | None, columns: Columns | None = None
) -> IntakeOptions:
    """Make the options of intake of what the command line says.

    Raises:
        typer.BadParameter: The day of publication is none.
    """
    from melian.intake import IntakeOptions
    from melian.intake.published import read_published

    columns = columns or Columns()
    try:
        day = read_published(published) if published is not None else None
    except BadReport as error:
        raise typer.BadParameter(show_line(str(error), 300), param_hint="--published") from error
    return IntakeOptions(
        published=day,
        outlet=outlet,
        text_column=columns.text,
        title_column=columns.title,
        published_column=columns.published,
        outlet_column=columns.outlet,
        url_column=columns.url,
        id_column=columns.id,
        largest_report=settings.largest_report,
    )
