"""Digests: what waited for a recipient since the last one, as one alert when its moment has come."""

from datetime import datetime

from monitor.mail.message import message_id
from monitor.model.alerts import Alert, Digest
from monitor.store import Store, Waiting


def assemble(store: Store, sender: str, now: datetime) -> int:
    """Enqueue every digest whose moment has come; returns how many. Each is one transaction: none is lost or twice.

    Where moments passed while the monitor did not run, one digest holds what all of them should have held.
    """
    found = store.waiting(now)
    for waiting in found:
        alert = digest_of(waiting, now)
        with store.transaction():
            store.enqueue(alert, [(waiting.recipient, message_id(alert.key, waiting.recipient, sender))])
            store.gather(waiting.deliveries, alert.key, now)
    return len(found)


def digest_of(waiting: Waiting, now: datetime) -> Alert:
    """The digest of a recipient; its key names them, the moment and the first delivery, which is in one digest only."""
    key = f"digest:{waiting.recipient}:{waiting.due.isoformat()}:{waiting.deliveries[0]}"
    since = min(alert.created_at for alert in waiting.alerts)
    body = Digest(since=since, until=waiting.due, alerts=waiting.alerts)
    return Alert(key=key, thread=key, topics=(), created_at=now, body=body)
