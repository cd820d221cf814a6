"""The values of a request: how it is made, what was answered, and when a busy source may be asked again."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
from msgspec import Struct

from monitor.model.errors import UnreachableError
from monitor.model.polls import RejectedAnswer

MEBIBYTE = 1 << 20
BURST = 5  # requests to a host before they are paced
STALE_AFTER = 120  # seconds of Age after which one more request goes past the cache (CONTRACT.md §3.4)
OLDEST = 7_200  # seconds of Age beyond which a copy is refused; up to 6 244 was seen on healthy sites (§1.2)
LONGEST_WAIT = 3_600.0  # seconds of Retry-After that are honored; a source must not silence the monitor


class Validator(Struct, frozen=True, kw_only=True):
    """The validators that a source sent with a version, for the next request (RFC 9110 §13.1); empty: none sent."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        both = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in both.items() if value}


class Answer(Struct, frozen=True, kw_only=True):
    """A complete answer of a type that was asked for."""

    url: str  # after redirections within the host
    status: int
    body: bytes
    age: int
    content_type: str = ""  # the whole header, with its charset
    validator: Validator | None = None  # None where the source gave none


class Politeness(Struct, frozen=True, kw_only=True):
    """The limits of requests: per second and host (0: no pacing), seconds to wait, attempts, seconds of a poll."""

    requests_per_second: float = 1.0
    timeout: float = 30.0
    attempts: int = 3
    budget: float = 180.0  # for all requests of one poll together, their pacing and their retries
    user_agent: str = "fedreg-monitor"


class Question(Struct, frozen=True, kw_only=True):
    """One GET: what is requested, and what is accepted as an answer."""

    url: str
    types: tuple[str, ...]
    most: int  # bytes, as sent and expanded
    absent: bool = False  # a 404 in JSON is an answer
    validator: Validator | None = None
    is_text: bool = False  # plain text, also as preformatted text in HTML
    is_page: bool = False  # a page for people: redirections within the host are followed


class RetryLaterError(UnreachableError):
    """The source is busy or failing; `after` is the number of seconds that it asked us to wait, if any."""

    def __init__(
        self,
        message: str,
        after: float | None = None,
        refused: RejectedAnswer | None = None,
        *,
        status: int | None = None,
    ) -> None:
        """`after`: seconds, from Retry-After."""
        super().__init__(message, refused, status=status)
        self.after = after


def validator_of(response: httpx.Response) -> Validator | None:
    """The validators of an answer, None where it has none."""
    found = Validator(etag=response.headers.get("ETag", ""), last_modified=response.headers.get("Last-Modified", ""))
    return found if found.headers else None


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
    """A number of a header, or None where it is not one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 20 else None


def http_date(text: str) -> datetime | None:
    """A date of a header, or None where it is not one; HTTP dates are in UTC."""
    try:
        return parsedate_to_datetime(text).replace(tzinfo=UTC)
    except ValueError:
        return None


def retry_moment(error: Exception, now: datetime) -> datetime | None:
    """When a busy source asked to be asked again."""
    if isinstance(error, RetryLaterError) and error.after is not None:
        return now + timedelta(seconds=error.after)
    return None
