"""Shards by way of a store: a worker that does not share the archive's disk sends what it has read.

The store is a folder that all machines share, or a store of objects; fsspec reaches both.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from melian.archive.durable import digest_of, settle_folder
from melian.errors import BadArchive, BadSetting, MissingExtra
from melian.running.reading import Done, Task, read_shard
from melian.running.recipes import Recipe


def check_exchange(exchange: str) -> None:
    """See to it that a store can be written and read, before work begins.

    Raises:
        MissingExtra: fsspec or the store's driver is not installed.
        BadSetting: It cannot be used.
    """
    try:
        import fsspec

        store, place = fsspec.core.url_to_fs(exchange)
        mark = f"{place}/{uuid4().hex}"
        store.makedirs(place, exist_ok=True)
        store.pipe_file(mark, b"melian")
        is_there = store.cat_file(mark) == b"melian"
        store.rm_file(mark)
    except ImportError as error:
        raise MissingExtra(
            f"{exchange} cannot be reached: {error}",
            "fsspec and the store's driver",
            'pip install "melian[ray]", and the driver of your store (s3fs, gcsfs, adlfs, …), here and on the cluster',
        ) from error
    except Exception as error:
        # Each driver has errors of its own.
        raise _unusable(exchange, str(error)) from error
    if not is_there:
        raise _unusable(exchange, "what is written there is not what is read")


def read_and_send(recipe: Recipe, task: Task, exchange: str) -> Done:
    """Read a shard's reports and put their readings into the store. It is safe to run twice.

    Raises:
        OSError: The shard could not be written.
    """
    import fsspec

    with tempfile.TemporaryDirectory(prefix="melian-") as folder:
        done = read_shard(recipe, replace(task, folder=Path(folder)))
        store, place = fsspec.core.url_to_fs(exchange)
        # Each attempt has a name of its own: two of one task, of which one is believed dead, do not meet.
        sent = f"{place}/{task.folder.name}-{uuid4().hex}"
        store.makedirs(sent, exist_ok=True)
        for file in done.shard.files:
            store.put_file(str(done.shard.folder / file.name), f"{sent}/{file.name}")
    return replace(done, sent=sent)


def bring(done: Done, task: Task, exchange: str) -> Done:
    """Bring a shard that was sent onto the archive's disk, and take it out of the store.

    Raises:
        OSError: It could not be brought or written.
        BadArchive: What came is not what was sent.
    """
    import fsspec

    store, _ = fsspec.core.url_to_fs(exchange)
    folder = task.folder / uuid4().hex
    folder.mkdir()
    for file in done.shard.files:
        path = folder / file.name
        store.get_file(f"{done.sent}/{file.name}", str(path))
        with path.open("rb+") as written:
            os.fsync(written.fileno())
        if (path.stat().st_size, digest_of(path)) != (file.size, file.digest):
            raise BadArchive(
                f"{done.sent}/{file.name} is not what was sent", "the same bytes", "Run the same command again"
            )
    settle_folder(folder)
    store.rm(done.sent, recursive=True)
    return replace(done, shard=replace(done.shard, folder=folder), sent=None)


def _unusable(exchange: str, why: str) -> BadSetting:
    return BadSetting(
        f"The exchange {exchange} cannot be used: {why[:300]}",
        "a folder or a store that every worker and this machine can write and read",
        "Check the address and the keys of the store",
    )
