"""Answers that are refused: another status or type, too large, too slow, an empty body, a block page."""

import io
import re
import time

import httpx

from monitor.model.errors import AbsentError, RefusedError
from monitor.model.polls import RejectedAnswer
from monitor.sources.fetch.answers import MEBIBYTE, Question, RetryLaterError, retry_after
from monitor.sources.fetch.places import without_secrets

QUOTED = 200  # characters of an unwanted answer that the message quotes
KEPT = 65_536  # bytes of an unwanted answer that are kept
TEMPORARY = {408, 425, 429, 500, 502, 503, 504}
ABSENT = {404, 410}
JSON = "application/json"
# Words of the pages by which sites keep programs out; the first is that of the Federal Register (CONTRACT.md §1.3).
BLOCKED = (
    re.compile(
        r"request access|aggressive automated scraping|unblock\.federalregister\.gov|captcha|unusual traffic"
        r"|access (?:to this page )?(?:has been |is )?denied|you don.t have permission to access",
        re.IGNORECASE,
    ),
    re.compile(
        r"incapsula|request unsuccessful|imperva|errors\.edgesuite\.net|akamai|attention required"
        r"|checking your browser|just a moment|verify (?:that )?you are (?:a )?human|enable javascript and cookies"
        r"|you have been blocked|pardon our interruption|automated (?:access|requests)|bot detection",
        re.IGNORECASE,
    ),
)
CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1b"))
MOST_CONTROLS = 0.01  # share of a text; of random bytes it is a tenth
SHORT = 3_000  # visible characters; block pages are shorter, and real pages may mention a captcha


def read_bounded(response: httpx.Response, most: int, deadline: float) -> bytes:
    """Read the expanded body, within bounds of size and time.

    Only one copy is held: BytesIO returns its own buffer.
    """
    body = io.BytesIO()
    for (
        part
    ) in response.iter_bytes():  # as it arrives: waiting for full blocks of a slow sender would exceed the deadline
        body.write(part)
        if max(body.tell(), response.num_bytes_downloaded) > most:
            raise RefusedError(
                f"{response.url.host} sent more than {most // MEBIBYTE} MiB for {response.url.path}",
                refusal(response, body.getvalue()[:KEPT], "more than is taken"),
            )
        if time.monotonic() > deadline:
            raise RetryLaterError(
                f"{response.url.host} sends too slowly: {body.tell()} bytes of {response.url.path} so far"
            )
    return body.getvalue()


def check(response: httpx.Response, body: bytes, question: Question) -> None:
    """Raise RefusedError or RetryLaterError unless this answers the question."""
    if response.status_code == 404 and question.absent:
        check_type(response, body, (JSON,))
    elif response.status_code == 200:
        check_type(response, body, question.types)
    else:
        raise refusal_of_status(response, body)
    if question.is_page:
        check_whole_page(response, body)
    if question.is_text and is_html(response, body) and b"<pre" not in body[:KEPT].lower():
        reason = f"{response.url.host} sent a page instead of the text of a document: {gist(response, body)}"
        raise RefusedError(reason, refusal(response, body, reason))


def refusal_of_status(response: httpx.Response, body: bytes) -> RefusedError | RetryLaterError:
    """The error of a status other than 200."""
    host, status = response.url.host, response.status_code
    if response.has_redirect_location:
        target = response.headers["Location"]
        reason = f"{host} redirects to {target[:QUOTED]!r} instead of answering: access is blocked or the API moved"
        return RefusedError(reason, refusal(response, body, reason))
    reason = f"{host} answers {status} for {response.url.path}: {gist(response, body)}"
    kept = refusal(response, body, reason)
    if status in TEMPORARY:
        return RetryLaterError(reason, retry_after(response), kept, status=status)
    return (AbsentError if status in ABSENT else RefusedError)(reason, kept, status=status)


