"""`melian schema`: the JSON Schema of a reading."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of a reading, as `melian read --format json` writes it."""
    typer.echo(schema_text(), nl=False)


def schema_text() -> str:
    """Write the JSON Schema as indented JSON with a line feed at its end."""
    import msgspec

    from melian.records import json_schema

    return msgspec.json.format(msgspec.json.encode(json_schema()), indent=1).decode() + "\n"
