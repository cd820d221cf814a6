"""A message to a recipient as it is handed to a channel, and how large its parts are on the way."""

import hashlib
import quopri
from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr

from msgspec import Struct

from monitor.model.settings import Recipient


class Attachment(Struct, frozen=True):
    """A file that comes with a message; `media_type` such as "text/csv"."""

    name: str
    media_type: str
    body: bytes


class OutgoingMessage(Struct, frozen=True, kw_only=True):
    """What a recipient is to get, written out and not yet in the form of a channel."""

    recipient: Recipient
    subject: str
    text: str
    html: str
    attachments: Sequence[Attachment] = ()
    message_id: str
    earlier: Sequence[str] = ()  # Message-IDs of the thread so far, oldest first
    date: datetime


def message_id(key: str, recipient: str, sender: str) -> str:
    """The same for the same alert and recipient, so that a repeat can be recognized."""
    digest = hashlib.sha256(f"{key}\n{recipient}".encode()).hexdigest()[:40]
    return f"<{digest}@{parseaddr(sender)[1].rpartition('@')[2] or 'localhost'}>"


def printed_size(text: str) -> int:
    """How many bytes a text takes in a message."""
    return len(quopri.encodestring(text.replace("\n", "\r\n").encode()))


def encoded_size(size: int) -> int:
    """How many bytes a file of a size takes in a message: lines of 76 characters for 57 bytes each."""
    return -(-size // 57) * 78
