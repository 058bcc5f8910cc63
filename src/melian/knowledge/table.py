"""Strict loading of knowledge tables: tab-separated files inside the package, one typed row a line."""

from __future__ import annotations

import types
import typing
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from melian.errors import BadKnowledge

Row = typing.TypeVar("Row", bound=msgspec.Struct)


def rows_of(path: str, kind: type[Row]) -> tuple[Row, ...]:
    """Load every row of a table of the package.

    Args:
        path: Path below `melian/knowledge`, such as `countries/countries.tsv`.
        kind: The row's type. Its fields are the table's columns; a `tuple` field is written with `|` between its
            parts; an empty cell is the field's default. Lines that begin with `#` are comments.

    Raises:
        BadKnowledge: A column is unknown or missing, a cell is of the wrong kind, or an id stands twice.
    """
    return parse_rows(_read(path), path, kind)


def parse_rows(text: str, name: str, kind: type[Row]) -> tuple[Row, ...]:
    """Parse the text of a table; see `rows_of`."""
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        raise BadKnowledge(f"{name} is empty", "a header line and rows")
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    header = lines[0][1].rstrip("\r").split("\t")
    for column in header:
        if column not in fields:
            raise BadKnowledge(f"{name} has an unknown column {column!r}", f"columns {', '.join(fields)}")
    for field in fields.values():
        if field.required and field.encode_name not in header:
            raise BadKnowledge(f"{name} lacks the column {field.encode_name!r}", f"columns {', '.join(fields)}")
    lists = [_is_list(fields[column].type) for column in header]
    records: list[dict[str, object]] = []
    for number, line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(header):
            raise BadKnowledge(f"{name}, line {number} has {len(cells)} cells", f"{len(header)} cells, tab-separated")
        records.append(
            {
                column: [part for each in cell.split("|") if (part := each.strip())] if is_list else cell.strip()
                for column, cell, is_list in zip(header, cells, lists, strict=True)
                if cell and not cell.isspace()
            }
        )
    rows = _converted(records, [number for number, _ in lines[1:]], name, kind)
    seen: set[object] = set()
    for number, row in zip((number for number, _ in lines[1:]), rows, strict=True):
        key = getattr(row, "id", None)
        if key is not None and key in seen:
            raise BadKnowledge(f"{name}, line {number}: the id {key!r} stands twice", "ids that differ")
        seen.add(key)
    return rows


def _converted(records: list[dict[str, object]], numbers: list[int], name: str, kind: type[Row]) -> tuple[Row, ...]:
    """Make rows of records, all at once; where one is bad, say which."""
    try:
        return msgspec.convert(records, tuple[kind, ...], strict=False)  # type: ignore[valid-type]
    except msgspec.ValidationError:
        for number, record in zip(numbers, records, strict=True):
            try:
                msgspec.convert(record, kind, strict=False)
            except msgspec.ValidationError as error:
                raise BadKnowledge(f"{name}, line {number}: {error}", f"a row of {kind.__name__}") from error
        raise


def _is_list(annotation: object) -> bool:
    if typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return any(_is_list(part) for part in typing.get_args(annotation))
    return typing.get_origin(annotation) is tuple


def _read(path: str) -> str:
    node: Traversable = files("melian.knowledge").joinpath(*path.split("/"))
    try:
        return node.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise BadKnowledge(f"The table {path} cannot be read: {error}", "a UTF-8 file inside the package") from error


@cache
def knowledge_version() -> str:
    """Hash every knowledge file, so that a reading says what it was made with."""
    from hashlib import blake2b

    digest = blake2b(digest_size=8)

    def walk(node: Traversable, prefix: str) -> None:
        for child in sorted(node.iterdir(), key=lambda item: item.name):
            if child.is_dir():
                if not child.name.startswith("__"):
                    walk(child, f"{prefix}{child.name}/")
            elif child.name.endswith((".tsv", ".toml", ".txt")):
                digest.update(f"{prefix}{child.name}\0".encode())
                digest.update(child.read_bytes())

    walk(files("melian.knowledge"), "")
    return digest.hexdigest()


@cache
def model_version() -> str:
    """Hash the files of the encoder and its heads."""
    return _hash_of(sorted(child.name for child in (files("melian.knowledge") / "model").iterdir()))


def encoder_version() -> str:
    """Hash the encoder and its tokenizer, on whose vectors heads of a user's own are trained."""
    return _hash_of(["encoder.onnx", "tokenizer.json"])


def _hash_of(names: list[str]) -> str:
    from hashlib import blake2b

    digest = blake2b(digest_size=8)
    for name in names:
        digest.update((files("melian.knowledge") / "model" / name).read_bytes())
    return digest.hexdigest()
