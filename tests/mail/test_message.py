"""Messages as they go over the wire."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letters import LETTER, SENDER
from msgspec import structs
from samples import BODIES, LIST, TODAY, alert

from monitor.mail.channels.email_message import compose, one_line
from monitor.mail.message import Attachment, OutgoingMessage, encoded_size, message_id, printed_size
from monitor.mail.render import Renderer
from monitor.model.alerts import AlertBody


def delivered(letter: OutgoingMessage, sender: str = SENDER) -> EmailMessage:
    """A message as its reader's program reads it."""
    return parsed(compose(letter, sender).as_bytes())


def parsed(sent: bytes) -> EmailMessage:
    message = message_from_bytes(sent, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return message


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert isinstance(body, EmailMessage)
    return str(body.get_content()).replace("\r\n", "\n")


# -- headers


def test_a_message_says_who_wrote_to_whom_and_when() -> None:
    message = delivered(LETTER)
    assert (message["From"], message["To"]) == (SENDER, "officer@example.org")
    assert message["Subject"] == LETTER.subject
    assert message["Date"].datetime == LETTER.date


def test_programs_can_tell_that_no_person_wrote() -> None:
    message = delivered(LETTER)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Precedence"] == "bulk"
    assert message["List-Id"] == "Export control watch <fedreg-monitor.example.org>"


def test_a_message_id_is_made_of_alert_and_recipient_alone() -> None:
    first = message_id("a", "x@example.org", SENDER)
    assert re.fullmatch(r"<[0-9a-f]{40}@example\.org>", first)
    assert first == message_id("a", "x@example.org", "Other name <other@example.org>")
    assert len({first, message_id("b", "x@example.org", SENDER), message_id("a", "y@example.org", SENDER)}) == 3


def test_the_first_message_of_a_thread_answers_nothing() -> None:
    message = delivered(LETTER)
    assert message["In-Reply-To"] is None
    assert message["References"] is None


@pytest.mark.parametrize(("number", "named"), [(1, 1), (21, 21), (22, 21), (1000, 21)])
def test_a_later_message_answers_the_last_and_names_the_first_and_the_last_ones(number: int, named: int) -> None:
    earlier = [message_id(str(n), "officer@example.org", SENDER) for n in range(number)]
    message = delivered(structs.replace(LETTER, earlier=earlier))
    assert message["In-Reply-To"] == earlier[-1]
    assert message["References"].split() == [earlier[0], *earlier[1:][-20:]]
    assert len(message["References"].split()) == named


def test_the_message_id_survives_the_wire() -> None:
    assert delivered(LETTER)["Message-ID"] == LETTER.message_id


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\x00", "\x0b", "\x85", "\u2028", "\u2029"])
def test_no_title_can_add_a_header(line_break: str) -> None:
    message = delivered(structs.replace(LETTER, subject=f"Filed{line_break}Bcc: thief@example.org"))
    assert message["Bcc"] is None
    assert message["Subject"] == "Filed Bcc: thief@example.org"


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Ends \u202eon May 1\u202c", "Ends on May 1"),  # would be read from right to left
        ("=?utf-8?q?Bcc=3A_thief=0D=0ABcc:_a@b.example?=", "= ?utf-8?q?Bcc=3A_thief=0D=0ABcc:_a@b.example?="),
        ("x" * 400, "x" * 400),
        ("Addition of 42 Entités → 华为, 北京", "Addition of 42 Entités → 华为, 北京"),
    ],
)
def test_hostile_and_foreign_titles_stay_titles(title: str, subject: str) -> None:
    message = delivered(structs.replace(LETTER, subject=title))
    assert message["Subject"] == subject
    assert message["Bcc"] is None


@given(st.text(max_size=90))
def test_any_subject_comes_out_as_it_went_in(subject: str) -> None:
    message = delivered(structs.replace(LETTER, subject=subject))
    assert message["To"] == "officer@example.org"
    assert message["Subject"] == one_line(subject)
    assert len(message["Subject"].splitlines()) <= 1


def test_no_header_is_of_our_own_making() -> None:
    assert [name for name in delivered(LETTER) if name.casefold().startswith("x-")] == []


def test_a_subject_of_ninety_characters_is_one_line() -> None:
    subject = "Published: Addition of Certain Entities to the Entity List and Revision of Entries, May 16"
    assert len(subject) == 90
    assert f"Subject: {subject}\r\n".encode() in compose(structs.replace(LETTER, subject=subject), SENDER).as_bytes()


def test_a_sender_without_a_name_is_an_address() -> None:
    assert delivered(LETTER, "watch@example.org")["From"] == "watch@example.org"


# -- parts


def test_a_recipient_without_html_has_the_text_first() -> None:
    message = delivered(LETTER)
    assert message.get_content_type() == "multipart/alternative"
    parts = [one.get_content_type() for one in message.walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]
    assert part(message, "plain").strip() == "Filed — today."
    assert part(message, "html").strip() == "<p>Filed — today.</p>"


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_every_mail_arrives_as_it_was_written(body: AlertBody) -> None:
    words = Renderer().mail(alert(body), TODAY)
    letter = structs.replace(LETTER, subject=words.subject, text=words.text, html=words.html)
    message = delivered(letter)
    assert part(message, "plain") == words.text
    assert part(message, "html") == words.html


def test_no_line_is_too_long_for_smtp() -> None:
    words = Renderer().mail(alert(structs.replace(LIST, changes=LIST.changes * 40)), TODAY)
    sent = compose(structs.replace(LETTER, text=words.text, html=words.html), SENDER).as_bytes()
    assert max(len(line) for line in sent.split(b"\r\n")) <= 998
    assert sent.isascii()


def test_a_table_comes_as_a_file_behind_the_words() -> None:
    body = "\ufeffname\r\nAlfa Ltd., “Köln”\r\n".encode()
    message = delivered(structs.replace(LETTER, attachments=(Attachment("entity-list.csv", "text/csv", body),)))
    assert message.get_content_type() == "multipart/mixed"
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("entity-list.csv", "text/csv")
    assert file.get_content_charset() == "utf-8"
    assert file.get_payload(decode=True) == body
    assert part(message, "plain").strip() == "Filed — today."


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=2000), st.binary(max_size=3000))
def test_the_size_of_a_message_is_foreseen(text: str, file: bytes) -> None:
    plain = compose(structs.replace(LETTER, text="", html=""), SENDER).as_bytes()
    attachments = (Attachment("a.csv", "text/csv", file),)
    whole = compose(structs.replace(LETTER, text=text, html=text, attachments=attachments), SENDER).as_bytes()
    foreseen = 2 * printed_size(text) + encoded_size(len(file))
    assert len(whole) - len(plain) <= foreseen + 700  # the headers of the parts
