"""`melian desk` opens the port it is asked for and says where, or says what is wrong before anything is opened."""

import pytest
from typer.testing import CliRunner

from melian.cli.app import build
from melian.desk import serving
from melian.errors import BadArchive


@pytest.fixture
def served(monkeypatch):
    asked = []

    def serve(folder, opened, *, opens_browser):
        opened.listener.close()
        asked.append((folder, opened, opens_browser))

    monkeypatch.setattr(serving, "serve", serve)
    return asked


def test_the_address_is_printed(served, archive_folder):
    done = CliRunner().invoke(build(), ["desk", str(archive_folder), "--port", "0", "--no-browser"])
    assert done.exit_code == 0
    ((folder, opened, opens_browser),) = served
    assert (folder, opens_browser) == (archive_folder, False)
    assert f"The desk is open at {opened.address}" in done.output


def test_it_opens_without_an_archive(served):
    assert CliRunner().invoke(build(), ["desk", "--port", "0"]).exit_code == 0
    assert served[0][0] is None
    assert served[0][2]


def test_a_folder_without_an_archive_is_refused_first(served, tmp_path):
    done = CliRunner().invoke(build(), ["desk", str(tmp_path / "none"), "--port", "0"])
    assert isinstance(done.exception, BadArchive)
    assert not served
