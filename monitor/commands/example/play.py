"""Play the packaged case through the real pipeline, without network, mail server or the user's own state."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

import httpx
from msgspec import Struct

from monitor.app import MAIL_FOLDER, App
from monitor.commands.example.sources import SampleSources
from monitor.cycle import run_cycle
from monitor.model.errors import StateError
from monitor.model.settings import Limits, Mail, Recipient, Settings, Sources
from monitor.store.open import open_store

RECIPIENT = "reader@example.org"
SOURCES = ("inspection", "published", "ecfr")  # the example answers only these
SETTINGS = Settings(
    sources=Sources(requests_per_second=0, contact=RECIPIENT),
    mail=Mail(sender="Export control watch <watch@example.org>"),
    recipients=(Recipient(address=RECIPIENT),),
    limits=Limits(least_entries=10),  # the example list is a small one
)


class Step(Struct, frozen=True):
    """A moment of the case, the subjects of the mails that it led to, and failures, of which there should be none."""

    moment: datetime
    label: str
    subjects: tuple[str, ...]
    failures: tuple[str, ...]


def demo_folder(wanted: Path | None) -> Path:
    """The folder for the demo. Raises StateError when the given one is not empty."""
    if wanted is None:
        return Path(tempfile.mkdtemp(prefix="fedreg-monitor-demo-"))
    try:
        wanted.mkdir(parents=True, exist_ok=True)
        occupied = any(wanted.iterdir())
    except OSError as error:
        raise StateError(f"cannot use {wanted} for the demo: {error.strerror or error}") from error
    if occupied:
        raise StateError(
            f"{wanted} is not empty; the demo does not mix its evidence with other files: name a new folder"
        )
    return wanted


def play(
    folder: Path, moments: Sequence[tuple[datetime, str]], each: Callable[[int], None] | None = None
) -> Iterator[Step]:
    """Poll, diff and mail at every moment of the case; `each` is called with the number of moments that are done."""
    sources = SampleSources()
    now = moments[0][0]
    app = App(
        settings=SETTINGS,
        folder=folder,
        clock=lambda: now,
        environment={},
        transport=httpx.MockTransport(sources.handle),
    )
    seen: set[Path] = set()
    with open_store(folder) as store, app.fetcher() as fetcher:
        for number, (moment, label) in enumerate(moments, start=1):
            now = sources.moment = moment
            cycle = run_cycle(app.context_with(store, fetcher), app.post(), sources=SOURCES)
            new = sorted(set((folder / MAIL_FOLDER).glob("*.eml")) - seen)
            seen.update(new)
            failures = tuple(outcome.message for outcome in cycle.outcomes if not outcome.good)
            yield Step(moment, label, tuple(subject_of(file) for file in new), failures)
            if each is not None:
                each(number)


def subject_of(file: Path) -> str:
    """The subject of a written mail."""
    return str(message_from_bytes(file.read_bytes(), policy=policy.default)["Subject"])
