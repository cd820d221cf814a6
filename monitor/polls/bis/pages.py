"""What each page of the BIS site says, against what is kept of it."""

import hashlib
from collections.abc import Callable, Sequence
from enum import Enum
from urllib.parse import urlsplit

from msgspec import Struct, structs

from monitor.diff.documents import pages
from monitor.model.alerts import Alert, PageChanged
from monitor.model.changes import ParagraphChange
from monitor.model.documents import Kind
from monitor.model.eastern import count
from monitor.model.errors import ReadError, SourceError
from monitor.model.polls import RejectedAnswer, Snapshot
from monitor.polls.bis.notices import unknown_notices
from monitor.polls.bis.releases import new_releases
from monitor.polls.context import Context
from monitor.polls.documents import baseline_item
from monitor.polls.failures import failed_result
from monitor.polls.result import PollResult
from monitor.polls.web_page import Compared, Origin, origin_of, page_part, page_result
from monitor.sources import bis
from monitor.sources.decoding import encode
from monitor.sources.fetch import Answer
from monitor.sources.web_page import read_text
from monitor.store import Baseline

KEPT = 65_536  # bytes of a page that cannot be read


class PagePoll(Struct, frozen=True, kw_only=True):
    """One page of the site: its part of the result, and where it is read, empty where nowhere.

    `trouble` is why it cannot be read, as after a redesign; with a failed result its answer is not accepted this time.
    """

    place: bis.Place
    result: PollResult
    path: str = ""
    trouble: str = ""

    @property
    def summary(self) -> str:
        """What there is to say of the page."""
        return f"{self.place.label}: {self.trouble or self.result.message}"


class Absent(Enum):
    """Why there is no answer to read."""

    GONE = "at none of its addresses"
    SAME = "still the version that is kept"


def name_of(place: bis.Place) -> str:
    """The name under which a page is kept."""
    return f"{bis.NAME}:{place.name}"


def path_of(context: Context, url: str) -> str:
    """The path of a page on the site."""
    return urlsplit(url).path.removeprefix(urlsplit(context.settings.sources.bis).path)


def examine(context: Context, place: bis.Place, answer: Answer | Absent) -> PagePoll:
    """What a page says, against what is kept of it."""
    before = context.store.last_monitored(name_of(place))
    if answer is Absent.SAME:
        path = "" if before is None else path_of(context, origin_of(before).url)
        return PagePoll(place=place, path=path, result=part(context, answer.value))
    if answer is Absent.GONE:
        trouble = "" if before is None else "is at none of the addresses that are known (404)"
        return PagePoll(place=place, trouble=trouble, result=part(context, "not found"))
    path = path_of(context, answer.url)
    if before is not None and before.body == answer.body and place != bis.NOTICES:  # these fall due as days pass
        return PagePoll(place=place, path=path, result=part(context, "the same"))
    try:
        found = READERS[place.name](context, place, before, answer)
    except ReadError as error:
        return unreadable(context, place, answer, trouble_of(answer, str(error)))
    except SourceError as error:
        return PagePoll(place=place, result=failed_result(context, bis.NAME, error))
    if before is None and found.result.snapshots:
        item = baseline_item(context, f"BIS: {place.label}", found.result.message, found.result.snapshots[0].sha256)
        baselines = {name_of(place): Baseline(watched=(item,))}
        found = structs.replace(found, result=structs.replace(found.result, baselines=baselines))
    return structs.replace(found, path=path)


def part(context: Context, message: str, snapshot: Snapshot | None = None, alerts: Sequence[Alert] = ()) -> PollResult:
    """A part of the result, of one page."""
    return page_part(context, bis.NAME, message, snapshot, alerts)


def unreadable(context: Context, place: bis.Place, answer: Answer, trouble: str) -> PagePoll:
    """A page that cannot be read; its beginning is kept once, as long as it stays so."""
    kept = context.store.unconfirmed(f"site:{place.name}") is not None
    result = structs.replace(part(context, ""), rejected=() if kept else (evidence(answer, trouble),))
    return PagePoll(place=place, path=path_of(context, answer.url), trouble=trouble, result=result)


def trouble_of(answer: Answer, why: str) -> str:
    """Why a page cannot be read, and whether a script fills it in."""
    scripted = ", as a script fills it in, which is never run here"
    return f"{why}{scripted if bis.is_scripted(answer.body, answer.content_type) else ''}"


def evidence(answer: Answer, why: str) -> RejectedAnswer:
    """The beginning of a page that cannot be read, to be kept."""
    return RejectedAnswer(
        url=answer.url, status=answer.status, content_type=answer.content_type, reason=why, body=answer.body[:KEPT]
    )


