"""Which document an announcement was about: reported in one conversation, with how sure that is."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from msgspec import Struct, structs

from monitor.diff.documents import pages
from monitor.model.alerts import DocumentEvent
from monitor.model.documents import Stage, document_thread
from monitor.model.press_releases import Release
from monitor.polls.context import Context
from monitor.sources import bis
from monitor.sources.decoding import decode

APART = timedelta(days=14)  # at most, between a press release and the filing of its rule
FIRST = (Stage.FILED, Stage.PUBLISHED)


def with_announcements(
    context: Context, events: Sequence[DocumentEvent]
) -> tuple[list[DocumentEvent], list[tuple[str, str]]]:
    """The events, those of announced documents with their announcement, and which threads are one by that.

    A document is linked only where one announcement fits it alone, and no other one fits.
    """
    new = [event for event in events if event.stage in FIRST and event.corrects is None]
    linked = context.store.linked_threads() if new else set()
    new = [event for event in new if is_unreported(context, event, linked)]
    releases = unlinked_releases(context, linked) if new else []
    fits = fitting({event.document_number: event for event in new}, releases)
    found = {fit.number: fit for fit in pairs(fits)}
    links = [(document_thread(number), fit.release.thread) for number, fit in found.items()]
    return [with_announcement(event, found) if event in new else event for event in events], links


class Fit(Struct, frozen=True):
    """A document and a press release that seem to speak of the same, and what both say."""

    number: str
    release: Release
    shared: tuple[str, ...]


def fitting(events: Mapping[str, DocumentEvent], releases: Sequence[Release]) -> list[Fit]:
    """Every document with every press release that fits it."""
    if not events or not releases:
        return []
    from monitor.polls.bis.shared_facts import facts_in_common  # noqa: PLC0415 - 0.2 s that a quiet poll need not spend

    found = [
        Fit(number, release, facts_in_common(release, event))
        for number, event in events.items()
        for release in releases
    ]
    return [fit for fit in found if fit.shared]


def pairs(fits: Sequence[Fit]) -> list[Fit]:
    """Those in which neither the document nor the release fits another one."""
    numbers, threads = [fit.number for fit in fits], [fit.release.thread for fit in fits]
    return [fit for fit in fits if numbers.count(fit.number) == 1 and threads.count(fit.release.thread) == 1]


def is_unreported(context: Context, event: DocumentEvent, linked: set[str]) -> bool:
    """Whether a document has no conversation yet."""
    return document_thread(event.document_number) not in linked and not context.store.was_reported(
        event.document_number
    )


def unlinked_releases(context: Context, linked: set[str]) -> list[Release]:
    """The press releases that were reported lately and are linked to no document yet."""
    reported = context.store.alert_keys("announced:")
    kept = [
        decode(row.row, Release, "a kept press release")
        for row in context.store.documents(bis.NAME, context.today - APART)
    ]
    return [release for release in kept if release.key in reported and release.thread not in linked]


def with_announcement(event: DocumentEvent, found: Mapping[str, Fit]) -> DocumentEvent:
    """The event with the press release that it was announced by, if it was."""
    fit = found.get(event.document_number)
    if fit is None:
        return event
    from monitor.polls.bis.shared_facts import certainty  # noqa: PLC0415 - the same

    return structs.replace(
        event,
        announced=f"{fit.release.dated}, “{fit.release.title}” ({certainty(fit.shared)})",
        links=event.links + pages(("BIS press release", fit.release.url)),
    )


def unlinked_documents(context: Context) -> dict[str, DocumentEvent]:
    """The documents that were reported lately, by the newest of their first events, and are not linked yet."""
    linked = context.store.linked_threads()
    alerts = context.store.alerts_since("document:", context.now - APART)
    return {
        alert.body.document_number: alert.body
        for alert in alerts
        if isinstance(alert.body, DocumentEvent)
        and alert.body.stage in FIRST
        and document_thread(alert.body.document_number) not in linked
    }
