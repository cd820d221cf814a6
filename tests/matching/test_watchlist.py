"""A reader's own names in what an alert tells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from samples import BASELINE, BODIES, CHANGED, FILED, LIST, NOTICE, NOW, READ, TEXT, alert, entry

from monitor.matching.watchlist import matches, matches_of_entry
from monitor.model.alerts import AlertBody, Digest, ListChanged
from monitor.model.changes import Addition, Change, FieldChange, Removal, Revision
from monitor.model.deadlines import CaughtUp, ClockNotice, NoticeKind, Quoted
from monitor.model.documents import Kind
from monitor.model.entries import Entry, SubEntry
from monitor.model.rules import Action, NamedEntry, RuleReading, RuleRow

GERMANY = "GERMANY"


def named(name: str, *, country: str = GERMANY, **parts: object) -> Entry:
    return structs.replace(entry(name, country), **parts)


def why(wanted: str, printed: str) -> str:
    """Why a name of the reader is believed to be a printed one; empty where it is not."""
    found = matches_of_entry([wanted], named(printed, cells=entry("Nobody").cells))
    return found[0].how if found else ""


@pytest.mark.parametrize(
    ("wanted", "printed", "how"),
    [
        ("Alfa Optronik GmbH", "Alfa Optronik GmbH", "same name"),
        ("alfa optronik gmbh", "ALFA OPTRONIK, GmbH", "same name"),
        ("Alfa Optronik", "Alfa Optronik GmbH", "same name but for its legal form or spacing"),
        ("Alfa Optronik Co., Ltd.", "Alfa Optronik LLC", "same name but for its legal form or spacing"),
        ("Alfa Optronik L.L.C.", "Alfa Optronik LLC", "same name"),
        ("OOO Zvezda Plus", "Zvezda Plus, LLC", "same name but for its legal form or spacing"),
        ("Müller Präzision AG", "Muller Prazision AG", "same name"),
        ("Hi-Tech Rotor", "HiTech Rotor Ltd.", "same name but for its legal form or spacing"),
        ("Xi'an Rotor", "Xi’an Rotor", "same name"),
        ("Rotorwerk", "Rotorwerk Beijing Research Institute Co., Ltd.", "all words of your name"),
        ("Rotorwerk Beijing", "Beijing Rotorwerk Technologies", "all words of your name"),
        ("Rotorwerk Beijing Trading", "Rotorwerk Trading", "it is part of your name"),
        ("Rotorwerke Technologies", "Rotorwerk Technologies", "nearly the same: 98 %"),
        ("Kaiserslautern Optik", "Kaiserslauten Optik", "nearly the same: 97 %"),
        ("Institute of Physics", "Institute of Physics", "same name"),
        ("State Research Institute", "Beijing State Research Institute", "your name is part of it"),
        # not the same
        ("Technology", "Rotorwerk Technology Co., Ltd.", ""),
        ("Research", "Rotorwerk Research", ""),
        ("China", "China Rotorwerk", ""),
        ("Germany", "Rotorwerk Germany GmbH", ""),
        ("Co., Ltd.", "Rotorwerk Co., Ltd.", ""),
        ("7", "Plant 7", ""),
        ("Rotor", "Rotorwerk", ""),
        ("Alfa Technology Research Institute", "Beta Technology Research Institute", ""),
        ("Henan Electronics Import and Export", "Hainan Electronics Import and Export", ""),
        ("Rotorwerk Plant 27", "Rotorwerk Plant 28", ""),
        ("Rotorwerk II", "Rotorwerk III", ""),
        ("Nordin", "Norden", ""),
        ("Rotorwerk", "Rotor Works", ""),
        ("…", "…", ""),
    ],
)
def test_a_name_is_found_where_it_is_the_same_and_the_reason_is_given(wanted: str, printed: str, how: str) -> None:
    assert why(wanted, printed) == how


def test_aliases_and_names_inside_an_entry_are_found_with_what_they_are() -> None:
    inner = SubEntry("Gamma Werk", aliases=("GW Holding Nord",))
    found = named("Alfa Optik", aliases=("Beta Optik",), further_names=("Delta Optik",), sub_entries=(inner,))
    wanted = ("Beta Optik", "Delta Optik", "Gamma Werk", "GW Holding Nord")
    assert [(m.wanted, m.found, m.how) for m in matches_of_entry(wanted, found)] == [
        ("Beta Optik", "Beta Optik", "alias of Alfa Optik (same name)"),
        ("Delta Optik", "Delta Optik", "named inside the entry of Alfa Optik (same name)"),
        ("Gamma Werk", "Gamma Werk", "listed inside the entry of Alfa Optik (same name)"),
        ("GW Holding Nord", "GW Holding Nord", "alias of Gamma Werk, inside the entry of Alfa Optik (same name)"),
    ]


def test_the_own_name_counts_before_an_alias_and_each_name_is_found_once() -> None:
    (found,) = matches_of_entry(["Alfa Optik"], named("Alfa Optik GmbH", aliases=("Alfa Optik", "Alfa Optic")))
    assert (found.found, found.score) == ("Alfa Optik GmbH", 100.0)


def test_a_name_in_a_cell_that_could_not_be_split_is_found() -> None:
    cells = structs.replace(entry("Alfa").cells, entity="Alfa Optik and its branch Beta Mess, 1 Street, Jena")
    (found,) = matches_of_entry(["Beta Mess GmbH"], named("Alfa Optik", cells=cells, whole=True))
    assert (found.how, found.found) == ("named inside this entry", "Alfa Optik")


# -- lists


def list_of(*changes: Change) -> ListChanged:
    return structs.replace(LIST, changes=changes, notes=())


def test_the_change_of_an_entry_is_named() -> None:
    alfa, beta = named("Alfa Optik"), named("Beta Mess")
    renamed = Revision(named("Gamma Alt"), named("Gamma Neu"), (FieldChange("name", "Gamma Alt", "Gamma Neu"),))
    found = matches(["Alfa Optik", "Beta Mess", "Gamma Alt"], list_of(Addition(alfa), Removal(beta), renamed))
    assert [(m.wanted, m.action, m.country, m.how) for m in found] == [
        ("Alfa Optik", "added", GERMANY, "same name"),
        ("Beta Mess", "removed", GERMANY, "same name"),
        ("Gamma Alt", "revised", GERMANY, "before the revision (same name)"),
    ]


def test_a_name_that_is_listed_in_two_countries_is_found_twice() -> None:
    found = matches(
        ["Alfa Optik"], list_of(Addition(named("Alfa Optik")), Addition(named("Alfa Optik", country="IRAN")))
    )
    assert [m.country for m in found] == [GERMANY, "IRAN"]


def test_mergers_and_separations_are_revisions() -> None:
    assert [m.action for m in matches(["Delta Branch", "Epsilon Institute"], LIST)] == ["revised", "revised"]


def test_many_names_and_many_entries_take_no_time_worth_noting() -> None:
    names = [f"Wanted{n:04}x Maschinenbau" for n in range(1000)]
    changes = list_of(*(Addition(named(f"Printed{n:04}y Maschinenbau")) for n in range(500)))
    assert matches(names, changes) == ()


# -- documents


def reading(**parts: object) -> RuleReading:
    return structs.replace(RuleReading(document_number="2031-00001", kind=Kind.ENTITY_LIST_RULE), **parts)


def row(name: str, action: Action | None = Action.ADD, **parts: object) -> RuleRow:
    plain = RuleRow(
        country=GERMANY,
        name=name,
        entity=name,
        action=action,
        license_requirement="",
        license_review_policy="",
        citation="",
    )
    return structs.replace(plain, **parts)


def test_every_group_of_a_rule_is_searched() -> None:
    said = reading(
        added=(NamedEntry(GERMANY, "Alfa Optik"),),
        revised=(NamedEntry(GERMANY, "Beta Mess"),),
        removed=(NamedEntry(GERMANY, "Gamma Werk"),),
        moved=(NamedEntry(GERMANY, "Delta Bahn"),),
        reworded=(NamedEntry(GERMANY, "Epsilon Chemie"),),
    )
    found = matches(
        ["Alfa Optik", "Beta Mess", "Gamma Werk", "Delta Bahn", "Epsilon Chemie"], structs.replace(FILED, reading=said)
    )
    assert [(m.found, m.action) for m in found] == [
        ("Alfa Optik", "added"),
        ("Beta Mess", "revised"),
        ("Gamma Werk", "removed"),
        ("Delta Bahn", "revised"),
        ("Epsilon Chemie", "revised"),
    ]


def test_the_aliases_of_a_row_are_found_and_so_are_names_in_a_cell_of_plain_text() -> None:
    alfa = row("Alfa Optik", aliases=("Beta Mess",))
    plain = row("Gamma Werk", entity="Gamma Werk, a.k.a., the following one alias: Delta Bahn. 1 Street, Jena")
    said = reading(added=(NamedEntry(GERMANY, "Alfa Optik"), NamedEntry(GERMANY, "Gamma Werk")), rows=(alfa, plain))
    found = matches(["Beta Mess", "Delta Bahn"], structs.replace(FILED, reading=said))
    assert [(m.found, m.action, m.how) for m in found] == [
        ("Beta Mess", "added", "alias of Alfa Optik (same name)"),
        ("Gamma Werk", "added", "named inside this entry"),
    ]


def test_a_row_without_its_entry_is_found_too() -> None:
    (found,) = matches(["Alfa Optik"], structs.replace(FILED, reading=reading(rows=(row("Alfa Optik", None),))))
    assert found.action == "named"


def test_what_is_kept_of_a_rule_keeps_the_names_of_its_rows() -> None:
    assert READ.reading is not None
    assert [m.how for m in matches(["Huawei Technologies Co., Ltd."], READ)][:1] == ["same name"]
    assert READ.reading.rows


def test_prose_is_searched_for_whole_words_where_no_entry_has_the_name() -> None:
    event = structs.replace(FILED, title="Order Denying Export Privileges; Alfa Optik GmbH", abstract="Of Beta Messer.")
    (found,) = matches(["Alfa Optik", "Beta Mess", "Order", "Technology"], event)
    assert (found.wanted, found.action, found.country, found.how) == ("Alfa Optik", "named", "", "named in the title")
    said = structs.replace(event, reading=reading(added=(NamedEntry(GERMANY, "Alfa Optik"),)))
    assert [m.how for m in matches(["Alfa Optik"], said)] == ["same name"]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [("Target", "We target the exports of others."), ("Entity", "The Entity List"), ("Ear", "subject to the EAR")],
)
def test_one_word_of_prose_is_a_name_only_where_it_is_written_as_one(wanted: str, said: str) -> None:
    assert matches([wanted], structs.replace(FILED, title=said)) == ()
    assert matches(["Target"], structs.replace(FILED, title="Order against Target GmbH")) != ()


def test_what_changed_is_searched() -> None:
    assert matches(["Alfa Technologies"], CHANGED)[0].how == "named in what changed"


# -- everything else


NOTICE_OF_THE_CLOCK = ClockNotice(
    key="k",
    thread="t",
    kind=NoticeKind.REMINDER,
    on=date(2031, 3, 2),
    title="General License 5",
    headline="General License 5 ends tomorrow",
    says="It ends tomorrow.",
    quotes=(Quoted("2031-00001", "Exports to Alfa Optik and its affiliates are authorized."),),
)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (NOTICE_OF_THE_CLOCK, "Alfa Optik"),
        (
            CaughtUp(
                key="k",
                since=date(2031, 3, 1),
                today=date(2031, 3, 2),
                headline="1 notice",
                notices=(NOTICE_OF_THE_CLOCK,),
            ),
            "Alfa Optik",
        ),
        (TEXT, "August 19, 2019"),
        (structs.replace(BASELINE, pending=(READ,)), "Huawei Technologies Co., Ltd."),
        (Digest(since=NOW, until=NOW, alerts=(alert(LIST), alert(TEXT))), "Gamma Optics"),
    ],
)
def test_every_kind_of_alert_is_searched(body: AlertBody, wanted: str) -> None:
    assert [match.wanted for match in matches([wanted], body)][:1] == [wanted]


def test_what_is_reported_of_the_monitor_itself_is_not_searched() -> None:
    assert matches(["Entity List"], NOTICE) == ()


@pytest.mark.parametrize("name", sorted(BODIES))
def test_without_names_nothing_is_found(name: str) -> None:
    assert matches([], BODIES[name]) == ()


LETTERS = st.text(st.characters(categories=("L", "N", "Z", "P")), max_size=30)


@given(st.lists(LETTERS, max_size=4), LETTERS)
def test_whatever_the_names_are_what_is_found_is_asked_for_and_explained(names: list[str], printed: str) -> None:
    for match in matches_of_entry(names, named(printed)):
        assert match.wanted in names
        assert match.how
        assert 0 < match.score <= 100


@given(st.lists(st.sampled_from(("technology", "research", "institute", "china", "trading", "group")), min_size=1))
def test_common_words_alone_find_only_the_very_name_or_phrase(words: list[str]) -> None:
    wanted = " ".join(words)
    printed = f"Rotorwerk {words[0]} Optik"
    assert all(len(words) > 1 for _ in matches_of_entry([wanted], named(printed, cells=entry("Nobody").cells)))
