"""Amendatory instructions: generated ones in every shape the law prints them, and the odd ones by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.law.rules.amendments import Amendment
from monitor.law.rules.instructions import InstructionReading, read_instructions
from monitor.model.rules import Action, Kind

HEADINGS = {
    "CHINA, PEOPLE'S REPUBLIC OF": ("CHINA, PEOPLE'S REPUBLIC OF", "China", "the People's Republic of China"),
    "UNITED ARAB EMIRATES": ("UNITED ARAB EMIRATES", "the United Arab Emirates", "the U.A.E"),
    "RUSSIA": ("RUSSIA", "Russia", "the Russian Federation"),
    "CRIMEA REGION OF UKRAINE": ("CRIMEA REGION OF UKRAINE", "Crimea Region of Ukraine"),
    "TURKEY": ("TURKEY", "Turkey", "Türkiye"),
    "SOUTH AFRICA": ("SOUTH AFRICA", "South Africa"),
}
VERBS = {Action.ADD: "add", Action.REVISE: "revis", Action.REMOVE: "remov"}
WORDS = [
    "Alfa",
    "Beta-Tech",
    "O'Neil",
    "Zavod",
    "Gulf",
    "42nd",
    "R&D",
    "Institute of Optics",
    "NPO",
    "Kaz.",
    "Österreich",
]
FORMS = [
    "",
    " Co., Ltd.",
    ", LLC",
    " FZE",
    " (AGT)",
    " Ltd. (f.k.a., Old Name)",
    ", a subsidiary of Gamma, Inc.",
    " S.R.O.",
]
names = st.builds(
    lambda words, form: " ".join(words) + form,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
    st.sampled_from(FORMS),
)
Clause = tuple[str, Action, list[str]]
clauses = st.tuples(
    st.sampled_from(sorted(HEADINGS)),
    st.sampled_from(list(Action)),
    st.lists(names, min_size=1, max_size=4, unique=True),
)
QUOTING = {
    "semicolons outside": ("“{}”; ", "“{}”; and ", "“{}”"),
    "semicolons inside": ("“{};” ", "“{};” and ", "“{}”"),
    "commas inside": ("“{},” ", "“{},” and ", "“{}”"),
    "straight": ('"{}"; ', '"{}"; and ', '"{}"'),
}


def amendment(text: str, list_: Kind = Kind.ENTITY_LIST_RULE) -> Amendment:
    return Amendment(number="2", text=text, provision="supplement 4 to part 744", part="744", list=list_)


def read(text: str) -> InstructionReading:
    return read_instructions((amendment(text.replace('"', "“") if "“" not in text and "”" not in text else text),))


def entries(reading: InstructionReading) -> set[tuple[str, Action, str]]:
    return {(i.country, i.action, name) for i in reading.instructions for name in i.names}


def expected(items: list[Clause]) -> set[tuple[str, Action, str]]:
    return {(country, action, name) for country, action, listed in items for name in listed}


def quoted(listed: list[str], style: str) -> str:
    if style == "straight":
        style = "semicolons outside"
    between, last_but_one, last = QUOTING[style]
    parts = [between.format(n) for n in listed[:-2]]
    parts += [last_but_one.format(n) for n in listed[-2:-1]]
    return "".join([*parts, last.format(listed[-1])])


def act(action: Action, listed: list[str], style: str, *, capital: bool = False) -> str:
    verb = VERBS[action].capitalize() if capital else VERBS[action]
    order = ", in alphabetical order," if action is Action.ADD else ""
    noun = "the" if action is not Action.ADD else ("an" if len(listed) == 1 else "")
    noun = f"{noun} {'entry' if len(listed) == 1 else 'entries'}".strip()
    return f"{verb}ing{order} {noun} for {quoted(listed, style)}"


def item(clause: Clause, *, country_name: str, shape: str, style: str) -> str:
    _, action, listed = clause
    if shape == "before":
        return f"Under {country_name}, by {act(action, listed, style)}"
    if shape == "destination":
        return f"Under the destination of {country_name}, by {act(action, listed, style)}"
    if shape == "colon":
        return f"Under {country_name}:\ni. {act(action, listed, style, capital=True)}"
    return f"By {act(action, listed, style)} under {country_name}"


def labels(style: str, count: int) -> list[str]:
    roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"]
    sets = {
        "letters": list("abcdefgh"),
        "roman": roman,
        "numbers": [str(n) for n in range(1, 9)],
        "capitals": list("ABCDEFGH"),
    }
    return sets[style][:count]


@st.composite
def instructions(draw: st.DrawFn) -> tuple[str, list[Clause]]:
    items = draw(st.lists(clauses, min_size=1, max_size=5))
    label_style = draw(st.sampled_from(["letters", "roman", "numbers", "capitals"]))
    shapes = ["before", "destination", "after"] + (["colon"] if label_style == "letters" else [])
    separator = draw(st.sampled_from(["\n", " "]))
    form = draw(st.sampled_from(["{}. ", "({}) "]))
    style = draw(st.sampled_from(["semicolons outside", "semicolons inside", "commas inside"]))
    lines = []
    for label, clause in zip(labels(label_style, len(items)), items, strict=True):
        country_name = draw(st.sampled_from(HEADINGS[clause[0]]))
        shape = draw(st.sampled_from(shapes))
        lines.append(form.format(label) + item(clause, country_name=country_name, shape=shape, style=style))
    head = draw(st.sampled_from(["Supplement No. 4 to part 744 is amended:", "Amend supplement no. 4 to part 744 by:"]))
    ending = draw(st.sampled_from([".", " to read as follows:", "."]))
    joined = "".join(f"{line};{' and' if n == len(lines) - 2 else ''}{separator}" for n, line in enumerate(lines[:-1]))
    return f"{head}{separator}{joined}{lines[-1]}{ending}", items


@given(instructions())
def test_generated_instructions_are_read_back_whole(case: tuple[str, list[Clause]]) -> None:
    text, items = case
    reading = read(text)
    assert entries(reading) == expected(items)
    assert reading.unread == ()


@given(clauses, st.data())
def test_a_missing_quotation_mark_loses_no_name(clause: Clause, data: st.DataObject) -> None:
    country, action, listed = clause
    line = f"Under {country}, by {act(action, listed, 'semicolons outside')}"
    marks = [index for index, sign in enumerate(line) if sign in "“”"]
    missing = data.draw(st.sampled_from(marks))
    reading = read(line[:missing] + line[missing + 1 :] + ".")
    found = {name.rstrip(".") for _, _, name in entries(reading)}
    assert found == {name.rstrip(".") for name in listed}


@given(st.lists(clauses, min_size=2, max_size=4, unique_by=lambda clause: clause[1]))
def test_several_verbs_in_one_item_share_its_country(items: list[Clause]) -> None:
    country = items[0][0]
    acts = " and by ".join(act(action, listed, "semicolons outside") for _, action, listed in items)
    reading = read(f"Supplement No. 4 to part 744 is amended under {country}, by {acts}.")
    assert entries(reading) == {(country, action, name) for _, action, listed in items for name in listed}


@given(st.lists(st.sampled_from(sorted(HEADINGS)), min_size=2, max_size=4, unique=True), names)
def test_countries_follow_one_another_in_one_paragraph(countries: list[str], name: str) -> None:
    acts = "; ".join(f"under {c}, by {act(Action.REMOVE, [name], 'semicolons outside')}" for c in countries)
    assert entries(read(f"Supplement no. 4 to part 744 is amended {acts}.")) == {
        (c, Action.REMOVE, name) for c in countries
    }


@given(clauses, st.sampled_from(["relisting", "striking", "moving", "suspending", "transposing"]))
def test_an_unknown_verb_is_named_and_changes_nothing(clause: Clause, verb: str) -> None:
    country, _, listed = clause
    reading = read(f"Under {country}, by {verb} the entries for {quoted(listed, 'semicolons outside')}.")
    assert reading.instructions == ()
    assert any(verb in sentence for sentence in reading.unread)


ODD = [
    ("Under IRAN, by adding, in alphabetical order, an entry “Alfa”;", ("IRAN", Action.ADD, "Alfa")),
    ("Under IRAN, by adding an entry for Alfa Co., Ltd.;", ("IRAN", Action.ADD, "Alfa Co., Ltd")),
    (
        "Under IRAN, adding an entry in alphabetical order for “Alfa Limited.”",
        ("IRAN", Action.ADD, "Alfa Limited."),
    ),
    ("Under the heading of IRAN by removing the existing entry for “Alfa”;", ("IRAN", Action.REMOVE, "Alfa")),
    (
        "In the entry for “Alfa” under IRAN, remove “Old Street” and add “New Street” in its place.",
        ("IRAN", Action.REVISE, "Alfa"),
    ),
    ("Under “IRAN”, by removing the entry for “Alfa”.", ("IRAN", Action.REMOVE, "Alfa")),
    ("By removing the entry for “Alfa” under “IRAN.”", ("IRAN", Action.REMOVE, "Alfa")),
    (
        "Under IRAN, by revising the entry for “Alfa” to remove the alias “Beta”.",
        ("IRAN", Action.REVISE, "Alfa"),
    ),
    ("Under IRAN, by removing the alias “Beta” from the entry for “Alfa”.", ("IRAN", Action.REVISE, "Alfa")),
    ("Under UTOPIA, by adding an entry for “Alfa”.", ("UTOPIA", Action.ADD, "Alfa")),
    ("Under IRAN, add an entry for “JSC “Alfa” Plant”;", ("IRAN", Action.ADD, "JSC “Alfa” Plant")),
]


@pytest.mark.parametrize(("text", "entry"), ODD)
def test_odd_wordings_are_read(text: str, entry: tuple[str, Action, str]) -> None:
    assert entries(read(text)) == {entry}


def test_counts_without_names_are_kept_as_counts() -> None:
    reading = read("Under Pakistan, by adding, in alphabetical order, eleven entries and by revising one entry;")
    assert [(i.country, i.action, i.count) for i in reading.instructions] == [
        ("PAKISTAN", Action.ADD, 11),
        ("PAKISTAN", Action.REVISE, 1),
    ]


def test_a_sweep_over_a_column_is_no_revision_of_named_entries() -> None:
    reading = read("By revising the License Requirement column of the other 92 entries for Alfa and its affiliates.")
    assert [(i.sweep, i.names) for i in reading.instructions] == [(True, ())]


def test_names_without_quotation_marks_that_run_together_are_not_guessed() -> None:
    reading = read("Under IRAN, by adding entries for Alfa, Ltd., Beta and Sons and Gamma.")
    assert reading.instructions == ()
    assert "where one ends cannot be told" in reading.unread[0]


def test_items_below_an_item_take_its_verb() -> None:
    reading = read("Under IRAN, by removing the entries for:\ni. “Alfa”;\nii. “Beta”; and\niii. “Gamma”.")
    assert entries(reading) == {("IRAN", Action.REMOVE, n) for n in ("Alfa", "Beta", "Gamma")}


def test_instructions_to_other_provisions_are_left_alone() -> None:
    other = Amendment(
        number="3", text="Section 746.8 is amended by removing “x”.", provision="746.8", part="746", list=None
    )
    assert read_instructions((other,)) == InstructionReading((), (), elsewhere=(("3", "746.8"),))


def test_labels_of_items_make_the_number_of_an_instruction() -> None:
    reading = read(
        "Amended:\na. Under IRAN:\ni. Adding an entry for “Alfa”;\nii. Removing the entry for "
        "“Beta”;\nb. Under IRAQ, by revising the entry for “Gamma”."
    )
    assert [i.number for i in reading.instructions] == ["2.a.i", "2.a.ii", "2.b"]


@pytest.mark.parametrize(
    ("heading", "country"),
    [
        ("the Russian Federation", "RUSSIA"),
        ("China, People's Republic of", "CHINA, PEOPLE'S REPUBLIC OF"),
        ("People’s Republic of China", "CHINA, PEOPLE'S REPUBLIC OF"),
    ],
)
@pytest.mark.parametrize("after", [" by adding “Alfa”", ", by adding “Alfa”", " add “Alfa”"])
def test_a_heading_is_the_country_whatever_list_of_countries_has_it(heading: str, country: str, after: str) -> None:
    reading = read(f"Supplement No. 4 to part 744 is amended:\na. Under {heading}{after};")
    assert [(i.country, i.names) for i in reading.instructions] == [(country, ("Alfa",))]
    assert reading.unread == ()


@pytest.mark.parametrize("heading", ["LAND OF NOWHERE", "CHINA MAINLAND"])
def test_a_heading_that_is_no_known_country_stays_as_printed_and_is_said(heading: str) -> None:
    reading = read(f"Supplement No. 4 to part 744 is amended:\na. Under {heading}, by adding an entry for “Alfa”;")
    assert [(i.country, i.names) for i in reading.instructions] == [(heading, ("Alfa",))]
    assert [f"names “{heading}”, which is no country that this reader knows." in s for s in reading.unread] == [True]


def test_two_countries_without_a_comma_are_no_heading() -> None:
    reading = read("Supplement No. 4 to part 744 is amended:\na. Under China Hong Kong by adding “Alfa”;")
    assert [i.country for i in reading.instructions] == [""]


@pytest.mark.parametrize(("count", "counts"), [("two", [2]), ("22", [22]), ("Two", [])])
def test_a_number_that_begins_a_sentence_instructs_nothing(count: str, counts: list[int]) -> None:
    reading = read(f"Supplement No. 4 to part 744 is amended:\na. Under China, by adding {count} entities.")
    assert [i.count for i in reading.instructions] == counts


COUNTRY_LINES = [
    "Under IRAN,",
    "Under IRAN.",
    "Under IRAN",
    "Under IRAN—",
    "Under IRAN, by:",
    "Under the heading of IRAN:",
    "In the entries under IRAN:",
]


@pytest.mark.parametrize("line", COUNTRY_LINES)
@pytest.mark.parametrize("labels", [("a.", "i.", "ii."), ("A.", "1.", "2."), ("(a)", "(1)", "(2)"), ("a.", "b.", "c.")])
def test_a_country_line_governs_what_stands_below_it_however_it_ends(line: str, labels: tuple[str, str, str]) -> None:
    first, second, third = labels
    reading = read(
        f"Amended:\n{first} {line}\n{second} Adding an entry for “Alfa”; and\n{third} Removing the entry for “Beta”."
    )
    assert entries(reading) == {("IRAN", Action.ADD, "Alfa"), ("IRAN", Action.REMOVE, "Beta")}
    assert reading.unread == ()


@pytest.mark.parametrize(
    "opening",
    [
        "Under IRAN by",
        "Under IRAN—by",
        "Under IRAN – by",
        "Under IRAN: by",
        "Under IRAN. By",
        "In IRAN, by",
        "For IRAN, by",
        "With respect to the destination of IRAN, by",
    ],
)
def test_a_country_before_its_verb_is_read_however_it_is_printed(opening: str) -> None:
    reading = read(f"Amended:\na. {opening} adding, in alphabetical order, entries for “Alfa” and “Beta”.")
    assert entries(reading) == {("IRAN", Action.ADD, "Alfa"), ("IRAN", Action.ADD, "Beta")}
    assert reading.unread == ()


SEVERAL = ["CANADA, INDIA, and IRAN", "each of CANADA, INDIA and IRAN", "the destinations of Canada, India, and Iran"]


@pytest.mark.parametrize("countries", SEVERAL)
@pytest.mark.parametrize(
    "shape", ["Under {}, removing the entry for “Alfa”.", "By removing the entry for “Alfa” under {}."]
)
def test_an_instruction_to_several_countries_is_one_to_each(countries: str, shape: str) -> None:
    reading = read(f"Amended:\na. {shape.format(countries)}")
    assert entries(reading) == {(c, Action.REMOVE, "Alfa") for c in ("CANADA", "INDIA", "IRAN")}
    assert reading.unread == ()


def test_the_passive_governs_what_stands_before_it() -> None:
    reading = read(
        "Amended:\na. Under IRAN, an entry for “Alfa” is added in alphabetical order, and the entries for “Beta” and "
        "“Gamma” are removed."
    )
    assert entries(reading) == {
        ("IRAN", Action.ADD, "Alfa"),
        ("IRAN", Action.REMOVE, "Beta"),
        ("IRAN", Action.REMOVE, "Gamma"),
    }
    assert reading.unread == ()


def test_a_verb_goes_on_over_a_second_entry() -> None:
    reading = read("Amended:\na. Under IRAN, by removing the entry for “Alfa” and the entry for “Beta”.")
    assert entries(reading) == {("IRAN", Action.REMOVE, "Alfa"), ("IRAN", Action.REMOVE, "Beta")}
    assert reading.unread == ()


def test_lines_without_markers_are_items_of_their_own() -> None:
    reading = read("Amended:\nUnder IRAN, by revising one entry;\nUnder IRAQ, by adding two entries.")
    assert [(i.country, i.action, i.count) for i in reading.instructions] == [
        ("IRAN", Action.REVISE, 1),
        ("IRAQ", Action.ADD, 2),
    ]


def test_a_marker_without_a_blank_begins_an_item() -> None:
    reading = read(
        "Amended:\na. Under IRAN, by adding an entry for “Alfa”;\nb.By removing the entry for “Beta” under IRAQ."
    )
    assert entries(reading) == {("IRAN", Action.ADD, "Alfa"), ("IRAQ", Action.REMOVE, "Beta")}


MARKS = ["‘{}’", "'{}'", "”{}”", "«{}»", "„{}“", "““{}””", "“ {} ”"]


@pytest.mark.parametrize("marks", MARKS)
def test_a_name_is_the_same_in_whatever_marks(marks: str) -> None:
    text = f"Amended:\na. Under IRAN, by adding an entry for {marks.format('Alfa Co., Ltd.')}."
    (found,) = read_instructions((amendment(text),)).instructions
    assert found.names == ("Alfa Co., Ltd.",)


def test_a_lost_opening_mark_after_a_separator_within_the_marks_loses_no_name() -> None:
    reading = read("Amended:\na. Under IRAN, adding entries for “Alfa Ltd.;” Beta Works Co., Ltd.;” and “Gamma, Ltd.;”")
    assert [i.names for i in reading.instructions] == [("Alfa Ltd.", "Beta Works Co., Ltd.", "Gamma, Ltd.")]


UNREAD = [
    ("Under IRAN, by adding an entry for “Alfa” Beta Works;", "“Beta”, “Works”"),
    ("Under IRAN, an entry for “Alfa”;", "does not say what is done"),
    ("Under IRAN, Georgia, by adding an entry for “Alfa” Malta;", "“Malta”"),
    ("Under IRAN, by removing all entries.", "removes the heading IRAN with every entry under it"),
    ("Removing the entry for “IRAN”.", "removes the heading IRAN with every entry under it"),
]


@pytest.mark.parametrize(("text", "sentence"), UNREAD)
def test_words_that_no_pattern_took_are_kept_and_said(text: str, sentence: str) -> None:
    assert sentence in "\n".join(read(f"Amended:\na. {text}").unread)


def test_a_supplement_that_is_amended_does_nothing_to_the_entries_that_follow() -> None:
    reading = read("Supplement no. 4 to part 744 is amended under IRAN, two entries to read as follows:")
    assert reading.instructions == ()
    assert "does not know: “amend”" in reading.unread[0]


def test_every_instruction_is_read_or_concerns_something_else_or_is_not_read() -> None:
    texts = ("a. Under IRAN, by adding an entry for “Alfa”.", "Revising footnote 3.", "is amended by:")
    amendments = tuple(
        Amendment(
            number=str(n), text=text, provision="supplement 4 to part 744", part="744", list=Kind.ENTITY_LIST_RULE
        )
        for n, text in enumerate(texts, 1)
    )
    reading = read_instructions(amendments)
    assert [i.number for i in reading.instructions] == ["1.a"]
    assert reading.elsewhere == (("2", "supplement 4 to part 744"),)
    assert reading.unread == ("Instruction 3 (“is amended by:”) opens items that do not follow.",)
