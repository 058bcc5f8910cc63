"""spaCy makes a new object each time a token is asked for, so that comparing tokens with `is` is always wrong."""

import re
from pathlib import Path

import pytest

_CODING = Path(__file__).parents[2] / "src" / "melian" / "coding"
_IDENTITY = re.compile(
    r"\.head is (not )?\w|"
    r"\bis (not )?(token|verb|clause|noun|head|child|subject|trigger|governor|speaker|owner)\b(?!\s+None)"
)


@pytest.mark.parametrize("path", sorted(_CODING.rglob("*.py")), ids=lambda p: str(p.relative_to(_CODING)))
def test_tokens_are_not_compared_by_identity(path: Path) -> None:
    code = "\n".join(line.split("#")[0] for line in path.read_text(encoding="utf-8").split("\n") if '"""' not in line)
    found = [line.strip() for line in code.split("\n") if _IDENTITY.search(line) and "is not None" not in line]
    assert not found
