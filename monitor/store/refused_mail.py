"""Mail that was refused for good, and whether the operator knows."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from monitor.model.alerts import Audience
from monitor.store.base import Tables, stamp


class RefusedMail(Struct, frozen=True, kw_only=True):
    """A delivery that was given up or refused for good, and why."""

    id: int
    recipient: str
    error: str


class RefusedMails(Tables):
    """RefusedMails of which somebody must hear."""

    def unreported_refused_mail(self) -> list[RefusedMail]:
        """Mail of recipients that was refused without the operator knowing, in the order in which it was enqueued.

        What is refused to the operator is not reported: that mail would be refused again.
        """
        sql = """SELECT d.id, d.recipient, coalesce(d.error, '') error FROM delivery d JOIN alert a ON a.id = d.alert
                 WHERE d.status = 'refused' AND NOT d.told AND a.audience != ? ORDER BY d.id"""
        return [RefusedMail(**row) for row in self._db.query(sql, [Audience.OPERATOR])]

    def note_reported(self, deliveries: Iterable[int]) -> None:
        """Remember that these deliveries were reported to the operator."""
        for number in deliveries:
            self._db.execute("UPDATE delivery SET told = 1 WHERE id = ?", [number])

    def deliveries_of(self, key: str) -> list[int]:
        """The ids of what is owed of one alert."""
        sql = """SELECT d.id FROM delivery d JOIN alert a ON a.id = d.alert
                 WHERE a.key = ? AND d.status = 'owed' ORDER BY d.id"""
        return [row["id"] for row in self._db.query(sql, [key])]

    def was_sent_since(self, moment: datetime) -> bool:
        """Whether the mail server took anything at or after a moment."""
        return bool(
            self._one("SELECT EXISTS (SELECT 1 FROM delivery WHERE status = 'sent' AND settled_at >= ?)", stamp(moment))
        )
