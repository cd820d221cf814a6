"""The form of e-mail, which a mail server and a folder of files share (RFC 5322)."""

import re
from collections.abc import Sequence
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from monitor.mail.message import OutgoingMessage
from monitor.model.errors import DeliveryError

# A subject of ours fits on one line; folded after 78 characters it can come out with a blank in front.
WIDE = SMTP.clone(max_line_length=150)
# Characters that end a line, hide, or turn the direction of what follows, and have no place in a header.
UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
MOST_REFERENCES = 20  # besides the first: programs find the thread by either end, and a header stays short


def compose(outgoing: OutgoingMessage, sender: str) -> EmailMessage:
    """A message with text and HTML of equal content. Raises DeliveryError for one that cannot be written."""
    try:
        return _composed(outgoing, sender)
    except (MessageError, ValueError) as error:  # such as a line break in an address
        raise DeliveryError(f"mail {outgoing.message_id} cannot be written: {error}", permanent=False) from error


def _composed(outgoing: OutgoingMessage, sender: str) -> EmailMessage:
    message = EmailMessage(policy=WIDE)
    name, address = parseaddr(sender)
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = outgoing.recipient.address
    message["Subject"] = one_line(outgoing.subject)
    message["Date"] = format_datetime(outgoing.date)
    message["Message-ID"] = outgoing.message_id
    if outgoing.earlier:
        message["In-Reply-To"] = outgoing.earlier[-1]
        message["References"] = " ".join(references(outgoing.earlier))
    message["List-Id"] = f"Export control watch <fedreg-monitor.{address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834 §5: no out-of-office answers
    message["Precedence"] = "bulk"
    message.set_content(outgoing.text, cte="quoted-printable")
    message.add_alternative(outgoing.html, subtype="html", cte="quoted-printable")
    for attachment in outgoing.attachments:
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
