"""Licenses and deadlines between two days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from license_lives import license_of, step

from monitor.model.deadlines import Deadline, DeadlineKind, Move
from monitor.model.licenses import LicenseEvent, LicenseEventKind, LicenseStatus
from monitor.report.between import deadlines_between, licenses_between
from monitor.report.formats.wording import deadline_changes

DAY0 = date(2031, 1, 1)
days = st.integers(0, 60).map(lambda n: DAY0 + timedelta(days=n))


ISSUE = step(LicenseEventKind.ISSUED, date(2031, 1, 10), new=date(2031, 1, 31))
EXTENSION = step(LicenseEventKind.EXTENDED, date(2031, 1, 30), old=date(2031, 1, 31), new=date(2031, 2, 20))


def test_a_license_that_lapsed_without_a_document_changed() -> None:
    (found,) = licenses_between([license_of(ISSUE)], date(2031, 1, 20), date(2031, 2, 5))
    assert found.before is not None
    assert found.after is not None
    assert (found.before.status, found.after.status) == (LicenseStatus.IN_FORCE, LicenseStatus.LAPSED)
    assert found.steps == ()


def test_a_license_that_only_came_nearer_to_its_end_did_not_change() -> None:
    assert licenses_between([license_of(ISSUE)], date(2031, 1, 11), date(2031, 1, 20)) == ()


def test_what_came_after_the_later_day_changes_no_report() -> None:
    early = licenses_between([license_of(ISSUE)], date(2031, 1, 1), date(2031, 1, 20))
    late = licenses_between([license_of(ISSUE, EXTENSION)], date(2031, 1, 1), date(2031, 1, 20))
    assert [(one.before, one.after, one.steps) for one in late] == [(one.before, one.after, one.steps) for one in early]
    assert early[0].before is None


@given(days, days, days)
def test_the_steps_of_two_periods_are_those_of_both_together(a: date, b: date, c: date) -> None:
    low, middle, high = sorted((a, b, c))
    license_ = license_of(ISSUE, EXTENSION)

    def steps(start: date, end: date) -> list[LicenseEvent]:
        return [event for one in licenses_between([license_], start, end) for event in one.steps]

    assert steps(low, middle) + steps(middle, high) == steps(low, high)


@given(days, days)
def test_the_other_direction_exchanges_the_two_days(a: date, b: date) -> None:
    there, back = (licenses_between([license_of(ISSUE, EXTENSION)], *pair) for pair in ((a, b), (b, a)))
    assert [(one.before, one.after, one.steps) for one in there] == [(one.after, one.before, one.steps) for one in back]


def move(day: date | None, public: date) -> Move:
    return Move(day=day, document_number=f"N-{public}", sentence="By then.", public_on=public, announced_on=public)


def deadline(*moves: Move) -> Deadline:
    return Deadline(key="d", kind=DeadlineKind.COMMENTS_CLOSE, title="A rule", means="Comments close.", moves=moves)


COMMENTS = deadline(
    move(date(2031, 1, 10), date(2031, 1, 2)), move(date(2031, 2, 10), date(2031, 1, 20))
)  # reopened after it had closed


def test_a_day_that_is_moved_in_time_never_passes() -> None:
    extended = deadline(move(date(2031, 1, 10), date(2031, 1, 2)), move(date(2031, 2, 10), date(2031, 1, 9)))
    (found,) = deadlines_between([extended], date(2031, 1, 1), date(2031, 1, 30))
    assert found.passed == ()
    assert (found.before, found.after) == (None, date(2031, 2, 10))


def test_a_day_that_passed_and_was_set_anew_is_reported_in_its_order() -> None:
    (found,) = deadlines_between([COMMENTS], date(2031, 1, 1), date(2031, 3, 1))
    assert [news.partition(" (")[0] for news in deadline_changes(found)] == [
        "set to January 10, 2031", "passed on January 10, 2031",
        "moved to February 10, 2031", "passed on February 10, 2031",
    ]  # fmt: skip


def test_on_its_own_day_a_deadline_still_holds() -> None:
    assert deadlines_between([COMMENTS], date(2031, 1, 5), date(2031, 1, 10)) == ()
    (found,) = deadlines_between([COMMENTS], date(2031, 1, 10), date(2031, 1, 11))
    assert found.passed == (date(2031, 1, 10),)


@given(days, days, days)
def test_nothing_falls_between_two_periods(a: date, b: date, c: date) -> None:
    low, middle, high = sorted((a, b, c))

    def news(start: date, end: date) -> list[object]:
        return [n for one in deadlines_between([COMMENTS], start, end) for n in (*one.moves, *one.passed)]

    both = [*news(low, middle), *news(middle, high)]
    assert sorted(map(str, both)) == sorted(map(str, news(low, high)))
