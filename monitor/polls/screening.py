"""A poll of the screening list: a second witness, held against our lists; only the operator hears of it."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from monitor.diff.screening import cross_check, standing
from monitor.evidence.readings import supplement_reading
from monitor.law.supplement import entries_of
from monitor.model.alerts import Alert, Notice, operator_alert
from monitor.model.eastern import count
from monitor.model.entries import EntryList
from monitor.model.errors import ImplausibleError
from monitor.model.issue_calendar import IssueCalendar
from monitor.model.polls import Outcome, Snapshot, Status
from monitor.model.screening import CrossCheck, Name, Party, Screening
from monitor.polls.context import Context
from monitor.sources import ecfr, screening
from monitor.sources.fetch import Answer, Validator
from monitor.sources.fetch.answers import http_date
from monitor.sources.plausibility import check_parties
from monitor.store import KeptValidator, Store

NAME = screening.NAME
LISTS = (ecfr.ENTITY_LIST, ecfr.UNVERIFIED_LIST, ecfr.SUPPLEMENT_7)
Readings = dict[str, EntryList | None]  # by the hash of the bytes
SHOWN = 15  # differences of a kind and a list that the notice names


class Believed(Struct, frozen=True, kw_only=True):
    """The rows as of now; `snapshot` and `validator` are None where nothing new came."""

    parties: tuple[Party, ...]
    sha256: str
    said: str
    snapshot: Snapshot | None = None
    validator: KeptValidator | None = None


def poll(context: Context) -> Outcome:
    """Ask for the screening list unless it is unchanged, and hold it against our lists.

    Raises SourceError when the answer is not believed.
    """
    asked = context.fetcher.requests
    kept = context.store.validator(NAME)
    answer = ask(context, kept)
    mark = None if kept is None else mark_of(context, kept)
    if answer is None and kept is not None and (said := said_before(context, mark)) is not None:
        same = outcome(context, Status.UNCHANGED, said, kept.sha256, asked)
        with context.store.transaction():
            context.store.record_poll(same)
        return same
    return checked(context, look(context, kept, answer), asked, first=kept is None)


def ask(context: Context, kept: KeptValidator | None) -> Answer | None:
    """The list, or None where it is still the version that is kept."""
    version = None if kept is None else Validator(etag=kept.etag, last_modified=kept.last_modified)
    return context.fetcher.json_if_changed(screening.url(context.settings.sources.trade), version, most=screening.MOST)


def mark_of(context: Context, kept: KeptValidator) -> str:
    """What changes whenever there is anything to compare anew: either side, or the day."""
    ours = [context.store.latest_sentinel(supplement.name) for supplement in LISTS]
    return hashlib.sha256(repr((kept.sha256, ours, context.today)).encode()).hexdigest()


def said_before(context: Context, mark: str | None) -> str | None:
    """What the last comparison found, where nothing has changed since."""
    sign = context.store.sign(NAME)
    if sign is None or mark is None:
        return None
    before, _, said = sign[0].partition(" ")
    return said if before == mark else None


def checked(context: Context, believed: Believed, asked: int, *, first: bool) -> Outcome:
    """Hold the rows against our lists, and keep what came with what follows from it."""
    read: Readings = {}
    checks = checks_on(context.store, believed.parties, read=read)
    alerts = notices(context, told_checks(context, checks, read))
    found = "; ".join(map(summary, checks))
    status = Status.BASELINE if first else Status.UNCHANGED
    result = outcome(context, status, "; ".join(filter(None, (believed.said, found))), believed.sha256, asked)
    with context.store.transaction():
        number = context.store.record_poll(result)
        if believed.snapshot is not None:
            context.store.keep_snapshot(believed.snapshot, number, monitored=True)
        if believed.validator is not None:
            context.store.keep_validator(NAME, believed.validator)
        if (kept := context.store.validator(NAME)) is not None:
            context.store.note_sign(NAME, f"{mark_of(context, kept)} not changed; {found}", context.now)
        context.promise(alerts)
    return result


def outcome(context: Context, status: Status, said: str, sha256: str, asked: int) -> Outcome:
    """The outcome of a poll of the screening list."""
    return Outcome(
        source=NAME,
        status=status,
        message=said,
        started_at=context.now,
        as_of=context.today,
        requests=context.fetcher.requests - asked,
        sha256=sha256,
    )


def look(context: Context, kept: KeptValidator | None, answer: Answer | None) -> Believed:
    """The rows of our lists, as kept where the source says that nothing changed. Raises SourceError."""
    before = context.store.last_monitored(screening.SNAPSHOT)
    old = None if before is None else screening.read_kept(before.body or b"")
    if answer is None:
        if kept is None or old is None:
            raise AssertionError("unreachable: without a version nothing is unchanged")
        return Believed(parties=old, sha256=kept.sha256, said="not changed")
    check_newer(answer, kept)
    found = screening.read(answer.body)
    check_parties(old, found.parties, context.settings.limits)
    return believed(context, answer, found, before)


def check_newer(answer: Answer, version: KeptValidator | None) -> None:
    """Raise ImplausibleError for an answer that is older than the one that was believed."""
    if version is None or answer.validator is None:
        return
    known, now = http_date(version.last_modified), http_date(answer.validator.last_modified)
    if known is not None and now is not None and now < known:
        raise ImplausibleError(
            f"{screening.WHAT} is of {now:%Y-%m-%d %H:%M}, older than that of {known:%Y-%m-%d %H:%M}"
        )


def believed(context: Context, answer: Answer, found: Screening, before: Snapshot | None) -> Believed:
    """What came, and what of it is new."""
    body = screening.kept_form(found.parties)
    sha256 = hashlib.sha256(body).hexdigest()
    whole = hashlib.sha256(answer.body).hexdigest()
    new = before is None or before.sha256 != sha256
    snapshot = Snapshot(
        name=screening.SNAPSHOT,
        as_of=context.today,
        fetched_at=context.now,
        sha256=sha256,
        sentinel=whole,
        body=body,
    )
    named = f"; never seen before: {', '.join(found.strange)}" if found.strange else ""
    version = answer.validator or Validator()
    return Believed(
        parties=found.parties,
        sha256=whole,
        said=f"{count(found.rows, 'row')}, {len(found.parties):,} of our lists{'' if new else ', as before'}{named}",
        snapshot=snapshot if new else None,
        validator=KeptValidator(etag=version.etag, last_modified=version.last_modified, sha256=whole),
    )


def checks_on(
    store: Store, parties: tuple[Party, ...], day: date | None = None, read: Readings | None = None
) -> list[CrossCheck]:
    """Each of our lists, as it was on a day or as it is now, against these rows. Raises ReadError.

    `read` holds what was read before: in most polls the list of today is also that of two weeks ago.
    """
    found, read = [], {} if read is None else read
    for supplement in LISTS:
        name = supplement.name
        snapshot = store.last_monitored(name) if day is None else store.snapshot_on(name, day)
        if snapshot is None:
            continue
        if snapshot.sha256 not in read:
            read[snapshot.sha256] = entries_of(supplement_reading(snapshot))
        if (reading := read[snapshot.sha256]) is not None:
            found.append(cross_check(reading.list, reading.entries, parties))
    return found


def told_checks(context: Context, checks: Iterable[CrossCheck], read: Readings) -> list[CrossCheck]:
    """The differences that have stood for longer than the screening list may take to follow; most pass by themselves.

    Both sides are known as of then from what is kept; before the watch is that old nothing is told.
    """
    then = days_ago(context.store.calendar(), context.today, context.settings.limits.screening_after)
    rows = context.store.snapshot_on(screening.SNAPSHOT, then)
    if rows is None:
        return []
    parties = screening.read_kept(rows.body or b"")
    earlier = {check.list: check for check in checks_on(context.store, parties, then, read)}
    return [standing(check, earlier[check.list]) for check in checks if check.list in earlier]


def days_ago(calendar: IssueCalendar, today: date, days: int) -> date:
    """So many business days before a day."""
    while days:
        today -= timedelta(days=1)
        days -= calendar.has_issue(today)
    return today


def notices(context: Context, checks: Iterable[CrossCheck]) -> list[Alert]:
    """One notice to the operator for each new set of differences."""
    differing = [check for check in checks if check.missing or check.extra]
    if not differing:
        return []
    lines = [line for check in differing for line in lines_of(check)]
    body = Notice(
        title="the screening list and the eCFR differ",
        reason=f"For more than {count(context.settings.limits.screening_after, 'business day')}: {' '.join(lines)}",
        advice="The eCFR is the source; readers were told nothing. A tool that screens by the list of trade.gov does "
        "not find what is missing there. `fedreg-monitor screening` shows all differences.",
    )
    digest = hashlib.sha256(repr([(c.list, c.missing, c.extra) for c in differing]).encode()).hexdigest()
    return [operator_alert(f"screening:{digest[:16]}", "screening", body, context.now)]


def lines_of(check: CrossCheck) -> list[str]:
    """What differs of one list, in sentences."""
    found = []
    if check.missing:
        found.append(f"Of the {check.list}, {named(check.missing)} not in the screening list.")
    if check.extra:
        found.append(f"As of the {check.list}, {named(check.extra)} only in the screening list.")
    return found


def named(names: tuple[Name, ...]) -> str:
    """The first so many names with their countries, and the verb."""
    shown = "; ".join(f"{one.name} ({one.country or 'no country'})" for one in names[:SHOWN])
    more = f"; and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return f"{count(len(names), 'entry')} ({shown}{more}) {'is' if len(names) == 1 else 'are'}"


def summary(check: CrossCheck) -> str:
    """One list in numbers."""
    return (
        f"{check.list}: {check.agreed:,} agreed, {len(check.missing):,} missing there, {len(check.extra):,} only there"
    )
