"""A year in which something goes wrong every day tells readers exactly what a year tells in which nothing does."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from harness import Bench, at, need_shared
from soak import in_soak

from monitor.model.settings import Operator, Recipient

FIRST = date(2019, 5, 15)
READERS = ("officer@example.org", "counsel@example.org", "carrier@example.org")
OPERATOR = "operator@example.org"
SOURCE_FAULTS = (
    "status-403", "status-404", "status-429", "status-500", "status-503", "drop", "truncate", "captcha", "wall",
    "empty", "wrong-type", "half-list", "garbage", "redirect-loop", "bad-json", "xxe", "stale",
)  # fmt: skip
PLACES = (r"current\.json", r"documents\.json", r"/titles\.json", "/structure/", "/full/", "full_text/xml", "raw_text")
MAIL_FAULTS = ("reject-recipient", "defer-recipient", "defer", "busy", "drop-before", "drop-after", "auth")
BUSINESS, OTHER = ("08:50", "16:50"), ("16:50",)  # the first of a day is the one that meets the faults

ReadDocument = tuple[str, str]  # Message-ID and recipient


def moments(last: date) -> Iterator[tuple[datetime, bool]]:
    """When to check, and whether it is the first check of its day."""
    for number in range((last - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        for hour in BUSINESS if day.weekday() < 5 else OTHER:
            yield at(f"{day}T{hour}"), hour == BUSINESS[0]


def bench_of(replay: Any, sink: Any, folder: Path) -> Bench:
    recipients = tuple(Recipient(address=address) for address in READERS)
    return Bench(replay, sink, folder, recipients=recipients, operator=Operator(address=OPERATOR))


def told(sink: Any) -> set[ReadDocument]:
    """What readers got."""
    found = {(mail.message["Message-ID"], mail.recipients[0]) for mail in sink.messages}
    return {(identity, address) for identity, address in found if address != OPERATOR}


def spoil(replay: Any, sink: Any, chance: random.Random) -> None:
    """One fault of a source and one of the mail server."""
    replay.fault(chance.choice(SOURCE_FAULTS), chance.choice(PLACES))
    kind = chance.choice(MAIL_FAULTS)
    sink.fault(kind, chance.choice(READERS) if kind.endswith("recipient") else "", times=chance.randint(1, 3))


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("last", "least"),
    [
        pytest.param(date(2019, 5, 24), 5, id="the first days"),
        in_soak(date(2020, 5, 15), 200, id="a year"),
    ],
)
def test_a_year_with_faults_tells_what_a_year_without_tells(
    corpus: Any, tmp_path: Path, last: date, least: int
) -> None:
    need_shared()
    from replay import Replay
    from smtp_sink import SmtpSink

    chance = random.Random(2019)
    with Replay(corpus) as replay, SmtpSink(user="u", password="p") as sink, SmtpSink(user="u", password="p") as other:
        quiet, spoiled = bench_of(replay, sink, tmp_path / "quiet"), bench_of(replay, other, tmp_path / "spoiled")
        bad = 0
        for moment, first in moments(last):
            assert quiet.check(moment).good, moment
            if first and moment.date() > FIRST:
                spoil(replay, other, chance)
            bad += not spoiled.check(moment).good
            replay.clear_faults()
            other.clear_faults()
            if first:
                retry_refused(spoiled, moment)
        assert bad > least
        assert told(sink) <= told(other)
        assert all(is_late_text(mail.message["Subject"]) for mail in only_in(other, told(other) - told(sink)))


def only_in(sink: Any, identities: set[ReadDocument]) -> list[Any]:
    """The mails of these identities."""
    return [mail for mail in sink.messages if (mail.message["Message-ID"], mail.recipients[0]) in identities]


def is_late_text(subject: str) -> bool:
    """Whether a mail tells what a text says that could not be had when its document was told."""
    return subject.startswith("Now read: ")


def retry_refused(bench: Bench, moment: datetime) -> None:
    """What an operator does about a refused recipient whose mailbox works again: `outbox retry`."""
    with bench.app.context() as context:
        for one in context.store.pending():
            if one.status == "refused":
                context.store.settle_by_hand(one.id, "owed", moment)
