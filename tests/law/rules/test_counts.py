"""Stated counts: numbers in words and digits, entities against entries, by list and by country."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.law.rules.counts import CountReading, read_counts
from monitor.law.rules.numbers import number
from monitor.model.rules import Action, Kind, StatedCounts

UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]
UNITS += ["twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(value: int) -> str:
    if value < 20:
        return UNITS[value]
    if value < 100:
        tens = TENS[value // 10 - 2]
        return tens if value % 10 == 0 else f"{tens}-{UNITS[value % 10]}"
    rest = f" and {in_words(value % 100)}" if value % 100 else ""
    return f"{UNITS[value // 100]} hundred{rest}"


numbers = st.integers(2, 999)
forms = st.sampled_from([in_words, str, lambda n: f"{in_words(n)} ({n})"])


@given(numbers, forms)
def test_a_number_is_read_back_from_words_and_digits(value: int, form: object) -> None:
    assert callable(form)
    assert number(form(value)) == value


def test_what_is_no_number_is_none() -> None:
    assert number("several") is None
    assert (number("an"), number("no"), number("1,204")) == (1, 0, 1204)


def counts(summary: str, title: str = "", *prose: str, default: Kind = Kind.ENTITY_LIST_RULE) -> CountReading:
    return read_counts(summary, title, list(prose), default=default)


def stated(summary: str, title: str = "", *prose: str) -> StatedCounts:
    return counts(summary, title, *prose).by_list[Kind.ENTITY_LIST_RULE]


@given(
    numbers,
    numbers,
    forms,
    st.sampled_from(["entities", "persons"]),
    st.sampled_from(["under", ", under a total of"]),
)
def test_entities_are_told_from_entries(one: int, other: int, form: object, unit: str, under: str) -> None:
    assert callable(form)
    entities, entries = sorted((one, other))
    summary = (
        f"This rule amends the Export Administration Regulations (EAR) by adding {form(entities)} {unit}"
        f"{'' if under.startswith(',') else ' '}{under} {form(entries)} entries to the Entity List."
    )
    read = stated(summary)
    assert (read.entities, read.entries, read.added) == (entities, entries, entries)


@given(
    st.lists(st.sampled_from(["Canada", "France", "Russia", "Turkey", "South Korea"]), min_size=1, unique=True),
    st.data(),
)
def test_counts_by_country_are_read(countries: list[str], data: st.DataObject) -> None:
    each = {country: data.draw(st.integers(1, 90)) for country in countries}
    listed = ", ".join(f"{country} ({count})" for country, count in each.items())
    total = sum(each.values())
    read = stated(f"BIS is adding {total} entries to the Entity List under the destinations of {listed}.")
    assert read.by_country == {country.upper(): count for country, count in each.items()}


SENTENCES = [
    (
        "This rule also revises ten existing entries for six existing entities on the Entity List.",
        "revised",
        10,
    ),
    (
        (
            "This rule also revises one existing entry under the destination of China and one under "
            "the destination of Pakistan."
        ),
        "revised",
        2,
    ),
    (
        "This rule revises five existing entries, one each under the destinations of Canada and Iran.",
        "revised",
        5,
    ),
    (
        "This rule also revises eleven existing entries and corrects one existing entry on the Entity List.",
        "revised",
        12,
    ),
    (
        ("This rule removes one person located in Ecuador and one person located in Georgia from the Entity List."),
        "removed",
        2,
    ),
    (
        (
            "Lastly, this rule removes a total of four entities, one under the destination of "
            "Israel and three under Iran."
        ),
        "removed",
        4,
    ),
    ("In addition, this rule removes from the Entity List one entity listed in three entries.", "removed", 1),
    ("This rule revises the entry of Alfa Works by adding an alias on the Entity List.", "revised", 1),
    (
        (
            "This rule transfers forty-five entities from the MEU List to the Entity List and adds "
            "two new entities to the Entity List."
        ),
        "added",
        47,
    ),
    ("BIS is adding five entities and eight addresses to the Entity List.", "addresses", 8),
    ("No person is added to or removed from the Entity List by this rule.", "added", 0),
]


@pytest.mark.parametrize(("sentence", "field", "value"), SENTENCES)
def test_odd_sentences_are_counted(sentence: str, field: str, value: int) -> None:
    assert getattr(stated(sentence), field) == value


def test_each_list_has_its_own_counts() -> None:
    read = counts(
        "BIS is adding three entities to the Entity List. This rule also adds one entity to the "
        "Military End-User "
        "(MEU) List and removes two entities from the Unverified List (UVL)."
    )
    assert read.by_list[Kind.ENTITY_LIST_RULE].added == 3
    assert read.by_list[Kind.MEU_LIST].added == 1
    assert read.by_list[Kind.UNVERIFIED_LIST].removed == 2
    assert read.by_list[Kind.ENTITY_LIST_RULE].removed == 0


def test_the_past_of_the_list_is_not_counted() -> None:
    read = stated(
        "Alfa and sixty-eight of its affiliates were added to the Entity List effective May 16, "
        "2031. BIS is now "
        "adding forty-six additional affiliates to the Entity List."
    )
    assert read.added == 46


def test_the_discussion_counts_where_the_summary_does_not() -> None:
    read = counts(
        "This rule adds Alfa to the Entity List.",
        "",
        "This final rule adds the following nine entities under ten entries to the Entity List:",
    )
    assert (read.by_list[Kind.ENTITY_LIST_RULE].entities, read.by_list[Kind.ENTITY_LIST_RULE].entries) == (
        9,
        10,
    )


def test_what_a_title_promises_without_a_number_stays_unknown() -> None:
    read = stated(
        "BIS is adding three entities to the Entity List.",
        "Addition of Entities to, and Removal of an Entity From the Entity List",
    )
    assert (read.added, read.removed, read.revised) == (3, None, 0)


def test_the_sentence_of_each_count_is_kept() -> None:
    read = counts("BIS is adding three entities to the Entity List.")
    assert read.quotes == {f"stated_counts.{Action.ADD}": "BIS is adding three entities to the Entity List."}


@pytest.mark.parametrize("brackets", ["({})", "[{}]"])
def test_a_country_counts_what_its_sentence_counts(brackets: str) -> None:
    def listed(**each: int) -> str:
        return ", ".join(f"{country} {brackets.format(count)}" for country, count in each.items())

    read = stated(
        f"BIS is adding four entities to the Entity List under the destinations of {listed(Canada=3, France=1)}. "
        f"Finally, this rule amends nine existing entries on the Entity List under {listed(Canada=2, Turkey=7)}."
    )
    assert read.by_country == {"CANADA": 3, "FRANCE": 1}
    assert (read.added, read.revised) == (4, 9)


@pytest.mark.parametrize("part", ["two addresses", "two aliases", "one address", "an alias"])
@pytest.mark.parametrize(("verb", "to"), [("removing", "from"), ("adding", "to")])
def test_a_part_of_an_entry_is_no_entry(part: str, verb: str, to: str) -> None:
    read = stated(
        "BIS is adding four entities to the Entity List. "
        f"This rule revises an entry by {verb} {part} {to} one entity under the destination of Turkey."
    )
    assert (read.added, read.removed, read.revised) == (4, 0, 1)


def test_revisions_of_several_sentences_are_summed_where_one_says_that_it_is_more() -> None:
    read = stated(
        "This rule revises one entry on the Entity List. "
        "Finally, this rule amends 27 existing entries on the Entity List."
    )
    assert read.revised == 28


@pytest.mark.parametrize("other", ["Validated End-User (VEU) List", "list of validated end-users", "Unverified List"])
def test_what_leaves_another_list_does_not_leave_the_entity_list(other: str) -> None:
    read = stated(f"BIS adds two entities to the Entity List and removes three entities from the {other}.")
    assert (read.added, read.removed) == (2, 0)
