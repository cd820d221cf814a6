"""Sending what is owed: at least once, one at a time, and none in the way of another."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from harness import closed_port, need_shared
from msgspec import structs
from samples import BASELINE, FILED, NOW, alert

from monitor.mail.channels.email_message import compose
from monitor.mail.channels.smtp import SmtpChannel
from monitor.mail.deliver import LONGEST_PAUSE, Deliveries, Post, deliver, message_of, pause
from monitor.mail.message import OutgoingMessage, message_id
from monitor.mail.render import Renderer
from monitor.model.alerts import Notice
from monitor.model.errors import ChannelDownError, DeliveryError
from monitor.model.settings import Recipient, Smtp
from monitor.store import Store
from monitor.store.open import FILE, open_store

SENDER = "Export watch <watch@example.org>"
READERS = ("a@example.org", "b@example.org", "c@example.org")
ALERTS = ("first", "second")
MORE = ("third", "fourth", "fifth")
RENDERER = Renderer()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A state that owes two alerts to three readers."""
    with open_store(tmp_path) as store:
        with store.transaction():
            for key in ALERTS:
                promise(store, key)
        yield store


def promise(store: Store, key: str) -> None:
    store.enqueue(alert(FILED, key), [(address, message_id(key, address, SENDER)) for address in READERS])


@pytest.fixture
def fifteen(store: Store) -> Store:
    """A state that owes five alerts to three readers."""
    with store.transaction():
        for key in MORE:
            promise(store, key)
    return store


def expected(keys: tuple[str, ...] = ALERTS) -> set[tuple[str, str]]:
    """Who must get which Message-ID."""
    return {(address, message_id(key, address, SENDER)) for key in keys for address in READERS}


def post(port: int) -> Post:
    smtp = Smtp(host="127.0.0.1", port=port, security="none", user="u", timeout=0.25)
    return Post(channel=SmtpChannel(smtp, "p", SENDER), renderer=RENDERER, sender=SENDER)


def rounds(store: Store, port: int, most: int = 8) -> list[Deliveries]:
    """Deliver again and again, two hours apart, until nothing is owed."""
    found: list[Deliveries] = []
    while store.owed() and len(found) < most:
        found.append(deliver(store, post(port), NOW + timedelta(hours=2 * len(found)), due_only=True))
    return found


def arrived(mailbox: Any) -> list[tuple[str, str]]:
    return [(mail.recipients[0], mail.message["Message-ID"]) for mail in mailbox.messages]


# -- every fault of a mail server


@pytest.mark.parametrize(
    ("fault", "match", "times"),
    [
        ("busy", "", 2),
        ("hang-connect", "", 1),
        ("auth", "", 4),  # smtplib signs in in two ways
        ("hang", "", 1),
        ("drop-before", "", 2),
        ("drop-before", "b@example.org", 3),
        ("drop-after", "", 2),
        ("drop-after", "b@example.org", 1),
        ("defer", "", 4),
        ("defer", "b@example.org", 2),
        ("defer-recipient", "", 3),
        ("defer-recipient", "c@example.org", 4),
    ],
)
def test_every_recipient_has_every_alert_and_a_repeat_has_the_same_message_id(
    fifteen: Store, mailbox: Any, fault: str, match: str, times: int
) -> None:
    mailbox.fault(fault, match, times=times)
    found = rounds(fifteen, mailbox.port)
    assert found[0].problems
    assert found[-1].owed == 0
    assert set(arrived(mailbox)) == expected((*ALERTS, *MORE))
    assert all(mail.recipients == [mail.message["To"]] for mail in mailbox.messages)
    assert fifteen.deliveries_by_status() == {"owed": 0, "sent": 15, "refused": 0}


def test_a_slow_server_gets_everything_once(fifteen: Store, mailbox: Any) -> None:
    mailbox.fault("slow", seconds=0.02)
    assert rounds(fifteen, mailbox.port) == [Deliveries(sent=15)]
    assert sorted(arrived(mailbox)) == sorted(expected((*ALERTS, *MORE)))


def test_nothing_goes_to_a_server_with_a_wrong_certificate_and_everything_to_the_right_one(fifteen: Store) -> None:
    need_shared()
    from smtp_sink import SmtpSink

    with SmtpSink(user="u", password="p", tls="starttls", certificate_name="elsewhere.example") as wrong:
        smtp = Smtp(host="localhost", port=wrong.port, user="u", ca_file=Path(wrong.certificate), timeout=5)
        found = deliver(fifteen, Post(channel=SmtpChannel(smtp, "p", SENDER), renderer=RENDERER, sender=SENDER), NOW)
        assert (found.sent, found.owed, wrong.messages) == (0, 15, [])
        assert "cannot be trusted" in found.problems[0]
    with SmtpSink(user="u", password="p", tls="starttls") as right:
        smtp = Smtp(host="localhost", port=right.port, user="u", ca_file=Path(right.certificate), timeout=5)
        deliver(fifteen, Post(channel=SmtpChannel(smtp, "p", SENDER), renderer=RENDERER, sender=SENDER), NOW)
        assert sorted(arrived(right)) == sorted(expected((*ALERTS, *MORE)))


