"""Telling the operator of mail that was refused for good, once."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from monitor.mail.message import message_id
from monitor.model.alerts import Alert, Audience, Notice
from monitor.model.eastern import count
from monitor.store import Refusal, Store


def tell_operator(store: Store, operator: str | None, sender: str, now: datetime) -> list[int]:
    """Owe the operator one notice of all refusals that they do not know of; returns the deliveries that this makes."""
    refusals = store.untold_refusals()
    if operator is None or not refusals:
        return []
    alert = notice_of(refusals, now)
    with store.transaction():
        store.enqueue(alert, [(operator, message_id(alert.key, operator, sender))])
        store.note_told(refusal.id for refusal in refusals)
    return store.deliveries_of(alert.key)


def notice_of(refusals: Sequence[Refusal], now: datetime) -> Alert:
    """What the operator is told; its key names the deliveries, and the moment as they can be refused again by hand."""
    numbers = " ".join(str(refusal.id) for refusal in refusals)
    by_reason = groupby(sorted(refusals, key=reason_of), key=reason_of)
    lines = [f"{recipient}, {count(len(list(group)), 'mail')}: {error}" for (recipient, error), group in by_reason]
    body = Notice(
        title=f"{count(len(refusals), 'mail')} did not reach {'its reader' if len(refusals) == 1 else 'their readers'}",
        reason=". ".join(lines),
        advice="Check the address in [[recipients]] and what the mail server says. Nothing else is kept back. "
        f"When it is mended, `fedreg-monitor outbox retry {numbers}` owes the mail again.",
    )
    digest = hashlib.sha256(numbers.encode()).hexdigest()[:16]
    return Alert(
        key=f"refused:{digest}:{now.isoformat()}",
        thread=f"refused:{refusals[0].recipient}",
        topics=(),
        created_at=now,
        body=body,
        audience=Audience.OPERATOR,
    )


def reason_of(refusal: Refusal) -> tuple[str, str]:
    """What refusals have in common that are told in one line."""
    return refusal.recipient, refusal.error
