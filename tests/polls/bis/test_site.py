"""The BIS site against the replay: early notice, one conversation, redesigns, faults."""

import re
import shutil
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest
from harness import Bench, Clock, at
from msgspec import structs

from monitor.app import App
from monitor.model.alerts import Audience
from monitor.model.documents import Kind
from monitor.model.polls import Outcome, Status
from monitor.model.settings import DEFAULT_TOPICS, Limits, Mail, Operator, Recipient, Settings, Smtp, Sources
from monitor.polls.bis import notices
from monitor.sources import published
from monitor.sources.bis import ListedNotice
from monitor.store.open import open_store

pytestmark = pytest.mark.usefixtures("quick_retries")
READER, OPERATOR = "officer@example.org", "it@example.org"
RECIPIENT = Recipient(address=READER, topics=(*DEFAULT_TOPICS, Kind.DENIAL_ORDER))
WATCHED = ("inspection", "published", "bis")
RELEASES = r"/press-releases$"


@pytest.fixture(scope="module")
def begun(corpus: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Path]]:
    """The sources, and a state that has seen all of them once, on May 15, 2019, at noon."""
    from replay import Replay
    from smtp_sink import SmtpSink

    folder = tmp_path_factory.mktemp("begun") / "state"
    with Replay(corpus, at("2019-05-15T12:00")) as replay, SmtpSink(user="u", password="p") as sink:
        assert Bench(replay, sink, folder, recipients=(RECIPIENT,)).app.cycle(WATCHED).good
        assert "BIS: press releases" in text(sink.messages[0].message)
        yield replay, folder


@pytest.fixture
def bench(begun: tuple[Any, Path], mailbox: Any, tmp_path: Path) -> Iterator[Bench]:
    """A monitor with a recipient and an operator that has seen everything once."""
    replay, folder = begun
    shutil.copytree(folder, tmp_path / "state")
    bench = Bench(replay, mailbox, tmp_path / "state", operator=Operator(address=OPERATOR), recipients=(RECIPIENT,))
    settings = structs.replace(bench.settings, sources=structs.replace(bench.settings.sources, timeout=0.2))
    bench.app = structs.replace(bench.app, settings=settings)
    yield bench
    replay.clear_faults()


def look(bench: Bench, moment: str, sources: Sequence[str] = ("bis",)) -> list[Outcome]:
    """A cycle at a moment, or as soon as the site no longer asks to be left alone."""
    bench.clock.moment = at(moment)
    bench.replay.set_now(bench.clock.moment)
    return list(bench.app.cycle(sources).outcomes)


def mails_to(bench: Bench, address: str) -> list[EmailMessage]:
    return [mail.message for mail in bench.mailbox.messages if address in mail.recipients]


def subjects(bench: Bench, address: str) -> list[str]:
    return [str(mail["Subject"]) for mail in mails_to(bench, address)]


def text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def about(bench: Bench, words: str) -> EmailMessage:
    (found,) = [mail for mail in mails_to(bench, READER) if words in text(mail)]
    return found


# -- early notice and the conversation that it begins


def test_a_press_release_is_reported_before_its_rule_and_the_rule_in_the_same_conversation(bench: Bench) -> None:
    look(bench, "2019-05-15T18:20", WATCHED)
    early = about(bench, "Addition of Huawei Technologies Co. Ltd.")
    assert str(early["Subject"]).startswith("BIS announces, not yet filed: ")
    assert "Not yet filed with the Federal Register" in text(early)
    assert "/press-releases/department-of-commerce-announces-the-addition-of-huawei" in text(early)
    look(bench, "2019-05-16T16:16", WATCHED)
    filed = mails_to(bench, READER)[-1]
    assert str(filed["Subject"]).startswith("Filed: Entity List: 69 entities added")
    assert filed["In-Reply-To"] == early["Message-ID"]
    assert "Announced by BIS: 05/15/2019, “Department of Commerce Announces the Addition of Huawei" in text(filed)
    assert "the same: both say “huawei”" in text(filed)
    look(bench, "2019-05-21T09:00", WATCHED)
    (printed,) = [mail for mail in mails_to(bench, READER) if str(mail["Subject"]).startswith("Published: Entity List")]
    assert str(early["Message-ID"]) in str(printed["References"])


