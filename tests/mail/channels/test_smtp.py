"""Real conversations with a mail server that keeps what it is given and misbehaves on request."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from harness import closed_port, need_shared
from letters import LETTER, SENDER
from msgspec import structs

from monitor.mail.channels.smtp import SmtpChannel
from monitor.model.errors import ChannelDownError, DeliveryError
from monitor.model.settings import Recipient, Smtp

ServerAt = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def server() -> ServerAt:
    """Makes a mail server with a user u and a password p."""
    need_shared()
    from smtp_sink import SmtpSink

    return lambda **options: SmtpSink(**{"user": "u", "password": "p"} | options)


@contextmanager
def channel(sink: Any, password: str | None = "p", **options: Any) -> Iterator[SmtpChannel]:
    """A channel to that server."""
    defaults = {"host": "127.0.0.1", "port": sink.port, "security": "none", "user": "u", "timeout": 0.3}
    found = SmtpChannel(Smtp(**defaults | options), password, SENDER)
    yield found
    found.close()


def failure(sink: Any, **options: Any) -> DeliveryError:
    """The failure of one message, in one line that names the server."""
    with channel(sink, **options) as sending, pytest.raises(DeliveryError) as caught:
        sending.send(LETTER)
    said = str(caught.value)
    assert said.startswith(f"mail server {options.get('host', '127.0.0.1')}:{options.get('port', sink.port)} ")
    assert "\n" not in said
    return caught.value


# -- taken


def test_a_message_arrives_whole(mailbox: Any) -> None:
    with channel(mailbox) as sending:
        sending.send(LETTER)
    (mail,) = mailbox.messages
    assert (mail.sender, mail.recipients, mail.user) == ("watch@example.org", ["officer@example.org"], "u")
    assert mail.message["Message-ID"] == LETTER.message_id


def test_many_messages_are_one_conversation(mailbox: Any) -> None:
    with channel(mailbox) as sending:
        for _ in range(3):
            sending.send(LETTER)
    assert len(mailbox.messages) == 3
    assert [line for line in mailbox.log if line.lower() == "c: quit"] == ["C: quit"]


def test_no_conversation_begins_where_nothing_is_sent(mailbox: Any) -> None:
    with channel(mailbox):
        pass
    assert mailbox.log == []


@pytest.mark.parametrize(("tls", "security"), [("starttls", "starttls"), ("implicit", "tls")])
def test_the_conversation_is_encrypted_with_a_certificate_that_is_trusted(
    server: ServerAt, tls: str, security: str
) -> None:
    with server(tls=tls) as sink:
        with channel(sink, security=security, ca_file=sink.certificate, timeout=5) as sending:
            sending.send(LETTER)
        assert [(mail.tls, mail.user) for mail in sink.messages] == [(True, "u")]


def test_a_server_that_asks_for_no_name_is_given_none(server: ServerAt) -> None:
    with server(user="", password="") as sink:
        with channel(sink, password=None, user="") as sending:
            sending.send(LETTER)
        assert len(sink.messages) == 1


# -- not trusted, not signed in


@pytest.mark.parametrize(("tls", "security"), [("starttls", "starttls"), ("implicit", "tls")])
def test_a_certificate_of_another_name_is_not_trusted(server: ServerAt, tls: str, security: str) -> None:
    with server(tls=tls, certificate_name="elsewhere.example") as sink:
        said = str(failure(sink, security=security, ca_file=sink.certificate, timeout=5))
        assert "cannot be trusted" in said
        assert "ca_file" in said
        assert "AUTH" not in " ".join(sink.log)


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(server: ServerAt) -> None:
    with server(tls="starttls") as sink:
        assert "cannot be trusted" in str(failure(sink, security="starttls", timeout=5))


def test_a_file_of_certificates_that_holds_none_is_named(server: ServerAt, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate", encoding="utf-8")
    with server(tls="starttls") as sink:
        assert "ca_file" in str(failure(sink, security="starttls", ca_file=tmp_path / "ca.pem", timeout=5))


def test_no_password_goes_to_a_server_that_does_not_encrypt(server: ServerAt, mailbox: Any) -> None:
    assert "STARTTLS" in str(failure(mailbox, security="starttls"))
    with server(tls="starttls") as sink:
        sink.fault("no-tls")
        assert "454" in str(failure(sink, security="starttls", ca_file=sink.certificate, timeout=5))
        assert not [line for line in (*mailbox.log, *sink.log) if "AUTH " in line and line.startswith("C: ")]


@pytest.mark.parametrize("password", ["wrong", "", "pässwort", "日本"])
def test_a_wrong_password_is_reported_with_the_user_and_without_the_password(mailbox: Any, password: str) -> None:
    failed = failure(mailbox, password=password)
    assert "user 'u'" in str(failed)
    assert "check the password" in str(failed)
    assert not password or password not in str(failed)
    assert isinstance(failed, ChannelDownError)


def test_a_user_for_a_server_that_knows_none_is_reported(server: ServerAt) -> None:
    with server(user="", password="") as sink:
        assert "AUTH" in str(failure(sink))


# -- not there


def test_a_server_that_is_not_there_is_reported_with_where_to_look(mailbox: Any) -> None:
    said = str(failure(mailbox, port=closed_port()))
    assert "cannot be reached" in said
    assert said.endswith("check [mail.smtp] host and port")


def test_a_host_that_does_not_exist_is_reported(mailbox: Any) -> None:
    assert "cannot be reached" in str(failure(mailbox, host="mail.invalid"))


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("hang-connect", "did not answer within 0.3 s"),
        ("hang", "did not answer within 0.3 s"),
        ("busy", "answers 421"),
        ("drop-before", "broke off"),
        ("drop-after", "broke off"),
        ("auth", "refuses user 'u': 535"),
    ],
)
def test_a_server_that_is_unwell_is_distinguished_from_a_refused_message(mailbox: Any, fault: str, words: str) -> None:
    mailbox.fault(fault)
    failed = failure(mailbox)
    assert words in str(failed)
    assert isinstance(failed, ChannelDownError)
    assert not failed.permanent


# -- refused


@pytest.mark.parametrize(
    ("fault", "words", "permanent"),
    [
        ("reject-recipient", "refuses officer@example.org: 550", True),
        ("defer-recipient", "refuses officer@example.org: 451", False),
        ("reject", "answers 554", True),
        ("defer", "answers 451", False),
    ],
)
def test_a_refusal_says_whether_another_try_can_help(mailbox: Any, fault: str, words: str, *, permanent: bool) -> None:
    mailbox.fault(fault)
    failed = failure(mailbox)
    assert words in str(failed)
    assert failed.permanent is permanent
    assert not isinstance(failed, ChannelDownError)


@pytest.mark.parametrize("fault", ["reject-recipient", "defer", "drop-before", "hang", "busy", "hang-connect"])
def test_after_a_failure_the_next_message_goes_out(mailbox: Any, fault: str) -> None:
    mailbox.fault(fault, times=1)
    with channel(mailbox) as sending:
        with pytest.raises(DeliveryError):
            sending.send(LETTER)
        sending.send(LETTER)
    assert len(mailbox.messages) == 1


def test_a_slow_server_is_waited_for(mailbox: Any) -> None:
    mailbox.fault("slow", seconds=0.05)
    with channel(mailbox) as sending:
        sending.send(LETTER)
    assert len(mailbox.messages) == 1


class OfOldTimes(socketserver.StreamRequestHandler):
    """A server without any extension."""

    def handle(self) -> None:
        """Greet, and say yes to everything until the end."""
        self.wfile.write(b"220 old.example\r\n")
        for line in self.rfile:
            over = line.lower().startswith(b"quit")
            self.wfile.write(b"221 bye\r\n" if over else b"250 old.example\r\n")
            if over:
                return


def test_an_address_that_the_server_cannot_take_is_refused_for_good() -> None:
    message = structs.replace(LETTER, recipient=Recipient(address="müller@example.org"))
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), OfOldTimes) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        smtp = SmtpChannel(
            Smtp(host="127.0.0.1", port=server.server_address[1], security="none", timeout=2), None, SENDER
        )
        with pytest.raises(DeliveryError, match="cannot take this address") as caught:
            smtp.send(message)
        smtp.close()
        server.shutdown()
    assert caught.value.permanent
