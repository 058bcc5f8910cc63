"""What training an own ontology gives, and the one file that it is kept in."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from melian.coding.encoder.activations import Floats
from melian.coding.events.own.fitting import Layer
from melian.coding.events.own.seen import DONE, MEANT
from melian.errors import BadOntology
from melian.knowledge.table import encoder_version
from melian.records import EventType, OntologyName, TypeName

LARGEST = 20_000_000
"""Bytes of a file; more is nothing that `melian ontology train` wrote."""
_FORMAT = 1
_LAYERS = ("tells", "types", "sure")


class About(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a trained ontology is.

    Attributes:
        title: Name and version, as `name/version`.
        types: Names of the types, in the order of the file.
        plover: For each the nearest PLOVER type.
        balance: How much the words around a trigger count in telling its type, and how much the trigger itself.
        encoder: Version of the encoder that it was trained on, and can be used with.
        format: Of the file.
    """

    title: OntologyName
    types: tuple[TypeName, ...]
    plover: tuple[EventType, ...]
    balance: tuple[float, float]
    encoder: str
    format: int = _FORMAT


class Trained(msgspec.Struct, frozen=True):
    """A trained ontology.

    Attributes:
        about: What it is.
        tells: Whether a word tells an event of any of the types.
        types: Which type a trigger is of.
        sure: Whether an event found is right, from the log odds of the two.
    """

    about: About
    tells: Layer
    types: Layer
    sure: Layer

    def features(self, around: Floats, trigger: Floats) -> Floats:
        """Join what `types` looks at."""
        return joined(around, trigger, self.about.balance)


def joined(around: Floats, trigger: Floats, balance: tuple[float, float]) -> Floats:
    """Join the vectors of a trigger's surroundings and its own by how much each counts."""
    return np.concatenate([np.float32(balance[0]) * around, np.float32(balance[1]) * trigger], axis=-1)


def pack(trained: Trained) -> bytes:
    """Write a trained ontology as the bytes of its file; the same ontology gives the same bytes."""
    held: dict[str, npt.NDArray[np.generic]] = {
        "about": np.frombuffer(msgspec.json.encode(trained.about), dtype=np.uint8)
    }
    for name in _LAYERS:
        layer: Layer = getattr(trained, name)
        held |= {f"{name}.weight": layer.weight, f"{name}.bias": layer.bias}
    out = io.BytesIO()
    np.savez_compressed(out, **held)  # type: ignore[arg-type]
    return out.getvalue()


def unpack(packed: bytes, name: str) -> Trained:
    """Read a trained ontology back.

    Args:
        packed: The bytes of its file.
        name: Of the file, for messages.

    Raises:
        BadOntology: The bytes are no trained ontology, or it was trained on another encoder.
    """
    try:
        with np.load(io.BytesIO(packed), allow_pickle=False) as held:
            about = msgspec.json.decode(held["about"].tobytes(), type=About)
            layers = {n: Layer(held[f"{n}.weight"], held[f"{n}.bias"]) for n in _LAYERS}
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile, msgspec.DecodeError) as error:
        raise BadOntology(
            f"{name} is no trained ontology",
            "a file that melian ontology train wrote",
            "Train it: melian ontology train",
        ) from error
    if about.format != _FORMAT or about.encoder != encoder_version():
        raise BadOntology(
            f"{name} was trained with another version of Melian's encoder",
            "one trained with this version",
            "Train it again",
        )
    trained = Trained(about, **layers)
    if not _fits(trained):
        raise BadOntology(f"{name} is no trained ontology: its arrays do not fit", "a whole file", "Train it again")
    return trained


@cache
def load(path: str) -> Trained:
    """Load the file of a trained ontology, once a process.

    Raises:
        BadOntology: It can't be read or used.
    """
    return unpack(_bytes_of(path), path)


def version_of(path: str) -> str:
    """Give title and hash of a trained ontology, which readings made with it name."""
    return f"{load(path).about.title} {blake2b(_bytes_of(path), digest_size=8).hexdigest()}"


def _bytes_of(path: str) -> bytes:
    file = Path(path)
    try:
        if file.suffix == ".toml":
            raise BadOntology(
                f"{path} is not trained yet",
                "the file that melian ontology train writes",
                f"Run melian ontology train {path}",
            )
        with file.open("rb") as opened:
            packed = opened.read(LARGEST + 1)
    except OSError as error:
        raise BadOntology(f"{path} cannot be read: {error.strerror}", "a trained ontology", "Check the path") from error
    if len(packed) > LARGEST:
        raise BadOntology(f"{path} is larger than {LARGEST:,} bytes", "a trained ontology", "Check the path")
    return packed


def _fits(trained: Trained) -> bool:
    """Tell whether shapes and kinds of arrays are those of this encoder and of so many types."""
    about, count = trained.about, len(trained.about.types)
    wanted = {"tells": (2, DONE), "types": (count, MEANT + DONE), "sure": (2, 2)}
    return count == len(about.plover) > 0 and all(
        layer.weight.shape == shape and layer.bias.shape == shape[:1]
        and layer.weight.dtype == layer.bias.dtype == np.float32 and bool(np.isfinite(layer.weight).all())
        for name, shape in wanted.items()
        if (layer := getattr(trained, name))
    )  # fmt: skip
