"""One thread per legal action, as a mail program shows them."""

import mailbox
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from harness import Bench, at
from jwz import threads

START, END = at("2019-05-15T12:00"), at("2019-05-24T12:00")
LISTING, LICENSE = "2019-10616", "2019-10829"


def message(number: int, *references: int) -> EmailMessage:
    made = EmailMessage()
    made["Message-ID"] = f"<{number}@example.org>"
    if references:
        made["References"] = " ".join(f"<{reference}@example.org>" for reference in references)
    return made


def shape(found: list[Any]) -> set[frozenset[str]]:
    return {frozenset(str(m["Message-ID"]) for m in root.messages()) for root in found}


# -- the threader itself


def test_answers_join_their_thread_also_when_they_come_first_or_their_parent_is_missing() -> None:
    life = [message(1), message(2, 1), message(3, 1, 2), message(4), message(6, 5), message(7, 5)]
    expected = {frozenset({"<1@example.org>", "<2@example.org>", "<3@example.org>"}), frozenset({"<4@example.org>"})}
    expected |= {frozenset({"<6@example.org>", "<7@example.org>"})}
    for _ in range(20):
        random.Random(7).shuffle(life)
        assert shape(threads(life)) == expected


def test_messages_that_name_each_other_are_one_thread_without_a_circle() -> None:
    assert len(threads([message(1, 2), message(2, 1)])) == 1


# -- the mails


@pytest.fixture(scope="module")
def box(corpus: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[mailbox.mbox]:
    """The mailbox of a reader after the ten days in which the first rule and the first license came."""
    from replay import Replay
    from smtp_sink import SmtpSink

    folder = tmp_path_factory.mktemp("threads")
    with Replay(corpus, START) as replay, SmtpSink(user="u", password="p") as sink:
        bench = Bench(replay, sink, folder / "state")
        moments = {datetime.fromisoformat(moment) for moment, what, _ in replay.events() if what not in ("csl", "bis")}
        late = {moment + timedelta(minutes=1) for moment in moments}
        for moment in sorted(one for one in {START, END} | moments | late if START <= one <= END):
            assert bench.check(moment).good, moment
        found = mailbox.mbox(folder / "reader.mbox")
        for mail in sink.messages:
            found.add(mail.data)
        found.flush()
        yield found
        found.close()


def subjects(root: Any) -> list[str]:
    found = sorted(root.messages(), key=lambda m: datetime.strptime(str(m["Date"]), "%a, %d %b %Y %H:%M:%S %z"))
    return [" ".join(str(m["Subject"]).split()) for m in found]


def test_each_legal_action_is_one_thread_from_its_filing_to_the_regulations(box: mailbox.mbox) -> None:
    found = [subjects(root) for root in threads(box)]
    (listing,) = [thread for thread in found if any("69 entities added" in subject for subject in thread)]
    assert [subject.partition(":")[0].partition(",")[0] for subject in listing] == ["Filed", "Published", "In the eCFR"]
    (license_,) = [thread for thread in found if any("Temporary General License" in subject for subject in thread)]
    assert [subject.partition(":")[0].partition(",")[0] for subject in license_] == [
        "Filed",
        "Published",
        "In the eCFR",
    ]


def test_the_root_of_a_thread_is_its_first_step(box: mailbox.mbox) -> None:
    for root in threads(box):
        assert root.message is not None
        dates = [datetime.strptime(str(m["Date"]), "%a, %d %b %Y %H:%M:%S %z") for m in root.messages()]
        assert dates[0] == min(dates)


def test_the_follow_ups_of_an_action_say_the_same_of_it_in_their_subjects(box: mailbox.mbox) -> None:
    for thread in map(subjects, threads(box)):
        if thread[0].startswith("Filed: Entity List"):
            assert all("69 entities added in 26 countries" in subject for subject in thread)


def test_in_whatever_order_the_mails_come_the_threads_are_the_same(box: mailbox.mbox) -> None:
    expected = shape(threads(box))
    mails = list(box)
    for seed in range(30):
        random.Random(seed).shuffle(mails)
        assert shape(threads(mails)) == expected


def test_a_mail_that_was_lost_splits_no_thread(box: mailbox.mbox) -> None:
    mails = list(box)
    for lost in range(len(mails)):
        rest = [mail for number, mail in enumerate(mails) if number != lost]
        assert len(threads(rest)) in (len(threads(mails)), len(threads(mails)) - 1)  # a thread of one mail is gone


def test_the_regulations_are_reported_without_the_entries_that_the_rule_named(box: mailbox.mbox) -> None:
    (codified,) = [m for m in box if "70 of 70 agree" in str(m["Subject"])]
    text = next(part for part in codified.walk() if part.get_content_type() == "text/plain")
    payload = text.get_payload(decode=True)
    assert isinstance(payload, bytes)
    said = payload.decode()
    assert "Nothing differs from what was told." in " ".join(said.split())
    assert "ADDED: " not in said
