"""Writes the pages that are made from the code: docs/reference and docs/limits.md.

Run it after a change to commands, settings, records or the tables of cases:

    python docs/generate.py
"""

from __future__ import annotations

import csv
import inspect
import json
import re
import sys
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent))

import msgspec
from codebook import codebook_page
from exports_page import exports_page
from typer.models import ArgumentInfo, CommandInfo, ParameterInfo

from melian import records
from melian.archive import Writer
from melian.archive.columns import COLUMNS
from melian.archive.limits import Limits
from melian.archive.linking.columns import LINKS
from melian.archive.views import open_views
from melian.cli.app import build
from melian.cli.schema import schema_text
from melian.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
MADE = "<!-- Made by docs/generate.py. Change the code, not this page. -->\n\n"
STATES = {
    "ours": "What Melian should get right and does not yet",
    "upstream": "What the parser gets wrong, so that Melian does",
    "never": "What Melian will not do",
}


def pages() -> dict[str, str]:
    """Give every generated page: its path from the project's root, and its text."""
    return {
        "docs/reference/cli.md": cli_page(),
        "docs/reference/settings.md": settings_page(),
        "docs/reference/reading-format.md": format_page(),
        "docs/reference/reading.schema.json": schema_text(),
        "docs/reference/archive.md": archive_page(),
        "docs/reference/codebook.md": MADE + codebook_page(),
        "docs/reference/exports.md": MADE + exports_page(),
        "docs/limits.md": limits_page(ROOT / "tests" / "cases"),
    }


def cli_page() -> str:
    """Write the page of commands from the commands' own signatures."""
    parts = [MADE + "# Commands\n"]
    for name, command in commands():
        call = command.callback
        arguments, options = "", ""
        usage = ["melian", name]
        for parameter, kind, about in parameters_of(call):
            if isinstance(about, ArgumentInfo):
                shown = about.metavar or parameter.name.upper()
                usage.append(f"{shown}…" if typing.get_origin(kind) is list else shown)
                arguments += f"| `{shown}` | {_cell(_tidy(about.help or ''))} |\n"
            else:
                options += _option(parameter, kind, about)
        line = " ".join(usage) + (" [OPTIONS]" if options else "")
        parts.append(f"## melian {name}\n\n```console\n$ {line}\n```\n")
        parts.append(_tidy(inspect.cleandoc(getattr(call, "__doc__", ""))) + "\n")
        if arguments:
            parts.append("| argument | meaning |\n|---|---|\n" + arguments)
        if options:
            parts.append("| option | default | meaning |\n|---|---|---|\n" + options)
        parts += [_examples(command.epilog)] if command.epilog else []
    return "\n".join(parts).rstrip() + "\n"


def commands() -> Iterator[tuple[str, CommandInfo]]:
    """Give every command with its whole name, those of a group behind the group's name."""
    app = build()
    for command in app.registered_commands:
        yield command_name(command), command
    for group in app.registered_groups:
        assert group.typer_instance is not None
        for command in group.typer_instance.registered_commands:
            yield f"{group.name} {command_name(command)}", command


def command_name(command: CommandInfo) -> str:
    """Give the name by which a command is called."""
    return command.name or getattr(command.callback, "__name__", "")


def parameters_of(call: Callable[..., object] | None) -> Iterator[tuple[inspect.Parameter, object, ParameterInfo]]:
    """Give a command's parameters, their types, and what they declare of themselves."""
    assert call is not None
    hints = typing.get_type_hints(call, include_extras=True)
    for parameter in inspect.signature(call).parameters.values():
        kind, about = typing.get_args(hints[parameter.name])
        yield parameter, kind, about


def option_names(parameter: inspect.Parameter, about: ParameterInfo) -> list[str]:
    """Give the names of an option as it is written on the command line."""
    # In an annotation the first name stands where a default would.
    named = [name for name in (about.default, *(about.param_decls or ())) if isinstance(name, str) and name[:2] == "--"]
    return named or ["--" + parameter.name.replace("_", "-")]


