"""A poll of a web page: compared paragraph by paragraph with what it said before, and never accepted too soon."""

import hashlib
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
    """A page that is compared: its name in the store, its name for people, the topic under which it is reported.

    With `minor` changes of digits and dates alone are reported, too.
    """

    name: str
    label: str
    topic: Kind
    selector: str = ""
    minor: bool = True


class PageState(Struct, frozen=True, kw_only=True):
    """What became of a page, in a few words, with what is to be kept; `error` where the answer is not accepted."""

    summary: str = ""
    snapshot: Snapshot | None = None
    initial: bool = False
    alerts: tuple[Alert, ...] = ()
    unconfirmed: dict[str, Unconfirmed | None] = {}
    error: ImplausibleError | None = None


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
        state = PageState(summary="still the version that is kept")
    else:
        check_host(page.url, answer.url)
        compared = Compared(name=name, label=f"“{page.name}”", topic=Kind.PAGE, selector=page.selector)
        state = page_state(context, compared, before, answer, page.url)
    if state.error is not None:
        return structs.replace(failed_result(context, name, state.error), unconfirmed=state.unconfirmed)
    return PollResult(
        source=name,
        started_at=context.now,
        message=state.summary,
        as_of=context.today,
        sha256="" if answer is None else hashlib.sha256(answer.body).hexdigest(),
        changes=len(state.alerts),
        snapshots=() if state.snapshot is None else (state.snapshot,),
        baselines=baselines(context, state, f"Page {page.name}"),
        unconfirmed=state.unconfirmed,
        alerts=state.alerts,
    )


def baselines(context: Context, state: PageState, label: str) -> dict[str, Baseline]:
    """What to report of a page that was read for the first time; another page of the same name begins anew."""
    if state.snapshot is None or not state.initial:
        return {}
    item = baseline_item(context, label, state.summary, state.snapshot.sha256)
    return {f"{state.snapshot.name}:{context.now.isoformat()}": Baseline(watched=(item,))}


def check_host(asked: str, answered: str) -> None:
    """Raise RefusedError when an answer comes from elsewhere than was configured; the fetcher holds this, too."""
    if urlsplit(asked).hostname != urlsplit(answered).hostname:
        raise RefusedError(f"{asked} was answered by {urlsplit(answered).hostname}, another host")


def page_state(context: Context, page: Compared, before: Snapshot | None, answer: Answer, url: str) -> PageState:
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
        return PageState(summary=f"{count(len(after.paragraphs), 'paragraph')}", snapshot=snapshot, initial=True)
    difference = compare(reading_of(before), after)
    noted = context.store.unconfirmed(page.name)
    fresh = answer.age <= STALE_AFTER  # a copy out of a cache proves nothing
    if difference.loses and not (fresh and noted is not None):
        absence = {page.name: Unconfirmed.after(noted, "text is gone", context.now)} if fresh else {}
        return structs.replace(doubtful(difference), unconfirmed=absence)
    state = changed(context, page, before, snapshot, after, difference)
    return state if noted is None else structs.replace(state, unconfirmed={page.name: None})


def doubtful(difference: PageDiff) -> PageState:
    """The state of a page whose text is gone for the first time; an error when most of it is."""
    if difference.collapsed:
        error = "most of the text of the page is gone; it is believed only if the next answer says so, too"
        return PageState(error=ImplausibleError(error))
    return PageState(summary="some of its text is gone; believed only if the next answer says so, too")


def changed(
    context: Context, page: Compared, before: Snapshot, snapshot: Snapshot, after: Text, difference: PageDiff
) -> PageState:
    """What is reported of a page that is accepted."""
    if not difference.changes:
        return PageState(summary="says the same")
    if difference.minor and not page.minor:
        return PageState(summary="only digits or dates changed", snapshot=snapshot)
    if difference.minor and context.store.alerts_since(f"{page.name}:", context.now - MINOR_AFTER):
        return PageState(summary="only digits or dates changed; told once a day")
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
    summary = f"{count(len(difference.changes), 'paragraph')} changed"
    return PageState(summary=summary, snapshot=snapshot, alerts=(alert,))


def origin_of(snapshot: Snapshot) -> Origin:
    """How a kept page came."""
    return decode(snapshot.sentinel.encode(), Origin, f"the kept page {snapshot.name}")


def reading_of(snapshot: Snapshot) -> Text:
    """What a kept page says, by today's reader."""
    origin = origin_of(snapshot)
    return read_text(snapshot.body or b"", origin.content_type, origin.selector)
