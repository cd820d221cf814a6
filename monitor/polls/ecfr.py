"""The codified supplements: the structure as the sentinel, then the bytes of what moved."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial

from msgspec import Struct, structs

from monitor.evidence.readings import kept_supplement, supplement_reading
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
from monitor.polls.result import PollResult, merged
from monitor.sources import ecfr
from monitor.store import Baseline, Held, Unconfirmed

ABSENT = "absent"  # the sentinel of a supplement that the structure does not hold


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
    parts = [examine(context, supplement, sentinel, as_of) for supplement, sentinel in moved.sentinels]
    return result_of(context, as_of, parts, moved, hashlib.sha256(body).hexdigest())


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


def examine(context: Context, supplement: ecfr.Supplement, sentinel: str, as_of: date) -> PollResult:
    """Fetch a supplement that moved, and accept it or hold it in quarantine."""
    part = PollResult(source=ecfr.NAME, started_at=context.now, message="")
    try:
        after = fetch(context, supplement, sentinel, as_of)
    except SourceError as error:
        return structs.replace(part, message=f"{supplement.name}: {error}", failed=True)
    try:
        return compare(context, supplement, after, limits=context.settings.limits)
    except (ReadError, ImplausibleError) as error:
        return structs.replace(
            part,
            message=f"{supplement.name}: {error}; held in quarantine",
            failed=True,
            quarantined=(Held(after, str(error)),),
            alerts=(notice_of_quarantine(after, str(error), context.now),),
        )


def compare(context: Context, supplement: ecfr.Supplement, after: Snapshot, *, limits: Limits | None) -> PollResult:
    """Compare a supplement with what was kept before; without `limits` whatever reads is accepted.

    Raises ReadError or ImplausibleError.
    """
    reading = supplement_reading(after)
    before = context.store.last_monitored_kept(supplement.name)
    earlier = None if before is None else kept_supplement(context.store, before)
    if limits is not None:
        ecfr_alerts.check_plausible(earlier, reading, context.today, limits)
    size = size_in_words(reading)
    part = PollResult(
        source=ecfr.NAME, started_at=context.now, message=f"{supplement.name}: {size}", snapshots=(after,)
    )
    strange = ecfr_alerts.strange_countries(earlier, reading)
    notices = (notice_of_countries(after, strange, context.now),) if strange else ()
    if before is None:
        item = BaselineItem(name=supplement.name, count=size, as_of=after.as_of, sha256=after.sha256)
        return structs.replace(part, baselines={supplement.name: Baseline(watched=(item,))}, alerts=notices)
    comparison = ecfr_alerts.Comparison(
        supplement=supplement,
        as_of_before=before.as_of,
        before_bytes=partial(context.store.snapshot_body, before.id) if before.exists else bytes,
        after=after,
        documents=context.readings.documents.published(),
        read=context.readings.newest,
        thread=partial(thread_of, context),
    )
    alerts = ecfr_alerts.alerts(comparison, earlier, reading, context.now)
    summary = "changed" if alerts else "bytes changed, meaning equal"
    return structs.replace(
        part, message=f"{supplement.name}: {summary}", changes=len(alerts), alerts=(*alerts, *notices)
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


def result_of(context: Context, as_of: date, parts: Sequence[PollResult], moved: Moved, sha256: str) -> PollResult:
    """What was accepted with its alerts, and what was not in quarantine; a failure says only what failed."""
    accepted, failed = [one for one in parts if not one.failed], [one for one in parts if one.failed]
    message = "; ".join(one.message for one in failed or accepted) or "no supplement moved"
    if moved.absent:
        message += f"; {', '.join(moved.absent)}: not there, which is believed only if the next answer says so, too"
    whole = PollResult(
        source=ecfr.NAME,
        started_at=context.now,
        message=message,
        as_of=as_of,
        sha256="" if failed else sha256,
        unconfirmed=moved.unconfirmed,
    )
    result = merged(whole, [*accepted, *failed])
    return structs.replace(result, changes=0) if failed else result


def notice_of_quarantine(snapshot: Snapshot, reason: str, now: datetime) -> Alert:
    """The operator's notice of bytes in quarantine; once for the same bytes."""
    name, sha256 = snapshot.name, snapshot.sha256
    body = Notice(
        title=f"{name} is held in quarantine",
        reason=f"The eCFR's answer as of {long_date(snapshot.as_of)} is not believed: {reason}.",
        advice=f"Readers were told nothing. If the answer is right, `fedreg-monitor quarantine accept {sha256[:12]}` "
        "believes it; if not, the next good answer is compared with the last good one.",
    )
    return operator_alert(f"quarantine:{name}:{sha256}", f"quarantine:{name}", body, now)


def notice_of_countries(snapshot: Snapshot, new: Sequence[str], now: datetime) -> Alert:
    """The operator's notice of headings that are new to us: a new country, or a heading in the wrong place."""
    name, countries = snapshot.name, ", ".join(new)
    body = Notice(
        title=f"{name}: {count(len(new), 'country')} never seen before",
        reason=f"As of {long_date(snapshot.as_of)} the list has entries under {countries}.",
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
    result = compare(context, supplement, snapshot, limits=None)
    summary = result.message.removeprefix(f"{snapshot.name}: ")
    accepted = structs.replace(
        result,
        message=f"{snapshot.name}: accepted by hand, {summary}",
        as_of=snapshot.as_of,
        sha256=snapshot.sha256,
        released=(snapshot.sha256,),
    )
    return record(context, accepted)
