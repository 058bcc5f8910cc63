"""Every command shows how it is used, and the examples are commands that there are."""

import re
import shlex

import pytest

from melian.cli.app import build
from melian.cli.help import closing, unwrapped


def commands():
    app = build()
    for command in app.registered_commands:
        yield command.name, command
    for group in app.registered_groups:
        for command in group.typer_instance.registered_commands:
            yield f"{group.name} {command.name or command.callback.__name__}", command


@pytest.mark.parametrize(("name", "command"), [pytest.param(*both, id=both[0]) for both in commands()])
def test_help_has_examples_of_the_command_itself(run, name, command):
    examples = re.findall(r"^melian .*$", command.epilog or "", re.MULTILINE)
    assert examples
    assert examples[0].startswith(f"melian {name}")
    shown = run(*name.split(), "--help").out
    for example in examples:
        options = {word for word in shlex.split(example) if word.startswith("--")}
        assert not example.startswith(f"melian {name} ") or all(option in shown for option in options)


def test_paragraphs_are_one_line_each():
    def told():
        """Say it.

        It goes on
        and on.
        """

    assert unwrapped(told) == "Say it.\n\nIt goes on and on."
    assert closing("melian x", codes={0: "well"}).endswith("melian x\n\n[bold]Exit codes[/bold]\n\n0 well")
