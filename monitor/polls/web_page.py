"""A poll of a web page: compared paragraph by paragraph with what it said before, and never accepted too soon."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from msgspec import Struct, structs

from monitor.diff.documents import pages
from monitor.diff.web_page import PageDiff, compare
from monitor.model.alerts import Alert, PageChanged
from monitor.model.documents import Kind
from monitor.model.eastern import count
from monitor.model.entries import Text
from monitor.model.errors import ImplausibleError, RefusedError
from monitor.model.polls import Snapshot
from monitor.model.settings import Page
from monitor.polls.context import Context
from monitor.polls.documents import baseline_item
from monitor.polls.failures import failed_result
from monitor.polls.result import PollResult
from monitor.sources.decoding import decode, encode
from monitor.sources.fetch import STALE_AFTER, Answer, Validator
from monitor.sources.web_page import read_text
from monitor.store import Baseline, Unconfirmed

MOST = 4 << 20  # bytes, expanded
MINOR_AFTER = timedelta(hours=20)  # changes of digits and dates alone are reported once a day: some move at every poll


class Origin(Struct, frozen=True, kw_only=True):
    """How a kept page came: what was asked for, how it is to be read, and its version."""

    url: str
    content_type: str
    selector: str = ""
    validator: Validator | None = None


class Compared(Struct, frozen=True, kw_only=True):
    """A page that is compared: its source, its name in the store and for people, the topic under which it is reported.

    With `minor` changes of digits and dates alone are reported, too.
    """

    source: str
    name: str
    label: str
    topic: Kind
    selector: str = ""
    minor: bool = True


def poll(context: Context, page: Page) -> PollResult:
    """A page of the operator's own. Raises SourceError when it is not accepted."""
    name = f"page:{page.name}"
    before = context.store.last_monitored(name)
    origin = None if before is None else origin_of(before)
    if origin is not None and (origin.url, origin.selector) != (page.url, page.selector):
        before = origin = None  # another page, or another part of it: nothing to compare with
    answer = context.fetcher.page(
        page.url, validator=None if origin is None else origin.validator, most=MOST, allow_private=page.allow_private
    )
    if answer is None:
        result = page_part(context, name, "still the version that is kept")
        return structs.replace(result, as_of=context.today)
    check_host(page.url, answer.url)
    compared = Compared(source=name, name=name, label=f"“{page.name}”", topic=Kind.PAGE, selector=page.selector)
    result = page_result(context, compared, before, answer, page.url)
    if result.failed:
        return result
    if before is None:
        item = baseline_item(context, f"Page {page.name}", result.message, result.snapshots[0].sha256)
        # Another page of the same name begins anew.
        result = structs.replace(result, baselines={f"{name}:{context.now.isoformat()}": Baseline(watched=(item,))})
    return structs.replace(result, as_of=context.today, sha256=hashlib.sha256(answer.body).hexdigest())


def page_part(
    context: Context, source: str, message: str, snapshot: Snapshot | None = None, alerts: Sequence[Alert] = ()
) -> PollResult:
    """What a page says, as a result or as a part of one; `snapshot` where it is to be kept."""
    return PollResult(
        source=source,
        started_at=context.now,
        message=message,
        snapshots=() if snapshot is None else (snapshot,),
        alerts=tuple(alerts),
        changes=len(alerts),
    )


def check_host(asked: str, answered: str) -> None:
    """Raise RefusedError when an answer comes from elsewhere than was configured; the fetcher holds this, too."""
    if urlsplit(asked).hostname != urlsplit(answered).hostname:
        raise RefusedError(f"{asked} was answered by {urlsplit(answered).hostname}, another host")


def page_result(context: Context, page: Compared, before: Snapshot | None, answer: Answer, url: str) -> PollResult:
    """Compare a page with what it said before; that text is gone is accepted only when two answers say so.

    Raises ReadError.
    """
    after = read_text(answer.body, answer.content_type, page.selector)
    origin = Origin(url=url, content_type=answer.content_type, selector=page.selector, validator=answer.validator)
    snapshot = Snapshot(
        name=page.name,
        as_of=context.today,
        fetched_at=context.now,
        sha256=hashlib.sha256(answer.body).hexdigest(),
        sentinel=encode(origin).decode(),
        body=answer.body,
    )
    if before is None:
        return page_part(context, page.source, f"{count(len(after.paragraphs), 'paragraph')}", snapshot)
    difference = compare(reading_of(before), after)
    noted = context.store.unconfirmed(page.name)
    fresh = answer.age <= STALE_AFTER  # a copy out of a cache proves nothing
    if difference.loses and not (fresh and noted is not None):
        absence = {page.name: Unconfirmed.after(noted, "text is gone", context.now)} if fresh else {}
        return structs.replace(unconfirmed_result(context, page, difference), unconfirmed=absence)
    result = changed(context, page, before, snapshot, after, difference)
    return result if noted is None else structs.replace(result, unconfirmed={page.name: None})


def unconfirmed_result(context: Context, page: Compared, difference: PageDiff) -> PollResult:
    """The result for a page whose text is gone for the first time; a failure when most of it is."""
    if difference.collapsed:
        error = "most of the text of the page is gone; it is believed only if the next answer says so, too"
        return failed_result(context, page.source, ImplausibleError(error))
    return page_part(context, page.source, "some of its text is gone; believed only if the next answer says so, too")


def changed(
    context: Context, page: Compared, before: Snapshot, snapshot: Snapshot, after: Text, difference: PageDiff
) -> PollResult:
    """What is reported of a page that is accepted."""
    if not difference.changes:
        return page_part(context, page.source, "says the same")
    if difference.minor and not page.minor:
        return page_part(context, page.source, "only digits or dates changed", snapshot)
    if difference.minor and context.store.alerts_since(f"{page.name}:", context.now - MINOR_AFTER):
        return page_part(context, page.source, "only digits or dates changed; told once a day")
    body = PageChanged(
        label=page.label,
        heading=after.heading,
        before_at=before.fetched_at,
        changes=difference.changes,
        minor=difference.minor,
        sha256=snapshot.sha256,
        links=pages((f"The page {page.label}", origin_of(snapshot).url)),
    )
    alert = Alert(
        key=f"{page.name}:{before.sha256[:16]}:{snapshot.sha256[:16]}:{snapshot.as_of}",
        thread=page.name,
        topics=(page.topic,),
        created_at=context.now,
        body=body,
    )
    return page_part(context, page.source, f"{count(len(difference.changes), 'paragraph')} changed", snapshot, [alert])


def origin_of(snapshot: Snapshot) -> Origin:
    """How a kept page came."""
    return decode(snapshot.sentinel.encode(), Origin, f"the kept page {snapshot.name}")


def reading_of(snapshot: Snapshot) -> Text:
    """What a kept page says, by today's reader."""
    origin = origin_of(snapshot)
    return read_text(snapshot.body or b"", origin.content_type, origin.selector)
