"""The report of what changed between two days, from kept evidence, by the same readers and diff as the alerts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from monitor.evidence.deadlines import read_calendar
from monitor.evidence.documents import document_records
from monitor.evidence.readings import Readings, kept_supplement
from monitor.law.document import NOISE, worth_reading
from monitor.law.supplement import entries_of
from monitor.model.documents import Document
from monitor.model.eastern import count
from monitor.model.entries import Entry
from monitor.model.errors import BadRequestError
from monitor.model.reports import Chosen, Evidence, ListReport, Report
from monitor.model.rules import RuleReading
from monitor.polls.backfill.plan import ONE_DAY
from monitor.polls.on_demand.gaps import gaps, known_periods
from monitor.report.between import deadlines_between, licenses_between, list_between
from monitor.report.between.lists import removals_of
from monitor.report.between.selection import chosen_of
from monitor.sources import ecfr
from monitor.store import KeptSnapshot, Store

EVERYTHING = Chosen()
MOST_NAMED = 5  # documents without a text that a note names


class NoEvidenceError(BadRequestError):
    """A day before the first one of which evidence is kept."""


def build_report(
    store: Store,
    start: date,
    end: date,
    *,
    chosen: Chosen = EVERYTHING,
    known_at: datetime | None = None,
    made_at: datetime,
) -> Report:
    """Compare what is kept of two days; `known_at` is the moment as of which the store is opened.

    Raises NoEvidenceError, BadRequestError when nothing matches what is chosen, or ReadError for evidence that cannot
    be read.
    """
    low, high = min(start, end), max(start, end)
    readings = Readings(store)
    dates, documents = read_calendar(readings), readings.documents.published()
    between = tuple(document for document in documents if low < document.publication_date <= high)
    removals = removals_of(readings_of(readings, between, low, high))
    compared = [compared_list(store, one, (start, end), documents, removals) for one in chosen_supplements(chosen)]
    lists = tuple(one.report for one in compared)
    licenses = licenses_between(dates.licenses, start, end)
    cited = {number for one in lists for entry in one.entries for number in entry.documents}
    cited |= {event.document_number or "" for one in licenses for event in one.steps}
    everything = Report(
        start=start,
        end=end,
        made_at=made_at,
        known_at=known_at,
        chosen=chosen,
        lists=lists,
        licenses=licenses,
        deadlines=deadlines_between(dates.deadlines, start, end),
        documents=between,
        cited=tuple(document for document in documents if document.document_number in cited),
        notes=(*(note for one in compared for note in one.notes), *unread(store, between), *unasked(store, low, high)),
    )
    return chosen_of(everything, [entry for one in compared for entry in one.entries])


def readings_of(readings: Readings, between: Sequence[Document], low: date, high: date) -> Iterator[RuleReading]:
    """What the published documents between two days say that concern readers of lists and licenses."""
    numbers = {document.document_number for document in between}
    for record in document_records(readings, low + ONE_DAY, high):
        reading = record.reading
        if reading is not None and reading.kind not in NOISE and record.document.document_number in numbers:
            yield reading


class ComparedList(Struct, frozen=True):
    """A supplement on both days: the report, all entries of both readings, and notes on what was not covered."""

    report: ListReport
    entries: tuple[Entry, ...]
    notes: tuple[str, ...]


def compared_list(
    store: Store,
    supplement: ecfr.Supplement,
    days: tuple[date, date],
    documents: Sequence[Document],
    removals: Mapping[tuple[str, str], tuple[str, ...]],
) -> ComparedList:
    """Compare the snapshots of one supplement on two days. Raises NoEvidenceError or ReadError."""
    before, after = (evidence(store, supplement.name, day) for day in days)
    readings = kept_supplement(store, before), kept_supplement(store, after)
    proofs = evidence_of(supplement, before), evidence_of(supplement, after)
    return ComparedList(
        list_between(supplement.name, proofs, readings, documents, removals),
        tuple(entry for one in map(entries_of, readings) if one for entry in one.entries),
        tuple(uncovered(store, supplement, tuple(zip(days, (before, after), strict=True)))),
    )


def chosen_supplements(chosen: Chosen) -> tuple[ecfr.Supplement, ...]:
    """The supplements that are asked for."""
    return tuple(one for one in ecfr.MONITORED if not chosen.lists or one.name in chosen.lists)


def evidence(store: Store, name: str, day: date) -> KeptSnapshot:
    """The snapshot that was current on a day. Raises NoEvidenceError."""
    snapshot = store.kept_snapshot_on(name, day)
    if snapshot is not None:
        return snapshot
    first = store.first_as_of(name)
    known = f"the earliest kept is of {first}" if first is not None else "nothing was kept yet; run `check` first"
    raise NoEvidenceError(f"no evidence of {name} for {day}: {known}")


def evidence_of(supplement: ecfr.Supplement, snapshot: KeptSnapshot) -> Evidence:
    """What proves one side of a comparison."""
    return Evidence(
        as_of=snapshot.as_of,
        exists=snapshot.exists,
        fetched_at=snapshot.fetched_at,
        sha256=snapshot.sha256,
        url=ecfr.page_url(snapshot.as_of, supplement),
    )


def uncovered(store: Store, supplement: ecfr.Supplement, sides: Sequence[tuple[date, KeptSnapshot]]) -> list[str]:
    """A note for each day that is shown by an older text because no poll covers it."""
    return [
        f"{supplement.name} on {day} is told by its text as of {snapshot.as_of}, the last one kept by then."
        for day, snapshot in sides
        if not store.is_covered(supplement.name, ecfr.NAME, day)
    ]


def unread(store: Store, documents: Sequence[Document]) -> list[str]:
    """A note on the documents without a text from which licenses and deadlines could be read."""
    kept = store.text_forms()
    numbers = [d.document_number for d in documents if worth_reading(d) and not kept.get(d.document_number)]
    if not numbers:
        return []
    named = ", ".join(numbers[:MOST_NAMED]) + (" …" if len(numbers) > MOST_NAMED else "")
    advice = "licenses and deadlines are told without what stands there"
    return [f"The text of {count(len(numbers), 'document')} is not kept ({named}): {advice}."]


def unasked(store: Store, low: date, high: date) -> list[str]:
    """A note on the days between for which no documents were asked for."""
    found = [
        f"{since} to {until}" if since != until else f"{since}"
        for since, until in gaps((low + ONE_DAY, high), known_periods(store))
    ]
    return [f"Nobody asked for the documents of {' and '.join(found)}."] if found else []
