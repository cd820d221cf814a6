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
from monitor.model.errors import ReadError
from monitor.model.polls import Refusal, Snapshot
from monitor.polls.bis import notices as listed_notices
from monitor.polls.bis import releases as announcing
from monitor.polls.context import Context
from monitor.polls.web_page import Origin, Watch, judge, origin_of
from monitor.sources import bis
from monitor.sources.decoding import encode
from monitor.sources.fetch import Answer
from monitor.sources.web_page import read_text

KEPT = 65_536  # bytes of a page that cannot be read


class Finding(Struct, frozen=True, kw_only=True):
    """What one page of the site says; `path` is empty where no page is, `trouble` why it is not believed."""

    place: bis.Place
    path: str = ""
    said: str = ""
    trouble: str = ""
    snapshot: Snapshot | None = None  # where it says something else than what is kept
    first: bool = False
    alerts: tuple[Alert, ...] = ()
    news: announcing.News = announcing.News()


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


def examine(context: Context, place: bis.Place, answer: Answer | Absent) -> Finding:
    """What a page says. Raises SourceError when it cannot be believed this time."""
    before = context.store.last_monitored(name_of(place))
    if answer is Absent.SAME:
        path = "" if before is None else path_of(context, origin_of(before).url)
        return Finding(place=place, path=path, said=answer.value)
    if answer is Absent.GONE:
        trouble = "" if before is None else "is at none of the addresses that are known (404)"
        return Finding(place=place, trouble=trouble, said="not found")
    if before is not None and before.body == answer.body and place != bis.NOTICES:  # these fall due as days pass
        return Finding(place=place, path=path_of(context, answer.url), said="the same")
    try:
        found = READERS[place.name](context, place, before, answer)
    except ReadError as error:
        found = Finding(place=place, trouble=str(error))
    if found.trouble:
        found = structs.replace(found, trouble=trouble_of(answer, found.trouble))
        if context.store.doubted(f"site:{place.name}") is None:
            context.fetcher.refused.append(evidence(answer, found.trouble))
    return structs.replace(found, path=path_of(context, answer.url))


def trouble_of(answer: Answer, why: str) -> str:
    """Why a page cannot be read, and whether a script fills it in."""
    scripted = ", as a script fills it in, which is never run here"
    return f"{why}{scripted if bis.is_scripted(answer.body, answer.content_type) else ''}"


def evidence(answer: Answer, why: str) -> Refusal:
    """The beginning of a page that cannot be read, to be kept."""
    return Refusal(
        url=answer.url, status=answer.status, content_type=answer.content_type, reason=why, body=answer.body[:KEPT]
    )


def releases(context: Context, place: bis.Place, before: Snapshot | None, answer: Answer) -> Finding:
    """The press releases: those that we did not know are read and told."""
    listed = bis.read_releases(answer.body, answer.content_type, answer.url)
    if not listed:
        return Finding(place=place, trouble="no press release can be read there")
    news = announcing.look(context, listed, first=before is None)
    keeps = before is None or (news.keep and news.whole)
    snapshot = snapshot_of(context, place, answer) if keeps else None
    return Finding(place=place, said=news.said, snapshot=snapshot, first=before is None, alerts=news.alerts, news=news)


def notices(context: Context, place: bis.Place, before: Snapshot | None, answer: Answer) -> Finding:
    """The Federal Register notices: those that the register does not show are for the operator."""
    listed = bis.read_notices(answer.body, answer.content_type)
    if not listed and not bis.has_table(answer.body, answer.content_type):
        return Finding(place=place, trouble="no notice can be read there")
    if before is not None and before.body == answer.body:
        kept: Sequence[bis.ListedNotice] | None = listed
    else:
        kept = None if before is None else bis.read_notices(before.body or b"", origin_of(before).content_type)
    return Finding(
        place=place,
        said=count(len(listed), "notice"),
        snapshot=None if kept == listed else snapshot_of(context, place, answer),
        first=before is None,
        alerts=tuple(listed_notices.unknown(context, listed)),
    )


def entity_list(context: Context, place: bis.Place, before: Snapshot | None, answer: Answer) -> Finding:
    """The page on the Entity List: compared like any other page, as long as it stands where it stood.

    It is not the list: that its dates move is no news, and another page in its place is no change of it.
    """
    if before is not None and path_of(context, origin_of(before).url) != path_of(context, answer.url):
        read_text(answer.body, answer.content_type)
        return Finding(place=place, said="another page in its place", snapshot=snapshot_of(context, place, answer))
    watch = Watch(name=name_of(place), label="BIS page on the Entity List", topic=Kind.LIST_FRAMEWORK, minor=False)
    judged = judge(context, watch, before, answer, answer.url)
    return Finding(place=place, said=judged.said, snapshot=judged.snapshot, first=judged.first, alerts=judged.alerts)


def denied(context: Context, place: bis.Place, before: Snapshot | None, answer: Answer) -> Finding:
    """The file of denied persons, whose name is dated: a new name is told, with its link, and no more."""
    files = bis.read_denied(answer.body, answer.content_type, answer.url)
    if not files:
        return Finding(place=place, trouble="no file of denied persons is named there")
    origin = None if before is None else origin_of(before)
    kept = (
        () if before is None or origin is None else bis.read_denied(before.body or b"", origin.content_type, origin.url)
    )
    if files == kept:
        return Finding(place=place, said="the same file")
    snapshot = snapshot_of(context, place, answer)
    alerts = () if before is None else (denied_alert(context, before, snapshot, kept, files),)
    return Finding(
        place=place, said=files[0].rpartition("/")[2], snapshot=snapshot, first=before is None, alerts=alerts
    )


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


Examine = Callable[[Context, bis.Place, Snapshot | None, Answer], Finding]
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
