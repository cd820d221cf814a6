"""Delivering what is owed, one delivery at a time: at least once, and none in the way of another."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import MsgspecError, Struct

from monitor.mail.channels import Channel
from monitor.mail.message import OutgoingMessage
from monitor.mail.refused_mail import report_refused_mail
from monitor.mail.render import Renderer
from monitor.matching.watchlist import matches
from monitor.model.eastern import eastern_date
from monitor.model.errors import ChannelDownError, DeliveryError
from monitor.model.settings import Recipient
from monitor.store import Delivery, Store

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
JITTER = 0.25  # of a pause, at most, so that recipients whose server failed at once are not all tried at once again
MOST_DOWN_IN_A_ROW = 2  # then the channel is unwell, and the rest stays owed until the next time


class Deliveries(Struct, frozen=True, kw_only=True):
    """What became of what was owed; `problems` are lines for people."""

    sent: int = 0
    owed: int = 0
    refused: int = 0
    problems: tuple[str, ...] = ()


class Post(Struct, frozen=True, kw_only=True):
    """How mail is written and delivered, to whom, and to whom refused mail is reported."""

    channel: Channel
    renderer: Renderer
    sender: str
    recipients: tuple[Recipient, ...] = ()
    operator: str | None = None
    give_up_after: timedelta = timedelta(hours=72)

    def recipient(self, address: str) -> Recipient:
        """The recipient of an address; one who is no longer configured still gets what is owed to them."""
        return next((one for one in self.recipients if one.address == address), Recipient(address=address))


class Round:
    """One round of deliveries, and what became of them."""

    def __init__(self, store: Store, post: Post, now: datetime) -> None:
        """Nothing is tried yet."""
        self._store, self._post, self._now = store, post, now
        self.sent = self.refused = self._down = 0
        self.problems: list[str] = []

    def send(self, numbers: Iterable[int]) -> None:
        """Try deliveries until the channel was down too often in a row."""
        for number in numbers:
            if self._down == MOST_DOWN_IN_A_ROW:
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
            self._post.channel.send(message_of(delivery, self._post, self._now))
        except DeliveryError as error:
            self.problems.append(str(error))
            self._down = self._down + 1 if isinstance(error, ChannelDownError) else 0
            self.refused += settle_failure(self._store, delivery, error, self._now, self._post.give_up_after)
        else:
            self._store.settle(delivery.id, "sent", self._now)
            self.sent, self._down = self.sent + 1, 0


def deliver(store: Store, post: Post, now: datetime, *, due_only: bool = False) -> Deliveries:
    """Deliver what is owed, oldest first, and report to the operator what was refused for good.

    `due_only` leaves alone what was postponed to later.
    """
    made = Round(store, post, now)
    made.send(store.owed(now if due_only else None))
    made.send(report_refused_mail(store, post.operator, post.sender, now))
    post.channel.close()
    problems = tuple(dict.fromkeys(made.problems))
    return Deliveries(sent=made.sent, owed=len(store.owed()), refused=made.refused, problems=problems)


def message_of(delivery: Delivery, post: Post, now: datetime) -> OutgoingMessage:
    """The message of a delivery. Raises DeliveryError for one that cannot be written."""
    try:
        return written_for(post.recipient(delivery.recipient), delivery, post.renderer, now)
    except ValueError as error:
        raise DeliveryError(f"delivery {delivery.id} cannot be written: {error}", permanent=False) from error


def written_for(recipient: Recipient, delivery: Delivery, renderer: Renderer, now: datetime) -> OutgoingMessage:
    """An alert in words for one recipient, in their time zone and with what it says of their own names."""
    found = matches(recipient.watchlist, delivery.alert.body)
    words = renderer.mail(delivery.alert, eastern_date(now), zone=recipient.zone, matches=found)
    return OutgoingMessage(
        recipient=recipient,
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

    A channel that takes nothing from anybody is no reason to give up: once it is back, all of it is sent.
    """
    tried_since = delivery.first_tried_at or now
    is_down = isinstance(error, ChannelDownError) and not store.was_sent_since(tried_since)
    if error.permanent:
        store.settle(delivery.id, "refused", now, str(error))
        return True
    if now - tried_since >= give_up_after and not is_down:
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
