"""Sending what is owed, one delivery at a time: at least once, and none in the way of another."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.errors import MessageError
from email.message import EmailMessage

from msgspec import MsgspecError, Struct

from monitor.mail.message import Letter, Mailer, compose
from monitor.mail.refused_mail import report_refused_mail
from monitor.mail.render import Renderer
from monitor.matching.watchlist import matches
from monitor.model.eastern import eastern_date
from monitor.model.errors import DeliveryError, MailServerError
from monitor.model.settings import Recipient
from monitor.store import Delivery, Store

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
JITTER = 0.25  # of a pause, at most, so that readers whose server failed at once are not all tried at once again
MOST_LOST_IN_A_ROW = 2  # then the server is unwell, and the rest stays owed until the next time


class Deliveries(Struct, frozen=True, kw_only=True):
    """What became of what was owed; `problems` are lines for people."""

    sent: int = 0
    owed: int = 0
    refused: int = 0
    problems: tuple[str, ...] = ()


class Post(Struct, frozen=True, kw_only=True):
    """How mail is written and handed over, who reads it, and who is told of mail that is refused."""

    mailer: Mailer
    renderer: Renderer
    sender: str
    recipients: tuple[Recipient, ...] = ()
    operator: str | None = None
    give_up_after: timedelta = timedelta(hours=72)

    def reader(self, address: str) -> Recipient:
        """The reader of an address; one who is no longer configured still gets what is owed to them."""
        return next((one for one in self.recipients if one.address == address), Recipient(address=address))


class Round:
    """One round of deliveries, and what became of them."""

    def __init__(self, store: Store, post: Post, now: datetime) -> None:
        """Nothing is tried yet."""
        self._store, self._post, self._now = store, post, now
        self.sent = self.refused = self._lost = 0
        self.problems: list[str] = []

    def send(self, numbers: Iterable[int]) -> None:
        """Try deliveries until the server was lost too often in a row."""
        for number in numbers:
            if self._lost == MOST_LOST_IN_A_ROW:
                return
            try:
                delivery = self._store.delivery(number)
            except MsgspecError as error:  # written by another version; it keeps nothing else back
                self.problems.append(f"delivery {number} does not read: {error}")
                self._store.postpone(number, self._now + LONGEST_PAUSE, self._now, self.problems[-1])
            else:
                self._try(delivery)

    def _try(self, delivery: Delivery) -> None:
        try:
            self._post.mailer.send(message_of(delivery, self._post, self._now))
        except DeliveryError as error:
            self.problems.append(str(error))
            self._lost = self._lost + 1 if isinstance(error, MailServerError) else 0
            self.refused += settle_failure(self._store, delivery, error, self._now, self._post.give_up_after)
        else:
            self._store.settle(delivery.id, "sent", self._now)
            self.sent, self._lost = self.sent + 1, 0


def deliver(store: Store, post: Post, now: datetime, *, due_only: bool = False) -> Deliveries:
    """Send what is owed, oldest first, and tell the operator what was refused for good.

    `due_only` leaves alone what was postponed to later.
    """
    made = Round(store, post, now)
    made.send(store.owed(now if due_only else None))
    made.send(report_refused_mail(store, post.operator, post.sender, now))
    post.mailer.close()
    problems = tuple(dict.fromkeys(made.problems))
    return Deliveries(sent=made.sent, owed=len(store.owed()), refused=made.refused, problems=problems)


def message_of(delivery: Delivery, post: Post, now: datetime) -> EmailMessage:
    """The message of a delivery. Raises DeliveryError for one that cannot be written."""
    try:
        return compose(letter(delivery, post, now), post.sender)
    except (MessageError, ValueError, UnicodeError) as error:
        raise DeliveryError(f"delivery {delivery.id} cannot be written: {error}", permanent=False) from error


def letter(delivery: Delivery, post: Post, now: datetime) -> Letter:
    """The words of an alert for one recipient, in their time zone and with what it says of their own names."""
    reader = post.reader(delivery.recipient)
    found = matches(reader.watchlist, delivery.alert.body)
    words = post.renderer.mail(delivery.alert, eastern_date(now), zone=reader.zone, matches=found)
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


def settle_failure(
    store: Store, delivery: Delivery, error: DeliveryError, now: datetime, give_up_after: timedelta
) -> bool:
    """Write down a refusal for good, or when to try again; returns whether it is for good.

    A server that takes nothing from anybody is no reason to give up: once it is back, all of it is sent.
    """
    tried_since = delivery.first_tried_at or now
    server_is_away = isinstance(error, MailServerError) and not store.was_sent_since(tried_since)
    if error.permanent:
        store.settle(delivery.id, "refused", now, str(error))
        return True
    if now - tried_since >= give_up_after and not server_is_away:
        hours = give_up_after / timedelta(hours=1)
        store.settle(delivery.id, "refused", now, f"given up after {hours:g} h: {error}")
        return True
    store.postpone(delivery.id, now + pause(delivery), tried_since, str(error))
    return False


def pause(delivery: Delivery) -> timedelta:
    """How long to wait after a failure: 1, 2, 4 … minutes, at most an hour, less a part of its own."""
    longest: timedelta = min(FIRST_PAUSE * 2 ** min(delivery.attempts, 10), LONGEST_PAUSE)
    digest = hashlib.sha256(f"{delivery.message_id}{delivery.attempts}".encode()).digest()
    share: float = int.from_bytes(digest[:4], "big") / 2**32
    return longest * (1 - JITTER * share)