def releases(context: Context, place: bis.Place, before: Snapshot | None, answer: Answer) -> PagePoll:
    """The press releases: those that are not kept are read and reported."""
    listed = bis.read_releases(answer.body, answer.content_type, answer.url)
    if not listed:
        raise ReadError("no press release can be read there")
    result = new_releases(context, listed, snapshot_of(context, place, answer), initial=before is None)
    return PagePoll(place=place, result=result)


def notices(context: Context, place: bis.Place, before: Snapshot | None, answer: Answer) -> PagePoll:
    """The Federal Register notices: those that the register does not show are for the operator."""
    listed = bis.read_notices(answer.body, answer.content_type)
    if not listed and not bis.has_table(answer.body, answer.content_type):
        raise ReadError("no notice can be read there")
    if before is not None and before.body == answer.body:
        kept: Sequence[bis.ListedNotice] | None = listed
    else:
        kept = None if before is None else bis.read_notices(before.body or b"", origin_of(before).content_type)
    snapshot = None if kept == listed else snapshot_of(context, place, answer)
    alerts = [*unknown_notices(context, listed)]
    return PagePoll(place=place, result=part(context, count(len(listed), "notice"), snapshot, alerts))


def entity_list(context: Context, place: bis.Place, before: Snapshot | None, answer: Answer) -> PagePoll:
    """The page on the Entity List: compared like any other page, as long as it stands where it stood.

    It is not the list: that its dates move is no change, and another page in its place is no change of it.
    """
    if before is not None and path_of(context, origin_of(before).url) != path_of(context, answer.url):
        read_text(answer.body, answer.content_type)
        snapshot = snapshot_of(context, place, answer)
        return PagePoll(place=place, result=part(context, "another page in its place", snapshot))
    page = Compared(
        source=bis.NAME,
        name=name_of(place),
        label="BIS page on the Entity List",
        topic=Kind.LIST_FRAMEWORK,
        minor=False,
    )
    return PagePoll(place=place, result=page_result(context, page, before, answer, answer.url))


def denied(context: Context, place: bis.Place, before: Snapshot | None, answer: Answer) -> PagePoll:
    """The file of denied persons, whose name is dated: a new name is reported, with its link, and no more."""
    files = bis.read_denied(answer.body, answer.content_type, answer.url)
    if not files:
        raise ReadError("no file of denied persons is named there")
    origin = None if before is None else origin_of(before)
    kept = (
        () if before is None or origin is None else bis.read_denied(before.body or b"", origin.content_type, origin.url)
    )
    if files == kept:
        return PagePoll(place=place, result=part(context, "the same file"))
    snapshot = snapshot_of(context, place, answer)
    alerts = [] if before is None else [denied_alert(context, before, snapshot, kept, files)]
    return PagePoll(place=place, result=part(context, files[0].rpartition("/")[2], snapshot, alerts))


def denied_alert(
    context: Context, before: Snapshot, snapshot: Snapshot, kept: Sequence[str], files: Sequence[str]
) -> Alert:
    """A new file of denied persons."""
    old, new = (", ".join(file.rpartition("/")[2] for file in some) for some in (kept, files))
    body = PageChanged(
        label="BIS file of denied persons",
        heading="",
        before_at=before.fetched_at,
        changes=(ParagraphChange(old, new),),
        minor=False,
        sha256=snapshot.sha256,
        links=pages(*((file.rpartition("/")[2], file) for file in files)),
    )
    key = f"{snapshot.name}:{hashlib.sha256(' '.join(files).encode()).hexdigest()[:16]}"
    return Alert(key=key, thread=snapshot.name, topics=(Kind.DENIAL_ORDER,), created_at=context.now, body=body)


Examine = Callable[[Context, bis.Place, Snapshot | None, Answer], PagePoll]
READERS: dict[str, Examine] = {
    bis.RELEASES.name: releases,
    bis.NOTICES.name: notices,
    bis.ENTITY_LIST.name: entity_list,
    bis.DENIED.name: denied,
}


def snapshot_of(context: Context, place: bis.Place, answer: Answer) -> Snapshot:
    """A page as it is kept."""
    origin = Origin(url=answer.url, content_type=answer.content_type, validator=answer.validator)
    return Snapshot(
        name=name_of(place),
        as_of=context.today,
        fetched_at=context.now,
        sha256=hashlib.sha256(answer.body).hexdigest(),
        sentinel=encode(origin).decode(),
        body=answer.body,
    )
