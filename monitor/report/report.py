"""What changed between two days, from kept evidence: the same reading and the same diff as the alerts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

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
from monitor.report.between.choosing import chosen_of
from monitor.report.between.lists import removals_of
from monitor.sources import ecfr
from monitor.store import KeptSnapshot, Store

EVERYTHING = Chosen()
MOST_NAMED = 5  # documents without a text that a note names


class NoEvidenceError(BadRequestError):
    """A day before the first one of which something was kept."""


def report(
    store: Store,
    start: date,
    end: date,
    *,
    chosen: Chosen = EVERYTHING,
    known_at: datetime | None = None,
    made_at: datetime,
) -> Report:
    """Compare what is kept of two days; `known_at` says as of when the store is opened.

    Raises NoEvidenceError, BadRequestError when nothing is meant by what is chosen, or ReadError for evidence that
    does not read.
    """
    low, high = min(start, end), max(start, end)
    readings = Readings(store)
    calendar, documents = read_calendar(readings), readings.documents.published()
    between = tuple(document for document in documents if low < document.publication_date <= high)
    taken_out = removals_of(rules_among(readings, between, (low + ONE_DAY, high)))
    sides = {one: (evidence(store, one.name, start), evidence(store, one.name, end)) for one in supplements_of(chosen)}
    lists = [compared(store, supplement, both, documents, taken_out) for supplement, both in sides.items()]
    steps = licenses_between(calendar.licenses, start, end)
    cited = {number for one, _ in lists for entry in one.entries for number in entry.documents}
    cited |= {event.document_number or "" for one in steps for event in one.steps}
    everything = Report(
        start=start,
        end=end,
        made_at=made_at,
        known_at=known_at,
        chosen=chosen,
        lists=tuple(one for one, _ in lists),
        licenses=steps,
        deadlines=deadlines_between(calendar.deadlines, start, end),
        documents=between,
        cited=tuple(document for document in documents if document.document_number in cited),
        notes=(*uncovered(store, (start, end), sides), *unread(store, between), *unasked(store, low, high)),
    )
    return chosen_of(everything, [entry for _, entries in lists for entry in entries])


def rules_among(readings: Readings, documents: Sequence[Document], period: tuple[date, date]) -> Iterator[RuleReading]:
    """What the texts of documents say that were published in a period, without what is not relevant."""
    numbers = {document.document_number for document in documents}
    for record in document_records(readings, *period):
        reading = record.reading
        if record.document.document_number in numbers and reading is not None and reading.kind not in NOISE:
            yield reading


def compared(
    store: Store,
    supplement: ecfr.Supplement,
    sides: tuple[KeptSnapshot, KeptSnapshot],
    documents: Sequence[Document],
    taken_out: Mapping[tuple[str, str], tuple[str, ...]],
) -> tuple[ListReport, list[Entry]]:
    """One supplement between two days, and its entries on both."""
    before, after = sides
    both = kept_supplement(store, before), kept_supplement(store, after)
    proofs = evidence_of(supplement, before), evidence_of(supplement, after)
    entries = [entry for one in map(entries_of, both) if one for entry in one.entries]
    return list_between(supplement.name, proofs, both, documents, taken_out), entries


def supplements_of(chosen: Chosen) -> tuple[ecfr.Supplement, ...]:
    """The supplements that are asked for."""
    return tuple(one for one in ecfr.WATCHED if not chosen.lists or one.name in chosen.lists)


def evidence(store: Store, name: str, day: date) -> KeptSnapshot:
    """The newest snapshot that speaks for a day. Raises NoEvidenceError."""
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


def uncovered(
    store: Store, days: tuple[date, date], sides: Mapping[ecfr.Supplement, tuple[KeptSnapshot, KeptSnapshot]]
) -> list[str]:
    """Which day is told by an older text because nobody looked between."""
    return [
        f"{supplement.name} on {day} is told by its text as of {snapshot.as_of}, the last one kept by then."
        for supplement, both in sides.items()
        for day, snapshot in zip(days, both, strict=True)
        if not store.is_covered(supplement.name, ecfr.NAME, day)
    ]


def unread(store: Store, documents: Sequence[Document]) -> list[str]:
    """How many documents have no text from which licenses and deadlines could be read."""
    kept = store.text_forms()
    numbers = [d.document_number for d in documents if worth_reading(d) and not kept.get(d.document_number)]
    if not numbers:
        return []
    named = ", ".join(numbers[:MOST_NAMED]) + (" …" if len(numbers) > MOST_NAMED else "")
    advice = "licenses and deadlines are told without what stands there"
    return [f"The text of {count(len(numbers), 'document')} is not kept ({named}): {advice}."]


def unasked(store: Store, low: date, high: date) -> list[str]:
    """Of which days between nobody asked for documents."""
    found = [
        f"{since} to {until}" if since != until else f"{since}"
        for since, until in gaps((low + ONE_DAY, high), known_periods(store))
    ]
    return [f"Nobody asked for the documents of {' and '.join(found)}."] if found else []
