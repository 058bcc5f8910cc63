"""Adds the reports of a file to an archive on a Ray cluster of this machine: FILE FOLDER PIDS [EXCHANGE]."""

import sys
from functools import partial
from pathlib import Path

from melian.running.ray_cluster import ray_workers
from stub_readers import StubRecipe, add_files

if __name__ == "__main__":
    file, folder, pids, *exchange = sys.argv[1:]
    recipe = StubRecipe(delay=0.05, pids=pids, breaks_on="day 13 ")
    engine = partial(ray_workers, 3)
    last, rejects = add_files(
        Path(folder), Path(file), recipe=recipe, size=4, engine=engine, exchange=exchange[0] if exchange else None
    )
    sys.stdout.write(f"{last.read} {last.known} {[reject.source for reject in rejects]}\n")
