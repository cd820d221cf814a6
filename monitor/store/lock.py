"""One process at a time: a lock on a file that the kernel lets go of when the process dies."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from monitor.model.errors import AlreadyRunningError, StateError

FILE = "monitor.store.lock"
LOOK_AGAIN = 0.1  # seconds between two tries for a lock that is awaited


@contextmanager
def locked(folder: Path, file: str = FILE, *, patience: float = 0.0) -> Iterator[None]:
    """Hold a lock of a state folder, which is made when it is not there; wait for it `patience` seconds.

    Raises AlreadyRunningError, or StateError when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        close_to_others(folder)
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


def close_to_others(folder: Path) -> None:
    """Take from others what is only the owner's, also where it was made before or copied: evidence, addresses, mail.

    The folder itself is left as it is: it may be anybody's, such as one that a person named by mistake.
    """
    for path in (*folder.glob("monitor.sqlite*"), folder / FILE, folder / "mail"):
        if (
            path.exists()
            and not path.is_symlink()
            and path.stat().st_mode & 0o077
            and path.stat().st_uid == os.getuid()
        ):
            path.chmod(0o700 if path.is_dir() else 0o600)
