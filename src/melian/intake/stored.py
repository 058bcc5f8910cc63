"""Files where they lie: on this machine, or in a store of objects that an fsspec driver reaches."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from melian.errors import BadReport, BadSetting, MissingExtra

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

STORES = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "hdfs", "memory")
"""Schemes that are stores of objects. Pages of the web are fetched with care instead, and other schemes refused."""
_BLOCK = 1 << 20
_DO = 'pip install "melian[remote]", and the driver of your store (s3fs, gcsfs, adlfs, …)'


def is_stored(source: str) -> bool:
    """Tell whether a source lies in a store of objects."""
    scheme, mark, _ = source.partition("://")
    return bool(mark) and scheme.lower() in STORES


def find_store(address: str) -> tuple[AbstractFileSystem, str]:
    """Find the store of an address, and the place within it.

    Raises:
        MissingExtra: fsspec or the driver of this store is not installed.
        BadSetting: The address cannot be used.
    """
    if "::" in address:
        # A chain leads through one store into another, which may be this machine.
        raise BadSetting(f"{address} is a chain of addresses", "one address in one store", "Give its last part")
    try:
        import fsspec
    except ImportError as error:
        raise MissingExtra(f"{address} lies in a store of objects", "the library fsspec", _DO) from error
    try:
        store, place = fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise MissingExtra(f"{address} cannot be reached: {error}", "the store's fsspec driver", _DO) from error
    except ValueError as error:
        raise BadSetting(
            f"{address} cannot be used: {error}", "an address such as s3://bucket/reports.jsonl"
        ) from error
    return store, place


def files_stored(address: str) -> list[str]:
    """List the files at an address in sorted order, without hidden ones: itself where it is one file.

    Raises:
        MissingExtra: fsspec or the driver of this store is not installed.
        OSError: The store refuses.
    """
    store, place = find_store(address)
    if not store.isdir(place):
        return [address]
    names = sorted(name for name in store.find(place) if not _is_hidden(name[len(place) :]))
    return [store.unstrip_protocol(name) for name in names]


@contextmanager
def opened_raw(path: str) -> Iterator[io.BufferedReader]:
    """Open a file as its bytes are.

    Raises:
        OSError: It cannot be opened.
        BadReport: "unreadable", where the store's driver breaks off in a way of its own.
    """
    if not is_stored(path):
        with open(path, "rb") as stream:
            yield stream
        return
    store, place = find_store(path)
    try:
        stream = io.BufferedReader(store.open(place, "rb", block_size=_BLOCK))
    except OSError:
        raise
    except Exception as error:
        # Each driver has errors of its own, for buckets, keys and networks.
        raise BadReport(
            "unreadable", f"The store refuses: {error}", "a file that you may read", "Check both"
        ) from error
    with stream:
        yield stream


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))
