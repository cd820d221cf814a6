"""A page of the operator's own: what changed, what is not believed, and where it is never led."""

import gzip
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from harness import Clock, at
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from monitor.app import App
from monitor.diff.web_page import compare
from monitor.model.documents import Kind
from monitor.model.entries import Text
from monitor.model.polls import Outcome, Status
from monitor.model.settings import Mail, Operator, Page, Recipient, Settings, Smtp, Sources
from monitor.store.open import open_store

pytestmark = pytest.mark.usefixtures("quick_retries")
PUBLIC = "https://93.184.215.14/list"  # an address in place of a name, so that nothing is resolved
NAMES = "<p>The following parties are on the list.</p><ul><li>Alfa Works</li><li>Beta Works</li></ul>"
HTML = {"Content-Type": "text/html"}
GZIP = HTML | {"Content-Encoding": "gzip"}
Handler = Callable[[httpx.Request], httpx.Response]


class Watch:
    """A monitor of one page."""

    def __init__(self, mailbox: Any, folder: Path, handler: Handler | None, page: Page) -> None:
        self.mailbox, self.folder, self.clock, self.page = mailbox, folder, Clock(at("2031-03-03T08:00")), page
        smtp = Smtp(host="127.0.0.1", port=mailbox.port, security="none", user="u", timeout=2)
        settings = Settings(
            sources=Sources(requests_per_second=0, timeout=1),
            mail=Mail(sender="watch@example.org", smtp=smtp),
            recipients=(Recipient(address="officer@example.org"),),
            operator=Operator(address="it@example.org"),
            pages=(page,),
        )
        self.app = App(
            settings=settings,
            folder=folder,
            clock=self.clock,
            environment={"MONITOR_SMTP_PASSWORD": "p"},
            transport=None if handler is None else httpx.MockTransport(handler),
        )
        folder.mkdir(parents=True, exist_ok=True)

    def look(self, hour: int = 8, day: int = 3) -> Outcome:
        self.clock.moment = at(f"2031-03-{day:02}T{hour:02}:00")
        return self.app.cycle((f"page:{self.page.name}",)).outcomes[0]

    @property
    def told(self) -> list[str]:
        """The texts of the mails after the first one, which is the baseline."""
        parts = [mail.message.get_body(("plain",)) for mail in self.mailbox.messages]
        return [" ".join(part.get_content().split()) for part in parts][1:]


class Served:
    """What the page answers, for the test to change."""

    def __init__(self, matter: str = NAMES) -> None:
        self.matter, self.headers = matter, dict[str, str]()

    def __call__(self, _: httpx.Request) -> httpx.Response:
        body = f"<html><body><nav>Menu</nav><main><h1>Names</h1>{self.matter}</main></body></html>"
        return httpx.Response(200, html=body, headers=self.headers)


@pytest.fixture
def served() -> Served:
    return Served()


@pytest.fixture
def watch(served: Served, mailbox: Any, tmp_path: Path) -> Watch:
    found = Watch(mailbox, tmp_path / "state", served, Page(name="names", url=PUBLIC))
    assert found.look(8).status is Status.BASELINE
    return found


# -- what changed


def test_first_sight_is_a_line_of_the_baseline(watch: Watch) -> None:
    (mail,) = watch.mailbox.messages
    assert "Page names" in mail.message.get_body(("plain",)).get_content()


def test_a_new_paragraph_is_told_with_the_page_and_nothing_else(watch: Watch, served: Served) -> None:
    served.matter = served.matter.replace("</ul>", "<li>Gamma Works</li></ul>")
    assert watch.look(10).status is Status.CHANGED
    (told,) = watch.told
    assert "+ Gamma Works" in told
    assert "Alfa" not in told
    assert PUBLIC in told
    assert watch.mailbox.messages[-1].message["Subject"] == "“names” says something else"
    assert watch.look(12).status is Status.UNCHANGED
    assert len(watch.told) == 1


def test_another_menu_other_markup_and_blanks_are_no_change(watch: Watch, served: Served) -> None:
    served.matter = served.matter.replace("<li>Alfa Works", "<li class=x>\n <b>Alfa</b>   Works").replace(
        "</ul>", "</ul><script>1</script>"
    )
    assert watch.look(10).message == "says the same"