def test_polling_again_reports_nothing_again(bench: Bench) -> None:
    look(bench, "2019-05-15T18:20")
    before = len(bench.mailbox.messages)
    outcomes = look(bench, "2019-05-15T18:35") + look(bench, "2019-05-15T18:50")
    assert [outcome.status for outcome in outcomes] == [Status.UNCHANGED, Status.UNCHANGED]
    assert len(bench.mailbox.messages) == before


def test_a_release_after_its_filing_stands_in_the_conversation_of_the_document(bench: Bench) -> None:
    look(bench, "2019-05-20T17:50", ("inspection",))
    filed = mails_to(bench, READER)[-1]
    assert "Temporary General License" in str(filed["Subject"])
    look(bench, "2019-05-20T17:55")
    late = about(bench, "Limited Exemptions on Huawei Products")
    assert late["In-Reply-To"] == filed["Message-ID"]
    assert "seems to speak of what was told before" in text(late)
    assert "Not yet filed" not in text(late)


def test_recipients_of_other_topics_get_nothing_of_it(bench: Bench) -> None:
    settings = structs.replace(bench.app.settings, recipients=(Recipient(address=READER, topics=(Kind.VEU,)),))
    bench.app = structs.replace(bench.app, settings=settings)
    before = len(bench.mailbox.messages)
    assert look(bench, "2019-05-15T18:20")[0].status is Status.CHANGED
    assert len(bench.mailbox.messages) == before


def test_a_release_of_old_times_is_not_reported_after_days_off(bench: Bench) -> None:
    look(bench, "2019-08-19T09:20")
    told = [subject for subject in subjects(bench, READER) if subject.startswith("BIS announces")]
    assert len(told) == 1  # that of the day; those of May and June are kept
    with open_store(bench.folder) as store:
        assert len(store.documents("bis")) == 6


def test_a_release_that_fits_several_documents_names_them_and_joins_no_conversation(bench: Bench) -> None:
    look(bench, "2019-08-19T09:00", ("inspection",))
    look(bench, "2019-08-19T09:20")
    release = about(bench, "Adds Dozens of New Huawei Affiliates")
    assert release["In-Reply-To"] is None
    assert "may speak of what is filed or printed already; compare them. WHAT IT MAY SPEAK OF" in text(release)
    assert text(release).count("2019-179") >= 2


# -- redesigns


def redesigned(bench: Bench) -> list[str]:
    return [text(mail) for mail in mails_to(bench, OPERATOR) if "redesigned" in str(mail["Subject"])]


def test_a_redesign_is_noticed_once_and_recipients_get_nothing(bench: Bench) -> None:
    look(bench, "2020-08-20T13:00")
    quiet = len(mails_to(bench, READER))
    for moment in ("2024-03-18T07:00", "2024-03-18T07:15", "2024-03-18T09:00", "2024-03-19T09:00", "2024-03-20T09:00"):
        assert look(bench, moment)[0].good
    (told,) = redesigned(bench)
    assert "press releases: is now read at /news-updates/press-releases" in told
    assert "Federal Register notices: no notice can be read there, as a script fills it in" in told
    news = [mail for mail in mails_to(bench, READER)[quiet:] if "BIS" in str(mail["Subject"])]
    assert news == []
    with open_store(bench.folder) as store:
        assert any(b"fr-notices" in one.answer.body for one in store.rejected_answers())


def test_after_a_redesign_new_releases_are_reported_as_before(bench: Bench) -> None:
    look(bench, "2024-03-18T07:00")
    look(bench, "2024-05-09T12:00")
    assert subjects(bench, READER)[-1].startswith("BIS announces, not yet filed: Commerce Adds 37 Entities")


