"""Writing an output file as a whole or not at all."""

import os
import tempfile
from pathlib import Path

from monitor.model.errors import BadRequestError


def check_output(file: Path) -> None:
    """Raise BadRequestError when a file cannot be written there, before any work is done."""
    if file.is_dir():
        raise BadRequestError(f"cannot write {file}: it is a folder; name a file")
    if not file.absolute().parent.is_dir():
        raise BadRequestError(f"cannot write {file}: there is no folder {file.absolute().parent}")
    if not os.access(file.absolute().parent, os.W_OK):
        raise BadRequestError(f"cannot write {file}: no permission to write in the folder {file.absolute().parent}")


def write_output(file: Path, text: str) -> None:
    """Write to a temporary file beside it, then replace the file in one step.

    Raises BadRequestError when it cannot be written; then nothing is left behind.
    """
    check_output(file)
    unfinished: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            "wb", dir=file.absolute().parent, prefix=f".{file.name}.", suffix=".part", delete=False
        ) as opened:
            unfinished = Path(opened.name)
            opened.write(text.encode("utf-8", "replace"))
            opened.flush()
            os.fsync(opened.fileno())
        unfinished.replace(file)
    except OSError as error:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)
        raise BadRequestError(f"cannot write {file}: {error.strerror or error}; nothing was written") from error
