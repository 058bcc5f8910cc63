"""Adds the reports of a file to an archive, slowly enough to be killed: FILE FOLDER WORKERS."""

import sys
from pathlib import Path

from stub_readers import StubRecipe, add_files

if __name__ == "__main__":
    add_files(Path(sys.argv[2]), Path(sys.argv[1]), recipe=StubRecipe(delay=0.25), count=int(sys.argv[3]), size=4)
