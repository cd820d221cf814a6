"""Building a message, and handing it over to a folder of files."""

import hashlib
import quopri
import re
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from monitor.model.errors import DeliveryError

# A subject of ours fits on one line; folded after 78 characters it can come out with a blank in front.
WIDE = SMTP.clone(max_line_length=150)


# Characters that end a line, hide, or turn the direction of what follows, and have no place in a header.
UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
MOST_REFERENCES = 20  # besides the first: programs find the thread by either end, and a header stays short


class Attachment(Struct, frozen=True):
    """A file that comes with a mail; `media_type` such as "text/csv"."""

    name: str
    media_type: str
    body: bytes


class Letter(Struct, frozen=True, kw_only=True):
    """What a message says, before it is one."""

    recipient: str
    subject: str
    text: str
    html: str
    attachments: Sequence[Attachment] = ()
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
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(letter.date)
    message["Message-ID"] = letter.message_id
    if letter.earlier:
        message["In-Reply-To"] = letter.earlier[-1]
        message["References"] = " ".join(references(letter.earlier))
    message["List-Id"] = f"Export control watch <fedreg-monitor.{address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834 §5: no out-of-office answers
    message["Precedence"] = "bulk"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    for attachment in letter.attachments:
        main, _, sub = attachment.media_type.partition("/")
        message.add_attachment(
            attachment.body, maintype=main, subtype=sub, filename=attachment.name, params={"charset": "utf-8"}
        )
    return message


def one_line(text: str) -> str:
    """Words that are safe in a header: one line, nothing hidden, and nothing that reads as encoded already."""
    return " ".join(UNFIT.sub(" ", text).replace("=?", "= ?").split())


def references(earlier: Sequence[str]) -> Sequence[str]:
    """The first message of a thread and the last ones (RFC 5322 §3.6.4 wants all, servers bound the header)."""
    return earlier if len(earlier) <= MOST_REFERENCES + 1 else (earlier[0], *earlier[-MOST_REFERENCES:])


def printed_size(text: str) -> int:
    """How many bytes a text takes in a message."""
    return len(quopri.encodestring(text.replace("\n", "\r\n").encode()))


def encoded_size(size: int) -> int:
    """How many bytes a file of a size takes in a message: lines of 76 characters for 57 bytes each."""
    return -(-size // 57) * 78


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
