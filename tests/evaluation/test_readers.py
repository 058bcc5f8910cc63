"""Gold texts become reports whose characters stay where they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from melian.evaluation.readers import article_of, report_of


@given(st.text(max_size=200))
def test_every_text_becomes_a_report_of_the_same_length(text: str) -> None:
    assert report_of(text).text == text
    assert len(article_of(text).text) == len(text)


def test_articles_have_their_dateline_set_apart() -> None:
    text = "NAIROBI, May 6 (Reuters) - Kenya's navy stopped a ship off Lamu, and its crew was questioned by the police."
    assert [part.kind for part in article_of(text, "2020-05-07").furniture] == ["dateline"]
    assert report_of(text).furniture == ()


def test_a_text_that_is_all_heading_is_read_all_the_same() -> None:
    assert article_of("Kenya Strikes Chad in Border Row").furniture == ()


@pytest.mark.parametrize(
    ("published", "day"),
    [("2020-05-06", "2020-05-06"), ("2020-05-06T10:00:00Z", "2020-05-06"), ("no day", None), (None, None)],
)
def test_days_of_publication(published: str | None, day: str | None) -> None:
    assert report_of("Kenya won.", published).published == day
    assert article_of("Kenya won.", published).published == day
