"""A message and its sender."""

from harness import at

from monitor.mail.message import OutgoingMessage, message_id
from monitor.model.settings import Recipient

SENDER = "Export watch <watch@example.org>"


LETTER = OutgoingMessage(
    recipient=Recipient(address="officer@example.org"),
    subject="Filed: Addition of Entities to the Entity List",
    text="Filed — today.\n",
    html="<p>Filed — today.</p>\n",
    message_id=message_id("document:2019-10616:filed", "officer@example.org", SENDER),
    date=at("2019-05-16T16:16"),
)
