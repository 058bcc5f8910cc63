"""Desks over small archives."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desks import ATTACKS, StubPasted, client_of, desk_over, hostile_reading
from melian.archive import Writer
from melian.archive.linking.link import link
from melian.desk.desk import Desk
from melian.settings import Settings
from synthetic_archive import make_archive, store


def linked(folder: Path) -> Path:
    """Link an archive."""
    with Writer(folder) as writer:
        link(writer)
    return folder


@pytest.fixture(scope="session")
def few_folder(tmp_path_factory) -> Path:
    """An archive of a few reports, to be copied by who changes it."""
    return make_archive(tmp_path_factory.mktemp("few") / "news", 8)


@pytest.fixture
def few(few_folder, tmp_path):
    """A desk that may be changed. Its index is made when a page asks for it."""
    return Desk(shutil.copytree(few_folder, tmp_path / "news"), tmp_path / "cache", StubPasted(Settings()))


@pytest.fixture
def restless(monkeypatch):
    """Desks that make their index anew as often as the archive changes."""
    monkeypatch.setattr("melian.desk.desk._REST", 0)


@pytest.fixture(scope="session")
def archive_folder(tmp_path_factory) -> Path:
    return linked(make_archive(tmp_path_factory.mktemp("archive") / "news", 60, a_shard=25))


@pytest.fixture(scope="session")
def desk(archive_folder, tmp_path_factory):
    return desk_over(archive_folder, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def client(desk):
    return client_of(desk)


@pytest.fixture
def bare_client(tmp_path):
    return client_of(Desk(None, tmp_path, StubPasted(Settings())))


@pytest.fixture(scope="session")
def hostile_desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "archive"
    readings = [hostile_reading(words, f"{number} {words}") for number, words in enumerate(ATTACKS)]
    store(folder, [iter(readings)])
    linked(folder)
    return desk_over(folder, tmp_path_factory.mktemp("hostile-cache"))
