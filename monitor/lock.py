"""One process at a time: a lock on a file that the kernel lets go of when the process dies."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from monitor.errors import AlreadyRunningError, StateError

FILE = "monitor.lock"
LOOK_AGAIN = 0.1  # seconds between two tries for a lock that is awaited


@contextmanager
def locked(folder: Path, file: str = FILE, *, patience: float = 0.0) -> Iterator[None]:
    """Hold a lock of a state folder, which is made when it is not there; wait for it `patience` seconds.

    Raises AlreadyRunningError, or StateError when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        opened = (folder / file).open("a+", encoding="utf-8")
    except OSError as error:
        raise StateError(
            f"cannot write to the state folder {folder}: {error.strerror or error}; choose another with --state"
        ) from error
    with opened:
        take(opened, folder, time.monotonic() + patience)
        opened.truncate(0)
        opened.write(f"process {os.getpid()}")
        opened.flush()
        yield
        opened.truncate(0)


def take(opened: TextIO, folder: Path, until: float) -> None:
    """Take the lock of an open file, trying until a moment of the monotonic clock. Raises AlreadyRunningError."""
    while True:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                opened.seek(0)
                raise AlreadyRunningError(folder, opened.read().strip()) from error
            threading.Event().wait(LOOK_AGAIN)
        else:
            return
