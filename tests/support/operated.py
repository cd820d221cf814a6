"""A monitor with an operator, in front of a Register that has an issue and filings on every business day.

The corpus of the replay is a sample: on most days it has no document at all, which the real Register never has.
"""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import httpx
from harness import CERTIFICATES, Bench
from msgspec import structs

from monitor.model.eastern import EASTERN
from monitor.model.settings import Operator

OPERATOR = "operator@example.org"
APPEARS = time(4, 15)
OTHER = {"agencies": [{"raw_name": "Coast Guard", "slug": "coast-guard"}]}


class FullRegister(httpx.BaseTransport):
    """Passes everything on, and fills in what the sample lacks, unless the replay was told to fail."""

    def __init__(self, replay: Any) -> None:
        self._replay, self._network = replay, httpx.HTTPTransport(verify=CERTIFICATES)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._network.handle_request(request)
        answer.read()
        if self._replay.requests[-1].fault:
            return answer
        path = request.url.path
        if "/issues/" in path and answer.status_code == 404 and self._appeared(path):
            return httpx.Response(200, json={"agencies": []})
        if path.endswith("/current.json") and answer.status_code == 200:
            body = json.loads(answer.content)
            others = [OTHER | {"publication_date": day.isoformat()} for day in self._next_days()]
            body["results"] += others
            body["count"] += len(others)
            return httpx.Response(200, json=body)
        return answer

    def _appeared(self, path: str) -> bool:
        from replay_corpus import is_business_day

        day = date.fromisoformat(path.rsplit("/", 1)[1].removesuffix(".json"))
        local = self._replay.now.astimezone(EASTERN)
        return bool(is_business_day(day)) and local >= datetime.combine(day, APPEARS, EASTERN)

    def _next_days(self) -> list[date]:
        """The next two days that are no weekend, for which documents of other agencies are always scheduled."""
        today = self._replay.now.astimezone(EASTERN).date()
        days = [today + timedelta(days=n) for n in range(1, 5)]
        return [day for day in days if day.weekday() < 5][:2]

    def close(self) -> None:
        self._network.close()


def operated(replay: Any, mailbox: Any, folder: Path, **settings: Any) -> Bench:
    """A monitor with a reader and an operator, at every hour of whose days something is polled."""
    bench = Bench(replay, mailbox, folder, operator=Operator(address=OPERATOR, weekly=False), **settings)
    bench.app = structs.replace(bench.app, transport=FullRegister(replay), free=lambda _: 5_000.0)
    return bench


def watch(bench: Bench, start: datetime, end: datetime, step: timedelta = timedelta(hours=2)) -> None:
    """Cycles from one moment to another."""
    while start <= end:
        bench.check(start)
        start += step


def to_operator(bench: Bench) -> list[str]:
    """The subjects of the operator's mails, without the name of the product."""
    prefix = "fedreg-monitor: "
    return [m.message["Subject"].removeprefix(prefix) for m in bench.mailbox.messages if m.recipients == [OPERATOR]]


def to_readers(bench: Bench) -> list[str]:
    """The subjects of everybody else's."""
    return [m.message["Subject"] for m in bench.mailbox.messages if m.recipients != [OPERATOR]]


def text_of(mail: Any) -> str:
    """The text of a mail on one line."""
    return " ".join(str(mail.message.get_body(("plain",)).get_content()).split())
