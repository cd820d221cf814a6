"""What is asked of a source, and what is taken for an answer."""

import gzip
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import stamina
from harness import closed_port

from monitor.model.errors import RefusedError, SourceError, UnreachableError
from monitor.sources.fetch import BURST, LONGEST_WAIT, Fetcher, Politeness, RetryLaterError, retry_moment

URL = "https://source.example/api/list.json"
TITLES = "/ecfr/api/versioner/v1/titles.json"
INSPECTION = "/federalregister/api/v1/public-inspection-documents/current.json"
QUICK = Politeness(requests_per_second=0, timeout=0.3, user_agent="fedreg-monitor/1 (contact: a@example.org)")


class Source:
    """Answers in turn, the last one again and again, and keeps what it was asked."""

    def __init__(self, *answers: httpx.Response) -> None:
        self.answers, self.asked = list(answers), list[httpx.Request]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers[min(len(self.asked), len(self.answers)) - 1]
        return httpx.Response(answer.status_code, headers=answer.headers, stream=answer.stream)


def fetcher(source: Source, politeness: Politeness = QUICK, **options: Any) -> Fetcher:
    return Fetcher(politeness, transport=httpx.MockTransport(source), **options)


def json_answer(body: bytes = b'{"count": 0}', status: int = 200, **headers: str) -> httpx.Response:
    named = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    stream = httpx.ByteStream(body)  # expanded by who reads it, as from the network
    return httpx.Response(status, stream=stream, headers=[(b"Content-Type", b"application/json"), *named])


def html_answer(text: str, status: int = 200) -> httpx.Response:
    return httpx.Response(status, html=text)


def refusal(source: Source) -> str:
    with pytest.raises(SourceError) as caught:
        fetcher(source).json(URL)
    return str(caught.value)


# -- what is asked


def test_a_request_names_the_program_and_a_contact_and_takes_gzip() -> None:
    source = Source(json_answer())
    fetcher(source).json(URL)
    assert source.asked[0].headers["User-Agent"] == "fedreg-monitor/1 (contact: a@example.org)"
    assert "gzip" in source.asked[0].headers["Accept-Encoding"]


def test_a_compressed_answer_is_expanded() -> None:
    source = Source(json_answer(gzip.compress(b'{"count": 3}'), Content_Encoding="gzip"))
    assert fetcher(source).json(URL).body == b'{"count": 3}'


def test_requests_are_counted() -> None:
    asking = fetcher(Source(json_answer()))
    asking.json(URL)
    asking.json(URL)
    assert asking.requests == 2


# -- what is no answer


def test_another_content_type_is_refused_with_its_first_words() -> None:
    said = refusal(Source(html_answer("<html><title>Request Access</title><p>Please solve\n the CAPTCHA</p></html>")))
    assert said.startswith("source.example sent text/html instead of application/json")
    assert "'Request Access Please solve the CAPTCHA'" in said


def test_the_gist_of_a_long_page_is_short_and_without_markup() -> None:
    said = refusal(Source(html_answer(f"<html><script>x()</script><p>{'blocked ' * 500}</p></html>")))
    assert len(said) < 400
    assert "<p>" not in said


def test_an_untyped_answer_is_refused() -> None:
    assert "an untyped answer" in refusal(Source(httpx.Response(200, content=b"{}")))


def test_a_redirection_to_another_host_is_not_followed() -> None:
    wall = httpx.Response(302, headers={"Location": "https://unblock.example/"})
    source = Source(wall)
    assert "redirects to 'https://unblock.example/'" in refusal(source)
    assert len(source.asked) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 406, 410])
def test_a_refusing_status_is_reported_with_the_path_and_not_asked_again(status: int) -> None:
    source = Source(json_answer(b'{"errors":{"agencies":"invalid value"}}', status))
    said = refusal(source)
    assert said.startswith(f"source.example answers {status} for /api/list.json")
    assert "invalid value" in said
    assert len(source.asked) == 1


