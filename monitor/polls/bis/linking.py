"""Which document an announcement was about: told in one conversation, and said how sure that is."""

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


def tied(context: Context, events: Sequence[DocumentEvent]) -> list[DocumentEvent]:
    """The events, those of announced documents with their announcement; writes the ties, inside a transaction.

    A tie is made only where one announcement fits one document, and each no other.
    """
    new = [event for event in events if event.stage in FIRST and event.corrects is None and is_free(context, event)]
    releases = open_releases(context) if new else []
    fits = fitting({event.document_number: event for event in new}, releases)
    found = {fit.number: fit for fit in pairs(fits)}
    for event in new:
        if event.document_number in found:
            context.store.tie(document_thread(event.document_number), found[event.document_number].release.thread)
    return [with_announcement(event, found) if event in new else event for event in events]


class Fit(Struct, frozen=True):
    """A document and a press release that seem to speak of the same, and what both say."""

    number: str
    release: Release
    shared: tuple[str, ...]


def fitting(events: Mapping[str, DocumentEvent], releases: Sequence[Release]) -> list[Fit]:
    """Every document with every press release that fits it."""
    if not events or not releases:
        return []
    from monitor.polls.bis.shared_facts import shared  # noqa: PLC0415 - 0.2 s that a quiet poll need not spend

    found = [Fit(number, release, shared(release, event)) for number, event in events.items() for release in releases]
    return [fit for fit in found if fit.shared]


def pairs(fits: Sequence[Fit]) -> list[Fit]:
    """Those in which neither the document nor the release fits another one."""
    numbers, threads = [fit.number for fit in fits], [fit.release.thread for fit in fits]
    return [fit for fit in fits if numbers.count(fit.number) == 1 and threads.count(fit.release.thread) == 1]


def is_free(context: Context, event: DocumentEvent) -> bool:
    """Whether a document has no conversation yet."""
    return document_thread(event.document_number) not in context.store.tied() and not context.store.was_reported(
        event.document_number
    )


def open_releases(context: Context) -> list[Release]:
    """The press releases that were told lately and are tied to no document yet."""
    told, taken = context.store.alert_keys("announced:"), context.store.tied()
    kept = [
        decode(row.row, Release, "a kept press release")
        for row in context.store.documents(bis.NAME, context.today - APART)
    ]
    return [release for release in kept if release.key in told and release.thread not in taken]


def with_announcement(event: DocumentEvent, found: Mapping[str, Fit]) -> DocumentEvent:
    """The event with the press release that it was announced by, if it was."""
    fit = found.get(event.document_number)
    if fit is None:
        return event
    from monitor.polls.bis.shared_facts import surely  # noqa: PLC0415 - the same

    return structs.replace(
        event,
        announced=f"{fit.release.dated}, “{fit.release.title}” ({surely(fit.shared)})",
        links=event.links + pages(("BIS press release", fit.release.url)),
    )


def untied_documents(context: Context) -> dict[str, DocumentEvent]:
    """The documents that were told lately, by the newest event of their filing or publication, and are not tied yet."""
    taken = context.store.tied()
    alerts = context.store.alerts_since("document:", context.now - APART)
    return {
        alert.body.document_number: alert.body
        for alert in alerts
        if isinstance(alert.body, DocumentEvent)
        and alert.body.stage in FIRST
        and document_thread(alert.body.document_number) not in taken
    }
