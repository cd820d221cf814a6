"""Laws of the clock: nothing twice, nothing lost, whatever the order, the restarts and the time zones."""

from datetime import UTC, date, timedelta, timezone
from itertools import pairwise

from clock_cases import ONE_DAY, daily, day, extended, flat, issued, notices, printed, read_document, removed
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from monitor.deadlines import DAYS, deadlines, due, keys_of
from monitor.deadlines.licenses import licenses, state_on
from monitor.model.deadlines import CaughtUp, Codified, Due, ReadDocument
from monitor.model.eastern import long_date
from monitor.model.licenses import LicenseEventKind, LicenseStatus
from monitor.model.rules import LicenseStatus as Does

BEGIN, SPAN = day("2031-01-01"), 200
RESTATED = LicenseEventKind.RESTATED
days = st.integers(0, SPAN).map(lambda n: BEGIN + timedelta(days=n))
STATUSES = [Does.ISSUED, Does.EXTENDED, Does.EXTENDED_AND_AMENDED, Does.NARROWED, Does.AMENDED, Does.REMOVED]


@st.composite
def any_document(draw: st.DrawFn, number: int) -> ReadDocument:
    """A document as contradictory as it may be."""
    end = st.none() | st.integers(-20, 90)
    on = draw(days)
    old, new, effective = draw(end), draw(end), draw(st.integers(-5, 20))
    return read_document(
        f"2031-{number:05}",
        on,
        status=draw(st.sampled_from(STATUSES)),
        old=on + timedelta(days=old) if old is not None else None,
        new=on + timedelta(days=new) if new is not None else None,
        effective_on=on + timedelta(days=effective),
        seen_on=draw(st.none() | st.integers(0, 15).map(lambda n: on + timedelta(days=n))),
        comments_close_on=draw(st.none() | st.integers(-3, 40).map(lambda n: on + timedelta(days=n))),
    )


any_documents = st.integers(1, 6).flatmap(lambda n: st.tuples(*(any_document(i) for i in range(1, n + 1)))).map(list)


@st.composite
def any_text(draw: st.DrawFn) -> Codified:
    """What the regulations may print, or that they print nothing."""
    as_of = draw(days)
    if draw(st.booleans()):
        return Codified(supplement="Supplement No. 7 to part 744", as_of=as_of, body=None)
    start, end = (as_of + timedelta(days=draw(st.integers(-30, 60))) for _ in range(2))
    words = (f"valid from {long_date(start)}, through {long_date(end)}", f"expires on {long_date(end)}", "not valid")
    categories = [f"({n}) Category {n}. BIS authorizes." for n in range(1, draw(st.integers(1, 3)))]
    scope = ("(c) Authorized transactions. The following transactions are authorized:", *categories)
    return printed(as_of, f"This license is {draw(st.sampled_from(words))}.", *scope)


any_texts = st.lists(any_text(), max_size=4)


@st.composite
def coherent_life(draw: st.DrawFn) -> list[ReadDocument]:
    """A license issued once and extended before each end."""
    on = draw(days)
    end = on + timedelta(days=draw(st.integers(1, 90)))
    documents = [issued("2031-00001", on, end)]
    for number in range(2, 2 + draw(st.integers(0, 3))):
        on = draw(st.dates(on + ONE_DAY, max(end, on + ONE_DAY)))
        new = max(end, on) + timedelta(days=draw(st.integers(1, 90)))
        documents.append(extended(f"2031-{number:05}", on, end, new))
        end = new
    return documents


def known_end(documents: list[ReadDocument], on: date) -> date | None:
    """The end that somebody knows on a day who reads one document after the other."""
    read = [d for d in documents if d.filed_at is not None and d.filed_at.date() <= on]
    license_ = read[-1].reading.general_license if read else None
    return license_.new_expiry if license_ is not None else None


def expected(documents: list[ReadDocument], on: date) -> set[str]:
    """What a person with a calendar would say on a day."""
    end = known_end(documents, on)
    key = f"license:part-744-supplement-7:end:{end}"
    found = {f"{key}:left:{n}" for n in DAYS if end is not None and (end - on).days == n}
    gone = (on - end).days if end is not None else 0
    found |= {f"{key}:lapsed"} if gone == 1 else set()
    found |= {f"{key}:lapsed:week:{n}" for n in range(1, 5) if gone == 1 + 7 * n}
    read = [d for d in documents if d.filed_at is not None and d.filed_at.date() == on]
    found |= {f"license:part-744-supplement-7:end:{d.document_number}" for d in read}
    return found