class Site:
    """A small BIS site of our own behind httpx, page by page; what is not there answers 404."""

    RELEASES = "/news-updates/all-press-releases"

    def __init__(self) -> None:
        self.pages = {
            self.RELEASES: listing("Commerce Adds Alfa Optics to the Entity List"),
            "/entity-list": "<main><h1>Entity List</h1><p>The list is in the eCFR. It is long.</p></main>",
            "/licensing/end-user-guidance/denied-persons-list-dpl": denied("dpl_03012031.csv"),
        }
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        page = self.pages.get(request.url.path)
        if page is None:
            return httpx.Response(404, html="<h1>Not found</h1>")
        if request.headers.get("If-None-Match") == etag(page):
            return httpx.Response(304)
        return httpx.Response(200, html=f"<html><body>{page}</body></html>", headers={"ETag": etag(page)})


def etag(page: str) -> str:
    return f'"{abs(hash(page))}"'


def listing(*titles: str) -> str:
    items = (
        f'<li><a href="/press-release/{re.sub("[^a-z]+", "-", title.lower())}">{title}</a> March 3, 2031</li>'
        for title in titles
    )
    return f"<main><h1>Press Releases</h1><ul>{''.join(items)}</ul></main>"


def denied(file: str) -> str:
    link = f'<a href="https://media.bis.gov/sites/default/files/{file}">The list</a>'
    return f"<main><h1>Denied Persons</h1><p>{link}</p></main>"


class Own(Bench):
    """A monitor of that site."""

    def __init__(self, site: Site, mailbox: Any, folder: Path) -> None:
        self.mailbox, self.folder, self.clock, self.site = mailbox, folder, Clock(at("2031-03-03T09:00")), site
        smtp = Smtp(host="127.0.0.1", port=mailbox.port, security="none", user="u", timeout=2)
        self.settings = Settings(
            sources=Sources(requests_per_second=0, timeout=1),
            mail=Mail(sender="watch@example.org", smtp=smtp),
            recipients=(Recipient(address=READER, topics=(*DEFAULT_TOPICS, Kind.DENIAL_ORDER)),),
            operator=Operator(address=OPERATOR),
            limits=Limits(failures_before_notice=2),
        )
        self.app = App(
            settings=self.settings,
            folder=folder,
            clock=self.clock,
            environment={"MONITOR_SMTP_PASSWORD": "p"},
            transport=httpx.MockTransport(site),
        )
        folder.mkdir(parents=True)

    def look(self, moment: str) -> Outcome:
        self.clock.moment = at(moment)
        return self.app.cycle(("bis",)).outcomes[0]


@pytest.fixture
def own(mailbox: Any, tmp_path: Path) -> Own:
    found = Own(Site(), mailbox, tmp_path / "state")
    assert found.look("2031-03-03T09:00").status is Status.BASELINE
    return found


def test_a_page_that_reads_to_nothing_is_reported_at_the_second_look_and_once_when_it_is_over(own: Own) -> None:
    good = own.site.pages[Site.RELEASES]
    own.site.pages[Site.RELEASES] = "<main><div id=root></div></main><noscript>Please enable JavaScript</noscript>"
    assert own.look("2031-03-03T09:15").good
    assert redesigned(own) == []
    for minutes in (30, 45, 50):
        assert (
            "no press release can be read there, as a script fills it in"
            in own.look(f"2031-03-03T09:{minutes}").message
        )
    assert len(redesigned(own)) == 1
    own.site.pages[Site.RELEASES] = good
    own.look("2031-03-03T10:00")
    own.look("2031-03-03T10:15")
    assert [s for s in subjects(own, OPERATOR) if "can be read again" in s] != []
    assert len(mails_to(own, OPERATOR)) == 2
    assert len(mails_to(own, READER)) == 1


