"""A poll of a web page: compared paragraph by paragraph with what it said before, and never believed too soon."""

import hashlib
from datetime import timedelta
from urllib.parse import urlsplit

from msgspec import Struct

from monitor.diff.documents import pages
from monitor.diff.web_page import PageDiff, compare
from monitor.model.alerts import Alert, PageChanged
from monitor.model.documents import Kind
from monitor.model.eastern import count
from monitor.model.entries import Text
from monitor.model.errors import ImplausibleError, RefusedError
from monitor.model.polls import Outcome, Snapshot, Status
from monitor.model.settings import Page
from monitor.polls.context import Context
from monitor.polls.record import watched
from monitor.sources.decoding import decode, encode
from monitor.sources.fetch import STALE_AFTER, Answer, Validator
from monitor.sources.web_page import read_text
from monitor.store import Baseline

MOST = 4 << 20  # bytes, expanded
MINOR_AFTER = timedelta(hours=20)  # changes of digits and dates alone are told once a day: some move at every look


class Origin(Struct, frozen=True, kw_only=True):
    """How a kept page came: what was asked for, how it is to be read, and its version."""

    url: str
    content_type: str
    selector: str = ""
    validator: Validator | None = None


class Watch(Struct, frozen=True, kw_only=True):
    """A page that is compared: its name in the store, its name for people, the topic under which it is told.

    With `minor` changes of digits and dates alone are told, too.
    """

    name: str
    label: str
    topic: Kind
    selector: str = ""
    minor: bool = True


class Judged(Struct, frozen=True, kw_only=True):
    """What became of a page: what to keep of it, what to tell, and in a few words."""

    said: str
    snapshot: Snapshot | None = None
    first: bool = False
    alerts: tuple[Alert, ...] = ()


def poll(page: Page, context: Context) -> Outcome:
    """Poll a page of the operator's own. Raises SourceError when it is not believed."""
    asked, name = context.fetcher.requests, f"page:{page.name}"
    before = context.store.last_monitored(name)
    origin = None if before is None else origin_of(before)
    if origin is not None and (origin.url, origin.selector) != (page.url, page.selector):
        before = origin = None  # another page, or another part of it: nothing to compare with
    answer = context.fetcher.page(
        page.url, validator=None if origin is None else origin.validator, most=MOST, allow_private=page.allow_private
    )
    if answer is None:
        judged = Judged(said="still the version that is kept")
    else:
        check_host(page.url, answer.url)
        watch = Watch(name=name, label=f"“{page.name}”", topic=Kind.PAGE, selector=page.selector)
        judged = judge(context, watch, before, answer, page.url)
    outcome = Outcome(
        source=name,
        status=Status.BASELINE if judged.first else Status.CHANGED if judged.alerts else Status.UNCHANGED,
        message=judged.said,
        started_at=context.now,
        as_of=context.today,
        requests=context.fetcher.requests - asked,
        sha256="" if answer is None else hashlib.sha256(answer.body).hexdigest(),
        alerts=len(judged.alerts),
    )
    with context.store.transaction():
        number = context.store.record_poll(outcome)
        keep(context, judged, f"Page {page.name}", number)
    return outcome


def check_host(asked: str, answered: str) -> None:
    """Raise RefusedError when an answer comes from elsewhere than was configured; the fetcher holds this, too."""
    if urlsplit(asked).hostname != urlsplit(answered).hostname:
        raise RefusedError(f"{asked} was answered by {urlsplit(answered).hostname}, another host")


def judge(context: Context, watch: Watch, before: Snapshot | None, answer: Answer, url: str) -> Judged:
    """Compare a page with what it said before; text that is gone is believed only when it is gone twice.

    Raises ReadError, and ImplausibleError when most of the page is gone for the first time.
    """
    after = read_text(answer.body, answer.content_type, watch.selector)
    origin = Origin(url=url, content_type=answer.content_type, selector=watch.selector, validator=answer.validator)
    snapshot = Snapshot(
        name=watch.name,
        as_of=context.today,
        fetched_at=context.now,
        sha256=hashlib.sha256(answer.body).hexdigest(),
        sentinel=encode(origin).decode(),
        body=answer.body,
    )
    if before is None:
        return Judged(said=f"{count(len(after.paragraphs), 'paragraph')}", snapshot=snapshot, first=True)
    difference = compare(reading_of(before), after)
    if difference.loses and not is_believed(context, watch.name, answer):
        return doubtful(difference)
    with context.store.transaction():
        context.store.trust(watch.name)
    return changed(context, watch, before, snapshot, after, difference)


def changed(
    context: Context, watch: Watch, before: Snapshot, snapshot: Snapshot, after: Text, difference: PageDiff
) -> Judged:
    """What is told of a page that is believed."""
    if not difference.changes:
        return Judged(said="says the same")
    if difference.minor and not watch.minor:
        return Judged(said="only digits or dates changed", snapshot=snapshot)
    if difference.minor and context.store.alerts_since(f"{watch.name}:", context.now - MINOR_AFTER):
        return Judged(said="only digits or dates changed; told once a day")
    body = PageChanged(
        label=watch.label,
        heading=after.heading,
        before_at=before.fetched_at,
        changes=difference.changes,
        minor=difference.minor,
        sha256=snapshot.sha256,
        links=pages((f"The page {watch.label}", origin_of(snapshot).url)),
    )
    alert = Alert(
        key=f"{watch.name}:{before.sha256[:16]}:{snapshot.sha256[:16]}:{snapshot.as_of}",
        thread=watch.name,
        topics=(watch.topic,),
        created_at=context.now,
        body=body,
    )
    return Judged(said=f"{count(len(difference.changes), 'paragraph')} changed", snapshot=snapshot, alerts=(alert,))


def is_believed(context: Context, name: str, answer: Answer) -> bool:
    """Whether missing text was missing before, in another answer; a copy out of a cache proves nothing."""
    if answer.age > STALE_AFTER:
        return False
    if context.store.doubted(name) is not None:
        return True
    with context.store.transaction():
        context.store.doubt(name, "text is gone", context.now)
    return False


def doubtful(difference: PageDiff) -> Judged:
    """What is said of a page whose text is gone for the first time. Raises ImplausibleError when most of it is."""
    if difference.collapsed:
        raise ImplausibleError(
            "most of the text of the page is gone; it is believed only if the next answer says so, too"
        )
    return Judged(said="some of its text is gone; believed only if the next answer says so, too")


def keep(context: Context, judged: Judged, label: str, poll_number: int) -> None:
    """Keep a page and promise its alerts, inside a transaction."""
    snapshot = judged.snapshot
    if snapshot is None:
        return
    context.store.keep_snapshot(snapshot, poll_number, monitored=True)
    if judged.first:
        baseline = Baseline(watched=(watched(context, label, judged.said, snapshot.sha256),))
        context.store.keep_baseline(f"{snapshot.name}:{context.now.isoformat()}", baseline)
    context.promise(judged.alerts)


def origin_of(snapshot: Snapshot) -> Origin:
    """How a kept page came."""
    return decode(snapshot.sentinel.encode(), Origin, f"the kept page {snapshot.name}")


def reading_of(snapshot: Snapshot) -> Text:
    """What a kept page says, by today's reader."""
    origin = origin_of(snapshot)
    return read_text(snapshot.body or b"", origin.content_type, origin.selector)
