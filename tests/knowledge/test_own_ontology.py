"""The file of an own ontology: read strictly, with the line of what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from melian.errors import BadOntology
from melian.knowledge.ontology.own import FEWEST, parse_ontology, read_ontology

FILE = Path(__file__).parents[2] / "examples" / "protest-issues.toml"
SENTENCES = [f'  "Crowd number {n} [marched] in Lusaka.",' for n in range(FEWEST)]
LINES = [
    "[ontology]",
    'name = "crowds"',
    'version = "1.0"',
    "",
    "[[type]]",
    'name = "march"',
    'definition = "People march."',
    "examples = [",
    *SENTENCES,
    "]",
    'not_examples = ["The army marched on the capital in 1912."]',
]


def changed(line: int, to: str | None) -> str:
    """Give the file with one line, counted from 1, put otherwise or left out."""
    lines = [text for number, text in enumerate(LINES, 1) if number != line or to is not None]
    if to is not None:
        lines[line - 1] = to
    return "\n".join(lines) + "\n"


def test_the_example_is_an_ontology():
    ontology = read_ontology(FILE)
    assert ontology.title == "protest-issues/1.0"
    assert len(ontology.types) >= 8
    for one in ontology.types:
        assert len(one.examples) >= 10
        assert all(example.text[slice(*example.trigger)].strip() for example in one.examples)


def test_brackets_mark_the_trigger_and_are_gone():
    example = parse_ontology("\n".join(LINES), "x.toml").types[0].examples[0]
    assert example.text == "Crowd number 0 marched in Lusaka."
    assert example.text[slice(*example.trigger)] == "marched"


@pytest.mark.parametrize(
    ("line", "to", "named", "words"),
    [
        (2, "name = 3", 2, "name is 3"),
        (2, 'name = "two words"', 2, "'two words'"),
        (3, None, 1, "version is missing"),
        (3, 'version = "1.0', 3, "TOML"),
        (4, 'author = "me"', 4, "no field 'author'"),
        (4, '[other]\nname = "x"', 4, "no table 'other'"),
        (6, 'name = "=SUM(A1)"', 6, "letter"),
        (7, 'definition = ""', 7, "definition"),
        (7, 'defintion = "People march."', 7, "no field 'defintion'"),
        (7, 'definition = "d"\nplover = "MARCH"', 8, "PROTEST"),
        (8, "examples = 3\nothers = [", 9, "no field"),
        (9, None, 8, f"{FEWEST - 1} examples"),
        (10, '  "Crowds marched in Lusaka.",', 10, "marks no trigger"),
        (10, '  "Crowds [] in Lusaka.",', 10, "marks no trigger"),
        (10, '  "Crowds [marched [in] Lusaka.",', 10, "marks no trigger"),
        (10, '  "",', 5, "characters"),
        (10, "  3,", 8, "no list of strings"),
        (10, SENTENCES[0], 9, "stands under 'march' too"),
        (18, 'not_examples = ["They [marched] on."]', 18, "has brackets"),
    ],
)
def test_errors_name_the_line(line, to, named, words):
    with pytest.raises(BadOntology) as error:
        parse_ontology(changed(line, to), "x.toml")
    assert str(error.value).startswith(f"x.toml, line {named}: ")
    assert words in str(error.value)
    assert error.value.expected
    assert error.value.do


@pytest.mark.parametrize("text", ["", "\n", "[ontology]\n", "a" * 100, "[" * 5_000, "\0", "type = 3\n[ontology]\n"])
def test_anything_else_is_refused_with_a_line(text):
    with pytest.raises(BadOntology, match=r"^x\.toml, line \d+: "):
        parse_ontology(text, "x.toml")


def test_types_need_names_that_differ():
    more = "\n".join(LINES).replace("Crowd number", "Group number").split("\n", 4)[4].replace('"march"', '"March"')
    with pytest.raises(BadOntology, match=r"line \d+: the name 'March' stands twice"):
        parse_ontology("\n".join(LINES) + "\n" + more.replace("The army", "An army"), "x.toml")


def test_files_that_cannot_be_read_are_named(tmp_path):
    with pytest.raises(BadOntology, match="cannot be read"):
        read_ontology(tmp_path / "none.toml")
    path = tmp_path / "latin.toml"
    path.write_bytes(b'[ontology]\nname = "caf\xe9"\n')
    with pytest.raises(BadOntology, match="line 2 is not UTF-8"):
        read_ontology(path)
