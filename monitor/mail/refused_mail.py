"""Reporting to the operator mail that was refused for good, once."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from monitor.mail.message import message_id
from monitor.model.alerts import Alert, Audience, Notice
from monitor.model.eastern import count
from monitor.store import RefusedMail, Store


def report_refused_mail(store: Store, operator: str | None, sender: str, now: datetime) -> list[int]:
    """Enqueue one notice of all refused mail that the operator does not know of; returns the deliveries it makes."""
    refused = store.unreported_refused_mail()
    if operator is None or not refused:
        return []
    alert = notice_of(refused, now)
    with store.transaction():
        store.enqueue(alert, [(operator, message_id(alert.key, operator, sender))])
        store.note_reported(mail.id for mail in refused)
    return store.deliveries_of(alert.key)


def notice_of(refused: Sequence[RefusedMail], now: datetime) -> Alert:
    """The operator's notice; its key names the deliveries, and the moment as they can be refused again by hand."""
    numbers = " ".join(str(mail.id) for mail in refused)
    by_reason = groupby(sorted(refused, key=recipient_and_error), key=recipient_and_error)
    lines = [f"{recipient}, {count(len(list(group)), 'mail')}: {error}" for (recipient, error), group in by_reason]
    body = Notice(
        title=f"{count(len(refused), 'mail')} did not reach {'its reader' if len(refused) == 1 else 'their readers'}",
        reason=". ".join(lines),
        advice="Check the address in [[recipients]] and what the mail server says. Nothing else is kept back. "
        f"When it is mended, `fedreg-monitor outbox retry {numbers}` owes the mail again.",
    )
    digest = hashlib.sha256(numbers.encode()).hexdigest()[:16]
    return Alert(
        key=f"refused:{digest}:{now.isoformat()}",
        thread=f"refused:{refused[0].recipient}",
        topics=(),
        created_at=now,
        body=body,
        audience=Audience.OPERATOR,
    )


def recipient_and_error(mail: RefusedMail) -> tuple[str, str]:
    """By what refused mail is counted together in one line."""
    return mail.recipient, mail.error
