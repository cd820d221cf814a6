"""What one cycle works with: passed in, never reached for."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, structs

from monitor.evidence.readings import Readings
from monitor.mail.alert_kinds import cannot_wait
from monitor.mail.digest_times import waits_until
from monitor.mail.message import message_id
from monitor.mail.recipients import is_for
from monitor.model.alerts import Alert, Audience
from monitor.model.eastern import eastern_date
from monitor.model.settings import Recipient, Settings
from monitor.sources.fetch import Fetcher
from monitor.store import Store

T = TypeVar("T")


class Context(Struct, frozen=True, kw_only=True):
    """One cycle: the open state, the way to the sources, the settings, and one reading of the clock."""

    folder: Path  # of the state: where the calendar is written
    store: Store
    readings: Readings
    fetcher: Fetcher
    settings: Settings
    recipients: tuple[Recipient, ...]
    operator: str | None
    now: datetime
    free_mib: float = float("inf")  # on the disk of the folder

    @property
    def today(self) -> date:
        """The day in Washington."""
        return eastern_date(self.now)

    def counted(self, ask: Callable[[], T]) -> tuple[T, int]:
        """Ask for something, and count the requests that it takes."""
        before = self.fetcher.requests
        return ask(), self.fetcher.requests - before

    def enqueue(self, alerts: Iterable[Alert]) -> int:
        """Owe each alert to those whom it is for, at once or in their digest; returns how many were new."""
        new = 0
        for alert in alerts:
            addresses = self.audience(alert)
            owed = [(address, message_id(alert.key, address, self.settings.mail.sender)) for address in addresses]
            in_thread = structs.replace(alert, thread=self.store.conversation_of(alert.thread))
            new += self.store.enqueue(in_thread, owed, self.waiting(alert))
        return new

    def waiting(self, alert: Alert) -> dict[str, datetime]:
        """Until when an alert waits for the digest of each recipient who has one."""
        if alert.audience is not Audience.RECIPIENTS:
            return {}
        urgent = partial(cannot_wait, alert.body)
        found = {one.address: waits_until(one, self.now, urgent) for one in self.recipients}
        return {address: moment for address, moment in found.items() if moment is not None}

    def audience(self, alert: Alert) -> list[str]:
        """The addresses of those whom an alert is for."""
        match alert.audience:
            case Audience.RECIPIENTS:
                return [recipient.address for recipient in self.recipients if is_for(recipient, alert)]
            case Audience.OPERATOR:
                return [] if self.operator is None else [self.operator]
            case Audience.WEEKLY_REPORT:
                return [recipient.address for recipient in self.recipients if recipient.weekly_report]
