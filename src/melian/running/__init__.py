"""Reports into an archive: shards, worker processes, and a run that can be interrupted and go on."""

from melian.running.adding import Progress, add
from melian.running.recipes import CoderRecipe

__all__ = ["CoderRecipe", "Progress", "add"]
