"""`melian review`: people over the machine. One function a verb, gathered here."""

from __future__ import annotations

import typer

from melian.cli.help import closing
from melian.cli.review_answer import answer, next_task, undo
from melian.cli.review_measure import agreement, history, report, sample

review = typer.Typer(
    help="Confirm, correct or reject what the machine recorded, and measure how right it is.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
review.command(
    epilog=closing(
        "melian review sample news spring --size 200 --seed 7",
        "melian review sample news by-type --size 320 --by-type --between 2026",
    )
)(sample)
review.command(
    "next",
    epilog=closing(
        "melian review next news --reviewer amina", "melian review next news --reviewer amina --sample spring"
    ),
)(next_task)
review.command(
    epilog=closing(
        "melian review answer news air-strike e4f1c09ab --reviewer amina --confirm",
        'melian review answer news air-strike e4f1c09ab --reviewer amina --set "type=COERCE" --set "place=Tine [TCD]"',
        "melian review answer news air-strike s1d2c3b4a --kind statement --reviewer amina --reject",
    )
)(answer)
review.command(epilog=closing("melian review undo news k41f0 --reviewer amina"))(undo)
review.command(epilog=closing("melian review history news --report air-strike"))(history)
review.command(epilog=closing("melian review agreement news --sample spring"))(agreement)
review.command(
    epilog=closing("melian review report news --sample spring --output validation.html --csv validation.csv")
)(report)
