import pytest

from invented import invent_reading
from reviewed_archive import store


@pytest.fixture
def news(tmp_path):
    store(tmp_path / "news", invent_reading())
    return tmp_path / "news"


def test_a_page_and_markdown(run, news, tmp_path):
    page = tmp_path / "brief.html"
    assert run("brief", news, "--source", "KEN", "--target", "SOM", "--both-ways", "--output", page).code == 0
    assert page.read_text().startswith("<!DOCTYPE html>")
    assert run("brief", news, "--between", "2026-05").out.startswith("# What the archive holds, 2026-05\n")
    assert run("brief", news, "--output", page).code == 2
    assert run("brief", news, "--output", tmp_path / "brief.pdf").code == 2
    assert run("brief", news, "--both-ways", "--source", "KEN").code == 2
    assert run("brief", news, "--most", 1).err == "2 more events fit and are left out; --most takes more.\n"
