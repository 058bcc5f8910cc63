import pytest

from invented import invent_reading
from reviewed_archive import store


@pytest.fixture
def news(tmp_path):
    """An archive of one report."""
    store(tmp_path / "news", invent_reading())
    return tmp_path / "news"
