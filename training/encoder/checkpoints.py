"""Checkpoints of training runs: what is needed to go on from where a run stopped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch


def resume(path: Path, parts: Mapping[str, Any]) -> int:
    """Give every part the state that a checkpoint holds of it, and give the steps done; 0 where there is none."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    for name, part in parts.items():
        part.load_state_dict(state[name])
    return state["step"]


def is_done(path: Path, steps: int) -> bool:
    """Tell whether a checkpoint is of a run that went to its last step."""
    return path.exists() and torch.load(path, weights_only=True, mmap=True)["step"] >= steps


def keep(path: Path, parts: Mapping[str, Any], steps: int) -> None:
    """Write a checkpoint whole, so that a run that is stopped meanwhile keeps the one before."""
    fresh = path.with_suffix(".new")
    torch.save({name: part.state_dict() for name, part in parts.items()} | {"step": steps}, fresh)
    fresh.replace(path)
