"""Pages for people: redirections on their own host, addresses of the public network, conditional requests, blocks."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from monitor.model.errors import RefusedError, UnreachableError
from monitor.sources.fetch import Fetcher, Politeness, Validator

URL = "https://site.example/list"
PUBLIC = "8.8.8.8"
QUICK = Politeness(requests_per_second=0, timeout=0.3)
Handler = Callable[[httpx.Request], httpx.Response]


def asking(handler: Handler, *addresses: str, **options: Any) -> Fetcher:
    """A fetcher for which every name is at these addresses."""
    resolve = lambda _: addresses or (PUBLIC,)  # noqa: E731
    return Fetcher(QUICK, transport=httpx.MockTransport(handler), resolve=resolve, **options)


def html(text: str = "<html><p>Names</p></html>", **headers: str) -> Handler:
    return lambda _: httpx.Response(200, html=text, headers=headers)


def moves(*targets: str) -> Handler:
    """Each path in turn redirects to the next target; the last one answers."""
    ahead = list(targets)

    def answer(_: httpx.Request) -> httpx.Response:
        if ahead:
            return httpx.Response(301, headers={"Location": ahead.pop(0)})
        return httpx.Response(200, html="<p>here</p>")

    return answer


def test_a_page_comes_as_bytes_with_its_type_and_its_validators() -> None:
    answer = asking(html("<p>é</p>", ETag='"a"', Last_Modified="x")).page(URL)
    assert answer is not None
    assert (answer.body, answer.content_type) == ("<p>é</p>".encode(), "text/html; charset=utf-8")
    assert answer.validator is not None
    assert answer.validator.etag == '"a"'


def test_what_has_not_changed_is_no_answer_and_no_failure() -> None:
    asked: list[httpx.Request] = []

    def unchanged(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(304)

    validator = Validator(etag='"a"', last_modified="Mon, 20 May 2019 10:15:04 GMT")
    assert asking(unchanged).page(URL, validator=validator) is None
    assert asking(unchanged).json_if_changed(URL, validator, most=1000) is None
    assert [request.headers["If-None-Match"] for request in asked] == ['"a"', '"a"']
    assert asked[0].headers["If-Modified-Since"] == "Mon, 20 May 2019 10:15:04 GMT"


def test_not_modified_is_no_answer_to_a_question_without_a_validator() -> None:
    with pytest.raises(RefusedError, match="answers 304"):
        asking(lambda _: httpx.Response(304)).page(URL)


def test_a_page_that_moved_on_its_host_is_followed_and_its_address_kept() -> None:
    answer = asking(moves("/new", "newer?x=1", "https://site.example/newest")).page(URL)
    assert answer is not None
    assert answer.url == "https://site.example/newest"


@pytest.mark.parametrize(
    "target",
    [
        "https://other.example/",
        "http://site.example/list",
        "https://site.example:8443/",
        "//10.0.0.1/",
        "file:///x",
        "",
    ],
)
def test_a_page_that_moved_elsewhere_is_refused(target: str) -> None:
    with pytest.raises(RefusedError, match="redirect"):
        asking(moves(*[target] * 9)).page(URL)


def test_a_circle_ends() -> None:
    with pytest.raises(RefusedError, match="in a circle for /list"):
        asking(moves(*["/list"] * 9)).page(URL)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "224.0.0.1", "0.0.0.0", "100.64.0.1", "::1",
     "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1"],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused_unasked(address: str) -> None:
    asked: list[httpx.Request] = []

    def never(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, html="<p>inside</p>")

    with pytest.raises(RefusedError, match="not of the public network"):
        asking(never, PUBLIC, address).page(URL)
    assert asked == []
    assert asking(never, address).page(URL, allow_private=True) is not None


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "10.0.0.1:8080", "[fd00::1]"])
def test_an_address_in_place_of_a_name_is_checked_as_well(host: str) -> None:
    with pytest.raises(RefusedError, match="not of the public network"):
        asking(html()).page(f"http://{host}/")


def test_a_page_that_moves_is_resolved_anew() -> None:
    turns = iter([(PUBLIC,), ("10.0.0.1",)])
    transport = httpx.MockTransport(moves("/new"))
    with pytest.raises(RefusedError, match=r"10\.0\.0\.1"):
        Fetcher(QUICK, transport=transport, resolve=lambda _: next(turns)).page(URL)


def test_a_name_that_turns_inward_between_check_and_connection_is_not_read(sources: Any) -> None:
    with pytest.raises(RefusedError, match=r"localhost is at 127\.0\.0\.1"):
        Fetcher(QUICK, resolve=lambda _: (PUBLIC,)).page(
            sources.url.replace("127.0.0.1", "localhost") + "/bis/news-updates"
        )


@pytest.mark.parametrize(
    "url", ["ftp://site.example/", "file:///etc/passwd", "site.example", "https:///x", "https://x\x00"]
)
def test_only_addresses_of_the_web_are_asked(url: str) -> None:
    with pytest.raises(RefusedError, match="no address"):
        asking(html()).page(url)


@pytest.mark.parametrize(
    "page",
    [
        "<html><title>Federal Register :: Request Access</title><p>Due to aggressive automated scraping</p></html>",
        "<html><title>Access Denied</title><h1>Access Denied</h1>You don't have permission to access this</html>",
        "<html><body>Request unsuccessful. Incapsula incident ID: 1-2</body></html>",
        "<html><iframe src='/_Incapsula_Resource?x'></iframe></html>",
        "<html><title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p></html>",
        "<html><p>Our systems have detected unusual traffic from your network.</p></html>",
        f"<html><title>Attention Required!</title><p>{'words ' * 2000}</p></html>",
    ],
)
def test_a_page_that_keeps_programs_out_is_refused_and_kept(page: str) -> None:
    fetcher = asking(html(page))
    with pytest.raises(RefusedError, match="keeps programs out") as caught:
        fetcher.page(URL)
    assert fetcher.refused == [caught.value.refused]
    assert fetcher.refused[0].body == page.encode()


@pytest.mark.parametrize(
    "page",
    [
        f"<html><script src='https://x.example/recaptcha.js'></script><p>{'A name of the list. ' * 200}</p></html>",
        f"<html><p>{'The rule forbids unusual traffic in goods. ' * 100}</p></html>",
        "<p>One short paragraph.</p>",
    ],
)
def test_a_true_page_may_name_a_captcha(page: str) -> None:
    assert asking(html(page)).page(URL) is not None


def test_a_page_without_its_end_is_refused() -> None:
    with pytest.raises(RefusedError, match="without its end"):
        asking(html("<html><p>Half of a na")).page(URL)


def test_markup_that_nobody_can_parse_is_quoted_as_it_stands() -> None:
    with pytest.raises(RefusedError, match=r"answers 403 for /list: '<p>Go away <!\[CDA x\]>'"):
        asking(lambda _: httpx.Response(403, html="<p>Go away <![CDA x]>")).page(URL)


def bytes_as_page(body: bytes) -> Handler:
    return lambda _: httpx.Response(200, content=body, headers={"Content-Type": "text/html"})


def test_bytes_that_are_no_text_are_no_page_whatever_they_are_called() -> None:
    with pytest.raises(RefusedError, match="bytes that are no text as text/html"):
        asking(bytes_as_page(bytes(range(256)) * 40)).page(URL)


@pytest.mark.parametrize(
    "body", ["<p>Größe</p>".encode("utf-16"), b"<p>A\x00 name</p>" + b"<p>more</p>" * 99, b"\x0c<p>x</p>"]
)
def test_a_page_in_another_encoding_or_with_a_stray_control_is_a_page(body: bytes) -> None:
    assert asking(bytes_as_page(body)).page(URL) is not None


def test_json_is_no_page() -> None:
    with pytest.raises(RefusedError, match=r"application/json instead of text/html or application/xhtml\+xml"):
        asking(lambda _: httpx.Response(200, json={})).page(URL)


def test_a_page_of_more_than_is_asked_for_is_refused_and_its_beginning_kept() -> None:
    fetcher = asking(html(f"<html>{'x' * 2_000_000}</html>"))
    with pytest.raises(RefusedError, match="more than 1 MiB"):
        fetcher.page(URL, most=1 << 20)
    assert len(fetcher.refused[0].body) == 65_536


def test_a_password_in_an_address_is_not_kept() -> None:
    fetcher = asking(html("<html><title>Access denied</title></html>"))
    with pytest.raises(RefusedError) as caught:
        fetcher.page("https://me:secret@site.example/list")
    assert caught.value.refused is not None
    assert "secret" not in f"{caught.value} {caught.value.refused}"


# -- one poll


def test_all_requests_of_a_poll_share_its_time() -> None:
    fetcher = Fetcher(
        Politeness(requests_per_second=0, budget=0.0), transport=httpx.MockTransport(html()), resolve=lambda _: ()
    )
    with fetcher.one_poll(), pytest.raises(UnreachableError, match="time of this poll was used up"):
        fetcher.page(URL)


def test_what_was_refused_is_forgotten_by_the_next_poll() -> None:
    fetcher = asking(html("<html><title>Access denied</title></html>"))
    with fetcher.one_poll():
        with pytest.raises(RefusedError):
            fetcher.page(URL)
        assert len(fetcher.refused) == 1
    with fetcher.one_poll():
        assert fetcher.refused == []


class Keeps(BaseHTTPRequestHandler):
    """Counts the connections; each is kept open for more."""

    protocol_version = "HTTP/1.1"
    connections = 0

    def setup(self) -> None:
        """A connection begins."""
        type(self).connections += 1
        super().setup()

    def do_GET(self) -> None:
        """Answer as every source does."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_all_requests_to_a_host_go_over_one_connection() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Keeps) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        with Fetcher(QUICK) as fetcher:
            for number in range(5):
                fetcher.json(f"http://127.0.0.1:{server.server_port}/{number}.json")
        server.shutdown()
        serving.join()
    assert (fetcher.requests, Keeps.connections) == (5, 1)
