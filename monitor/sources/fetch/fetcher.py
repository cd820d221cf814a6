"""The client: one polite GET after the other, one connection for each host, within the time of a poll."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self
from urllib.request import getproxies

import httpx
from msgspec.structs import replace

from monitor.model.errors import RefusedError, SourceError, UnreachableError
from monitor.model.polls import RejectedAnswer
from monitor.sources.fetch.answers import (
    BURST,
    MEBIBYTE,
    OLDEST,
    STALE_AFTER,
    Answer,
    Politeness,
    Question,
    RetryLaterError,
    Validator,
    validator_of,
    whole_number,
)
from monitor.sources.fetch.guards import JSON, check, read_bounded, refusal, refusal_of_status
from monitor.sources.fetch.places import (
    Resolve,
    check_address,
    check_public,
    parsed,
    resolve_by_system,
    without_secrets,
)

XML = ("application/xml", "text/xml")
TEXT = ("text/plain", "text/html")
PAGE = ("text/html", "application/xhtml+xml")
MOST_REDIRECTIONS = 3
PATIENCE = 30.0  # seconds of Retry-After that are waited for at once; a longer wait ends the poll


class Fetcher:
    """The HTTP client, a context manager; `requests` counts requests, `refused` holds refused answers."""

    def __init__(
        self,
        politeness: Politeness,
        *,
        transport: httpx.BaseTransport | None = None,
        pause: Callable[[float], object] | None = None,
        resolve: Resolve | None = None,
        allow_private: bool = False,
    ) -> None:
        """`transport` replaces the network in tests and in the demo, `pause` the waiting, `resolve` the DNS.

        With `allow_private`, pages may be on addresses that are not public.
        """
        self.requests = 0
        self.refused: list[RejectedAnswer] = []  # in this poll
        self.last: RejectedAnswer | None = None  # the beginning of the last accepted answer, in case it cannot be read
        self._politeness = politeness
        self._wait = pause or threading.Event().wait
        self._resolve: Resolve = resolve or (resolve_by_system if transport is None else lambda _: ())
        self._allow_private = allow_private
        self._proxied = bool(getproxies())  # the peer is then the proxy
        self._credit: dict[str, tuple[float, float]] = {}
        self._deadline: float | None = None  # of the poll
        self._attempts = politeness.attempts
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

    @contextmanager
    def one_poll(self, *, once: bool = False) -> Iterator[None]:
        """All requests inside share the time of one poll; `refused` and `last` are reset.

        With `once`, a source that is not worth waiting for is not asked again while it fails.
        """
        self.refused, self.last = [], None
        self._deadline = time.monotonic() + self._politeness.budget
        self._attempts = 1 if once else self._politeness.attempts
        try:
            yield
        finally:
            self._deadline, self._attempts = None, self._politeness.attempts

    def json(self, url: str, *, most: int = 16 * MEBIBYTE) -> Answer:
        """GET a JSON document of at most `most` bytes; once more past the cache when the answer is old.

        Raises UnreachableError or RefusedError.
        """
        answer = self._get(Question(url=url, types=(JSON,), most=most))
        if answer.age > STALE_AFTER:  # a new key each time, or the cache would answer this request, too
            past = f"{url}{'&' if '?' in url else '?'}_={time.time_ns()}"
            answer = self._get(Question(url=past, types=(JSON,), most=most))
        if answer.age > OLDEST:
            host, hours = parsed(url).host, answer.age / 3600
            reason = f"{host} answers with a copy that is {hours:.0f} hours old, also past its cache"
            error = RefusedError(reason, None if self.last is None else replace(self.last, reason=reason))
            self._note(error)
            raise error
        return answer

    def json_if_changed(self, url: str, validator: Validator | None, *, most: int) -> Answer | None:
        """GET a JSON document unless it is still the version of `validator`; None when it is.

        Raises UnreachableError or RefusedError.
        """
        return self._ask(Question(url=url, types=(JSON,), most=most, validator=validator))

    def page(
        self,
        url: str,
        *,
        validator: Validator | None = None,
        most: int = 4 * MEBIBYTE,
        allow_private: bool = False,
    ) -> Answer | None:
        """GET a page for people, as bytes; None when it is still the version of `validator`.

        Redirections within the host are followed and shown by `Answer.url`; other hosts, and addresses that are not
        public, are refused unless `allow_private`. Raises UnreachableError or RefusedError.
        """
        question = Question(url=url, types=PAGE, most=most, validator=validator, is_page=True)
        return self._ask(question, allow_private=allow_private or self._allow_private)

    def xml_or_404(self, url: str, *, most: int = 32 * MEBIBYTE) -> Answer:
        """GET an XML document, or the JSON of a 404 that states that it does not exist.

        Raises UnreachableError or RefusedError.
        """
        return self._get(Question(url=url, types=XML, most=most, absent=True))

    def document(self, url: str, *, xml: bool, most: int = 32 * MEBIBYTE) -> Answer:
        """GET the text of a document: XML, or plain text, which some pages wrap into HTML as preformatted.

        Raises UnreachableError or RefusedError.
        """
        return self._get(Question(url=url, types=XML if xml else TEXT, most=most, is_text=not xml))

    def _get(self, question: Question) -> Answer:
        answer = self._ask(question)
        if answer is None:
            raise AssertionError("unreachable: only a conditional request has no answer")
        return answer

    def _ask(self, question: Question, *, allow_private: bool = True) -> Answer | None:
        """Send a request, again for a while when the source is busy; refused answers are noted."""
        import stamina  # noqa: PLC0415 - 30 ms that `status` and `diff` need not spend

        deadline = self._deadline or time.monotonic() + self._politeness.budget
        tries = stamina.retry_context(
            on=lambda error: self._wait_before_retry(error, deadline),
            attempts=self._attempts,
            timeout=max(deadline - time.monotonic(), 0.001),
            wait_initial=1.0,
            wait_max=20.0,
        )
        try:
            for attempt in tries:
                with attempt:
                    return self._follow(question, deadline, allow_private=allow_private)
        except SourceError as error:
            self._note(error)
            raise
        raise AssertionError("unreachable: the last try returns or raises")

    def _note(self, error: SourceError) -> None:
        if error.refused is not None:
            self.refused.append(error.refused)

    def _wait_before_retry(self, error: Exception, deadline: float) -> bool | float:
        """Whether to try again, or the seconds that the source asked for when they fit into the time left."""
        if not isinstance(error, RetryLaterError) or time.monotonic() >= deadline:
            return False
        if error.after is None:
            return True
        return error.after if error.after <= min(PATIENCE, deadline - time.monotonic()) else False

    def _follow(self, question: Question, deadline: float, *, allow_private: bool) -> Answer | None:
        """Send a request, and follow the redirections of a page within its host."""
        url = parsed(question.url)
        for _ in range(MOST_REDIRECTIONS + 1):
            if not allow_private:
                check_public(url, self._resolve)
            found = self._once(url, question, deadline, allow_private=allow_private)
            if not isinstance(found, httpx.URL):
                return found
            url = found
        raise RefusedError(f"{url.host} redirects in a circle for {parsed(question.url).path}")

    def _once(
        self, url: httpx.URL, question: Question, deadline: float, *, allow_private: bool
    ) -> Answer | httpx.URL | None:
        self._pace(url.host)
        if time.monotonic() >= deadline:
            raise UnreachableError(f"the time of this poll was used up before {url.host} was asked for {url.path}")
        self.requests += 1
        headers = {} if question.validator is None else question.validator.headers
        with transport_errors(url), self._client.stream("GET", url, headers=headers) as response:
            if not allow_private and not self._proxied:
                check_peer(response)
            body = read_bounded(response, question.most, deadline)
        if response.status_code == 304 and headers:
            return None
        if response.has_redirect_location and question.is_page:
            return target_of(response, body)
        check(response, body, question)
        self.last = refusal(response, body, "")
        return Answer(
            url=without_secrets(url),
            status=response.status_code,
            body=body,
            age=whole_number(response.headers.get("Age", "")) or 0,
            content_type=response.headers.get("Content-Type", ""),
            validator=validator_of(response),
        )

    def _pace(self, host: str) -> None:
        """Allow a burst of a few requests, then a fixed rate per second."""
        rate = self._politeness.requests_per_second
        if rate == 0:
            return
        now = time.monotonic()
        credit, since = self._credit.get(host, (float(BURST), now))
        credit = min(float(BURST), credit + (now - since) * rate) - 1
        if credit < 0:
            self._wait(-credit / rate)
        self._credit[host] = (credit, now)


def target_of(response: httpx.Response, body: bytes) -> httpx.URL:
    """The target of a redirection. Raises RefusedError when it is on another host, port or scheme."""
    try:
        found = response.url.join(response.headers["Location"])
    except (httpx.InvalidURL, ValueError):
        raise refusal_of_status(response, body) from None
    if (found.scheme, found.host, found.port) != (response.url.scheme, response.url.host, response.url.port):
        raise refusal_of_status(response, body)
    return found


def check_peer(response: httpx.Response) -> None:
    """Raise RefusedError when the connection is to a non-public address, whatever the name resolved to before."""
    stream = response.extensions.get("network_stream")
    peer = None if stream is None else stream.get_extra_info("server_addr")
    if peer is not None:
        check_address(response.url.host, str(peer[0]))


@contextmanager
def transport_errors(url: httpx.URL) -> Iterator[None]:
    """Turn the errors of httpx into our own, with one line for people."""
    host = url.host
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
