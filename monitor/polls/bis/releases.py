"""New press releases of BIS: read, and reported before their documents are."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import structs

from monitor.diff.documents import pages
from monitor.law.document import kind_of
from monitor.law.wording import same
from monitor.model.alerts import Alert, Announcement, DocumentEvent, Link
from monitor.model.documents import Document, Filing, document_thread
from monitor.model.eastern import count
from monitor.model.errors import RefusedError, SourceError
from monitor.model.polls import Snapshot
from monitor.model.press_releases import Release
from monitor.polls.bis.linking import APART, Fit, fitting, pairs, unlinked_documents
from monitor.polls.context import Context
from monitor.polls.result import PollResult
from monitor.sources import bis
from monitor.sources.decoding import decode, encode
from monitor.sources.web_page import read_text
from monitor.store import KeptDocument

PATIENCE = timedelta(days=3)  # so long the text of a release is asked for again
MOST_TEXTS = 10  # asked for in one poll; the others in the next
MOST_TEXT = 60  # paragraphs of a release that are kept


def new_releases(context: Context, listed: Sequence[Release], page: Snapshot, *, initial: bool) -> PollResult:
    """What a list of press releases has that is not kept; of the first list everything is only kept.

    So is what is older than a rule takes to be filed: the list may show it anew after a redesign, or after days off.
    The page itself is kept with the releases, unless the text of one has yet to come.
    """
    known = [decode(row.row, Release, "a kept press release") for row in context.store.documents(bis.NAME)]
    new = [release for release in listed if not any(is_same(release, one) for one in known)]
    result = PollResult(source=bis.NAME, started_at=context.now, message=f"{len(new)} new")
    if initial:
        message = count(len(listed), "press release")
        return structs.replace(result, message=message, documents=tuple(map(row_of, new)), snapshots=(page,))
    oldest = context.today - APART
    recent = [release for release in new if release.day >= oldest][:MOST_TEXTS]
    read = [with_text(context, release) for release in recent]
    done = [release for release in read if is_done(release, context.today)]
    keep = [release for release in new if release.day < oldest] + done
    if missing := len(read) - len(done):
        result = structs.replace(
            result, message=f"{result.message}, the text of {count(missing, 'release')} did not come"
        )
    alerts, links = alerts_of(context, [release for release in done if release.kinds])
    return structs.replace(
        result,
        documents=tuple(map(row_of, keep)),
        snapshots=(page,) if keep and not missing else (),
        alerts=tuple(alerts),
        changes=len(alerts),
        linked_threads=tuple(links),
    )


def is_same(one: Release, other: Release) -> bool:
    """Whether two rows are one release: of name in the address, title and day two agree, as sites move and correct."""
    return (one.slug == other.slug) + same(one.title, other.title) + (one.day == other.day) >= 2


def with_text(context: Context, release: Release) -> Release:
    """The release with what its page says, where it comes, and with what it speaks of."""
    from monitor.polls.bis.shared_facts import with_subjects  # noqa: PLC0415 - 0.2 s that a quiet poll need not spend

    try:
        answer = context.fetcher.page(release.url)
        if answer is None:
            raise RefusedError(f"{release.url} answers nothing")
        text = read_text(answer.body, answer.content_type).paragraphs
    except SourceError:
        text = ()  # the title stands for it; without a list in its title it is asked for again
    return with_subjects(structs.replace(release, text=text[:MOST_TEXT]))


def is_done(release: Release, today: date) -> bool:
    """Whether enough is known of a release: its text, or a title that names a list, or a time in which none came."""
    return bool(release.text or release.kinds) or release.day < today - PATIENCE


def alerts_of(context: Context, releases: Sequence[Release]) -> tuple[list[Alert], list[tuple[str, str]]]:
    """The alerts of releases; one that speaks of a single document, reported before, stands in its conversation."""
    documents = unlinked_documents(context) if releases else {}
    fits = fitting(documents, releases)
    one = {fit.release.thread: fit for fit in pairs(fits)}
    links = [(thread, document_thread(fit.number)) for thread, fit in one.items()]
    return [alert_of(context, release, documents, fits, one.get(release.thread)) for release in releases], links


def alert_of(
    context: Context,
    release: Release,
    documents: Mapping[str, DocumentEvent],
    fits: Sequence[Fit],
    one: Fit | None,
) -> Alert:
    """The alert of a release, of the topics of which it speaks, in the thread of the one document that it fits."""
    thread = (None if one is None else context.store.thread_of(one.number)) or release.thread
    fitting_it = tuple(link_to(documents[fit.number]) for fit in fits if fit.release == release)
    body = Announcement(
        title=release.title,
        dated=release.dated,
        kinds=release.kinds,
        said=release.said,
        links=pages(("BIS press release", release.url)),
        documents=fitting_it or of_its_kinds(context, release),
        shared=() if one is None else one.shared,
    )
    return Alert(key=release.key, thread=thread, topics=release.kinds, created_at=context.now, body=body)


def of_its_kinds(context: Context, release: Release) -> tuple[Link, ...]:
    """Documents of the same kinds printed since the release or on file, reported or not: its rule may be one."""
    linked = context.store.linked_threads()
    printed = context.readings.documents.published_since(release.day)
    filed = context.readings.documents.filings().values()
    ahead = [one for one in filed if one.publication_date is not None and one.publication_date >= release.day]
    found: dict[str, Link] = {}
    everything: list[Document | Filing] = [*printed, *ahead]
    for one in everything:
        thread = document_thread(one.document_number)
        if thread not in linked and kind_of(one) in release.kinds:
            found.setdefault(thread, Link(f"{one.document_number}: {one.title}", one.html_url))
    return tuple(found.values())


def link_to(event: DocumentEvent) -> Link:
    """A document that was reported before."""
    return Link(f"{event.document_number}: {event.title}", event.links[0].url if event.links else "")


def row_of(release: Release) -> KeptDocument:
    """A release as it is kept."""
    return KeptDocument(release.slug, release.day, encode(release))