@given(coherent_life())
def test_each_day_reports_exactly_what_a_person_with_a_calendar_would(documents: list[ReadDocument]) -> None:
    found = licenses(documents)
    on = BEGIN
    while on < BEGIN + timedelta(days=SPAN + 480):
        said = due((), found, since=on - ONE_DAY, today=on)
        assert {notice.key for notice in said} == expected(documents, on)
        on += ONE_DAY


@given(any_documents, any_texts, st.lists(days, max_size=6))
def test_restarts_on_any_days_report_the_same_and_nothing_twice(
    documents: list[ReadDocument], texts: list[Codified], stops: list[date]
) -> None:
    end = BEGIN + timedelta(days=SPAN + 150)
    found = licenses(documents, texts)
    dated = deadlines(documents, found, texts)
    cuts = [BEGIN, *sorted(set(stops) - {BEGIN}), end]
    said = [key for a, b in pairwise(cuts) for key in flat(list(due(dated, found, since=a, today=b)))]
    assert len(said) == len(set(said))
    assert set(said) == set(flat(list(due(dated, found, since=BEGIN, today=end))))


@given(any_documents, any_texts, st.data())
def test_the_order_of_documents_and_texts_does_not_matter(
    documents: list[ReadDocument], texts: list[Codified], data: st.DataObject
) -> None:
    other, others = data.draw(st.permutations(documents)), data.draw(st.permutations(texts))
    found = licenses(documents, texts)
    assert found == licenses(other, others)
    assert deadlines(documents, found, texts) == deadlines(other, found, others)


@given(any_documents, st.integers(-14, 14))
def test_the_zone_in_which_a_moment_is_written_does_not_matter(documents: list[ReadDocument], hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    moved = [replace(d, filed_at=d.filed_at.astimezone(zone)) for d in documents if d.filed_at is not None]
    assert licenses(moved) == licenses([replace(d, filed_at=d.filed_at.astimezone(UTC)) for d in moved if d.filed_at])


def spoken_of(found: list[Due]) -> set[str]:
    """The documents that notices concern."""
    each = [n for one in found for n in (one.notices if isinstance(one, CaughtUp) else (one,))]
    return {n.document_number or "" for n in each} | {q.source for n in each for q in n.quotes}


@given(any_documents)
def test_documents_that_come_one_by_one_are_reported_once_and_none_is_lost(documents: list[ReadDocument]) -> None:
    """Somebody looks every day at what there is by then, and remembers the keys."""
    reported: set[str] = set()
    spoken: set[str] = set()
    for number in range(-10, SPAN + 30):
        on = BEGIN + timedelta(days=number)
        there = [d for d in documents if d.filed_at is not None and max(d.filed_at.date(), d.seen_on or on) <= on]
        found = notices(there, on - ONE_DAY, on, reported=reported)
        said = [key for one in found for key in keys_of(one)]
        assert not reported & set(said)
        assert len(said) == len(set(said))
        reported |= set(said)
        spoken |= spoken_of(found)
    restated = {e.document_number for one in licenses(documents) for e in one.history if e.event is RESTATED}
    assert {d.document_number for d in documents} <= spoken | restated


@given(any_documents, any_texts, days)
def test_a_state_is_never_in_force_past_its_own_end(
    documents: list[ReadDocument], texts: list[Codified], on: date
) -> None:
    for license_ in licenses(documents, texts):
        state = state_on(license_, on)
        if state.status is LicenseStatus.IN_FORCE and state.valid_through is not None:
            assert state.valid_from is None or state.valid_from <= on
            assert on <= state.valid_through
            assert state.days_left == (state.valid_through - on).days
        if state.status in (LicenseStatus.LAPSED, LicenseStatus.REMOVED):
            assert state.valid_through is None


@given(coherent_life(), st.integers(1, 40))
def test_nothing_is_reported_of_an_end_after_a_removal(documents: list[ReadDocument], after: int) -> None:
    last = documents[-1].filed_at
    assert last is not None
    on = last.date() + timedelta(days=after)
    found = daily([*documents, removed("2031-00099", on)], on, on + timedelta(days=120))
    assert found == []
