"""The codified supplements: the structure as the sentinel, then the bytes of what moved."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial

from msgspec import Struct

from monitor.evidence.readings import supplement_reading
from monitor.law.supplement import size_in_words
from monitor.model.alerts import Alert, BaselineItem, Notice, operator_alert
from monitor.model.documents import Document
from monitor.model.eastern import count, long_date
from monitor.model.errors import ImplausibleError, MonitorError, ReadError, SourceError
from monitor.model.polls import Outcome, Snapshot
from monitor.model.settings import Limits
from monitor.polls import ecfr_alerts
from monitor.polls.context import Context
from monitor.polls.record import record
from monitor.polls.result import PollResult
from monitor.sources import ecfr, published
from monitor.store import Baseline, Held, Unconfirmed

ABSENT = "absent"  # the sentinel of a supplement that the structure does not hold
Documents = Callable[[], Sequence[Document]]


class SupplementChange(Struct, frozen=True, kw_only=True):
    """A supplement that moved: its bytes, its line of a baseline, its alerts; `initial` where none was kept before."""

    snapshot: Snapshot
    initial: bool
    item: BaselineItem
    alerts: tuple[Alert, ...]
    new_countries: tuple[str, ...] = ()  # headings that no list ever had


class Moved(Struct, frozen=True, kw_only=True):
    """The supplements whose node moved, each with its sentinel, and those that are absent from one answer alone."""

    sentinels: tuple[tuple[ecfr.Supplement, str], ...]
    absent: tuple[str, ...]
    unconfirmed: Mapping[str, Unconfirmed | None]


def poll(context: Context) -> PollResult:
    """Ask for the legal day and the structure, then for every supplement whose node moved.

    One supplement that is not accepted makes the poll a failure and does not keep the others back.
    """
    base = context.settings.sources.ecfr
    as_of = ecfr.read_as_of(context.fetcher.json(ecfr.titles_url(base)).body)
    ecfr.check_as_of(as_of, context.today)
    last = context.store.last_as_of(ecfr.NAME)
    if last is not None and as_of < last:
        message = f"answers as of {as_of}, older than {last}, which is known"
        return PollResult(source=ecfr.NAME, started_at=context.now, message=message, as_of=last)
    body = context.fetcher.json(ecfr.structure_url(base, as_of)).body
    moved = moved_supplements(context, ecfr.read_sentinels(body))
    documents = cache(partial(published_documents, context))
    accepted: list[SupplementChange] = []
    held: list[Held] = []
    failures: list[str] = []
    for supplement, sentinel in moved.sentinels:
        try:
            found = examine(context, supplement, fetch(context, supplement, sentinel, as_of), documents)
        except SourceError as error:
            failures.append(f"{supplement.name}: {error}")
        else:
            if isinstance(found, Held):
                held.append(found)
                failures.append(f"{supplement.name}: {found.reason}; held in quarantine")
            else:
                accepted.append(found)
    return result_of(context, as_of, accepted, held, failures, moved, hashlib.sha256(body).hexdigest())


def moved_supplements(context: Context, sentinels: Mapping[str, str]) -> Moved:
    """Hold the sentinels of the structure against those that are kept.

    A supplement that was there and is absent from one answer alone is noted until the next one (CONTRACT.md §10.9).
    """
    moved: list[tuple[ecfr.Supplement, str]] = []
    absent: list[str] = []
    unconfirmed: dict[str, Unconfirmed | None] = {}
    for supplement in ecfr.MONITORED:
        name = f"{ecfr.NAME}:{supplement.name}"
        sentinel = sentinels.get(supplement.identifier, ABSENT)
        known, before = context.store.latest_sentinel(supplement.name), context.store.unconfirmed(name)
        if sentinel == ABSENT and known not in (ABSENT, None):
            absence = Unconfirmed.after(before, ABSENT, context.now)
            unconfirmed[name] = absence
            if absence.times == 1:
                absent.append(supplement.name)
                continue
        elif before is not None:
            unconfirmed[name] = None
        if sentinel != known:
            moved.append((supplement, sentinel))
    return Moved(sentinels=tuple(moved), absent=tuple(absent), unconfirmed=unconfirmed)


def published_documents(context: Context) -> list[Document]:
    """The published documents that are known, which may explain what moved."""
    return [published.read_row(document.row) for document in context.store.documents(published.NAME)]


def examine(
    context: Context, supplement: ecfr.Supplement, after: Snapshot, documents: Documents
) -> SupplementChange | Held:
    """Accept a supplement that moved, or say why it is held in quarantine."""
    try:
        return compare(context, supplement, after, documents, limits=context.settings.limits)
    except (ReadError, ImplausibleError) as error:
        return Held(after, str(error))


def compare(
    context: Context, supplement: ecfr.Supplement, after: Snapshot, documents: Documents, *, limits: Limits | None
) -> SupplementChange:
    """Compare a supplement with what was kept before; without `limits` whatever reads is accepted.

    Raises ReadError or ImplausibleError.
    """
    reading = supplement_reading(after)
    before = context.store.last_monitored(supplement.name)
    earlier = None if before is None else supplement_reading(before)
    if limits is not None:
        ecfr_alerts.check_plausible(earlier, reading, context.today, limits)
    item = BaselineItem(name=supplement.name, count=size_in_words(reading), as_of=after.as_of, sha256=after.sha256)
    alerts: list[Alert] = []
    if before is not None:
        comparison = ecfr_alerts.Comparison(
            supplement, before, after, documents(), context.readings.newest, partial(thread_of, context)
        )
        alerts = ecfr_alerts.alerts(comparison, earlier, reading, context.now)
    return SupplementChange(
        snapshot=after,
        initial=before is None,
        item=item,
        alerts=tuple(alerts),
        new_countries=ecfr_alerts.strange_countries(earlier, reading),
    )


def thread_of(context: Context, document: Document) -> str | None:
    """The thread in which a document was reported; None where it was not."""
    return context.store.thread_of(document.document_number)


def fetch(context: Context, supplement: ecfr.Supplement, sentinel: str, as_of: date) -> Snapshot:
    """The bytes of a supplement, or the proof that it does not exist, as its sentinel says. Raises SourceError."""
    snapshot = fetch_day(context, supplement, as_of, sentinel)
    exists = snapshot.body is not None
    if exists == (sentinel == ABSENT):
        raise ReadError(
            f"the eCFR contradicts itself about {supplement.identifier}: "
            f"the structure {'has it not' if exists else 'has it'} and the text {'is there' if exists else 'is not'}"
        )
    return snapshot


def fetch_day(context: Context, supplement: ecfr.Supplement, as_of: date, sentinel: str = "") -> Snapshot:
    """The bytes of a supplement as of a day, None where the eCFR says that it did not exist. Raises SourceError."""
    answer = context.fetcher.xml_or_404(ecfr.text_url(context.settings.sources.ecfr, as_of, supplement))
    exists = answer.status != 404
    if not exists:
        ecfr.check_absent(answer.body)
    return Snapshot(
        name=supplement.name,
        as_of=as_of,
        fetched_at=context.now,
        sha256=hashlib.sha256(answer.body).hexdigest(),
        sentinel=sentinel,
        body=answer.body if exists else None,
    )


def result_of(
    context: Context,
    as_of: date,
    accepted: Sequence[SupplementChange],
    held: Sequence[Held],
    failures: Sequence[str],
    moved: Moved,
    sha256: str,
) -> PollResult:
    """Keep what was accepted with its alerts, and what was not in quarantine."""
    message = "; ".join(failures or [f"{one.snapshot.name}: {describe(one)}" for one in accepted])
    message = message or "no supplement moved"
    if moved.absent:
        message += f"; {', '.join(moved.absent)}: not there, which is believed only if the next answer says so, too"
    return PollResult(
        source=ecfr.NAME,
        started_at=context.now,
        message=message,
        as_of=as_of,
        sha256="" if failures else sha256,
        failed=bool(failures),
        changes=0 if failures else sum(len(one.alerts) for one in accepted),
        snapshots=tuple(one.snapshot for one in accepted),
        quarantined=tuple(held),
        baselines=baselines(accepted),
        unconfirmed=moved.unconfirmed,
        alerts=(*alerts_of(accepted, context.now), *(notice_of_quarantine(one, context.now) for one in held)),
    )


def baselines(accepted: Sequence[SupplementChange]) -> dict[str, Baseline]:
    """What to report of the supplements that were read for the first time."""
    return {one.snapshot.name: Baseline(watched=(one.item,)) for one in accepted if one.initial}


def alerts_of(accepted: Sequence[SupplementChange], now: datetime) -> list[Alert]:
    """The alerts of each supplement, and what the operator is to look at in it."""
    found: list[Alert] = []
    for one in accepted:
        found += one.alerts
        if one.new_countries:
            found.append(notice_of_countries(one, now))
    return found


def notice_of_quarantine(held: Held, now: datetime) -> Alert:
    """The operator's notice of bytes in quarantine; once for the same bytes."""
    name, sha256 = held.snapshot.name, held.snapshot.sha256
    body = Notice(
        title=f"{name} is held in quarantine",
        reason=f"The eCFR's answer as of {long_date(held.snapshot.as_of)} is not believed: {held.reason}.",
        advice=f"Readers were told nothing. If the answer is right, `fedreg-monitor quarantine accept {sha256[:12]}` "
        "believes it; if not, the next good answer is compared with the last good one.",
    )
    return operator_alert(f"quarantine:{name}:{sha256}", f"quarantine:{name}", body, now)


