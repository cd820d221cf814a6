"""One polite GET: paced, compressed, bounded, and never following a redirect away from the source."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import httpx
from msgspec import Struct

from monitor.errors import AbsentError, RefusedError, UnreachableError

JSON = "application/json"
XML = ("application/xml", "text/xml")
TEXT = ("text/plain", "text/html")
MEBIBYTE = 1 << 20
BURST = 5  # requests to a host before the pace counts
QUOTED = 200  # characters of an unwanted answer that the message quotes
STALE_AFTER = 120  # seconds of Age after which one more request goes past the cache (CONTRACT.md §3.4)
OLDEST = 7_200  # seconds of Age beyond which a copy is no answer; up to 6 244 was seen on healthy sites (§1.2)
LONGEST_WAIT = 3_600.0  # seconds for which a source may ask to be left alone; a watch must not fall silent
TEMPORARY = {408, 425, 429, 500, 502, 503, 504}


class Answer(Struct, frozen=True, kw_only=True):
    """A complete answer of the kind that was asked for."""

    url: str
    status: int
    body: bytes
    age: int


class Politeness(Struct, frozen=True, kw_only=True):
    """How we ask: requests a second and host (0: no pacing), seconds to wait, tries and seconds for one request."""

    requests_per_second: float = 1.0
    timeout: float = 30.0
    attempts: int = 3
    budget: float = 60.0
    user_agent: str = "fedreg-monitor"


class RetryLaterError(UnreachableError):
    """The source is busy or unwell; `after` is the number of seconds it asked us to wait, if it said so."""

    def __init__(self, message: str, after: float | None = None, *, status: int | None = None) -> None:
        """`after`: seconds, from Retry-After."""
        super().__init__(message, status=status)
        self.after = after


class Fetcher:
    """Asks the sources over one connection a host. A context manager; `requests` counts what was asked."""

    def __init__(
        self,
        politeness: Politeness,
        *,
        transport: httpx.BaseTransport | None = None,
        pause: Callable[[float], object] | None = None,
    ) -> None:
        """`transport` stands in for the network in tests and in the demo; `pause` for the waiting."""
        self.requests = 0
        self._politeness = politeness
        self._wait = pause or threading.Event().wait
        self._credit: dict[str, tuple[float, float]] = {}
        self._client = httpx.Client(
            transport=transport,
            follow_redirects=False,
            timeout=politeness.timeout,
            headers={"User-Agent": politeness.user_agent, "Accept-Encoding": "gzip"},
        )

    def __enter__(self) -> Self:
        """Nothing is opened before the first request."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self._client.close()

    def json(self, url: str, *, most: int = 16 * MEBIBYTE) -> Answer:
        """GET a JSON document of at most `most` bytes; once more past the cache when what came is old.

        Raises UnreachableError or RefusedError.
        """
        answer = self.get(url, (JSON,), most=most)
        if answer.age > STALE_AFTER:  # the key differs each time, or the cache would know it, too
            answer = self.get(f"{url}{'&' if '?' in url else '?'}_={time.time_ns()}", (JSON,), most=most)
        if answer.age > OLDEST:
            host, hours = httpx.URL(url).host, answer.age / 3600
            raise RefusedError(f"{host} answers with a copy that is {hours:.0f} hours old, also past its cache")
        return answer

    def xml_or_404(self, url: str, *, most: int = 32 * MEBIBYTE) -> Answer:
        """GET an XML document, or the JSON of a 404 that says it does not exist.

        Raises UnreachableError or RefusedError.
        """
        return self.get(url, XML, most=most, absent=True)

    def document(self, url: str, *, xml: bool, most: int = 32 * MEBIBYTE) -> Answer:
        """GET the text of a document: XML, or plain text, which some pages wrap into HTML as preformatted.

        Raises UnreachableError or RefusedError.
        """
        answer = self.get(url, XML if xml else TEXT, most=most)
        if not xml and b"<html" in answer.body[:1024].lower() and b"<pre" not in answer.body[:65_536].lower():
            raise RefusedError(
                f"{host_of(url)} sent a page instead of the text of a document: {quote_html(answer.body)}"
            )
        return answer

    def get(self, url: str, types: tuple[str, ...], *, most: int, absent: bool = False) -> Answer:
        """GET, trying again for a while when the source is unwell."""
        import stamina  # noqa: PLC0415 - 30 ms that `status` and `diff` need not spend

        tries = stamina.retry_context(
            on=self._wait_before_retry,
            attempts=self._politeness.attempts,
            timeout=self._politeness.budget,
            wait_initial=1.0,
            wait_max=20.0,
        )
        for attempt in tries:
            with attempt:
                return self._once(url, types, most, absent=absent)
        raise AssertionError("unreachable: the last try returns or raises")

    def _wait_before_retry(self, error: Exception) -> bool | float:
        """Whether to try again, or the seconds that the source asked for when they fit into the budget."""
        if not isinstance(error, RetryLaterError):
            return False
        if error.after is None:
            return True
        return error.after if error.after < self._politeness.budget / 2 else False

    def _once(self, url: str, types: tuple[str, ...], most: int, *, absent: bool) -> Answer:
        self._pace(host_of(url))
        self.requests += 1
        deadline = time.monotonic() + self._politeness.budget * 2
        with transport_errors(url), self._client.stream("GET", url) as response:
            body = read_bounded(response, most, deadline)
        if response.status_code == 404 and absent:
            types = (JSON,)
        elif response.status_code != 200:
            raise refusal_of_status(url, response, body)
        check_type(url, response, body, types)
        age = whole_number(response.headers.get("Age", "")) or 0
        return Answer(url=url, status=response.status_code, body=body, age=age)

    def _pace(self, host: str) -> None:
        """A burst of a few requests, then so many a second."""
        rate = self._politeness.requests_per_second
        if rate == 0:
            return
        now = time.monotonic()
        credit, since = self._credit.get(host, (float(BURST), now))
        credit = min(float(BURST), credit + (now - since) * rate) - 1
        if credit < 0:
            self._wait(-credit / rate)
        self._credit[host] = (credit, now)