def test_a_page_goes_to_those_who_asked_for_pages(served: Served, mailbox: Any, tmp_path: Path) -> None:
    watch = Watch(mailbox, tmp_path / "state", served, Page(name="names", url=PUBLIC))
    readers = [Recipient(address=f"{kind}@example.org", topics=(kind,)) for kind in (Kind.PAGE, Kind.VEU)]
    watch.app = structs.replace(watch.app, settings=structs.replace(watch.app.settings, recipients=tuple(readers)))
    watch.look(8)
    served.matter = served.matter.replace("</ul>", "<li>Gamma Works</li></ul>")
    watch.look(10)
    told = [mail.recipients for mail in mailbox.messages if "says something else" in mail.message["Subject"]]
    assert told == [["page@example.org"]]


def test_a_name_of_the_watchlist_on_a_page_reaches_its_reader(served: Served, mailbox: Any, tmp_path: Path) -> None:
    watch = Watch(mailbox, tmp_path / "state", served, Page(name="names", url=PUBLIC))
    reader = Recipient(address="veu@example.org", topics=(Kind.VEU,), watchlist=("Gamma Works",))
    watch.app = structs.replace(watch.app, settings=structs.replace(watch.app.settings, recipients=(reader,)))
    watch.look(8)
    served.matter = served.matter.replace("</ul>", "<li>Gamma Works</li></ul>")
    watch.look(10)
    assert "named in the page “names”" in watch.told[0]


def test_only_the_selected_part_counts(served: Served, mailbox: Any, tmp_path: Path) -> None:
    watch = Watch(mailbox, tmp_path / "state", served, Page(name="names", url=PUBLIC, selector="ul > li"))
    watch.look(8)
    served.matter = served.matter.replace("on the list", "on this list")
    assert watch.look(10).message == "says the same"
    served.matter = "<p>New design</p>"
    outcome = watch.look(12)
    assert outcome.status is Status.FAILED
    assert "the selector 'ul > li' matches nothing: was the page redesigned?" in outcome.message
    assert watch.told == []


def test_another_selector_begins_anew(served: Served, mailbox: Any, tmp_path: Path) -> None:
    Watch(mailbox, tmp_path / "state", served, Page(name="names", url=PUBLIC)).look(8)
    again = Watch(mailbox, tmp_path / "state", served, Page(name="names", url=PUBLIC, selector="li"))
    assert again.look(10).status is Status.BASELINE


# -- what moves by itself


def test_digits_and_dates_are_told_once_a_day_as_such(watch: Watch, served: Served) -> None:
    served.matter = NAMES + "<p>As of March 3, 2031: 1,204 visits</p>"
    watch.look(9)
    for hour in (10, 12, 14):
        served.matter = NAMES + f"<p>As of March 4, 2031: 1,2{hour} visits</p>"
        watch.look(hour, day=4)
    assert len(watch.told) == 2
    assert watch.mailbox.messages[-1].message["Subject"].endswith("says something else (digits or dates only)")
    served.matter = NAMES + "<p>As of March 4, 2031: 1,299 visits</p><p>Gamma Works</p>"
    watch.look(16, day=4)
    assert "+ Gamma Works" in watch.told[-1]


@pytest.mark.parametrize(
    ("before", "after", "minor"),
    [
        ("Valid until May 1, 2031", "Valid until June 12, 2032", True),
        ("12 names", "13 names", True),
        ("12 names", "13 firms", False),
        ("Updated Monday", "Updated Tuesday", True),
        ("Part 744", "Part 744 of the EAR", False),
    ],
)
def test_only_digits_months_and_days_of_the_week_are_minor(before: str, after: str, *, minor: bool) -> None:
    found = compare(Text(heading="", paragraphs=(before,)), Text(heading="", paragraphs=(after,)))
    assert found.minor == minor


TEXTS = st.builds(Text, heading=st.just("H"), paragraphs=st.lists(st.text(max_size=20), max_size=6).map(tuple))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: Text) -> None:
    found = compare(text, text)
    assert (found.changes, found.loses, found.collapsed) == ((), False, False)


# -- what is not believed once


def test_a_paragraph_that_is_gone_is_told_when_it_is_gone_twice(watch: Watch, served: Served) -> None:
    served.matter = NAMES.replace("<li>Beta Works</li>", "")
    assert "believed only if the next answer says so, too" in watch.look(10).message
    assert watch.told == []
    watch.look(12)
    assert "- Beta Works" in watch.told[0]


def test_a_paragraph_that_was_gone_for_a_moment_is_told_to_nobody(watch: Watch, served: Served) -> None:
    for hour, matter in enumerate((NAMES.replace("<li>Beta Works</li>", ""), NAMES, "<p>Nothing</p>", NAMES), start=10):
        served.matter = matter
        watch.look(hour)
    assert watch.told == []


