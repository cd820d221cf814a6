"""The main job against the replay: May to August 2019, every moment at which an answer changes."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from harness import SHARED, Bench, at

from monitor.model.changes import Addition, Change, Revision
from monitor.model.entries import Entry

START, END = at("2019-05-15T12:00"), at("2019-08-23T19:00")
LISTING, LICENSE, EXTENSION, AFFILIATES = "2019-10616", "2019-10829", "2019-17920", "2019-17921"


def moments(replay: Any) -> Iterator[datetime]:
    """Every moment at which an answer changes, one poll after it, and a quiet one on every day."""
    events = {datetime.fromisoformat(moment) for moment, what, _ in replay.events() if what not in ("csl", "bis")}
    quiet = {START + timedelta(days=n) for n in range((END - START).days + 1)}
    late = {event + timedelta(minutes=1) for event in events}
    return iter(sorted(moment for moment in events | quiet | late if START <= moment <= END))


@pytest.fixture(scope="module")
def season(corpus: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The whole period, played once."""
    from replay import Replay
    from smtp_sink import SmtpSink

    with Replay(corpus, START) as replay, SmtpSink(user="u", password="p") as sink:
        bench = Bench(replay, sink, tmp_path_factory.mktemp("season") / "state")
        for moment in moments(replay):
            assert bench.check(moment).good, moment
        yield bench


def mails_about(bench: Bench, number: str) -> list[Any]:
    return [mail.message for mail in bench.mailbox.messages if f"Document: {number} (" in text_of(mail.message)]


def text_of(message: Any) -> str:
    return str(message.get_body(("plain",)).get_content())


def test_there_is_one_baseline_mail(season: Bench) -> None:
    baselines = [subject for subject in season.subjects if subject.startswith("The watch begins")]
    assert len(baselines) == 1
    assert season.subjects[0] == baselines[0]


@pytest.mark.parametrize(
    ("number", "filed"),
    [
        (LISTING, "2019-05-16T16:15"),
        (LICENSE, "2019-05-20T16:15"),
        (EXTENSION, "2019-08-19T08:45"),
        (AFFILIATES, "2019-08-19T08:45"),
    ],
)
def test_a_rule_is_told_at_its_filing_and_its_publication_follows_in_the_thread(
    season: Bench, number: str, filed: str
) -> None:
    first, second = mails_about(season, number)
    assert first["Date"].datetime == at(filed)
    assert first["Subject"].startswith("Filed: ")
    assert second["Subject"].startswith("Published")
    assert first["Message-ID"] in second["References"].split()
    assert (first["In-Reply-To"] is None) == (number != EXTENSION)


def test_a_license_is_one_thread_through_its_reminders_and_its_extension(season: Bench) -> None:
    first = mails_about(season, LICENSE)[0]
    life = [m.message for m in season.mailbox.messages if first["Message-ID"] in (m.message["References"] or "")]
    told = [message["Subject"] for message in life]
    assert [subject for subject in told if "ends in 30 days, Aug 19" in subject]
    assert [
        subject for subject in told if subject.startswith("Filed: Temporary General License extended through Nov 18")
    ]
    assert [subject for subject in told if subject.startswith("In the eCFR, changed as of Aug 21: Supplement No. 7")]


def test_a_publication_that_says_nothing_new_is_short(season: Bench) -> None:
    filed, published = mails_about(season, AFFILIATES)
    assert published["Subject"].startswith("Published as filed: ")
    said = " ".join(text_of(published).split())
    assert said.startswith("Published as filed as 84 FR 43493; nothing differs from what was told.")
    assert len(text_of(published)) < len(text_of(filed))
    assert "ADDED" not in text_of(published)


def test_the_codified_list_follows_in_the_thread_of_the_rule_it_cites(season: Bench) -> None:
    (listing,) = [m.message for m in season.mailbox.messages if "In the eCFR, 70 of 70 agree" in m.message["Subject"]]
    assert listing["Date"].datetime.date().isoformat() == "2019-05-23"
    assert listing["References"].split()[0] == mails_about(season, LISTING)[0]["Message-ID"]


def test_nothing_is_reported_removed_that_only_moved_under_another_entry(season: Bench) -> None:
    lines = [line for mail in season.mailbox.messages for line in text_of(mail.message).splitlines()]
    assert not [line for line in lines if "- REMOVED" in line]
    assert len([line for line in lines if "> NOW UNDER ANOTHER ENTRY" in line]) == len(no_longer_rows())


def no_longer_rows() -> list[str]:
    """Entries of the corpus whose last version ended in the period, as far as the eCFR had followed by its end."""
    lines = (SHARED / "corpus" / "entity_list.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    ends = {entry["id"]: entry["versions"][-1]["until"] for entry in entries}
    return [name for name, end in ends.items() if end is not None and "2019-05-15" < end <= "2019-08-21"]


def test_noise_makes_no_mail(season: Bench) -> None:
    noise = ("Order Denying", "In the Matter of", "Advisory Committee", "Information Collection", "OMB Review")
    assert not [subject for subject in season.subjects for word in noise if word in subject]


def test_the_same_period_again_adds_no_mail(season: Bench) -> None:
    before = len(season.mailbox.messages)
    for moment in list(moments(season.replay))[::5]:
        season.check(moment)
    assert len(season.mailbox.messages) == before


def test_every_mail_has_a_message_id_of_its_own(season: Bench) -> None:
    ids = [mail.message["Message-ID"] for mail in season.mailbox.messages]
    assert len(ids) == len(set(ids))


def test_kept_evidence_tells_the_same_difference_on_demand(season: Bench) -> None:
    from monitor.report.build import build_report
    from monitor.store.open import read_store

    store = read_store(season.folder)
    assert store is not None
    with store:
        found = build_report(store, at("2019-05-16T00:00").date(), at("2019-05-21T00:00").date(), made_at=END)
    cited = [change for change in found.lists[0].changes if "84 FR 22963" in entry_after(change).cells.citation]
    assert len(cited) == 70
    assert all(isinstance(change, Addition) for change in cited)


def entry_after(change: Change) -> Entry:
    return change.after if isinstance(change, Revision) else change.entry


def test_a_week_off_leaves_no_gap(sources: Any, mailbox: Any, tmp_path: Path) -> None:
    bench = Bench(sources, mailbox, tmp_path / "state")
    bench.check("2019-05-15T12:00")
    bench.check("2019-05-29T12:00")
    assert len(mails_about(bench, LISTING)) == 1
    assert len(mails_about(bench, LICENSE)) == 1
