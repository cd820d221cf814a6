"""Of what kind a failure is: what stays the same while numbers, times and quoted pages differ from poll to poll."""

import re

from monitor.model.errors import ImplausibleError, ReadError, SourceError

QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")
# Numbers with all that clings to them: times, hashes, amounts, places such as $.results[3].
NUMBER = re.compile(r"\b(?=\w*\d)[\w:.,+-]+")
LONGEST = 120


def trouble_of(error: SourceError) -> str:
    """The kind of an error: its class, with the status of HTTP, or with what it says of an answer that did not read."""
    name = type(error).__name__
    if isinstance(error, ReadError | ImplausibleError):
        return f"{name}: {gist_of(str(error))}"
    return name if error.status is None else f"{name} {error.status}"


def gist_of(message: str) -> str:
    """A message without what differs each time: quotations and numbers."""
    words = NUMBER.sub("#", QUOTED.sub("…", message)).split()
    return " ".join(words)[:LONGEST]
