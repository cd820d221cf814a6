"""Which readers these are: what other ones read before is read again."""

import hashlib
from functools import lru_cache
from pathlib import Path

from monitor import __version__

PACKAGE = Path(__file__).parents[1]
# Everything that stands between the kept bytes and what the monitor states of them.
READERS = ("deadlines", "diff", "evidence", "law", "model", "sources")


@lru_cache(maxsize=1)
def readers_fingerprint() -> str:
    """The version of the program and a hash of all that reads."""
    digest = hashlib.sha256()
    for name in READERS:
        place = PACKAGE / name
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(file.read_bytes())
    return f"{__version__} {digest.hexdigest()[:16]}"
