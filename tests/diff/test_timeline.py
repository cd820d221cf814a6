"""Lives of entries, folded from readings."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from listing import entry

from monitor.diff.timeline import Event, Life, Reading, Timeline, fold, listed
from monitor.model.changes import Change
from monitor.model.entries import Entry, EntryList, ListName

DAY = date(2031, 3, 1)
NAMES = ("Alfa Trading", "Beta Works", "Gamma Institute", "Delta Marine")


def of(*entries: Entry) -> EntryList:
    return EntryList(list=ListName.ENTITY_LIST, heading="Supplement No. 4 to Part 744—Entity List", entries=entries)


def nobody(_: Change, __: date) -> None:
    return None


def told(*readings: EntryList | None) -> Timeline:
    """A timeline of readings, a week apart."""
    days = [DAY + timedelta(days=7 * n) for n in range(len(readings))]
    known = [None, *(day - timedelta(days=1) for day in days[1:])]
    return fold([[Reading(*one) for one in zip(days, known, readings, strict=True)]], nobody)


def one(timeline: Timeline, name: str) -> Life:
    (life,) = [life for life in timeline.lives if name in life.known_as]
    return life


def words(events: list[Event]) -> list[tuple[str, str, str]]:
    return [(str(event.day), event.action, event.field) for event in events]


def test_what_stands_there_when_the_evidence_begins_is_no_addition() -> None:
    timeline = told(of(entry("Alfa Trading, 1 Main Street, Tehran, Iran")))
    assert timeline.events == []
    assert one(timeline, "Alfa Trading").from_start


def test_an_addition_a_revision_and_a_removal_are_one_life() -> None:
    alfa, beta = entry("Alfa Trading, 1 Main Street, Tehran, Iran"), entry("Beta Works, 2 High Road, Tehran, Iran")
    stricter = entry("Beta Works, 2 High Road, Tehran, Iran", policy="Policy of denial.")
    timeline = told(of(alfa), of(alfa, beta), of(alfa, stricter), of(alfa))
    assert words(timeline.events) == [
        ("2031-03-08", "addition", ""),
        ("2031-03-15", "revision", "license_review_policy"),
        ("2031-03-22", "removal", ""),
    ]
    life = one(timeline, "Beta Works")
    assert (life.as_of_first, life.as_of_last) == (date(2031, 3, 8), date(2031, 3, 21))
    assert one(timeline, "Alfa Trading").as_of_last is None


def test_a_renamed_entry_is_known_by_its_former_name_too() -> None:
    before = entry("Alfa Trading, 1 Main Street, Tehran, Iran")
    after = entry("Alfa Trading and Shipping, 1 Main Street, Tehran, Iran")
    timeline = told(of(before), of(after))
    assert len(timeline.lives) == 1
    assert one(timeline, "Alfa Trading").entry.name == "Alfa Trading and Shipping"


def test_another_spelling_of_the_same_is_no_event_and_the_life_goes_on() -> None:
    alfa = entry("Alfa Trading, 1 Main Street, Tehran, Iran")
    respelled = entry("Alfa  Trading, 1 Main Street, Tehran, Iran.")
    timeline = told(of(alfa), of(respelled), of())
    assert words(timeline.events) == [("2031-03-15", "removal", "")]


def test_a_supplement_that_becomes_a_list_adds_its_entries() -> None:
    timeline = told(None, of(entry("Alfa Trading, 1 Main Street, Tehran, Iran")))
    assert words(timeline.events) == [("2031-03-08", "addition", "")]


def test_namesakes_in_one_country_keep_their_lives_apart() -> None:
    first, second = (
        entry("Alfa Trading, 1 Main Street, Tehran, Iran"),
        entry("Alfa Trading, 9 Port Road, Bushehr, Iran"),
    )
    timeline = told(of(first, second), of(second))
    assert [life.as_of_last for life in timeline.lives] == [date(2031, 3, 7), None]


entries = st.builds(
    lambda name, street, country: entry(f"{name}, {street} Main Street, Tehran, Iran", country=country),
    st.sampled_from(NAMES),
    st.integers(1, 3),
    st.sampled_from(("IRAN", "RUSSIA")),
)
readings = st.lists(
    st.one_of(st.none(), st.lists(entries, max_size=5).map(lambda found: of(*found))), min_size=1, max_size=5
)


@given(readings)
def test_those_who_are_listed_last_are_those_of_the_last_reading(said: list[EntryList | None]) -> None:
    timeline = told(*said)
    last = said[-1]
    standing = sorted((e.country, e.cells.entity) for e in (listed(last) if last is not None else ()))
    alive = [life for life in timeline.lives if life.as_of_last is None]
    assert sorted((life.entry.country, life.entry.cells.entity) for life in alive) == standing


@given(readings)
def test_every_life_has_a_beginning_and_an_end_that_was_reported(said: list[EntryList | None]) -> None:
    timeline = told(*said)
    begun = {event.life for event in timeline.events if event.action in ("addition", "came out of another entry")}
    ended = {event.life for event in timeline.events if event.action in ("removal", "went under another entry")}
    assert begun == {life.number for life in timeline.lives if not life.from_start}
    assert ended == {life.number for life in timeline.lives if life.as_of_last is not None}
    assert all(life.as_of_last is None or life.as_of_first <= life.as_of_last for life in timeline.lives)
