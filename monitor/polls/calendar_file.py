"""The calendar of deadlines as a file that people can serve to those who subscribe to it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from monitor.deadlines.ics import as_ics
from monitor.model.deadlines import Deadline
from monitor.model.errors import ReadError, StateError

FILE = "deadlines.ics"


def write_calendar(
    folder: Path, deadlines: Sequence[Deadline], *, stamp: datetime, holidays: Mapping[date, str]
) -> None:
    """Write the calendar whole where it differs; entries keep their identity and count their changes.

    A file that somebody else damaged is written anew. Raises StateError when it cannot be written.
    """
    file = folder / FILE
    try:
        before = file.read_bytes() if file.exists() else None
        try:
            after = as_ics(deadlines, stamp=stamp, previous=before, holidays=holidays)
        except ReadError:
            after = as_ics(deadlines, stamp=stamp, holidays=holidays)
        if after != before:
            unfinished = file.with_suffix(".part")
            unfinished.write_bytes(after)
            unfinished.replace(file)
    except OSError as error:
        raise StateError(f"cannot write {file}: {error.strerror or error}") from error
