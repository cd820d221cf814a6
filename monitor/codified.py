"""The codified supplements: the structure as the sentinel, then the bytes of what moved."""

import hashlib
from datetime import date

from msgspec import Struct

from monitor import compare
from monitor.desk import Desk
from monitor.errors import ReadError, SourceError
from monitor.model.alerts import Alert, Watched
from monitor.model.eastern import count
from monitor.model.entries import EntryList
from monitor.model.polls import Outcome, Snapshot, Status
from monitor.sources import ecfr, published

ABSENT = "absent"  # the sentinel of a supplement that the structure does not hold


class Finding(Struct, frozen=True, kw_only=True):
    """A supplement that moved: its bytes, what to confirm at first sight, what to tell afterwards."""

    snapshot: Snapshot
    first: bool
    watched: Watched
    alerts: tuple[Alert, ...]


def look(desk: Desk) -> tuple[Outcome, list[Finding]]:
    """Ask for the legal day and the structure, then for every supplement whose node moved.

    One supplement that cannot be believed makes the outcome a failure and does not keep the others back.
    """
    base = desk.settings.sources.ecfr
    as_of = ecfr.read_as_of(desk.fetcher.json(ecfr.titles_url(base)).body)
    ecfr.check_as_of(as_of, desk.today)
    last = desk.store.last_as_of(ecfr.NAME)
    if last is not None and as_of < last:
        return outcome(desk, Status.UNCHANGED, f"answers as of {as_of}, older than {last}, which is known", last), []
    body = desk.fetcher.json(ecfr.structure_url(base, as_of)).body
    sentinels = ecfr.read_sentinels(body)
    findings: list[Finding] = []
    failures: list[str] = []
    for supplement in ecfr.WATCHED:
        sentinel = sentinels.get(supplement.identifier, ABSENT)
        if sentinel == desk.store.latest_sentinel(supplement.name):
            continue
        try:
            findings.append(examine(desk, supplement, sentinel, as_of))
        except SourceError as error:
            failures.append(f"{supplement.name}: {error}")
    return summary(desk, as_of, findings, failures, hashlib.sha256(body).hexdigest()), findings


def examine(desk: Desk, supplement: ecfr.Supplement, sentinel: str, as_of: date) -> Finding:
    """Fetch a supplement that moved, and compare it with what was kept before.

    Raises SourceError when it cannot be believed.
    """
    after = fetch(desk, supplement, sentinel, as_of)
    reading = compare.read(after)
    before = desk.store.snapshot_on(supplement.name, as_of)
    earlier = None if before is None else compare.read(before)
    compare.check_plausible(earlier, reading, desk.today, desk.settings.limits.max_loss)
    watched = Watched(name=supplement.name, count=size(reading), as_of=as_of, sha256=after.sha256)
    if before is None:
        return Finding(snapshot=after, first=True, watched=watched, alerts=())
    documents = [published.read_row(document.row) for document in desk.store.documents(published.NAME)]
    comparison = compare.Comparison(supplement, before, after, documents)
    alerts = compare.alerts(comparison, earlier, reading, desk.now)
    return Finding(snapshot=after, first=False, watched=watched, alerts=tuple(alerts))


def fetch(desk: Desk, supplement: ecfr.Supplement, sentinel: str, as_of: date) -> Snapshot:
    """The bytes of a supplement, or the proof that it does not exist. Raises SourceError."""
    answer = desk.fetcher.xml_or_404(ecfr.text_url(desk.settings.sources.ecfr, as_of, supplement))
    exists = answer.status != 404
    if exists == (sentinel == ABSENT):
        raise ReadError(
            f"the eCFR contradicts itself about {supplement.identifier}: "
            f"the structure {'has it not' if exists else 'has it'} and the text {'is there' if exists else 'is not'}"
        )
    if not exists:
        ecfr.check_absent(answer.body)
    return Snapshot(
        name=supplement.name,
        as_of=as_of,
        fetched_at=desk.now,
        sha256=hashlib.sha256(answer.body).hexdigest(),
        sentinel=sentinel,
        body=answer.body if exists else None,
    )


def size(reading: compare.Reading) -> str:
    """How much there is, in words."""
    if reading is None:
        return "does not exist"
    if isinstance(reading, EntryList):
        countries = len({entry.country for entry in reading.entries})
        return f"{count(len(reading.entries), 'entry')} under {count(countries, 'country')}"
    return f"{reading.heading}, {count(len(reading.paragraphs), 'paragraph')}"


def summary(desk: Desk, as_of: date, findings: list[Finding], failures: list[str], sha256: str) -> Outcome:
    """One line for the poll."""
    if failures:
        return outcome(desk, Status.FAILED, "; ".join(failures), as_of)
    alerts = sum(len(finding.alerts) for finding in findings)
    if not findings:
        return outcome(desk, Status.UNCHANGED, "no supplement moved", as_of, sha256)
    told = "; ".join(f"{f.snapshot.name}: {describe(f)}" for f in findings)
    status = Status.BASELINE if any(f.first for f in findings) else Status.CHANGED if alerts else Status.UNCHANGED
    return outcome(desk, status, told, as_of, sha256, alerts)


def describe(finding: Finding) -> str:
    """What became of one supplement."""
    if finding.first:
        return finding.watched.count
    return "changed" if finding.alerts else "bytes changed, meaning equal"


def outcome(desk: Desk, status: Status, message: str, as_of: date, sha256: str = "", alerts: int = 0) -> Outcome:
    """The outcome of a poll of the eCFR."""
    return Outcome(
        source=ecfr.NAME,
        status=status,
        message=message,
        started_at=desk.now,
        as_of=as_of,
        sha256=sha256,
        alerts=alerts,
    )