def settings_page() -> str:
    """Write the page of settings from their declarations."""
    rows = []
    for field in msgspec.structs.fields(Settings):
        kind, *metas = typing.get_args(field.type)
        meta = next(meta for meta in metas if isinstance(meta, msgspec.Meta))
        bounds = [
            f"at least {meta.ge:,}" if meta.ge is not None else "",
            f"at most {meta.le:,}" if meta.le is not None else "",
        ]
        limits = "; ".join(bound for bound in bounds if bound)
        name = getattr(kind, "__name__", str(kind).replace(" | ", " or "))
        rows.append(f"| `{field.name}` | {name} | `{field.default!r}` | {limits} | {_cell(meta.description or '')} |")
    return (
        MADE + "# Settings\n\nSettings are values of `melian.settings.Settings`, given to a reader: "
        "`melian.Reader(settings=Settings(…))`. The same text, settings, knowledge and model give the same reading, "
        "byte for byte.\n\n| setting | kind | default | limits | meaning |\n|---|---|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


def format_page() -> str:
    """Write the page of the reading format from the records' own documentation."""
    parts = [
        MADE + "# The reading format, `melian.reading/1`\n\n"
        "`melian read --format json` writes one reading as an object, `--format jsonl` one a line. The Python classes "
        "in `melian.records` have the same fields. The JSON Schema is in "
        "[reading.schema.json](reading.schema.json); `melian schema` prints it.\n\n"
        "Spans are `[start, end)` in Unicode code points of `report.text`, and they slice to exactly the words meant. "
        "Ids are made from content and equal from run to run. Fields may be added; none changes its meaning without a "
        "new version. A field that a reader would expect and that is empty has its reason in `absences`.\n"
    ]
    for kind in _record_kinds(records.Reading):
        parts.append(f"## {kind.__name__}\n\n{_first_words(kind)}\n")
        about = _attributes(kind)
        hints = typing.get_type_hints(kind)
        rows = "".join(
            f"| `{field.encode_name}` | {_cell(_type_words(hints[field.name]))} "
            f"| {_cell(about.get(field.name, ''))} |\n"
            for field in msgspec.structs.fields(kind)
        )
        parts.append("| field | kind | meaning |\n|---|---|---|\n" + rows)
    return "\n".join(parts).rstrip() + "\n"


def archive_page() -> str:
    """Write the page of the archive's tables and views from their declarations."""
    parts = [
        MADE + "# Tables and views of an archive\n\nWhat `melian archive query` and `melian.Archive.sql` can ask. "
        "`reading` is a reading's number in the archive, `report` its report's id; other ids hold within a report. "
        "Days are NULL where a date is partial or not known. The rows of readings that were replaced or removed are "
        "left out; `all_` before a table's name, such as `all_claims`, shows them too.\n\n## Tables\n"
    ]
    with TemporaryDirectory() as folder, Writer(Path(folder) / "none", is_new_allowed=True) as writer:
        views = open_views(writer.layout, writer.snapshot(), Limits())
        for table in (*COLUMNS, "corrections"):
            described = views.sql(f"DESCRIBE {table}").fetchall()
            parts.append(f"**{table}**: {', '.join(f'`{name}` ({kind})' for name, kind, *_ in described)}.\n")
    parts.append(
        "`nth` is a record's place among those of its kind; `record_kind` and `record_nth` of `reasons` and `absences` "
        "lead to it. `exact` is the whole reading as JSON where the columns cannot hold it. "
        "`corrected` says what people did to a record: *confirmed*, *corrected*, or *contested* where "
        "they differ.\n"
    )
    parts.append("## Tables of links\n\nWhat `melian archive link` made last; their names begin with `stored_`.\n")
    for table, columns in LINKS.items():
        named = ", ".join(f"`{name}` ({kind})" for name, kind in columns.items())
        parts.append(f"**stored_{table}**: {named}.\n")
    parts.append("## Questions\n\nEach is a file of SQL in `src/melian/archive`; views are asked by their names.\n")
    for path in sorted((ROOT / "src" / "melian" / "archive").glob("*.sql")):
        lines = path.read_text(encoding="utf-8").splitlines()
        about = " ".join(line.removeprefix("--").strip() for line in lines if line.startswith("-- ") and line[3] != " ")
        parts.append(f"- **{path.stem}**: {about}")
    return "\n".join(parts).rstrip() + "\n"


def limits_page(folder: Path) -> str:
    """Write the page of limits from the unmet cases in the tables of cases."""
    parts = [
        MADE + "# Limits\n\nEvery line is a case of the test suite that is expected to fail. One that begins to "
        "succeed fails the suite, so this list stays true. What follows from the design stands in "
        "[the guide](guide/limits.md).\n"
    ]
    tables = sorted(path for path in folder.rglob("*") if path.suffix in {".tsv", ".jsonl"})
    unmet = [case for path in tables for case in _unmet_cases(path)]
    for state, heading in STATES.items():
        parts.append(f"## {heading}\n")
        lines = [f"- *{topic}*: {words}" for found, topic, words in unmet if found == state]
        parts.append("\n".join(lines) + "\n" if lines else "No case is on the list.\n")
    return "\n".join(parts).rstrip() + "\n"


def _unmet_cases(path: Path) -> Iterator[tuple[str, str, str]]:
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")
    ]
    rows: Iterable[dict[str, str]] = (
        map(json.loads, lines)
        if path.suffix == ".jsonl"
        else csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    )
    for row in rows:
        state, _, because = (row.get("state") or "").strip().partition(":")
        if state not in STATES:
            continue
        words = next((row[name] for name in ("text", "sentence", "words", "example", "phrase") if row.get(name)), "")
        why = because.strip() or next((row[name] for name in ("note", "why", "reason") if row.get(name)), "")
        at = row.get("words") or ""
        words = f"“{words}”" + (f", at “{at}”" if at not in ("", words) else "")
        yield state, path.stem.replace("_", " "), _cell(words + (f" — {why}" if why else ""))


