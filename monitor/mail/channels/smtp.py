"""A mail server (RFC 5321)."""

import smtplib
import ssl

from monitor.mail.channels.email_message import compose
from monitor.mail.message import OutgoingMessage
from monitor.model.errors import ChannelDownError, DeliveryError
from monitor.model.settings import Smtp


class SmtpChannel:
    """One SMTP conversation for many messages; begun at the first, begun anew after a failure."""

    def __init__(self, settings: Smtp, password: str | None, sender: str) -> None:
        """`password` comes from the environment or systemd, never from the configuration."""
        self._settings = settings
        self._password = password
        self._sender = sender
        self._server: smtplib.SMTP | None = None

    def send(self, message: OutgoingMessage) -> None:
        """Send one message to its one recipient, or raise DeliveryError."""
        written = compose(message, self._sender)
        server = self._connected()
        try:
            server.send_message(written)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
            self._drop()  # the conversation goes on, but where it stands differs between servers
            raise DeliveryError(explain(error, self._settings), permanent=is_permanent(error)) from error
        except smtplib.SMTPNotSupportedError as error:  # an address beyond ASCII, and a server without RFC 6531
            self._drop()
            raise DeliveryError(explain(error, self._settings), permanent=True) from error
        except OSError as error:
            self._drop()
            raise ChannelDownError(explain(error, self._settings)) from error

    def close(self) -> None:
        """End the conversation; an answer is not needed."""
        if self._server is not None:
            try:
                self._server.quit()
            except OSError:
                self._drop()
        self._server = None

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None

    def _connected(self) -> smtplib.SMTP:
        """The open conversation, or a new one that is encrypted and signed in as configured."""
        if self._server is not None:
            return self._server
        try:
            self._server = self._open()
            if self._settings.security == "starttls":
                self._server.starttls(context=self._trust())
            if self._settings.user and self._password is not None:
                self._server.login(self._settings.user, self._password)
        except UnicodeEncodeError as error:  # smtplib signs in with ASCII alone
            self._drop()
            place = f"mail server {self._settings.host}:{self._settings.port}"
            text = f"{place} cannot be signed in to as user {self._settings.user!r} with other characters than ASCII"
            raise ChannelDownError(f"{text}; check the password") from error
        except OSError as error:
            self._drop()
            raise ChannelDownError(explain(error, self._settings)) from error
        return self._server

    def _open(self) -> smtplib.SMTP:
        place = (self._settings.host, self._settings.port)
        if self._settings.security == "tls":
            return smtplib.SMTP_SSL(*place, timeout=self._settings.timeout, context=self._trust())
        return smtplib.SMTP(*place, timeout=self._settings.timeout)

    def _trust(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._settings.ca_file is not None:
            context.load_verify_locations(self._settings.ca_file)
        return context


def explain(error: OSError, settings: Smtp) -> str:
    """What went wrong, where, and what to look at, in one line."""
    return f"mail server {settings.host}:{settings.port} {reason(error, settings)}"


def reason(error: OSError, settings: Smtp) -> str:
    """What went wrong, and what to look at; every smtplib exception is an OSError."""
    match error:
        case TimeoutError() | smtplib.SMTPServerDisconnected(__context__=TimeoutError()):
            text = f"did not answer within {settings.timeout:g} s"
        case smtplib.SMTPAuthenticationError():
            text = f"refuses user {settings.user!r}: {answer_of(error)}; check the password"
        case smtplib.SMTPRecipientsRefused():
            refused = error.recipients.items()
            text = "; ".join(f"refuses {address}: {code} {on_one_line(reply)}" for address, (code, reply) in refused)
        case smtplib.SMTPNotSupportedError():
            text = f"cannot take this address: {error}"
        case smtplib.SMTPResponseException():
            text = f"answers {answer_of(error)}"
        case smtplib.SMTPException():
            text = f"broke off: {error}"
        case ssl.SSLError():
            text = f"cannot be trusted: {error}; check [mail.smtp] security and ca_file"
        case _:  # every other failure of a connection
            text = f"cannot be reached: {error}; check [mail.smtp] host and port"
    return text


def answer_of(error: smtplib.SMTPResponseException) -> str:
    """The code and the words of the server."""
    return f"{error.smtp_code} {on_one_line(error.smtp_error)}"


def on_one_line(reply: bytes | str) -> str:
    """A server's reply on one line."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())


def is_permanent(error: OSError) -> bool:
    """Whether the server answered of the recipient or the message that trying again will not help (RFC 5321 §4.2.1)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500
