"""Digests: one mail at the recipient's own hour with all that came, and nothing lost or twice."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from harness import Bench, at
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from samples import BASELINE, FILED, LIST, NOTICE, READ, TEXT, alert

from monitor.mail.alert_kinds import cannot_wait
from monitor.mail.channels.email_message import compose
from monitor.mail.deliver import Post, deliver
from monitor.mail.digest_times import moment_of, next_digest, waits_until
from monitor.mail.digests import assemble
from monitor.mail.message import OutgoingMessage, message_id
from monitor.mail.render import Renderer
from monitor.model.alerts import AlertBody, Audience, Digest, DocumentEvent
from monitor.model.deadlines import ClockNotice, NoticeKind
from monitor.model.documents import Kind, Stage
from monitor.model.eastern import EASTERN
from monitor.model.rules import GeneralLicenseAction, LicenseStatus, NamedEntry, RuleReading
from monitor.model.settings import Recipient, Send, Weekday
from monitor.store import Store
from monitor.store.open import open_store

SENDER = "Export watch <watch@example.org>"
ONE_DAY, ONE_HOUR = timedelta(days=1), timedelta(hours=1)


def recipient(zone: str = "America/New_York", hour: int = 8, weekday: Weekday | None = None) -> Recipient:
    send = Send.DAILY if weekday is None else Send.WEEKLY
    return Recipient(
        address="digest@example.org", send=send, hour=hour, weekday=weekday or Weekday.MONDAY, time_zone=zone
    )


def moment(text: str, zone: str = "America/New_York") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


# -- the moments


@pytest.mark.parametrize(
    ("who", "after", "expected"),
    [
        (recipient(), "2031-03-03T07:59", "2031-03-03T08:00"),
        (recipient(), "2031-03-03T08:00", "2031-03-04T08:00"),
        (recipient(hour=0), "2031-03-03T23:59", "2031-03-04T00:00"),
        (recipient(), "2031-02-28T19:00", "2031-03-01T08:00"),  # of a Friday evening: on Saturday
        (recipient(weekday=Weekday.MONDAY), "2031-02-28T19:00", "2031-03-03T08:00"),
        (recipient(weekday=Weekday.MONDAY), "2031-03-03T08:00", "2031-03-10T08:00"),
        (recipient(weekday=Weekday.FRIDAY), "2031-02-28T07:00", "2031-02-28T08:00"),
        (recipient(weekday=Weekday.SUNDAY), "2031-02-28T07:00", "2031-03-02T08:00"),
        # New York puts its clocks forward on March 9, 2031, and back on November 2
        (recipient(hour=8), "2031-03-08T12:00", "2031-03-09T08:00"),
        (recipient(hour=2), "2031-03-08T12:00", "2031-03-09T03:00"),
        (recipient(hour=2), "2031-03-09T03:00", "2031-03-10T02:00"),
        (recipient(hour=3), "2031-03-08T12:00", "2031-03-09T03:00"),
        (recipient(hour=1), "2031-11-01T12:00", "2031-11-02T01:00"),
        (recipient(hour=1), "2031-11-02T01:00", "2031-11-03T01:00"),
        (recipient(hour=1, weekday=Weekday.SUNDAY), "2031-11-02T01:00", "2031-11-09T01:00"),
    ],
)
def test_a_digest_is_due_at_the_next_hour_that_the_recipient_chose(who: Recipient, after: str, expected: str) -> None:
    assert next_digest(who, moment(after)) == moment(expected)


@pytest.mark.parametrize(
    ("hour", "after", "expected"),
    [
        (2, "2031-03-29T12:00", "2031-03-30T03:00"),  # Berlin forward: 02:00 does not exist
        (2, "2031-03-30T03:00", "2031-03-31T02:00"),
        (2, "2031-10-25T12:00", "2031-10-26T02:00"),  # and back: 02:00 occurs twice
        (2, "2031-10-26T02:00", "2031-10-27T02:00"),
    ],
)
def test_berlin_has_its_own_days(hour: int, after: str, expected: str) -> None:
    zone = "Europe/Berlin"
    assert next_digest(recipient(zone, hour), moment(after, zone)) == moment(expected, zone)


def test_between_the_two_hours_of_one_name_no_second_digest_is_due() -> None:
    second = moment("2031-11-02T01:00") + ONE_HOUR
    assert second.astimezone(EASTERN).hour == 1
    assert next_digest(recipient(hour=1), second - timedelta(minutes=1)) == moment("2031-11-03T01:00")


def test_tokyo_is_a_day_ahead() -> None:
    tokyo = recipient("Asia/Tokyo")
    assert next_digest(tokyo, moment("2031-03-03T16:15")) == moment("2031-03-04T08:00", "Asia/Tokyo")
    assert next_digest(tokyo, moment("2031-03-03T18:15")) == moment("2031-03-05T08:00", "Asia/Tokyo")


def test_a_gap_ends_where_clocks_are_put_forward() -> None:
    troll = ZoneInfo("Antarctica/Troll")  # two hours at once
    assert moment_of(date(2031, 3, 30), 2, troll) == datetime(2031, 3, 30, 1, tzinfo=UTC)
    lord_howe = ZoneInfo("Australia/Lord_Howe")  # half an hour
    assert moment_of(date(2031, 10, 5), 2, lord_howe).astimezone(lord_howe).strftime("%H:%M") == "02:30"


def test_a_recipient_who_gets_all_at_once_has_no_digest() -> None:
    assert next_digest(Recipient(address="a@example.org"), moment("2031-03-03T16:15")) is None


ZONES = st.sampled_from(
    (
        "America/New_York", "Europe/Berlin", "Asia/Tokyo", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo",
        "America/Santiago", "Pacific/Apia", "Asia/Kathmandu", "UTC",
    )
)  # fmt: skip
MOMENTS = st.datetimes(min_value=datetime(2019, 1, 1), max_value=datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(ZONES, st.integers(0, 23), st.none() | st.sampled_from(Weekday), MOMENTS)
def test_the_next_digest_is_soon_at_the_wanted_hour_or_right_after_a_gap(
    zone: str, hour: int, weekday: Weekday | None, after: datetime
) -> None:
    who = recipient(zone, hour, weekday)
    found = next_digest(who, after)
    assert found is not None
    assert after < found <= after + (ONE_DAY if weekday is None else 7 * ONE_DAY) + ONE_HOUR
    local, before = found.astimezone(who.zone), (found - timedelta(seconds=2)).astimezone(who.zone)
    if (local.hour, local.minute) != (hour, 0):
        assert local.utcoffset() != before.utcoffset()
        assert before.hour <= hour <= local.hour or local.hour <= hour + 1
    if weekday is not None:
        assert list(Weekday)[local.weekday()] is weekday


@given(ZONES, st.integers(0, 23), MOMENTS)
def test_every_day_has_one_digest(zone: str, hour: int, after: datetime) -> None:
    who = recipient(zone, hour)
    first = next_digest(who, after)
    assert first is not None
    second = next_digest(who, first)
    assert second is not None
    assert second.astimezone(who.zone).date() == first.astimezone(who.zone).date() + ONE_DAY


# -- what cannot wait

FRIDAY_EVENING = at("2031-02-28T16:15")
SATURDAY_MORNING = at("2031-03-01T08:00")
TODAY = FRIDAY_EVENING.date()


def rule(stage: Stage = Stage.FILED, effective: date | None = None, **said: object) -> DocumentEvent:
    added = (NamedEntry("GERMANY", "Alfa Optik"),)
    reading = RuleReading(document_number="2031-00001", kind=Kind.ENTITY_LIST_RULE, added=added)
    reading = structs.replace(reading, effective_on=effective, **said)
    return structs.replace(FILED, stage=stage, effective_on=effective, reading=reading)


def notice(kind: NoticeKind, left: int) -> ClockNotice:
    day = TODAY + left * ONE_DAY
    return ClockNotice(key="k", thread="t", kind=kind, on=TODAY, title="T", headline="H", says="S", day=day, days=left)


EXTENDED = GeneralLicenseAction(name="GL", status=LicenseStatus.EXTENDED, new_expiry=TODAY)


@pytest.mark.parametrize(
    ("body", "waits"),
    [
        (BASELINE, False),  # shows that the way works
        (rule(effective=TODAY), False),
        (rule(effective=TODAY - 3 * ONE_DAY), False),  # first told, and in force already
        (rule(effective=TODAY + ONE_DAY), True),  # begins on the day of the digest
        (rule(effective=TODAY + 30 * ONE_DAY), True),
        (rule(effective=None), True),
        (rule(effective=None, general_license=EXTENDED), False),
        (rule(Stage.VANISHED, effective=TODAY - 3 * ONE_DAY), True),  # its day is past since it was told
        (rule(Stage.WITHDRAWN, effective=TODAY), False),
        (structs.replace(rule(Stage.PUBLISHED, effective=TODAY), as_filed=True), True),  # told when it was filed
        (rule(effective=TODAY, added=(), revised=(NamedEntry("GERMANY", "Alfa"),)), True),  # not severe
        (notice(NoticeKind.REMINDER, 0), False),
        (notice(NoticeKind.REMINDER, 1), True),
        (notice(NoticeKind.REMINDER, 30), True),
        (notice(NoticeKind.LAPSED, -1), False),
        (notice(NoticeKind.STILL_LAPSED, -8), True),
        (LIST, True),
        (TEXT, True),
    ],
)
def test_what_is_severe_goes_at_once_where_its_day_would_pass(body: AlertBody, *, waits: bool) -> None:
    found = waits_until(recipient(), FRIDAY_EVENING, partial(cannot_wait, body))
    assert found == (SATURDAY_MORNING if waits else None)


def test_a_week_is_long_and_more_of_it_cannot_wait() -> None:
    weekly = recipient(weekday=Weekday.FRIDAY)
    in_six_days, in_seven_days = (partial(cannot_wait, rule(effective=TODAY + days * ONE_DAY)) for days in (6, 7))
    assert waits_until(weekly, FRIDAY_EVENING, in_six_days) is None
    assert waits_until(weekly, FRIDAY_EVENING, in_seven_days) == at("2031-03-07T08:00")


# -- rows


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A state in which two alerts wait for Saturday morning, and one recipient got the first at once."""
    with open_store(tmp_path) as store:
        with store.transaction():
            promise(store, "first", LIST, {"digest@example.org": SATURDAY_MORNING}, ("now@example.org",))
            promise(store, "second", TEXT, {"digest@example.org": SATURDAY_MORNING})
        yield store


