"""Sending what is owed, one delivery at a time: at least once, and none in the way of another."""

from datetime import datetime, timedelta

from msgspec import Struct

from monitor.errors import DeliveryError, MailServerError
from monitor.mail import Letter, Mailer, compose
from monitor.model.eastern import eastern_date
from monitor.render import Renderer
from monitor.store import Delivery, Store

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
MOST_LOST_IN_A_ROW = 2  # then the server is unwell, and the rest stays owed until the next time


class Deliveries(Struct, frozen=True, kw_only=True):
    """What became of what was owed; `problems` are lines for people."""

    sent: int = 0
    owed: int = 0
    refused: int = 0
    problems: tuple[str, ...] = ()


class Post(Struct, frozen=True, kw_only=True):
    """How mail is written and handed over."""

    mailer: Mailer
    renderer: Renderer
    sender: str


def deliver(store: Store, post: Post, now: datetime, *, due_only: bool = False) -> Deliveries:
    """Send what is owed, oldest first; `due_only` leaves alone what was postponed to later."""
    sent = refused = lost = 0
    problems: list[str] = []
    for number in store.owed(now if due_only else None):
        if lost == MOST_LOST_IN_A_ROW:
            break
        delivery = store.delivery(number)
        try:
            post.mailer.send(compose(letter(delivery, post.renderer, now), post.sender))
        except DeliveryError as error:
            problems.append(str(error))
            refused += error.permanent
            lost = lost + 1 if isinstance(error, MailServerError) else 0
            settle_failure(store, delivery, error, now)
        else:
            store.settle(number, "sent", now)
            sent, lost = sent + 1, 0
    post.mailer.close()
    unique = tuple(dict.fromkeys(problems))
    return Deliveries(sent=sent, owed=len(store.owed()), refused=refused, problems=unique)


def letter(delivery: Delivery, renderer: Renderer, now: datetime) -> Letter:
    """The words of an alert for one recipient."""
    words = renderer.mail(delivery.alert, eastern_date(now))
    return Letter(
        recipient=delivery.recipient,
        subject=words.subject,
        text=words.text,
        html=words.html,
        attachments=words.attachments,
        message_id=delivery.message_id,
        earlier=delivery.earlier,
        date=now,
    )


def settle_failure(store: Store, delivery: Delivery, error: DeliveryError, now: datetime) -> None:
    """Write down a refusal for good, or when to try again: after 1, 2, 4 … minutes, at most an hour."""
    if error.permanent:
        store.settle(delivery.id, "refused", now, str(error))
    else:
        pause = min(FIRST_PAUSE * 2 ** min(delivery.attempts, 10), LONGEST_PAUSE)
        store.postpone(delivery.id, now + pause, str(error))