def test_a_page_that_lost_most_of_its_text_fails_first(watch: Watch, served: Served) -> None:
    served.matter = "<p>Alfa Works</p>"
    outcome = watch.look(10)
    assert outcome.status is Status.FAILED
    assert "most of the text of the page is gone" in outcome.message
    assert watch.look(12).status is Status.CHANGED
    assert "- Beta Works" in watch.told[0]


def test_a_copy_out_of_a_cache_proves_no_absence(watch: Watch, served: Served) -> None:
    served.matter, served.headers = NAMES.replace("<li>Beta Works</li>", ""), {"Age": "900"}
    for hour in (10, 12, 14):
        watch.look(hour)
    assert watch.told == []


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<html><body><main></main></body></html>"),
        httpx.Response(200, html="<html><title>Request Access</title><body>Please complete the captcha</body></html>"),
        httpx.Response(200, html="<html><body><main><p>Half of"),
        httpx.Response(200, json={"names": []}),
        httpx.Response(200, content=b"", headers=HTML),
        httpx.Response(200, content=bytes(range(256)) * 40, headers=HTML),
        httpx.Response(404, html="<p>gone</p>"),
        httpx.Response(500),
        httpx.Response(302, headers={"Location": "https://elsewhere.example/list"}),
        httpx.Response(302, headers={"Location": "http://127.0.0.1/list"}),
        httpx.Response(302, headers={"Location": "file:///etc/passwd"}),
        httpx.Response(200, content=gzip.compress(b"<p>x</p>" * 1_000_000), headers=GZIP),
    ],
    ids=["empty", "block page", "cut", "JSON", "no bytes", "no text", "404", "500", "other host", "loopback",
         "file", "gzip bomb"],
)  # fmt: skip
def test_what_is_no_answer_changes_nothing_and_is_said_in_one_line(
    served: Served, mailbox: Any, tmp_path: Path, answer: httpx.Response
) -> None:
    bad = False

    def site(request: httpx.Request) -> httpx.Response:
        if not bad:
            return served(request)
        raw = answer.stream if not answer.is_stream_consumed else httpx.ByteStream(answer.content)
        return httpx.Response(answer.status_code, headers=answer.headers, stream=raw)

    watch = Watch(mailbox, tmp_path / "state", site, Page(name="names", url=PUBLIC))
    watch.look(8)
    bad = True
    outcome = watch.look(10)
    assert outcome.status is Status.FAILED
    assert "\n" not in outcome.message
    bad = False
    served.matter = NAMES + "<p>Gamma Works</p>"
    assert watch.look(12).status is Status.CHANGED
    assert len(watch.told) == 1


# -- where it is never led


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "[::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "0.0.0.0"],
)
def test_an_address_of_the_own_network_is_not_asked(served: Served, mailbox: Any, tmp_path: Path, host: str) -> None:
    asked: list[httpx.Request] = []

    def site(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return served(request)

    outcome = Watch(mailbox, tmp_path / "state", site, Page(name="names", url=f"https://{host}/")).look()
    assert outcome.status is Status.FAILED
    assert "not of the public network" in outcome.message
    assert asked == []


class Handler200(BaseHTTPRequestHandler):
    """Answers one page in a charset of its own, with a validator."""

    seen: list[str] = []  # noqa: RUF012 - of all requests to this server

    def do_GET(self) -> None:
        """Answer, or say that nothing changed."""
        self.seen.append(str(self.headers.get("If-None-Match")))
        if self.headers.get("If-None-Match") == '"1"':
            self.send_response(304)
            self.end_headers()
            return
        body = "<html><main><p>Список организаций</p></main></html>".encode("koi8-r")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=koi8-r")
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def loopback() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Handler200)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/list"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_of_this_machine_is_asked_where_the_configuration_allows_it(
    loopback: str, mailbox: Any, tmp_path: Path
) -> None:
    refused = Watch(mailbox, tmp_path / "one", None, Page(name="names", url=loopback)).look()
    assert "not of the public network" in refused.message
    watch = Watch(mailbox, tmp_path / "two", None, Page(name="names", url=loopback, allow_private=True))
    assert watch.look(8).status is Status.BASELINE
    with open_store(tmp_path / "two") as store:
        snapshot = store.last_monitored("page:names")
    assert snapshot is not None
    assert "koi8-r" in snapshot.sentinel
    assert watch.look(10).message == "still the version that is kept"
    assert Handler200.seen[-1] == '"1"'


def test_what_a_page_says_is_inert_in_a_mail(watch: Watch, served: Served) -> None:
    served.matter = NAMES + "<p>&lt;script&gt;alert(1)&lt;/script&gt; \u202eevil &lt;img src=http://x/y&gt;</p>"
    watch.look(10)
    page = watch.mailbox.messages[-1].message.get_body(("html",)).get_content()
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page
