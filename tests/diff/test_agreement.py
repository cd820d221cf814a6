"""A rule against the codified list."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from monitor.diff.agreement import agreement_sentence, reconcile
from monitor.model.documents import Kind
from monitor.model.entries import Cells, Entry, SubEntry
from monitor.model.rules import NamedEntry, RuleReading, RuleRow

CELLS = Cells("", "", "", "")
NAMES = st.lists(st.sampled_from(["Alfa Ltd.", "Beta LLC", "Gamma", "Delta Co., Ltd.", "Epsilon"]), unique=True)


def rule(added: list[str], removed: list[str] | None = None, country: str = "IRAN") -> RuleReading:
    return RuleReading(
        document_number="1",
        kind=Kind.ENTITY_LIST_RULE,
        added=tuple(NamedEntry(country, name) for name in added),
        removed=tuple(NamedEntry(country, name) for name in removed or []),
    )


def entry(name: str, country: str = "IRAN", inner: str = "") -> Entry:
    subs = (SubEntry(inner),) if inner else ()
    return Entry(country=country, name=name, cells=CELLS, sub_entries=subs)


@given(NAMES, NAMES)
def test_what_is_found_and_what_is_missing_is_what_was_expected(added: list[str], listed: list[str]) -> None:
    found = reconcile(rule(added), [entry(name) for name in listed])
    assert found.found + len(found.missing) == found.expected == len(added)
    assert {e.name for e in found.missing} == set(added) - set(listed)
    assert found.whole == (set(added) <= set(listed))


def test_the_heading_of_a_country_may_be_spelled_otherwise() -> None:
    assert reconcile(rule(["Alfa"], country="CHINA"), [entry("Alfa", "CHINA, PEOPLE'S REPUBLIC OF")]).whole


def test_the_same_name_under_another_country_is_missing() -> None:
    assert not reconcile(rule(["Alfa"]), [entry("Alfa", "PAKISTAN")]).whole


def test_an_entry_inside_another_one_is_found() -> None:
    assert reconcile(rule(["Alfa"]), [entry("Beta", inner="Alfa")]).whole


def test_what_a_rule_removed_must_be_absent() -> None:
    found = reconcile(rule([], ["Alfa"]), [entry("Alfa")])
    assert [e.name for e in found.still] == ["Alfa"]
    assert "removed by the rule and still there: Alfa (Iran)" in agreement_sentence(found, "84 FR 1")


def test_the_sentence_counts_and_names() -> None:
    found = reconcile(rule(["Alfa", "Beta"]), [entry("Alfa")])
    assert agreement_sentence(found, "84 FR 1") == (
        "84 FR 1: 1 of 2 entries that it adds or revises are in the list; not found: Beta (Iran)."
    )


def test_an_ending_that_one_side_cuts_off_is_no_difference() -> None:
    assert reconcile(rule(["Alfa Beta"]), [entry("Alfa Beta, PT")]).whole
    assert not reconcile(rule(["Alfa Beta"]), [entry("Alfa Gamma, PT")]).whole
    assert not reconcile(rule(["Alfa Beta"]), [entry("Alfa Beta, PT", country="CUBA")]).whole


def test_another_policy_than_the_rule_printed_is_reported() -> None:
    row = RuleRow(
        country="IRAN",
        name="Alfa",
        entity="Alfa, Tehran, Iran.",
        license_requirement="For all items.",
        license_review_policy="Policy of denial.",
        citation="",
    )
    reading = structs.replace(rule(["Alfa"]), rows=(row,))
    same = Entry(country="IRAN", name="Alfa", cells=Cells("", "For all items", "Policy of denial", ""))
    other = Entry(country="IRAN", name="Alfa", cells=Cells("", "For all items", "Case-by-case", ""))
    assert reconcile(reading, [same]).whole
    assert "under another requirement or policy: Alfa (Iran)" in agreement_sentence(
        reconcile(reading, [other]), "84 FR 1"
    )
    assert reconcile(reading, [other, other]).different == ()
