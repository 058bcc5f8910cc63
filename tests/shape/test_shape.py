"""The shape of the code: sizes, names, docstrings, and an import that changes nothing."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "src").rglob("*.py"))
FORBIDDEN = {"util", "utils", "helper", "helpers", "process", "data", "manager"}


def name_module(path):
    return str(path.relative_to(ROOT / "src"))


@pytest.fixture(scope="module")
def trees():
    return {path: ast.parse(path.read_text()) for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=name_module)
def test_modules_stay_short(path):
    assert len(path.read_text().splitlines()) <= 400


def words_in(name):
    return {word.lower() for part in name.split("_") for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", part)}


def test_names_say_what_things_are(trees):
    bad = [name_module(path) for path in MODULES for part in path.relative_to(ROOT).parts if words_in(part) & FORBIDDEN]
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and words_in(node.name) & FORBIDDEN:
                bad.append(f"{name_module(path)}:{node.lineno} {node.name}")
    assert not bad


def test_public_things_have_docstrings(trees):
    bare = []

    def look(path, node, owner):
        for child in node.body:
            if isinstance(child, ast.FunctionDef | ast.ClassDef) and not child.name.startswith("_"):
                name = f"{owner}.{child.name}" if owner else child.name
                if not ast.get_docstring(child):
                    bare.append(f"{name_module(path)}:{child.lineno} {name}")
                if isinstance(child, ast.ClassDef):
                    look(path, child, name)

    for path, tree in trees.items():
        if path.stat().st_size and not ast.get_docstring(tree):
            bare.append(name_module(path))
        look(path, tree, "")
    assert not bare


def test_the_library_prints_nothing(trees):
    for path, tree in trees.items():
        calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
        assert not [n.lineno for n in calls if n.func.id in {"print", "input", "breakpoint"}], name_module(path)


@pytest.mark.parametrize(
    "module",
    ["melian", "melian.cli.app", "melian.exports.page", "melian.records", "melian.archive", "melian.desk.app"],
)
def test_importing_changes_nothing(module):
    code = f"""
import locale, logging, os, signal, sys, warnings
before = (list(logging.root.handlers), logging.root.level, dict(os.environ), os.getcwd(), list(warnings.filters),
          locale.setlocale(locale.LC_ALL), signal.getsignal(signal.SIGINT), sys.excepthook, sys.getrecursionlimit())
import {module}
after = (list(logging.root.handlers), logging.root.level, dict(os.environ), os.getcwd(), list(warnings.filters),
         locale.setlocale(locale.LC_ALL), signal.getsignal(signal.SIGINT), sys.excepthook, sys.getrecursionlimit())
assert before == after
heavy = {{"spacy", "numpy", "trafilatura", "pyarrow", "lxml", "jinja2", "duckdb", "starlette", "altair"}}
heavy &= set(sys.modules)
assert not heavy, heavy
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_no_file_names_a_place_on_one_machine():
    places = re.compile(r"(?<![\w.:/])/(" + "|".join(("work", "root", "home", "Users")) + r")/\w")
    folders = [ROOT / name for name in ("src", "tests", "docs", "examples", "training", "benchmarks")]
    ends = {".py", ".md", ".tsv", ".toml", ".html", ".jsonl", ".css", ".js", ".jinja"}
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in ends]
    assert not [str(path) for path in files if places.search(path.read_text(errors="replace"))]
