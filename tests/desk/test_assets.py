"""Everything a page loads is in the package, small, named with its licence, and calls nowhere."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

import melian.desk

FOLDER = Path(melian.desk.__file__).parent
VENDOR = FOLDER / "assets" / "vendor"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (VENDOR / "README.md").read_text().splitlines()
    if line.startswith("| `")
]


def test_every_file_from_elsewhere_is_named_with_its_licence():
    named = {row[0].strip("`") for row in ROWS}
    assert named == {path.name for path in VENDOR.iterdir() if path.suffix in (".js", ".json")}
    for row in ROWS:
        assert (VENDOR / re.search(r"`([\w.-]+\.LICENSE)`", row[3])[1]).stat().st_size > 100


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_files_are_as_their_packages_have_them(row):
    if re.fullmatch(r"[0-9a-f]{16}", row[4]):
        assert sha256((VENDOR / row[0].strip("`")).read_bytes()).hexdigest().startswith(row[4])


def test_all_of_it_is_small():
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 2_000_000


def test_no_page_or_asset_of_ours_names_another_host():
    ours = [*(FOLDER / "templates").iterdir(), *(FOLDER / "assets").glob("*.*")]
    for path in ours:
        for found in re.findall(r"(?:https?:)?//[\w.-]+\.\w+", path.read_text()):
            assert "www.w3.org" in found, (path.name, found)


def test_no_template_has_a_style_or_a_program_in_it():
    for path in (FOLDER / "templates").iterdir():
        text = path.read_text()
        assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:|\|\s*safe\b|autoescape", text), path.name
        for attributes in re.findall(r"<script([^>]*)>", text):
            assert "src=" in attributes or "application/json" in attributes


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, two):
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def schemes():
    text = (FOLDER / "assets" / "desk.css").read_text()
    light = dict(re.findall(r"(--[\w-]+): (#\w{6})", text.split("@media")[0]))
    dark = dict(re.findall(r"(--[\w-]+): (#\w{6})", text.split("@media")[1].split("\n}")[0]))
    return {"light": light, "dark": light | dark}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_colours_have_the_contrast_that_wcag_aa_asks_for(name):
    colours = schemes()[name]
    for ground in ("--paper", "--raised"):
        for words in ("--ink", "--quiet", "--note", "--accent", "--alert"):
            assert contrast(colours[words], colours[ground]) >= 4.5, (words, ground)
    assert contrast(colours["--on-accent"], colours["--accent"]) >= 4.5
    assert contrast(colours["--ink"], colours["--lit"]) >= 4.5
    assert contrast(colours["--ink"], colours["--content"]) >= 4.5
    for part in ("--edge", "--quad-1", "--quad-2", "--quad-3", "--quad-4"):
        assert contrast(colours[part], colours["--paper"]) >= 3, part
