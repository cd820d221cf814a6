"""Rules that the eCFR should have followed by now; each is looked for once, business days after its publication."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import structs

from monitor.diff.agreement import agreement_sentence, reconcile
from monitor.diff.documents import publication_event, with_reading
from monitor.evidence.readings import kept_supplement
from monitor.law.document import worth_reading
from monitor.law.supplement import entries_of
from monitor.model.alerts import Difference, DocumentEvent
from monitor.model.documents import Document, Kind, Stage
from monitor.model.entries import Entry
from monitor.polls import clock
from monitor.polls.context import Context
from monitor.polls.documents import alert_of, with_events
from monitor.polls.result import PollResult
from monitor.sources import ecfr

LONGEST = timedelta(days=30)  # older rules were looked for before, or before the monitor began


def poll(context: Context) -> PollResult:
    """Hold every rule whose time has come against the list, and report those that it does not bear out.

    It has no row of its own in the ledger: the clock asks for it.
    """
    result = PollResult(source=clock.NAME, started_at=context.now, message="", in_ledger=False)
    as_of = context.store.last_as_of(ecfr.NAME)
    rules = [] if as_of is None else list(due_rules(context, as_of))
    snapshot = context.store.last_monitored_kept(ecfr.ENTITY_LIST.name) if rules else None
    if snapshot is None:
        return result
    listed = entries_of(kept_supplement(context.store, snapshot))
    entries = () if listed is None else listed.entries
    checked = [checked_rule(context, rule, entries) for rule in rules]
    events = [event for event, differs in checked if differs]
    # The others are noted, so that they are not looked for again.
    settled = [alert_of(context, event) for event, differs in checked if not differs]
    return structs.replace(with_events(context, result, events), settled=tuple(settled))


def due_rules(context: Context, as_of: date) -> Iterator[Document]:
    """Rules on the list that are in effect, were printed long enough before the eCFR's day, and were not looked for."""
    known, calendar = context.store.alert_keys("document:"), context.store.calendar()
    for document in context.readings.documents.published_since(context.today - LONGEST):
        ready = calendar.business_days(document.publication_date, as_of) >= context.settings.limits.codified_after
        if ready and key_of(document) not in known and worth_reading(document):
            yield document


def key_of(document: Document) -> str:
    """The key under which it is noted that a rule was looked for."""
    return f"document:{document.document_number}:{Stage.UNCODIFIED}:{document.publication_date}"


def checked_rule(context: Context, document: Document, entries: tuple[Entry, ...]) -> tuple[DocumentEvent, bool]:
    """A rule held against the list, and whether the list does not bear it out though it is in effect."""
    event = publication_event(Stage.UNCODIFIED, document)
    reading = context.readings.newest(document)
    if reading is None or reading.kind is not Kind.ENTITY_LIST_RULE:
        return event, False
    late = reading.effective_on is not None and reading.effective_on > context.today
    agreement = reconcile(reading, entries)
    rule = document.citation or document.document_number
    difference = Difference("the list", rule, agreement_sentence(agreement, rule))
    event = structs.replace(with_reading(event, reading), differences=(difference,))
    return event, not late and not agreement.whole