def test_one_odd_answer_is_reported_to_nobody(own: Own) -> None:
    good = own.site.pages[Site.RELEASES]
    own.site.pages[Site.RELEASES] = "<main><p>Maintenance</p></main>"
    own.look("2031-03-03T09:15")
    own.site.pages[Site.RELEASES] = good
    own.look("2031-03-03T09:30")
    assert len(own.mailbox.messages) == 1


def test_a_daily_look_notices_a_redesign_at_once(own: Own) -> None:
    own.site.pages[Site.RELEASES] = "<main></main>"
    own.look("2031-03-04T09:00")
    assert len(redesigned(own)) == 1


def test_a_release_whose_text_does_not_come_is_asked_for_again(own: Own) -> None:
    own.site.pages[Site.RELEASES] = listing("Commerce Announces Further Restrictions")
    assert "the text of 1 release did not come" in own.look("2031-03-03T09:15").message
    assert len(mails_to(own, READER)) == 1
    page = "<main><h1>x</h1><p>There are 12 additions to the Entity List.</p></main>"
    own.site.pages["/press-release/commerce-announces-further-restrictions"] = page
    own.look("2031-03-03T09:30")
    assert "“There are 12 additions to the Entity List.”" in text(mails_to(own, READER)[-1])


def test_a_new_file_of_denied_persons_is_reported_with_its_link_to_those_who_ask_for_denials(own: Own) -> None:
    own.site.pages["/licensing/end-user-guidance/denied-persons-list-dpl"] = denied("dpl_03052031.csv")
    own.look("2031-03-05T09:00")
    told = text(mails_to(own, READER)[-1])
    assert "- dpl_03012031.csv + dpl_03052031.csv" in told
    assert "https://media.bis.gov/sites/default/files/dpl_03052031.csv" in told


def test_words_of_the_entity_list_page_are_reported_and_its_dates_are_not(own: Own) -> None:
    own.site.pages["/entity-list"] = (
        "<main><h1>Entity List</h1><p>The list is in the eCFR. It is long.</p><p>As of 1/2/2031</p></main>"
    )
    own.look("2031-03-03T09:15")
    assert "+ As of 1/2/2031" in text(mails_to(own, READER)[-1])
    own.site.pages["/entity-list"] = own.site.pages["/entity-list"].replace("1/2/2031", "3/4/2031")
    assert "only digits or dates changed" in own.look("2031-03-03T09:30").message
    assert len(mails_to(own, READER)) == 2


def test_pages_are_asked_for_only_if_they_changed(own: Own) -> None:
    assert "press releases: still the version that is kept" in own.look("2031-03-03T09:15").message


def test_a_page_that_was_never_there_is_no_failure_and_leaves_no_refusal(own: Own) -> None:
    outcome = own.look("2031-03-03T09:15")
    assert "Federal Register notices: not found" in outcome.message
    with open_store(own.folder) as store:
        assert store.rejected_answers() == []


def test_a_hostile_title_reaches_no_header_and_no_markup(own: Own) -> None:
    title = (
        "Commerce Adds &lt;img src=x onerror=alert(1)&gt; &#x202e;txt&#13;&#10;Bcc: x@example.org to the Entity List"
    )
    own.site.pages[Site.RELEASES] = listing(title).replace("March 3", "March 4")
    own.look("2031-03-04T09:15")
    mail = mails_to(own, READER)[-1]
    assert "Bcc" not in mail
    assert "\u202e" not in str(mail["Subject"])
    page = mail.get_body(("html",))
    assert page is not None
    assert "<img" not in page.get_content()


