"""A folder of .eml files, where no mail server is configured."""

from pathlib import Path

from monitor.mail.channels.email_message import compose
from monitor.mail.message import OutgoingMessage
from monitor.model.errors import DeliveryError


class FolderChannel:
    """Writes each message as an .eml file; the same message goes to the same file."""

    def __init__(self, folder: Path, sender: str) -> None:
        """`folder` is made when the first message is written."""
        self._folder, self._sender = folder, sender

    def send(self, message: OutgoingMessage) -> None:
        """Write one message whole, or raise DeliveryError."""
        written = compose(message, self._sender)
        identity = message.message_id[1:13]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            earlier = next(self._folder.glob(f"*-{identity}.eml"), None)  # by a process that was killed then
            name = f"{message.date:%Y%m%dT%H%M}-{identity}.eml" if earlier is None else earlier.name
            unfinished = self._folder / f".{name}.part"
            unfinished.write_bytes(written.as_bytes())
            unfinished.replace(self._folder / name)
        except OSError as error:
            raise DeliveryError(f"cannot write mail to {self._folder}: {error}", permanent=False) from error

    def close(self) -> None:
        """Nothing is open."""