@pytest.mark.parametrize("body", [b"", b"  \n"])
def test_an_empty_body_is_refused(body: bytes) -> None:
    assert "empty answer for /api/list.json" in refusal(Source(json_answer(body)))


def test_an_answer_that_expands_beyond_bounds_is_refused() -> None:
    bomb = gzip.compress(b" " * (17 << 20))
    assert "more than 16 MiB" in refusal(Source(json_answer(bomb, Content_Encoding="gzip")))


def test_a_body_that_does_not_expand_is_refused() -> None:
    assert "does not decompress" in refusal(Source(json_answer(b"no gzip at all", Content_Encoding="gzip")))


def test_json_under_status_200_is_no_xml() -> None:
    with pytest.raises(RefusedError, match="application/json instead of application/xml"):
        fetcher(Source(json_answer(b'{"error":"out of order"}'))).xml_or_404(URL)


@pytest.mark.parametrize("content_type", ["application/xml", "text/xml; charset=utf-8", "Application/XML"])
def test_xml_is_taken_under_its_two_names(content_type: str) -> None:
    answer = httpx.Response(200, content=b"<DIV9/>", headers={"Content-Type": content_type})
    assert fetcher(Source(answer)).xml_or_404(URL).body == b"<DIV9/>"


def test_the_absence_of_a_supplement_is_an_answer_in_json() -> None:
    answer = fetcher(Source(json_answer(b'{"error":"No matching content found."}', 404))).xml_or_404(URL)
    assert (answer.status, answer.body) == (404, b'{"error":"No matching content found."}')


def test_a_404_page_is_no_proof_of_absence() -> None:
    with pytest.raises(RefusedError, match="text/html"):
        fetcher(Source(html_answer("<h1>Not found</h1>", 404))).xml_or_404(URL)


def test_an_address_that_is_none_is_refused_in_one_sentence() -> None:
    with pytest.raises(RefusedError, match="no address"):
        fetcher(Source(json_answer())).json("https://source.example/\x00")


# -- the connection


def ask(url: str, politeness: Politeness = QUICK) -> int:
    """Ask over a real connection; returns the status."""
    with Fetcher(politeness) as asking:
        return asking.json(url).status


@pytest.mark.usefixtures("quick_retries")
def test_a_refused_connection_is_reported_with_the_host() -> None:
    with pytest.raises(UnreachableError, match=r"cannot reach 127\.0\.0\.1: .*check the network"):
        ask(f"http://127.0.0.1:{closed_port()}/list.json")


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize(
    ("fault", "words"),
    [("hang", "did not answer in time"), ("drop", "the connection to 127.0.0.1 broke")],
)
def test_a_source_that_fails_on_the_way_is_asked_again(sources: Any, fault: str, words: str) -> None:
    sources.fault(fault)
    with pytest.raises(UnreachableError, match=words):
        ask(f"{sources.url}{TITLES}")
    assert len(sources.requests) == 2


@pytest.mark.usefixtures("quick_retries")
def test_one_lost_answer_is_made_good_by_the_next(sources: Any) -> None:
    sources.fault("drop", times=1)
    assert ask(f"{sources.url}{TITLES}") == 200


@pytest.mark.usefixtures("quick_retries")
def test_a_slow_sender_is_given_up_while_its_bytes_still_trickle(sources: Any) -> None:
    sources.fault("slow")
    started = time.monotonic()
    with pytest.raises(UnreachableError, match="sends too slowly"):
        ask(f"{sources.url}{INSPECTION}", Politeness(requests_per_second=0, timeout=5, budget=0.2))
    assert time.monotonic() - started < 4


# -- trying again


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_passing_illness_is_asked_again(status: int) -> None:
    source = Source(json_answer(b"{}", status), json_answer())
    assert fetcher(source).json(URL).status == 200
    assert len(source.asked) == 2


@pytest.fixture
def waits() -> Iterator[list[float]]:
    """The seconds waited before each new try, none of them really waited for."""
    found: list[float] = []
    before = stamina.instrumentation.get_on_retry_hooks()
    stamina.instrumentation.set_on_retry_hooks([lambda details: found.append(details.wait_for)])
    yield found
    stamina.instrumentation.set_on_retry_hooks(before)