def test_a_notice_that_the_register_does_not_show_in_time_is_for_the_operator_once(bench: Bench) -> None:
    listed = [ListedNotice(day=at("2019-05-16T00:00").date(), citation="84 FR 99999", title="Addition of Alfa Optics")]
    found = {}
    with open_store(bench.folder) as store, bench.app.fetcher() as fetcher:
        for moment in (
            "2019-05-17T09:00",
            "2019-05-20T09:00",
            "2019-05-21T09:00",
            "2019-05-22T09:00",
            "2019-07-01T09:00",
        ):
            bench.clock.moment = at(moment)
            context = bench.app.context_with(store, fetcher)
            alerts = list(notices.unknown_notices(context, listed))
            found[moment] = [alert.key for alert in alerts]
            assert all(alert.audience is Audience.OPERATOR for alert in alerts)
            with store.transaction():
                context.enqueue(alerts)
    assert list(found.values()) == [[], [], ["unlisted:84 FR 99999"], [], []]


def test_a_notice_on_a_page_of_a_known_document_is_known(bench: Bench) -> None:
    with open_store(bench.folder) as store, bench.app.fetcher() as fetcher:
        known = [published.read_row(kept.row) for kept in store.documents(published.NAME)]
        bench.clock.moment = at("2019-05-21T09:00")
        day = max(document.publication_date for document in known)
        listed = [
            ListedNotice(day=day, citation=f"{document.volume} FR {document.end_page}", title=document.title)
            for document in known
            if document.end_page is not None
        ]
        assert listed
        assert list(notices.unknown_notices(bench.app.context_with(store, fetcher), listed)) == []


# -- faults

FAULTS = (
    "status-403", "status-404", "status-500", "status-503", "hang", "drop", "captcha", "wall", "redirect-loop", "empty",
    "wrong-type", "truncate", "garbage", "gzip-bomb",
)  # fmt: skip


def recovers(bench: Bench, before: int) -> None:
    """The next good answer tells exactly what is true."""
    bench.replay.clear_faults()
    assert look(bench, "2019-05-15T20:30")[0].status is Status.CHANGED
    told = subjects(bench, READER)[before:]
    assert len(told) == 2
    early = [subject for subject in told if subject.startswith("BIS announces, not yet filed: ")]
    assert len(early) == 1
    assert "Huawei" in early[0]
    (other,) = set(told) - set(early)  # its rule was printed the day before, and first seen with everything else
    assert other.startswith("BIS announces: Department of Commerce Adds Twelve New Entities")


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_of_the_site_reaches_no_recipient_and_is_over_with_the_next_good_answer(
    bench: Bench, kind: str
) -> None:
    before = len(mails_to(bench, READER))
    bench.replay.fault(kind, "/bis/")
    outcome = look(bench, "2019-05-15T18:20")[0]
    assert outcome.status is Status.FAILED
    assert "\n" not in outcome.message
    assert len(mails_to(bench, READER)) == before
    recovers(bench, before)


@pytest.mark.parametrize("kind", ["captcha", "status-404", "empty", "hang", "garbage", "wrong-type", "truncate"])
def test_a_fault_of_one_page_reaches_no_recipient_and_is_said(bench: Bench, kind: str) -> None:
    before = len(mails_to(bench, READER))
    bench.replay.fault(kind, RELEASES)
    outcome = look(bench, "2019-05-15T18:20")[0]
    looks_redesigned = "no press release can be read there" in outcome.message or "(404)" in outcome.message
    assert outcome.good == looks_redesigned
    assert len(mails_to(bench, READER)) == before
    recovers(bench, before)


def test_a_failing_site_keeps_no_other_source_back(bench: Bench) -> None:
    bench.replay.fault("hang", "/bis/")
    outcomes = look(bench, "2019-05-16T16:16", WATCHED)
    assert [outcome.good for outcome in outcomes] == [True, True, False]
    assert subjects(bench, READER)[-1].startswith("Filed: Entity List: 69 entities added")


def test_one_failing_page_keeps_the_others_not_back(bench: Bench) -> None:
    bench.replay.fault("captcha", "/entity-list$")
    outcome = look(bench, "2019-05-15T18:20")[0]
    assert outcome.status is Status.FAILED
    assert subjects(bench, READER)[-1].startswith("BIS announces")
