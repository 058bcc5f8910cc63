"""The docs say what is so: generated pages are current, commands and links exist, code runs."""

import importlib.util
import json
import re
import shlex
from pathlib import Path

import pytest

import melian
from melian.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
generate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(generate)
COMMANDS = {name: command.callback for name, command in generate.commands()}


def name_page(path):
    return str(path.relative_to(ROOT))


def blocks(language):
    return [(name_page(p), code) for p in PAGES for kind, code in FENCE.findall(p.read_text()) if kind == language]


@pytest.mark.parametrize("path", generate.pages())
def test_generated_pages_are_current(path):
    assert (ROOT / path).read_text() == generate.pages()[path], "run python docs/generate.py"


def test_every_command_option_and_setting_is_documented():
    cli = (ROOT / "docs/reference/cli.md").read_text()
    settings = (ROOT / "docs/reference/settings.md").read_text()
    for name, call in COMMANDS.items():
        section = cli.split(f"## melian {name}\n", 1)[1].split("\n## ", 1)[0]
        for parameter, _, about in generate.parameters_of(call):
            if not isinstance(about, generate.ArgumentInfo):
                assert all(f"`{option}`" in section for option in generate.option_names(parameter, about))
                assert about.help
    for setting in Settings.__struct_fields__:
        assert f"`{setting}`" in settings


@pytest.mark.parametrize(
    ("page", "line"), [(p, line[2:]) for p, code in blocks("console") for line in code.splitlines() if line[:2] == "$ "]
)
def test_commands_in_the_docs_exist(page, line):
    words = shlex.split(line, comments=True)
    if words[0] == "make":
        assert f"\n{words[1]}:" in (ROOT / "Makefile").read_text()
    elif words[0] == "melian":
        known = {"--help", "-h"}
        length = 2 if words[1] in COMMANDS else 3
        for parameter, _, about in generate.parameters_of(COMMANDS[" ".join(words[1:length])]):
            known |= set(generate.option_names(parameter, about))
        assert {word for word in words[length:] if word.startswith("--")} <= known
        for word in words[length:]:
            assert not word.startswith("examples/") or (ROOT / word).is_file()
    else:
        assert words[0] in {"pip", "chromium"}


@pytest.mark.parametrize("path", PAGES, ids=name_page)
def test_links_lead_somewhere(path):
    for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text()):
        assert link.startswith("https://") or (path.parent / link).exists(), link


@pytest.mark.model
@pytest.mark.parametrize("page", sorted({page for page, _ in blocks("python")}))
def test_python_in_the_docs_runs(page):
    space = {}
    for owner, code in blocks("python"):
        if owner == page:
            exec(compile(code, page, "exec"), space)


@pytest.mark.model
def test_the_sentence_in_the_readme_gives_what_the_readme_says():
    sentence = re.search(r"^> (.*)$", (ROOT / "README.md").read_text(), re.MULTILINE)[1]
    reading = melian.Reader().read(sentence, published="2026-03-13")
    (event,) = reading.events
    assert (event.type, event.modes, len(event.mentions)) == ("ASSAULT", ("aerial",), 2)
    countries = {actor.id: actor.country for actor in reading.actors}
    assert ("SDN", "MIL") in {(a.country, a.sector) for a in reading.actors if a.id in event.sources}
    speakers = {statement.id: countries[statement.speaker] for statement in reading.statements}
    held = {(speakers.get(c.holder, c.holder), c.polarity, c.certainty) for c in reading.claims}
    assert held == {
        ("TCD", "positive", "certain"),
        ("SDN", "negative", "certain"),
        ("author", "positive", "uncommitted"),
    }
    (dispute,) = reading.disputes
    assert {side.stance: {speakers[h] for h in side.holders} for side in dispute.sides} == {
        "assert": {"TCD"},
        "deny": {"SDN"},
    }


def test_the_figures_in_the_readme_stand_in_the_evaluation():
    rows = re.findall(
        r"^\| .* \| F1 ([\d.]+) \(([\d.]+) to ([\d.]+)\) \|$", (ROOT / "README.md").read_text(), re.MULTILINE
    )
    evaluation = (ROOT / "docs/evaluation.md").read_text()
    assert len(rows) == 6
    for value, low, high in rows:
        assert f"| {value} | {low} – {high} |" in evaluation


def test_json_lines_example_holds_the_text_examples():
    lines = [json.loads(line) for line in (ROOT / "examples/reports.jsonl").read_text().splitlines()]
    for line in lines:
        text = (ROOT / "examples" / f"{line['id']}.txt").read_text()
        assert text.strip() == f"{line['title']}\n\n{line['text']}"
        assert 180 <= len(text.split()) <= 350
    assert {line["id"] for line in lines} == {path.stem for path in (ROOT / "examples").glob("*.txt")}


def test_versions_agree():
    for path in ("pyproject.toml", "CITATION.cff", "CHANGELOG.md"):
        assert melian.__version__ in (ROOT / path).read_text()


@pytest.mark.parametrize("state", ["ours", "upstream", "never"])
def test_unmet_cases_reach_the_limits(tmp_path, state):
    (tmp_path / "statements.tsv").write_text(f"id\ttext\tstate\tnote\n1\tIt rains.\t\t\n2\tA | b.\t{state}\twhy\n")
    page = generate.limits_page(tmp_path)
    assert page.count("\n- ") == 1
    assert f"## {generate.STATES[state]}\n\n- *statements*: “A \\| b.” — why\n" in page


def test_unmet_passages_in_json_lines_reach_the_limits(tmp_path):
    rows = [{"text": "It rains.", "state": ""}, {"text": "It “snows”.", "state": "ours: why"}]
    (tmp_path / "dispute_passages.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    page = generate.limits_page(tmp_path)
    assert page.count("\n- ") == 1
    assert "\n- *dispute passages*: “It “snows”.” — why\n" in page
