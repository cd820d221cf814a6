"""What should have arrived by now and has not, by the calendar of the Federal Register.

A rule finds nothing where it cannot know: a source that fails is reported as failing, not as overdue.
"""

from collections.abc import Iterator
from datetime import date, datetime, time

from msgspec import Struct

from monitor.model.eastern import EASTERN, clock, count, eastern_date, long_date
from monitor.model.issue_calendar import IssueCalendar
from monitor.model.settings import Limits

ISSUE_BY = time(9)  # the Office of the Federal Register has an alarm of its own at that hour (CONTRACT.md §2.5)
FILINGS_BY = time(9, 15)  # the regular filing is of 8:45 (§3.4)


class SourceFacts(Struct, frozen=True, kw_only=True):
    """A source: since when it is monitored, and when its last good poll was."""

    name: str
    first_poll: datetime
    last_good: datetime | None


class FilingFacts(Struct, frozen=True, kw_only=True):
    """The public inspection list at its last good poll: how many documents, and when the regular filing was."""

    count: int
    filed_at: datetime | None
    seen_at: datetime


class Facts(Struct, frozen=True, kw_only=True):
    """All that the rules need; `issue_there` is of `issue_day`, and None where it is not known."""

    moment: datetime
    calendar: IssueCalendar
    sources: tuple[SourceFacts, ...]
    issue_day: date
    issue_there: bool | None
    ecfr_as_of: date | None
    filings: FilingFacts | None


class Overdue(Struct, frozen=True, kw_only=True):
    """Something that should have arrived: the rule, its cause, and the text for the operator."""

    rule: str
    cause: str
    title: str
    reason: str
    advice: str


def find_overdue(facts: Facts, limits: Limits) -> tuple[Overdue, ...]:
    """Everything that is overdue now, in a fixed order."""
    return (*_stale(facts, limits), *_no_issue(facts), *_behind(facts, limits), *_no_filings(facts))


def undecided_rules(facts: Facts, limits: Limits) -> frozenset[str]:
    """The rules that cannot be decided now: what was overdue by them may still be."""
    found = set()
    if facts.issue_there is None:
        found.add("issue")
    if not _is_current(facts, "ecfr", limits):
        found.add("behind:ecfr")
    day, seen = eastern_date(facts.moment), facts.filings
    listed_today = seen is not None and seen.seen_at >= datetime.combine(day, FILINGS_BY, EASTERN)
    if day.weekday() >= 5 or (facts.calendar.has_issue(day) and not listed_today):
        found.add("filings")
    return frozenset(found)


def reason_of_end(rule: str, cause: str, facts: Facts) -> str:
    """Why something is no longer overdue, in a sentence for the operator."""
    if rule.startswith("stale:"):
        name = rule.removeprefix("stale:")
        good = next((s.last_good for s in facts.sources if s.name == name and s.last_good is not None), None)
        return "It is no longer watched." if good is None else f"It was believed again on {clock(good)}."
    if rule.startswith("behind:"):
        return "It is up to date." if facts.ecfr_as_of is None else f"It answers as of {long_date(facts.ecfr_as_of)}."
    closed = facts.calendar.closed(date.fromisoformat(cause))
    if closed is not None:
        return f"The Register's list of closings names that day now: {closed}."
    return "It is there now." if rule == "issue" else "Public inspection shows the filings of the day again."


def _stale(facts: Facts, limits: Limits) -> Iterator[Overdue]:
    """Sources without a good poll for too long."""
    for source in facts.sources:
        since = source.last_good or source.first_poll
        hours = facts.calendar.open_hours(since, facts.moment)
        if hours <= limits.stale_after_hours:
            continue
        never = "It was never believed since it was first asked" if source.last_good is None else "It was last believed"
        yield Overdue(
            rule=f"stale:{source.name}",
            cause=since.isoformat(),
            title=f"the source {source.name} has been silent for {hours:.0f} hours",
            reason=f"{never} on {clock(since)}. Days without an issue are not counted.",
            advice="See `fedreg-monitor status`. Readers were told nothing, and what it says next is compared with "
            "what was last believed.",
        )


def _is_current(facts: Facts, name: str, limits: Limits) -> bool:
    """Whether a source had a good poll lately, so that what is kept of it is current."""
    good = next((source.last_good for source in facts.sources if source.name == name), None)
    return good is not None and facts.calendar.open_hours(good, facts.moment) <= limits.stale_after_hours


def _no_issue(facts: Facts) -> Iterator[Overdue]:
    """The issue of a business day that has not appeared by nine o'clock."""
    if facts.issue_there is False:
        day = facts.issue_day
        yield Overdue(
            rule="issue",
            cause=day.isoformat(),
            title=f"no issue of {long_date(day)}",
            reason=f"The Federal Register of {long_date(day)} is not there, though it appears by 6 a.m. on a business "
            "day, and the Register's list of closings does not name that day.",
            advice="There is nothing to do: it is looked for at every poll, and you hear when it is there. "
            "If it stays away, look at https://www.federalregister.gov.",
        )


def _behind(facts: Facts, limits: Limits) -> Iterator[Overdue]:
    """An eCFR that answers and does not move on."""
    if facts.ecfr_as_of is None or not _is_current(facts, "ecfr", limits):
        return
    days = facts.calendar.business_days(facts.ecfr_as_of, eastern_date(facts.moment))
    if days > limits.ecfr_behind_days:
        yield Overdue(
            rule="behind:ecfr",
            cause=facts.ecfr_as_of.isoformat(),
            title=f"the eCFR is {count(days, 'business day')} behind",
            reason=f"It answers as of {long_date(facts.ecfr_as_of)}; one or two business days behind are normal.",
            advice="There is nothing to do: rules are told from their filing and publication. What the lists say "
            "is as old as that day.",
        )


def _no_filings(facts: Facts) -> Iterator[Overdue]:
    """Public inspection that is empty, or shows another day's filing, after a quarter past nine on a business day."""
    day, seen = eastern_date(facts.moment), facts.filings
    opening = datetime.combine(day, FILINGS_BY, EASTERN)
    if seen is None or not facts.calendar.has_issue(day) or seen.seen_at < opening:
        return
    if seen.filed_at is None and seen.count == 0:  # how the Register answers for a day that it has no list of
        found = "shows no document of any agency"
    elif seen.filed_at is not None and eastern_date(seen.filed_at) != day:
        found = f"still shows the regular filing of {long_date(eastern_date(seen.filed_at))}"
    else:
        return
    yield Overdue(
        rule="filings",
        cause=day.isoformat(),
        title=f"public inspection has nothing of {long_date(day)}",
        reason=f"At {clock(seen.seen_at)} it {found}, though the regular filing is of 8:45 a.m. on every business day.",
        advice="There is nothing to do: it is looked for at every poll, and you hear when it is there. "
        "If it stays away, look at https://www.federalregister.gov/public-inspection/current.",
    )