def host_of(url: str) -> str:
    """The host of an address. Raises RefusedError when it is none; some come from the answers of a source."""
    try:
        return httpx.URL(url).host
    except httpx.InvalidURL as error:
        raise RefusedError(f"{url!r} is no address: {error}") from error


@contextmanager
def transport_errors(url: str) -> Iterator[None]:
    """Turn what httpx raises into our own errors, in one line for people."""
    host = httpx.URL(url).host
    try:
        yield
    except httpx.TimeoutException as error:
        raise RetryLaterError(f"{host} did not answer in time ({type(error).__name__})") from error
    except httpx.ConnectError as error:
        raise RetryLaterError(
            f"cannot reach {host}: {error}; check the network and the address in [sources]"
        ) from error
    except httpx.TransportError as error:
        raise RetryLaterError(f"the connection to {host} broke: {str(error) or type(error).__name__}") from error
    except httpx.DecodingError as error:
        raise RefusedError(f"{host} sent a body that does not decompress: {error}") from error


def read_bounded(response: httpx.Response, most: int, deadline: float) -> bytes:
    """Read the expanded body; refuses to expand, or to wait, beyond bounds."""
    parts, size = [], 0
    for part in response.iter_bytes():  # as it comes: whole blocks of a slow sender would outlast the deadline
        size += len(part)
        if size > most:
            raise RefusedError(f"{response.url.host} sent more than {most // MEBIBYTE} MiB for {response.url.path}")
        if time.monotonic() > deadline:
            raise RetryLaterError(f"{response.url.host} sends too slowly: {size} bytes of {response.url.path} so far")
        parts.append(part)
    return b"".join(parts)


def refusal_of_status(url: str, response: httpx.Response, body: bytes) -> RefusedError | RetryLaterError:
    """What a status other than 200 means."""
    host, status = httpx.URL(url).host, response.status_code
    if response.is_redirect:
        target = response.headers.get("Location", "nowhere")
        return RefusedError(f"{host} redirects to {target!r} instead of answering: access is blocked or the API moved")
    message = f"{host} answers {status} for {httpx.URL(url).path}: {gist(response, body)}"
    if status in TEMPORARY:
        return RetryLaterError(message, retry_after(response), status=status)
    return AbsentError(message, status=status) if status in (404, 410) else RefusedError(message, status=status)


def check_type(url: str, response: httpx.Response, body: bytes, types: tuple[str, ...]) -> None:
    """Raise RefusedError when the answer is of another type, such as the page of a captcha with status 200."""
    found = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if found not in types:
        host = httpx.URL(url).host
        raise RefusedError(
            f"{host} sent {found or 'an untyped answer'} instead of {' or '.join(types)}: {gist(response, body)}"
        )
    if not body.strip():
        raise RefusedError(f"{httpx.URL(url).host} sent an empty answer for {httpx.URL(url).path}")


def gist(response: httpx.Response, body: bytes) -> str:
    """The first words of an answer as a person would see them."""
    if "html" in response.headers.get("Content-Type", "").lower():
        return quote_html(body)
    return quote(body[:65_536].decode("utf-8", "replace"))


def quote_html(body: bytes) -> str:
    """The first words of a page."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - only a page that should not have come needs it

    return quote(BeautifulSoup(body[:65_536].decode("utf-8", "replace"), "html.parser").get_text(" "))


def quote(text: str) -> str:
    """The first words of a text, on one line."""
    words = " ".join(text.split())
    return repr(words if len(words) <= QUOTED else words[:QUOTED] + "…")


def retry_after(response: httpx.Response) -> float | None:
    """The seconds of a Retry-After header, a number or a date (RFC 9110 §10.2.3), at most LONGEST_WAIT."""
    value = response.headers.get("Retry-After", "").strip()
    seconds: float | None = whole_number(value)
    if seconds is None:
        then, sent = http_date(value), http_date(response.headers.get("Date", ""))
        if then is None or sent is None:
            return None
        seconds = (then - sent).total_seconds()
    return min(max(0.0, seconds), LONGEST_WAIT)


def whole_number(text: str) -> int | None:
    """A number of a header, or None for what is none."""
    return int(text) if text.isascii() and text.isdigit() else None


def http_date(text: str) -> datetime | None:
    """A date of a header, or None for what is none; HTTP dates are in UTC."""
    try:
        return parsedate_to_datetime(text).replace(tzinfo=UTC)
    except ValueError:
        return None


def retry_moment(error: Exception, now: datetime) -> datetime | None:
    """When a source that is unwell asked to be asked again."""
    if isinstance(error, RetryLaterError) and error.after is not None:
        return now + timedelta(seconds=error.after)
    return None