def test_without_a_fault_everybody_gets_everything_once(store: Store, mailbox: Any) -> None:
    assert rounds(store, mailbox.port) == [Deliveries(sent=6)]
    assert sorted(arrived(mailbox)) == sorted(expected())


def test_only_a_mail_that_was_lost_after_it_was_taken_is_repeated(store: Store, mailbox: Any) -> None:
    mailbox.fault("drop-after", times=1)
    rounds(store, mailbox.port)
    assert len(arrived(mailbox)) == 7


@pytest.mark.parametrize("fault", ["reject-recipient", "reject"])
def test_a_refused_recipient_is_settled_and_does_not_keep_the_others_back(
    store: Store, mailbox: Any, fault: str
) -> None:
    mailbox.fault(fault, "b@example.org")
    (found,) = rounds(store, mailbox.port)
    assert (found.sent, found.refused, found.owed) == (4, 2, 0)
    assert set(arrived(mailbox)) == {(address, mid) for address, mid in expected() if address != "b@example.org"}
    assert store.deliveries_by_status() == {"owed": 0, "sent": 4, "refused": 2}
    assert deliver(store, post(mailbox.port), NOW + timedelta(days=1)) == Deliveries()


def test_a_server_that_is_not_there_leaves_everything_owed_and_is_asked_twice(store: Store) -> None:
    found = deliver(store, post(closed_port()), NOW)
    assert (found.sent, found.owed, found.refused) == (0, 6, 0)
    assert len(found.problems) == 1
    assert [store.delivery(number).attempts for number in sorted(store.owed())] == [1, 1, 0, 0, 0, 0]


# -- the order


class Notes:
    """Takes messages as told, and keeps to whom each try went."""

    def __init__(self, **failing: DeliveryError) -> None:
        self.tried: list[str] = []
        self.failing = {f"{name}@example.org": error for name, error in failing.items()}

    def send(self, message: OutgoingMessage) -> None:
        compose(message, SENDER)
        self.tried.append(message.recipient.address)
        if self.tried[-1] in self.failing:
            raise self.failing[self.tried[-1]]

    def close(self) -> None:
        self.tried.append("closed")


def notes_post(notes: Notes) -> Post:
    return Post(channel=notes, renderer=RENDERER, sender=SENDER)


def test_what_was_postponed_goes_behind_the_others(store: Store) -> None:
    notes = Notes(a=DeliveryError("451 later", permanent=False))
    deliver(store, notes_post(notes), NOW)
    with store.transaction():
        promise(store, "third")
    deliver(store, notes_post(notes), NOW)
    first, second = " ".join(notes.tried).split(" closed")[:2]
    assert first.split() == [*READERS, *READERS]
    assert second.split() == ["a@example.org", "b@example.org", "c@example.org", "a@example.org", "a@example.org"]


def test_what_is_not_due_yet_is_left_alone_by_the_daemon_and_tried_by_hand(store: Store) -> None:
    notes = Notes(a=DeliveryError("451 later", permanent=False))
    deliver(store, notes_post(notes), NOW, due_only=True)
    notes.tried.clear()
    deliver(store, notes_post(notes), NOW + timedelta(seconds=44), due_only=True)
    assert notes.tried == ["closed"]
    deliver(store, notes_post(notes), NOW + timedelta(seconds=44))
    assert notes.tried == ["closed", "a@example.org", "a@example.org", "closed"]


