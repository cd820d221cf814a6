"""A sign of life for a service outside, by the convention of healthchecks.io: /start, success, /fail.

https://healthchecks.io/docs/http_api/. The address is a secret and is never logged; a ping that fails is logged and
changes nothing.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx

log = logging.getLogger(__name__)
TIMEOUT = 5.0  # seconds
LONGEST_BODY = 10_000  # bytes of the body; 100 kB are taken


class Ping:
    """Pings an address around each cycle; without an address it does nothing."""

    def __init__(self, url: str, *, transport: httpx.BaseTransport | None = None, timeout: float = TIMEOUT) -> None:
        """`transport` stands in for the network in tests."""
        self._url, self._transport, self._timeout = url, transport, timeout

    def started(self) -> None:
        """A cycle begins."""
        self._send("/start")

    def ended(self, complaints: Sequence[str]) -> None:
        """A cycle ended; it succeeded where there are no complaints."""
        if complaints:
            self._send("/fail", "\n".join(complaints))
        else:
            self._send("")

    def _send(self, step: str, text: str = "") -> None:
        if not self._url:
            return
        try:
            url = httpx.URL(self._url)
            url = url.copy_with(path=url.path.rstrip("/") + step)
            body = text.encode()[:LONGEST_BODY]
            client = httpx.Client(transport=self._transport, timeout=self._timeout)
            # Nothing in the answer is needed, so its body is never read, however slowly it comes.
            with unlogged(), client, client.stream("POST" if body else "GET", url, content=body) as response:
                if not response.is_success:
                    log.warning("the ping%s was answered with %s; check [ping] url", step, response.status_code)
        except (
            httpx.HTTPError,
            httpx.InvalidURL,
            ValueError,
        ) as error:  # ValueError: an address beyond Unicode's rules
            log.warning("the ping%s failed (%s); check [ping] url and the network", step, type(error).__name__)


@contextmanager
def unlogged() -> Iterator[None]:
    """Keep httpx from logging the address, which it does in full for every request at level INFO."""
    logger = logging.getLogger("httpx")
    logger.addFilter(reject)
    try:
        yield
    finally:
        logger.removeFilter(reject)


def reject(_: logging.LogRecord) -> bool:
    """A filter through which no record passes."""
    return False
