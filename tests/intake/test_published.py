from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from melian.errors import BadReport
from melian.intake.published import read_published


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2015-12-03", "2015-12-03"),
        ("2015-12-03T10:20:30Z", "2015-12-03"),
        ("2015-12-03T10:20:30.123+02:00", "2015-12-03"),
        ("2015-12-03 10:20", "2015-12-03"),
        ("3 December 2015", "2015-12-03"),
        ("3rd December 2015", "2015-12-03"),
        ("Dec 3, 2015", "2015-12-03"),
        ("Dec. 3, 2015", "2015-12-03"),
        ("Thursday, December 3, 2015", "2015-12-03"),
        ("Thu, 03 Dec 2015 10:20:30 +0000", "2015-12-03"),
        ("20151203", "2015-12-03"),
        (20151203, "2015-12-03"),
        (date(2015, 12, 3), "2015-12-03"),
        (datetime(2015, 12, 3, 23, 59, tzinfo=UTC), "2015-12-03"),
        (None, None),
        ("  ", None),
    ],
)
def test_dates(value: object, expected: str | None) -> None:
    assert read_published(value) == expected


@pytest.mark.parametrize(
    "value",
    ["yesterday", "2015-13-03", "31 February 2015", "03/12/2015", "12", "²⁰¹⁵", 7.5, True, [2015], "x" * 10_000],
)
def test_no_dates(value: object) -> None:
    with pytest.raises(BadReport) as caught:
        read_published(value)
    assert caught.value.reason == "date"
    assert len(str(caught.value)) < 400