def test_pauses_double_up_to_an_hour_less_a_part_that_is_their_own(store: Store) -> None:
    longest = [1, 2, 4, 8, 16, 32, *[LONGEST_PAUSE // timedelta(minutes=1)] * 6]
    first, second = store.delivery(1), store.delivery(4)
    for attempts, minutes in enumerate(longest):
        found = [pause(structs.replace(one, attempts=attempts)) for one in (first, second)]
        assert all(0.75 * minutes <= one / timedelta(minutes=1) <= minutes for one in found)
        assert found[0] != found[1]
        assert found[0] == pause(structs.replace(first, attempts=attempts))


def test_what_failed_is_owed_from_its_pause_on(store: Store) -> None:
    deliver(store, notes_post(Notes(a=DeliveryError("451 later", permanent=False))), NOW)
    delivery = store.delivery(1)
    due = NOW + pause(structs.replace(delivery, attempts=0))
    assert delivery.id not in store.owed(due - timedelta(milliseconds=1))
    assert delivery.id in store.owed(due)


def test_a_server_lost_twice_in_a_row_is_left_alone_and_its_recipients_change_places(store: Store) -> None:
    lost = ChannelDownError("mail server broke off")
    notes = Notes(a=lost, b=lost)
    assert deliver(store, notes_post(notes), NOW).sent == 0
    assert deliver(store, notes_post(notes), NOW + timedelta(minutes=1)).sent == 1
    assert notes.tried == [
        *("a@example.org", "b@example.org", "closed"),
        *("c@example.org", "a@example.org", "b@example.org", "closed"),
    ]


def test_the_same_problem_is_reported_once(store: Store) -> None:
    found = deliver(store, notes_post(Notes(a=DeliveryError("451 later", permanent=False))), NOW)
    assert found.problems == ("451 later",)
    assert found.owed == 2


def test_a_broken_template_keeps_only_its_own_kind_of_alert_back(store: Store, tmp_path: Path) -> None:
    (tmp_path / "document.txt").write_text("{{ titel }}", encoding="utf-8")
    with store.transaction():
        store.enqueue(alert(BASELINE, "baseline"), [("a@example.org", "<baseline@example.org>")])
    notes = Notes()
    found = deliver(store, structs.replace(notes_post(notes), renderer=Renderer(tmp_path)), NOW)
    assert notes.tried == ["a@example.org", "closed"]
    assert (found.sent, found.owed, len(found.problems)) == (1, 6, 1)


# -- giving up, and telling the operator

LATER = DeliveryError("451 later", permanent=False)
NEVER = DeliveryError("550 no such user", permanent=True)


def operated(notes: Notes) -> Post:
    return structs.replace(notes_post(notes), operator="it@example.org")


def told(store: Store) -> list[Notice]:
    """What the operator was promised."""
    rows = (store.delivery(number).alert for number in range(1, store.counts()["delivery"] + 1))
    return [one.body for one in rows if isinstance(one.body, Notice)]


def test_what_is_tried_in_vain_for_three_days_is_given_up_and_can_be_owed_again(store: Store) -> None:
    notes = Notes(a=LATER)
    for hours in (1, 24, 72, 73):  # the first try is at 1, so that only the last is three days later
        found = deliver(store, notes_post(notes), NOW + timedelta(hours=hours))
        assert found.refused == (2 if hours == 73 else 0), hours
    pending = store.pending()
    assert [(one.status, one.error, one.next_attempt_at) for one in pending] == [
        ("refused", "given up after 72 h: 451 later", None)
    ] * 2
    store.settle_by_hand(pending[0].id, "owed", NOW + timedelta(hours=74))
    found = deliver(store, notes_post(notes), NOW + timedelta(hours=74))
    assert (found.refused, found.owed) == (0, 1)  # it has three days again


def test_how_long_is_a_setting(store: Store) -> None:
    post_ = structs.replace(notes_post(Notes(a=LATER)), give_up_after=timedelta(minutes=30))
    deliver(store, post_, NOW)
    assert deliver(store, post_, NOW + timedelta(minutes=30)).refused == 2


def test_nothing_is_given_up_while_the_server_takes_nothing_from_anybody(store: Store) -> None:
    lost = ChannelDownError("mail server cannot be reached")
    for day in range(10):
        deliver(store, notes_post(Notes(a=lost, b=lost, c=lost)), NOW + timedelta(days=day))
    assert store.deliveries_by_status() == {"owed": 6, "sent": 0, "refused": 0}
    assert deliver(store, notes_post(Notes()), NOW + timedelta(days=11)).sent == 6


def test_a_mail_at_which_the_server_always_breaks_off_is_given_up_once_others_went_through(store: Store) -> None:
    lost = ChannelDownError("mail server broke off")
    for day in range(5):
        deliver(store, notes_post(Notes(a=lost)), NOW + timedelta(days=day))
    assert store.deliveries_by_status() == {"owed": 0, "sent": 4, "refused": 2}


def test_the_operator_gets_a_notice_at_once_and_once_of_all_that_was_refused(store: Store) -> None:
    notes = Notes(b=NEVER, c=DeliveryError("554 poison", permanent=True))
    found = deliver(store, operated(notes), NOW)
    assert (found.sent, found.refused) == (3, 4)
    assert notes.tried[-2:] == ["it@example.org", "closed"]
    (notice,) = told(store)
    assert notice.title == "4 mails did not reach their readers"
    assert notice.reason == "b@example.org, 2 mails: 550 no such user. c@example.org, 2 mails: 554 poison"
    assert "`fedreg-monitor outbox retry 2 3 5 6`" in notice.advice
    deliver(store, operated(notes), NOW + timedelta(hours=1))
    assert len(told(store)) == 1


def test_the_operator_gets_a_notice_of_what_was_given_up(store: Store) -> None:
    for hours in (0, 72):
        deliver(store, operated(Notes(a=LATER)), NOW + timedelta(hours=hours))
    assert told(store)[0].reason == "a@example.org, 2 mails: given up after 72 h: 451 later"


def test_what_is_owed_again_by_hand_and_refused_again_is_reported_again(store: Store) -> None:
    deliver(store, operated(Notes(b=NEVER)), NOW)
    store.settle_by_hand(2, "owed", NOW + timedelta(hours=1))
    deliver(store, operated(Notes(b=NEVER)), NOW + timedelta(hours=1))
    assert [notice.title for notice in told(store)] == [
        "2 mails did not reach their readers",
        "1 mail did not reach its reader",
    ]


@pytest.mark.parametrize("error", [NEVER, LATER, ChannelDownError("mail server broke off")])
def test_what_does_not_reach_the_operator_makes_no_more_mail(store: Store, error: DeliveryError) -> None:
    notes = Notes(b=NEVER, it=error)
    for day in range(6):
        deliver(store, operated(notes), NOW + timedelta(days=day))
    assert len(told(store)) == 1
    assert store.unreported_refused_mail() == []


def test_an_operator_whose_own_mail_as_a_recipient_is_refused_makes_no_loop(store: Store) -> None:
    post_ = structs.replace(notes_post(Notes(a=NEVER)), operator="a@example.org")
    for day in range(5):
        deliver(store, post_, NOW + timedelta(days=day))
    assert len(told(store)) == 1


def test_without_an_operator_nobody_gets_a_notice_and_a_later_one_does(store: Store) -> None:
    deliver(store, notes_post(Notes(b=NEVER)), NOW)
    assert told(store) == []
    deliver(store, operated(Notes()), NOW + timedelta(days=1))
    assert len(told(store)) == 1


def test_a_kill_between_a_refusal_and_its_notice_leaves_the_notice_owed(store: Store) -> None:
    store.settle(2, "refused", NOW, "550 no such user")  # and then the process was gone
    deliver(store, operated(Notes()), NOW)
    assert told(store)[0].reason == "b@example.org, 1 mail: 550 no such user"


def test_the_operator_gets_a_notice_of_a_refused_recipient_by_a_real_server(store: Store, mailbox: Any) -> None:
    mailbox.fault("reject-recipient", "b@example.org")
    found = deliver(store, structs.replace(post(mailbox.port), operator="it@example.org"), NOW)
    assert (found.sent, found.refused, found.owed) == (5, 2, 0)
    assert mailbox.messages[-1].recipients == ["it@example.org"]
    assert [mail.recipients for mail in mailbox.messages].count(["it@example.org"]) == 1


def test_an_operator_whom_the_server_refuses_makes_no_loop_with_a_real_server(store: Store, mailbox: Any) -> None:
    mailbox.fault("reject-recipient", "it@example.org|b@example.org")
    post_ = structs.replace(post(mailbox.port), operator="it@example.org")
    for day in range(3):
        deliver(store, structs.replace(post_, channel=post(mailbox.port).channel), NOW + timedelta(days=day))
    assert store.deliveries_by_status() == {"owed": 0, "sent": 4, "refused": 3}


# -- poison


def test_an_alert_that_does_not_read_keeps_nothing_else_back(store: Store, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("""UPDATE alert SET body = '{"what": "of a later version"}' WHERE key = 'first'""")
    db.close()
    notes = Notes()
    found = deliver(store, notes_post(notes), NOW)
    assert notes.tried == [*READERS, "closed"]
    assert (found.sent, found.owed) == (3, 3)
    assert "delivery 1 does not read" in found.problems[0]


def test_a_mail_that_cannot_be_written_keeps_nothing_else_back(store: Store) -> None:
    with store.transaction():
        store.enqueue(alert(BASELINE, "strange"), [("a\nb@example.org", "<strange@example.org>")])
    found = deliver(store, notes_post(Notes()), NOW)
    assert (found.sent, found.owed) == (6, 1)
    assert "cannot be written" in found.problems[0]


# -- for whom it is written


def test_a_mail_is_written_for_its_recipient(store: Store) -> None:
    tokyo = Recipient(address="b@example.org", time_zone="Asia/Tokyo", watchlist=(FILED.title,))
    post_ = structs.replace(notes_post(Notes()), recipients=(tokyo,))
    plain, theirs = (message_of(store.delivery(number), post_, NOW).text for number in (1, 2))
    assert "named in the title" in theirs
    assert "named in the title" not in plain
    assert ("ET" in plain, "JST" in theirs) == (True, True)