def _option(parameter: inspect.Parameter, kind: object, about: ParameterInfo) -> str:
    names = ", ".join(f"`{name}`" for name in option_names(parameter, about))
    choices = ", ".join(str(choice.value) for choice in kind) if isinstance(kind, type(Enum)) else ""
    value = "" if kind is bool else " " + (about.metavar or choices or "…")
    is_needed = parameter.default is inspect.Parameter.empty
    default = "" if parameter.default in (None, False) else f"`{_shown(parameter.default)}`"
    return f"| {names}{value} | {'needed' if is_needed else default} | {_cell(_tidy(about.help or ''))} |\n"


def _shown(value: object) -> str:
    return str(getattr(value, "value", value))


def _examples(epilog: str) -> str:
    plain = re.sub(r"\[/?bold\]", "**", epilog)
    return "\n\n".join(f"    {line}" if line.startswith("melian ") else line for line in plain.split("\n\n")) + "\n"


def _record_kinds(kind: type[msgspec.Struct]) -> list[type[msgspec.Struct]]:
    found: list[type[msgspec.Struct]] = []

    def walk(annotation: object) -> None:
        if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
            if annotation not in found:
                found.append(annotation)
                for part in typing.get_type_hints(annotation).values():
                    walk(part)
        else:
            for part in typing.get_args(annotation):
                walk(part)

    walk(kind)
    return found


def _type_words(annotation: object) -> str:
    if annotation == records.Span:
        return "span"
    if annotation is type(None):
        return "null"
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return ", ".join(f"`{part}`" for part in parts)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_type_words(part) for part in parts)
    if origin is tuple:
        return f"list of {_type_words(parts[0])}"
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    names = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    return names.get(typing.cast(type, annotation), str(annotation))


def _first_words(kind: type) -> str:
    return _tidy((kind.__doc__ or "").split("Attributes:")[0])


def _attributes(kind: type) -> dict[str, str]:
    _, _, rest = (kind.__doc__ or "").partition("Attributes:")
    return {
        match.group(1): _tidy(match.group(2))
        for match in re.finditer(r"^ +(\w+): (.*(?:\n {10,}.*)*)", rest, re.MULTILINE)
    }


def _tidy(words: str) -> str:
    blocks = re.split(r"\n\s*\n", words.strip())
    return "\n\n".join(" ".join(block.split()) for block in blocks)


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")


def main() -> None:
    """Write every page that differs; leave with 1 under --check where one would."""
    stale = [path for path, text in pages().items() if not (ROOT / path).is_file() or (ROOT / path).read_text() != text]
    if "--check" in sys.argv[1:]:
        sys.exit("\n".join(f"{path} is out of date: run python docs/generate.py" for path in stale) or 0)
    for path in stale:
        (ROOT / path).write_text(pages()[path], encoding="utf-8")


if __name__ == "__main__":
    main()