def notice_of_countries(change: SupplementChange, now: datetime) -> Alert:
    """The operator's notice of headings that are new to us: a new country, or a heading in the wrong place."""
    name, countries = change.snapshot.name, ", ".join(change.new_countries)
    body = Notice(
        title=f"{name}: {count(len(change.new_countries), 'country')} never seen before",
        reason=f"As of {long_date(change.snapshot.as_of)} the list has entries under {countries}.",
        advice="The list is believed and its changes were told. Look at it once: "
        "if the heading is another spelling of a country, its entries may be told as moved.",
    )
    return operator_alert(f"countries:{name}:{countries}", f"countries:{name}", body, now)


def accept(context: Context, sha256: str) -> Outcome:
    """Accept bytes that are held in quarantine, found by the beginning of their hash.

    Raises MonitorError when none or several begin so, ReadError when they cannot be read at all.
    """
    found = [held for held in context.store.held() if held.snapshot.sha256.startswith(sha256.lower())]
    if len(found) != 1:
        raise MonitorError(f"{len(found)} answers in quarantine begin with {sha256!r}; `quarantine list` shows them")
    snapshot = found[0].snapshot
    supplement = next(s for s in ecfr.MONITORED if s.name == snapshot.name)
    change = compare(context, supplement, snapshot, partial(published_documents, context), limits=None)
    result = PollResult(
        source=ecfr.NAME,
        started_at=context.now,
        message=f"{snapshot.name}: accepted by hand, {describe(change)}",
        as_of=snapshot.as_of,
        sha256=snapshot.sha256,
        changes=len(change.alerts),
        snapshots=(snapshot,),
        released=(snapshot.sha256,),
        baselines=baselines([change]),
        alerts=tuple(alerts_of([change], context.now)),
    )
    return record(context, result)


def describe(change: SupplementChange) -> str:
    """What became of one supplement."""
    if change.initial:
        return change.item.count
    return "changed" if change.alerts else "bytes changed, meaning equal"