def check_type(response: httpx.Response, body: bytes, types: tuple[str, ...]) -> None:
    """Raise RefusedError when the answer is empty, of another type, or a block page with status 200."""
    host, found = response.url.host, media_type(response)
    if found not in types:
        untyped = "an untyped answer"
        reason = f"{host} sent {found or untyped} instead of {' or '.join(types)}: {gist(response, body)}"
    elif not body.strip():
        reason = f"{host} sent an empty answer for {response.url.path}"
    elif is_text(found) and is_binary(body, response.headers.get("Content-Type", "")):
        reason = f"{host} sent bytes that are no text as {found} for {response.url.path}"
    elif is_text(found):
        words = blocking_words(body, is_html=is_html(response, body))
        if words is None:
            return
        reason = f"{host} sent a page that keeps programs out ({words!r}): {gist(response, body)}"
    else:
        return
    raise RefusedError(reason, refusal(response, body, reason))


def is_text(media: str) -> bool:
    """Whether a type is text for people, which has no grammar that a parser could check."""
    return media == "text/plain" or "html" in media


def is_binary(body: bytes, content_type: str) -> bool:
    """Whether a body has more control characters than any text; UTF-16, which is declared, is full of zeros."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or "utf-16" in content_type.lower():
        return False
    beginning = body[:KEPT]
    return len(beginning) - len(beginning.translate(None, CONTROLS)) > MOST_CONTROLS * len(beginning)


def check_whole_page(response: httpx.Response, body: bytes) -> None:
    """Raise RefusedError for a page that is cut off."""
    if b"<html" in body[:KEPT].lower() and b"</html" not in body[-KEPT:].lower():
        reason = f"{response.url.host} sent a page without its end for {response.url.path}"
        raise RefusedError(reason, refusal(response, body, reason))


def blocking_words(body: bytes, *, is_html: bool) -> str | None:
    """The words of a block page: in its title, or anywhere on a page with little text; None for a real page."""
    source = body[:KEPT].decode("utf-8", "replace")
    title, seen = read_page(source) if is_html else ("", source)
    found = _first_blocking_words(title)
    if found is None and len(body) <= KEPT and len(seen) < SHORT:
        found = _first_blocking_words(seen) or (_first_blocking_words(source) if len(seen) < QUOTED else None)
    return found


def _first_blocking_words(text: str) -> str | None:
    found = [match for pattern in BLOCKED if (match := pattern.search(text))]
    return min(found, key=lambda match: match.start())[0] if found else None


def read_page(source: str) -> tuple[str, str]:
    """The title and the visible text of a page, blanks collapsed; its source where it cannot be parsed."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - 40 ms that answers of other types need not spend
    from bs4.exceptions import ParserRejectedMarkup  # noqa: PLC0415 - see above

    try:
        page = BeautifulSoup(source, "html.parser")
    except (ParserRejectedMarkup, ValueError, RecursionError):
        return "", " ".join(source.split())
    title = "" if page.title is None else page.title.get_text(" ")
    return title, " ".join(page.get_text(" ").split())


def is_html(response: httpx.Response, body: bytes) -> bool:
    """Whether an answer is HTML, by its type or its beginning."""
    return "html" in media_type(response) or b"<html" in body[:1024].lower()


def media_type(response: httpx.Response) -> str:
    """The type of an answer without its parameters."""
    header: str = response.headers.get("Content-Type", "")
    return header.partition(";")[0].strip().lower()


def refusal(response: httpx.Response, body: bytes, reason: str) -> RejectedAnswer:
    """The beginning of an answer with the reason why it is refused."""
    return RejectedAnswer(
        url=without_secrets(response.url),
        status=response.status_code,
        content_type=response.headers.get("Content-Type", ""),
        reason=reason,
        body=body[:KEPT],
    )


def gist(response: httpx.Response, body: bytes) -> str:
    """The first words of the visible text of an answer."""
    source = body[:KEPT].decode("utf-8", "replace")
    return quote(read_page(source)[1] if is_html(response, body) else source)


def quote(text: str) -> str:
    """The first words of a text, on one line."""
    words = " ".join(text.split())
    return repr(words if len(words) <= QUOTED else words[:QUOTED] + "…")
