"""How much room there is for the state, and whether it is enough to begin."""

import shutil
from pathlib import Path

from monitor.model.errors import StateError

MEBIBYTE = 1 << 20
LEAST_TO_WRITE = 20  # MiB: a full list, its text and the log of the database, several times over


def free_mib(folder: Path) -> float:
    """The free space of the disk on which a folder is, or will be. Raises StateError."""
    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    try:
        return shutil.disk_usage(there).free / MEBIBYTE
    except OSError as error:
        raise StateError(f"cannot tell the free space of {folder}: {error.strerror or error}") from error


def check_room(free: float, folder: Path) -> None:
    """Raise StateError when there is not even room to write down what a poll found."""
    if free < LEAST_TO_WRITE:
        raise StateError(
            f"only {free:.1f} MiB are free for {folder}, and a cycle needs {LEAST_TO_WRITE}; "
            "nothing was polled: make room"
        )
