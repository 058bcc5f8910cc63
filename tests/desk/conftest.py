"""Desks over small archives."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import ATTACKS, StubPasted, client_of, desk_over, hostile_reading
from melian.desk.desk import Desk
from melian.settings import Settings
from synthetic_archive import make_archive, store


@pytest.fixture(scope="session")
def archive_folder(tmp_path_factory) -> Path:
    return make_archive(tmp_path_factory.mktemp("archive") / "news", 60, a_shard=25)


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
    return desk_over(folder, tmp_path_factory.mktemp("hostile-cache"))
