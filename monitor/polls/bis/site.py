"""A poll of the BIS site: hints of lowest trust, that keep nothing else back (CONTRACT.md §7)."""

import hashlib
from collections.abc import Sequence

from msgspec import Struct, structs

from monitor.model.errors import ReadError, RefusedError, SourceError, UnreachableError
from monitor.model.polls import Outcome, Status
from monitor.polls.bis import redesigns, releases
from monitor.polls.bis.pages import Absent, Finding, examine, name_of, path_of
from monitor.polls.context import Context
from monitor.polls.record import watched
from monitor.polls.web_page import MOST, origin_of
from monitor.sources import bis
from monitor.sources.fetch import Answer, retry_moment
from monitor.store import Baseline


class Visit(Struct, kw_only=True):
    """The answers of the site, page by page, and what failed."""

    answers: dict[str, Answer | Absent] = {}
    failures: list[SourceError] = []

    @property
    def is_empty(self) -> bool:
        """Whether no page is there."""
        return all(answer is Absent.GONE for answer in self.answers.values())


def poll(context: Context) -> Outcome:
    """Poll every page of the site; one that fails, or was redesigned, keeps the others not back.

    Raises SourceError when none could be read.
    """
    asked = context.fetcher.requests
    found = visit(context)
    findings = []
    for place in bis.PLACES:
        if place.name in found.answers:
            try:
                findings.append(examine(context, place, found.answers[place.name]))
            except SourceError as error:
                found.failures.append(error)
    if all(finding.trouble or not finding.path for finding in findings):
        raise found.failures[0] if found.failures else nothing_read(findings)
    outcome = structs.replace(outcome_of(context, findings, found.failures), requests=context.fetcher.requests - asked)
    record(context, findings, outcome)
    return outcome


def nothing_read(findings: Sequence[Finding]) -> ReadError:
    """What is wrong when no page can be read: that is no redesign of a page, but a source that fails."""
    said = "; ".join(f"{finding.place.label}: {finding.trouble or finding.said}" for finding in findings)
    return ReadError(f"no page of the BIS site can be read: {said}")


def visit(context: Context) -> Visit:
    """Ask for every page. Raises SourceError when the site is away, or none of its pages is there."""
    found = Visit()
    for place in bis.PLACES:
        try:
            found.answers[place.name] = fetch(context, place)
        except UnreachableError as error:
            if found.is_empty:
                raise
            found.failures.append(error)
            break  # what does not answer once is not asked four times
        except SourceError as error:
            found.failures.append(error)
    if found.is_empty:
        raise found.failures[0] if found.failures else RefusedError("the BIS site has none of its pages: 404 for each")
    return found


def fetch(context: Context, place: bis.Place) -> Answer | Absent:
    """A page, first where it stood last, then at its other addresses, as long as these answer 404."""
    before = context.store.last_monitored(name_of(place))
    origin = None if before is None else origin_of(before)
    last = None if origin is None else path_of(context, origin.url)
    refused = len(context.fetcher.refused)
    for path in dict.fromkeys(place.paths if last is None else (last, *place.paths)):
        validator = origin.validator if origin is not None and path == last else None
        try:
            answer = context.fetcher.page(context.settings.sources.bis + path, validator=validator, most=MOST)
        except RefusedError as error:
            if error.refused is None or error.refused.status not in (404, 410):
                raise
            continue
        del context.fetcher.refused[refused:]  # an address that it left is no refused answer
        return Absent.SAME if answer is None else answer
    del context.fetcher.refused[refused:]
    return Absent.GONE


def outcome_of(context: Context, findings: Sequence[Finding], failures: Sequence[SourceError]) -> Outcome:
    """One line for the poll; a redesigned page is said, and is no failure of the others."""
    said = [f"{finding.place.label}: {finding.trouble or finding.said}" for finding in findings]
    moments = [moment for error in failures if (moment := retry_moment(error, context.now)) is not None]
    alerts = sum(len(finding.alerts) for finding in findings)
    status = Status.CHANGED if alerts else Status.UNCHANGED
    status = Status.BASELINE if any(finding.first for finding in findings) else status
    return Outcome(
        source=bis.NAME,
        status=Status.FAILED if failures else status,
        message="; ".join([*map(str, failures), *said]),
        started_at=context.now,
        as_of=context.today,
        sha256=hashlib.sha256("".join(f.snapshot.sha256 for f in findings if f.snapshot).encode()).hexdigest(),
        alerts=alerts,
        retry_at=max(moments, default=None),
    )


def record(context: Context, findings: Sequence[Finding], outcome: Outcome) -> None:
    """Keep what was believed with its alerts, and what the operator must know of the site, in one transaction."""
    with context.store.transaction():
        notices = redesigns.look(
            context, [redesigns.Page(found.place, found.path, found.trouble) for found in findings]
        )
        number = context.store.record_poll(outcome)
        for finding in findings:
            keep(context, finding, number)
        context.promise(notices)


def keep(context: Context, finding: Finding, number: int) -> None:
    """Keep what one page says, and promise its alerts."""
    if finding.snapshot is not None:
        context.store.keep_snapshot(finding.snapshot, number, monitored=True)
        if finding.first:
            line = watched(context, f"BIS: {finding.place.label}", finding.said, finding.snapshot.sha256)
            context.store.keep_baseline(finding.snapshot.name, Baseline(watched=(line,)))
    for release in finding.news.keep:
        context.store.keep_document(bis.NAME, releases.row_of(release), context.now, number)
    for thread, told_in in finding.news.ties:
        context.store.tie(thread, told_in)
    context.promise(finding.alerts)