def promise(
    store: Store, key: str, body: AlertBody, waiting: dict[str, datetime], others: tuple[str, ...] = ()
) -> None:
    owed = [(address, message_id(key, address, SENDER)) for address in (*waiting, *others)]
    made = structs.replace(alert(body, key), created_at=FRIDAY_EVENING)
    assert store.enqueue(made, owed, waiting)


class Kept:
    """Takes messages, and keeps them."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    def send(self, message: OutgoingMessage) -> None:
        self.messages.append(compose(message, SENDER))

    def close(self) -> None:
        """Nothing is open."""


def sent(store: Store, now: datetime) -> list[EmailMessage]:
    """What one cycle sends."""
    kept = Kept()
    assemble(store, SENDER, now)
    deliver(store, Post(channel=kept, renderer=Renderer(), sender=SENDER), now)
    return kept.messages


def test_what_waits_is_sent_by_nobody_before_its_moment(store: Store) -> None:
    assert [mail["To"] for mail in sent(store, SATURDAY_MORNING - timedelta(microseconds=1))] == ["now@example.org"]
    assert store.deliveries_by_status() == {"owed": 0, "sent": 1, "refused": 0, "waiting": 2}


def test_a_digest_holds_all_that_waited_and_is_sent_once(store: Store) -> None:
    sent(store, FRIDAY_EVENING)
    (mail,) = sent(store, SATURDAY_MORNING)
    assert mail["To"] == "digest@example.org"
    assert sent(store, SATURDAY_MORNING + ONE_DAY) == []
    assert store.deliveries_by_status() == {"owed": 0, "sent": 2, "refused": 0, "gathered": 2}


def test_a_digest_knows_its_period_and_its_alerts_in_their_order(store: Store) -> None:
    assert assemble(store, SENDER, SATURDAY_MORNING + ONE_HOUR) == 1
    delivery = store.delivery(store.owed()[-1])
    assert isinstance(delivery.alert.body, Digest)
    assert (delivery.alert.body.since, delivery.alert.body.until) == (FRIDAY_EVENING, SATURDAY_MORNING)
    assert [one.key for one in delivery.alert.body.alerts] == ["first", "second"]
    assert "digest@example.org" in delivery.alert.key


def test_without_anything_there_is_no_mail(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        assert sent(store, SATURDAY_MORNING) == []
        assert store.counts()["alert"] == 0


def test_moments_that_passed_while_nothing_ran_make_one_mail(store: Store) -> None:
    with store.transaction():
        promise(store, "third", READ, {"digest@example.org": SATURDAY_MORNING + ONE_DAY})
    mails = [mail for mail in sent(store, SATURDAY_MORNING + 3 * ONE_DAY) if mail["To"] == "digest@example.org"]
    assert len(mails) == 1
    assert store.deliveries_by_status()["gathered"] == 3


def test_what_comes_after_the_digest_waits_for_the_next(store: Store) -> None:
    sent(store, SATURDAY_MORNING)
    with store.transaction():
        promise(store, "third", READ, {"digest@example.org": SATURDAY_MORNING + ONE_DAY})
    assert sent(store, SATURDAY_MORNING + ONE_HOUR) == []
    assert len(sent(store, SATURDAY_MORNING + ONE_DAY)) == 1


def test_a_moment_that_is_met_twice_makes_two_digests_and_loses_nothing(store: Store) -> None:
    sent(store, SATURDAY_MORNING)
    with store.transaction():  # a clock that was put back promises for the same moment again
        promise(store, "third", READ, {"digest@example.org": SATURDAY_MORNING})
    assert len(sent(store, SATURDAY_MORNING)) == 1


def test_a_kill_between_gathering_and_sending_loses_and_repeats_nothing(store: Store, tmp_path: Path) -> None:
    assemble(store, SENDER, SATURDAY_MORNING)
    identities = {store.delivery(number).message_id for number in store.owed()}
    with open_store(tmp_path) as again:  # another process, after the first one died
        assert assemble(again, SENDER, SATURDAY_MORNING + ONE_HOUR) == 0
        mails = sent(again, SATURDAY_MORNING + ONE_HOUR)
    assert {mail["Message-ID"] for mail in mails} == identities
    assert len(mails) == 2


def test_a_kill_while_gathering_leaves_everything_waiting(store: Store, tmp_path: Path) -> None:
    class Killed(BaseException):
        """What takes the process away, and is no Exception."""

    def killed() -> None:
        (waiting,) = store.waiting(SATURDAY_MORNING)
        with store.transaction():
            store.enqueue(alert(LIST, "digest"), [(waiting.recipient, "<digest@example.org>")])
            store.gather(waiting.deliveries, "digest", SATURDAY_MORNING)
            raise Killed

    with pytest.raises(Killed):
        killed()
    with open_store(tmp_path) as again:
        assert again.deliveries_by_status() == {"owed": 1, "sent": 0, "refused": 0, "waiting": 2}
        assert [mail["To"] for mail in sent(again, SATURDAY_MORNING)] == ["now@example.org", "digest@example.org"]


def test_a_later_mail_of_a_thread_follows_the_digest_in_which_the_first_was_reported(store: Store) -> None:
    sent(store, FRIDAY_EVENING)
    (mail,) = sent(store, SATURDAY_MORNING)
    with store.transaction():
        promise(store, "lapse", READ, {}, ("digest@example.org",))
    (later,) = sent(store, SATURDAY_MORNING + ONE_HOUR)
    assert later["References"] == mail["Message-ID"]


def test_what_still_waits_is_no_part_of_the_thread(store: Store) -> None:
    with store.transaction():
        promise(store, "urgent", READ, {}, ("digest@example.org",))
    urgent = next(m for m in sent(store, FRIDAY_EVENING) if m["To"] == "digest@example.org")
    assert urgent["References"] is None


# -- with the sources and a mail server


def test_a_recipient_of_digests_and_one_who_gets_all_at_once_stand_side_by_side(
    sources: Any, mailbox: Any, tmp_path: Path
) -> None:
    readers = (
        Recipient(address="now@example.org"),
        Recipient(address="tokyo@example.org", send=Send.DAILY, hour=8, time_zone="Asia/Tokyo"),
    )
    bench = Bench(sources, mailbox, tmp_path / "state", recipients=readers)
    bench.check("2019-05-20T12:00")
    mailbox.clear()

    def got(who: str) -> list[str]:
        return [mail.message["Subject"] for mail in mailbox.messages if mail.recipients == [who]]

    bench.check("2019-05-21T08:50")  # the rule is printed
    bench.check("2019-05-24T09:00")  # and stands in the eCFR
    assert len(got("now@example.org")) >= 2
    before = len(got("tokyo@example.org"))
    bench.check("2019-05-24T18:59")
    assert len(got("tokyo@example.org")) == before
    bench.check("2019-05-24T19:00")  # Saturday, 08:00 in Tokyo
    assert len(got("tokyo@example.org")) == before + 1
    bench.check("2019-05-24T19:05")
    assert len(got("tokyo@example.org")) == before + 1


def test_the_job_that_sends_what_is_owed_makes_digests_too(bench: Bench) -> None:
    digest = structs.replace(bench.settings.recipients[0], send=Send.DAILY)
    bench.app = structs.replace(bench.app, settings=structs.replace(bench.settings, recipients=(digest,)))
    bench.check()
    bench.mailbox.clear()
    with open_store(bench.folder) as store, store.transaction():
        promise(store, "first", LIST, {digest.address: at("2019-05-16T08:00")})
    bench.clock.moment = at("2019-05-16T08:00")
    bench.app.cycle((), due_only=True)
    assert [mail.recipients for mail in bench.mailbox.messages] == [[digest.address]]


def test_the_operator_gets_notices_at_once_also_as_a_recipient_of_digests(bench: Bench) -> None:
    daily = Recipient(address="it@example.org", send=Send.DAILY)
    bench.app = structs.replace(bench.app, settings=structs.replace(bench.settings, recipients=(daily,)))
    with bench.app.context() as context:
        assert context.waiting(structs.replace(alert(NOTICE), audience=Audience.OPERATOR)) == {}
        assert context.waiting(alert(LIST)) != {}
