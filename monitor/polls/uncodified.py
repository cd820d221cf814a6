"""Rules that the eCFR should have followed by now; each is looked for once, business days after its publication."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import structs

from monitor.diff.documents import publication_event, told
from monitor.diff.reconcile import reconcile, said
from monitor.evidence.readings import kept_supplement
from monitor.law.document import worth_reading
from monitor.law.supplement import entries_of
from monitor.model.alerts import Alert, Difference
from monitor.model.documents import Document, Kind, Stage
from monitor.model.entries import Entry
from monitor.polls.context import Context
from monitor.polls.record import alert_of
from monitor.sources import ecfr

LONGEST = timedelta(days=30)  # older rules were looked for before, or before the watch began


def look(context: Context) -> None:
    """Hold every rule whose time has come against the list, and tell those that it does not bear out."""
    as_of = context.store.last_as_of(ecfr.NAME)
    rules = [] if as_of is None else list(ripe(context, as_of))
    snapshot = context.store.last_monitored_kept(ecfr.ENTITY_LIST.name) if rules else None
    if snapshot is None:
        return
    listed = entries_of(kept_supplement(context.store, snapshot))
    entries = () if listed is None else listed.entries
    with context.store.transaction():
        for document in rules:
            alert, bad = judged(context, document, entries)
            if bad:
                context.promise([alert])
            else:
                context.store.promise(alert, [])  # noted, so that it is not looked for again


def ripe(context: Context, as_of: date) -> Iterator[Document]:
    """Rules on the list that are in effect, were printed long enough before the eCFR's day, and were not looked for."""
    known, calendar = context.store.alert_keys("document:"), context.store.calendar()
    for document in context.readings.documents.published_since(context.today - LONGEST):
        ready = calendar.business_days(document.publication_date, as_of) >= context.settings.limits.codified_after
        if ready and key_of(document) not in known and worth_reading(document):
            yield document


def key_of(document: Document) -> str:
    """The key under which it is noted that a rule was looked for."""
    return f"document:{document.document_number}:{Stage.UNCODIFIED}:{document.publication_date}"


def judged(context: Context, document: Document, entries: tuple[Entry, ...]) -> tuple[Alert, bool]:
    """The alert of a rule that was looked for, and whether there is anything to tell."""
    event = publication_event(Stage.UNCODIFIED, document)
    reading = context.readings.newest(document)
    if reading is None or reading.kind is not Kind.ENTITY_LIST_RULE:
        return alert_of(context, event), False
    late = reading.effective_on is not None and reading.effective_on > context.today
    agreement = reconcile(reading, entries)
    rule = document.citation or document.document_number
    event = structs.replace(told(event, reading), differences=(Difference("the list", rule, said(agreement, rule)),))
    return alert_of(context, event), not late and not agreement.whole
