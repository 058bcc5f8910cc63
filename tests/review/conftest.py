import shutil

import pytest

from invented import invent_reading
from reviewed_archive import store


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """An archive of one report, to be copied."""
    folder = tmp_path_factory.mktemp("written") / "news"
    store(folder, invent_reading())
    return folder


@pytest.fixture
def news(written, tmp_path):
    """An archive of one report."""
    return shutil.copytree(written, tmp_path / "news")
