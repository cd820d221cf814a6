"""The ways by which a message reaches a recipient, one module each; App.channel picks the one that is configured."""

from typing import Protocol

from monitor.mail.message import OutgoingMessage


class Channel(Protocol):
    """Delivers messages. What form a message takes, and what of a recipient it needs, a channel knows alone."""

    def send(self, message: OutgoingMessage) -> None:
        """Deliver one message to its one recipient: on return it is sent.

        Raises DeliveryError where it is deferred or, with `permanent`, refused; ChannelDownError where the channel
        takes nothing from anybody now.
        """

    def close(self) -> None:
        """End the conversation; the next message begins another."""
