"""Building a message, and handing it over to a folder of files."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from monitor.errors import DeliveryError

# A subject of ours fits on one line; folded after 78 characters it can come out with a blank in front.
WIDE = SMTP.clone(max_line_length=150)


class Letter(Struct, frozen=True, kw_only=True):
    """What a message says, before it is one."""

    recipient: str
    subject: str
    text: str
    html: str
    message_id: str
    earlier: Sequence[str] = ()  # Message-IDs of the thread so far, oldest first
    date: datetime


class Mailer(Protocol):
    """Takes messages. `send` raises DeliveryError; `close` ends the conversation."""

    def send(self, message: EmailMessage) -> None:
        """Hand over one message to its one recipient."""

    def close(self) -> None:
        """End the conversation."""


def message_id(key: str, recipient: str, sender: str) -> str:
    """The same for the same alert and recipient, so that a repeat can be recognized."""
    digest = hashlib.sha256(f"{key}\n{recipient}".encode()).hexdigest()[:40]
    return f"<{digest}@{parseaddr(sender)[1].rpartition('@')[2] or 'localhost'}>"


def compose(letter: Letter, sender: str) -> EmailMessage:
    """A message with text and HTML of equal content; line breaks cannot enter a header."""
    message = EmailMessage(policy=WIDE)
    name, address = parseaddr(sender)
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = letter.recipient
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(letter.date)
    message["Message-ID"] = letter.message_id
    if letter.earlier:
        message["In-Reply-To"] = letter.earlier[-1]
        message["References"] = " ".join(letter.earlier)
    message["List-Id"] = f"Export control watch <fedreg-monitor.{address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834 §5: no out-of-office answers
    message["Precedence"] = "bulk"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return message


class FileMailer:
    """Writes each message as an .eml file; the same message goes to the same file."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made when the first message is written."""
        self._folder = folder

    def send(self, message: EmailMessage) -> None:
        """Write one message whole, or raise DeliveryError."""
        moment, identity = message["Date"].datetime, message["Message-ID"][1:13]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            written = next(self._folder.glob(f"*-{identity}.eml"), None)  # by a process that was killed then
            name = f"{moment:%Y%m%dT%H%M}-{identity}.eml" if written is None else written.name
            unfinished = self._folder / f".{name}.part"
            unfinished.write_bytes(message.as_bytes())
            unfinished.replace(self._folder / name)
        except OSError as error:
            raise DeliveryError(f"cannot write mail to {self._folder}: {error}", permanent=False) from error

    def close(self) -> None:
        """Nothing is open."""