def test_a_wish_to_be_asked_later_is_met_to_the_second(waits: list[float]) -> None:
    source = Source(json_answer(b"{}", 503, Retry_After="0"), json_answer())
    assert fetcher(source).json(URL).status == 200
    assert waits == [0.0]


def wished(value: str, date: str = "Wed, 15 May 2019 16:00:00 GMT") -> RetryLaterError:
    source = Source(json_answer(b"{}", 503, Retry_After=value, Date=date))
    with pytest.raises(RetryLaterError) as caught:
        fetcher(source).json(URL)
    return caught.value


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("Wed, 15 May 2019 16:10:00 GMT", 600),
        ("Wed, 15 May 2019 16:10:00 -0000", 600),
        ("99999999999999999999", LONGEST_WAIT),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
    ],
)
def test_a_wish_beyond_the_budget_ends_the_poll_and_is_remembered(value: str, seconds: float) -> None:
    error = wished(value)
    now = datetime(2019, 5, 15, 16, tzinfo=UTC)
    assert retry_moment(error, now) == now + timedelta(seconds=seconds)


@pytest.mark.usefixtures("quick_retries")
def test_a_wish_that_does_not_read_is_no_wish() -> None:
    assert [wished(value).after for value in ("soon", "", "²", "-5")] == [None] * 4


def test_only_a_source_that_asked_for_it_is_left_alone() -> None:
    now = datetime(2019, 5, 15, 16, tzinfo=UTC)
    assert retry_moment(RetryLaterError("no answer"), now) is None
    assert retry_moment(RefusedError("blocked"), now) is None


# -- caches and pace


def test_an_old_copy_is_asked_for_again_past_the_cache() -> None:
    source = Source(json_answer(Age="121"), json_answer(b'{"count": 1}', Age="0"))
    assert fetcher(source).json(URL).body == b'{"count": 1}'
    assert source.asked[1].url.params["_"]


def test_a_young_copy_is_taken() -> None:
    source = Source(json_answer(Age="120"))
    fetcher(source).json(URL)
    assert len(source.asked) == 1


def test_no_two_requests_past_the_cache_are_alike() -> None:
    asked = []
    for _ in range(2):
        source = Source(json_answer(Age="500"), json_answer())
        fetcher(source).json(f"{URL}?per_page=5")
        asked.append(str(source.asked[1].url))
    assert len(set(asked)) == 2
    assert all(url.startswith(f"{URL}?per_page=5&_=") for url in asked)


def test_a_copy_that_stays_old_is_refused() -> None:
    assert "a copy that is 240 hours old" in refusal(Source(json_answer(Age="864000")))


def test_a_copy_of_the_usual_age_is_better_than_nothing() -> None:
    assert fetcher(Source(json_answer(Age="6244"))).json(URL).age == 6244


@pytest.mark.parametrize("age", ["", "old", "-1", "²"])
def test_an_age_that_does_not_read_is_none(age: str) -> None:
    assert fetcher(Source(json_answer(Age=age))).json(URL).age == 0


def test_after_a_burst_requests_keep_the_pace() -> None:
    waited: list[float] = []
    asking = fetcher(Source(json_answer()), Politeness(requests_per_second=0.5), pause=waited.append)
    for _ in range(BURST + 3):
        asking.json(URL)
    assert waited == pytest.approx([2, 4, 6], abs=0.1)  # the waits of a clock that stands still add up


def test_each_host_has_a_pace_of_its_own() -> None:
    waited: list[float] = []
    asking = fetcher(Source(json_answer()), Politeness(requests_per_second=1), pause=waited.append)
    for host in ("a", "b"):
        for _ in range(BURST):
            asking.json(f"https://{host}.example/")
    assert waited == []


def test_without_a_rate_there_is_no_pace() -> None:
    waited: list[float] = []
    asking = fetcher(Source(json_answer()), pause=waited.append)
    for _ in range(50):
        asking.json(URL)
    assert waited == []
