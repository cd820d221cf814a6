"""The codified supplements: the structure as the sentinel, then the bytes of what moved."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial

from msgspec import Struct, structs

from monitor.evidence.readings import kept_supplement, supplement_reading
from monitor.law.supplement import size_in_words
from monitor.model.alerts import Alert, Notice, Watched, operator_alert
from monitor.model.eastern import count, long_date
from monitor.model.errors import ImplausibleError, MonitorError, ReadError, SourceError
from monitor.model.polls import Outcome, Snapshot, Status
from monitor.model.settings import Limits
from monitor.polls import ecfr_alerts
from monitor.polls.context import Context
from monitor.polls.record import told_in
from monitor.sources import ecfr
from monitor.store import Baseline

ABSENT = "absent"  # the sentinel of a supplement that the structure does not hold


class Finding(Struct, frozen=True, kw_only=True):
    """A supplement that moved: its bytes, what to confirm at first sight, what to tell afterwards."""

    snapshot: Snapshot
    first: bool
    watched: Watched
    alerts: tuple[Alert, ...]
    new_countries: tuple[str, ...] = ()  # headings that no list ever had


class Doubt(Struct, frozen=True):
    """Bytes that came and are not believed, and why."""

    snapshot: Snapshot
    reason: str


class Look(Struct, frozen=True, kw_only=True):
    """What a poll of the eCFR found, believed and not."""

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def look(context: Context) -> Look:
    """Ask for the legal day and the structure, then for every supplement whose node moved.

    One supplement that cannot be believed makes the outcome a failure and does not keep the others back.
    """
    base = context.settings.sources.ecfr
    as_of = ecfr.read_as_of(context.fetcher.json(ecfr.titles_url(base)).body)
    ecfr.check_as_of(as_of, context.today)
    last = context.store.last_as_of(ecfr.NAME)
    if last is not None and as_of < last:
        message = f"answers as of {as_of}, older than {last}, which is known"
        return Look(outcome=outcome(context, Status.UNCHANGED, message, last))
    body = context.fetcher.json(ecfr.structure_url(base, as_of)).body
    sentinels = ecfr.read_sentinels(body)
    findings: list[Finding] = []
    doubts: list[Doubt] = []
    failures: list[str] = []
    absent: list[str] = []
    for supplement, sentinel in moved(context, sentinels, absent):
        try:
            found = examine(context, supplement, fetch(context, supplement, sentinel, as_of))
        except SourceError as error:
            failures.append(f"{supplement.name}: {error}")
        else:
            if isinstance(found, Finding):
                findings.append(found)
            else:
                doubts.append(found)
                failures.append(f"{supplement.name}: {found.reason}; held in quarantine")
    summed = summary(context, as_of, findings, failures, hashlib.sha256(body).hexdigest())
    if absent:
        doubted = f"{', '.join(absent)}: not there, which is believed only if the next answer says so, too"
        summed = structs.replace(summed, message=f"{summed.message}; {doubted}")
    return Look(outcome=summed, findings=tuple(findings), doubts=tuple(doubts))


def moved(context: Context, sentinels: Mapping[str, str], absent: list[str]) -> Iterator[tuple[ecfr.Supplement, str]]:
    """The supplements whose node moved, each with its sentinel; those gone for the first time go into `absent`."""
    for supplement in ecfr.WATCHED:
        sentinel = sentinels.get(supplement.identifier, ABSENT)
        known = context.store.latest_sentinel(supplement.name)
        if is_first_absence(context, supplement, sentinel, known):
            absent.append(supplement.name)
        elif sentinel != known:
            yield supplement, sentinel


def is_first_absence(context: Context, supplement: ecfr.Supplement, sentinel: str, known: str | None) -> bool:
    """Whether a supplement that was there is gone from one answer alone; noted until the next one (§10.9)."""
    name = f"{ecfr.NAME}:{supplement.name}"
    if sentinel != ABSENT or known in (ABSENT, None):
        if context.store.doubted(name) is not None:
            with context.store.transaction():
                context.store.trust(name)
        return False
    with context.store.transaction():
        return context.store.doubt(name, ABSENT, context.now).times == 1


def examine(context: Context, supplement: ecfr.Supplement, after: Snapshot) -> Finding | Doubt:
    """Believe a supplement that moved, or say why not."""
    try:
        return judge(context, supplement, after, limits=context.settings.limits)
    except (ReadError, ImplausibleError) as error:
        return Doubt(after, str(error))


def judge(context: Context, supplement: ecfr.Supplement, after: Snapshot, *, limits: Limits | None) -> Finding:
    """Compare a supplement with what was kept before; without `limits` it believes whatever reads.

    Raises ReadError or ImplausibleError.
    """
    reading = supplement_reading(after)
    before = context.store.last_monitored_kept(supplement.name)
    earlier = None if before is None else kept_supplement(context.store, before)
    if limits is not None:
        ecfr_alerts.check_plausible(earlier, reading, context.today, limits)
    watched = Watched(name=supplement.name, count=size_in_words(reading), as_of=after.as_of, sha256=after.sha256)
    strange = ecfr_alerts.strange_countries(earlier, reading)
    if before is None:
        return Finding(snapshot=after, first=True, watched=watched, alerts=(), new_countries=strange)
    documents = context.readings.documents.published()
    earlier_bytes = partial(context.store.snapshot_body, before.id) if before.exists else bytes
    reading_of, thread_of = context.readings.newest, partial(told_in, context)
    comparison = ecfr_alerts.Comparison(
        supplement, before.as_of, earlier_bytes, after, documents, reading_of, thread_of
    )
    alerts = ecfr_alerts.alerts(comparison, earlier, reading, context.now)
    return Finding(snapshot=after, first=False, watched=watched, alerts=tuple(alerts), new_countries=strange)


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


def record(context: Context, look: Look) -> None:
    """Keep what was believed with its alerts, and what was not in quarantine, in one transaction."""
    with context.store.transaction():
        number = context.store.record_poll(look.outcome)
        for finding in look.findings:
            context.store.keep_snapshot(finding.snapshot, number, monitored=True)
            if finding.first:
                context.store.keep_baseline(finding.snapshot.name, Baseline(watched=(finding.watched,)))
            context.promise(finding.alerts)
            if finding.new_countries:
                context.promise([notice_of_countries(finding, context.now)])
        for doubt in look.doubts:
            context.store.hold(doubt.snapshot, doubt.reason, number)
            context.promise([notice_of(doubt, context.now)])


def notice_of(doubt: Doubt, now: datetime) -> Alert:
    """What the operator is told of bytes in quarantine; once for the same bytes."""
    name, sha256 = doubt.snapshot.name, doubt.snapshot.sha256
    body = Notice(
        title=f"{name} is held in quarantine",
        reason=f"The eCFR's answer as of {long_date(doubt.snapshot.as_of)} is not believed: {doubt.reason}.",
        advice=f"Readers were told nothing. If the answer is right, `fedreg-monitor quarantine accept {sha256[:12]}` "
        "believes it; if not, the next good answer is compared with the last good one.",
    )
    return operator_alert(f"quarantine:{name}:{sha256}", f"quarantine:{name}", body, now)


def notice_of_countries(finding: Finding, now: datetime) -> Alert:
    """What the operator is told of headings that are new to us: a new country, or a heading in the wrong place."""
    name, countries = finding.snapshot.name, ", ".join(finding.new_countries)
    body = Notice(
        title=f"{name}: {count(len(finding.new_countries), 'country')} never seen before",
        reason=f"As of {long_date(finding.snapshot.as_of)} the list has entries under {countries}.",
        advice="The list is believed and its changes were told. Look at it once: "
        "if the heading is another spelling of a country, its entries may be told as moved.",
    )
    return operator_alert(f"countries:{name}:{countries}", f"countries:{name}", body, now)


def accept(context: Context, sha256: str) -> Outcome:
    """Believe bytes that are held in quarantine, found by the beginning of their hash.

    Raises MonitorError when none or several begin so, ReadError when they cannot be read at all.
    """
    found = [held for held in context.store.held() if held.snapshot.sha256.startswith(sha256.lower())]
    if len(found) != 1:
        raise MonitorError(f"{len(found)} answers in quarantine begin with {sha256!r}; `quarantine list` shows them")
    snapshot = found[0].snapshot
    supplement = next(s for s in ecfr.WATCHED if s.name == snapshot.name)
    finding = judge(context, supplement, snapshot, limits=None)
    status = Status.BASELINE if finding.first else Status.CHANGED if finding.alerts else Status.UNCHANGED
    message = f"{snapshot.name}: accepted by hand, {describe(finding)}"
    accepted = outcome(context, status, message, snapshot.as_of, snapshot.sha256, len(finding.alerts))
    with context.store.transaction():
        record(context, Look(outcome=accepted, findings=(finding,)))
        context.store.release(snapshot.sha256, context.now)
    return accepted


def summary(context: Context, as_of: date, findings: list[Finding], failures: list[str], sha256: str) -> Outcome:
    """One line for the poll."""
    if failures:
        return outcome(context, Status.FAILED, "; ".join(failures), as_of)
    alerts = sum(len(finding.alerts) for finding in findings)
    if not findings:
        return outcome(context, Status.UNCHANGED, "no supplement moved", as_of, sha256)
    told = "; ".join(f"{f.snapshot.name}: {describe(f)}" for f in findings)
    status = Status.BASELINE if any(f.first for f in findings) else Status.CHANGED if alerts else Status.UNCHANGED
    return outcome(context, status, told, as_of, sha256, alerts)


def describe(finding: Finding) -> str:
    """What became of one supplement."""
    if finding.first:
        return finding.watched.count
    return "changed" if finding.alerts else "bytes changed, meaning equal"


def outcome(context: Context, status: Status, message: str, as_of: date, sha256: str = "", alerts: int = 0) -> Outcome:
    """The outcome of a poll of the eCFR."""
    return Outcome(
        source=ecfr.NAME,
        status=status,
        message=message,
        started_at=context.now,
        as_of=as_of,
        sha256=sha256,
        alerts=alerts,
    )
