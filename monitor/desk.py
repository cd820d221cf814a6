"""What one cycle works with: passed in, never reached for."""

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct

from monitor.fetch import Fetcher
from monitor.mail import message_id
from monitor.model.alerts import Alert
from monitor.model.eastern import eastern_date
from monitor.model.settings import Recipient, Settings
from monitor.store import Store


class Desk(Struct, frozen=True, kw_only=True):
    """One cycle: the open state, the way to the sources, the settings, and one reading of the clock."""

    store: Store
    fetcher: Fetcher
    settings: Settings
    recipients: tuple[Recipient, ...]
    now: datetime

    @property
    def today(self) -> date:
        """The day in Washington."""
        return eastern_date(self.now)

    def promise(self, alerts: Iterable[Alert]) -> int:
        """Owe each alert to the readers who asked for its topic; returns how many were new."""
        new = 0
        for alert in alerts:
            readers = [r.address for r in self.recipients if r.wants(alert.topic)]
            owed = [(address, message_id(alert.key, address, self.settings.mail.sender)) for address in readers]
            new += self.store.promise(alert, owed)
        return new
