"""The facts of a rule stand in one table, and it leaves none out."""

from datetime import date

import pytest
from msgspec import structs

from monitor.diff.documents import differences
from monitor.diff.rule_facts import BY_FIELD, COMPARED, RULE_FACTS, About, RuleFact, all_days, last_days
from monitor.model.documents import Kind
from monitor.model.rules import DateBase as Base
from monitor.model.rules import (
    GeneralLicenseAction,
    LicenseStatus,
    NamedEntry,
    PartialDate,
    RuleReading,
    SavingsClause,
    SymbolicDate,
)

DAY = date(2031, 3, 3)
ONE = (NamedEntry("GERMANY", "Alfa Optik"),)
# A value of each fact, other than that of an empty reading.
EXAMPLES: dict[str, object] = {
    "kind": Kind.GENERAL_LICENSE,
    "added": ONE,
    "revised": ONE,
    "removed": ONE,
    "moved": ONE,
    "reworded": ONE,
    "effective_on": DAY,
    "applicable_on": DAY,
    "effective_through": DAY,
    "delayed_until": DAY,
    "partial_dates": (PartialDate("paragraph (b)", DAY),),
    "symbolic_dates": (SymbolicDate("effective_on", "on publication", Base.PUBLICATION),),
    "license_requirement": "For all items.",
    "license_review_policy": "Presumption of denial.",
    "license_exceptions": "None.",
    "savings_clause": SavingsClause(en_route_on=DAY),
    "general_license": GeneralLicenseAction(name="General License", status=LicenseStatus.ISSUED),
    "comments_close_on": DAY,
    "stated_reason": "They acted against the national security.",
    "footnotes": ("1",),
}
# What a reading holds beside the facts: whose reading it is, how sure it is, and what the facts were read from.
NO_FACTS = {
    "document_number", "also", "reasons", "stated_counts", "rows", "instructions", "corrects", "agreement", "quotes",
    "unread",
}  # fmt: skip
EMPTY = RuleReading(document_number="2031-00001", kind=Kind.ENTITY_LIST_RULE)
ids = [fact.field for fact in RULE_FACTS]


def with_fact(fact: RuleFact) -> RuleReading:
    return structs.replace(EMPTY, **{fact.field: EXAMPLES[fact.field]})


def test_every_field_of_a_reading_is_a_fact_or_is_known_to_be_none() -> None:
    assert {field.name for field in structs.fields(RuleReading)} == set(BY_FIELD) | NO_FACTS
    assert len(BY_FIELD) == len(RULE_FACTS)


@pytest.mark.parametrize("fact", [fact for fact in RULE_FACTS if fact.about is not About.KIND], ids=ids[1:])
def test_a_fact_has_a_heading_and_a_line_in_a_mail_where_the_rule_states_it(fact: RuleFact) -> None:
    assert fact.heading
    assert len(list(fact.lines(with_fact(fact), DAY))) == 1
    assert list(fact.lines(EMPTY, DAY)) == []


@pytest.mark.parametrize("fact", COMPARED, ids=[fact.field for fact in COMPARED])
def test_a_fact_that_is_compared_is_a_difference_under_its_label(fact: RuleFact) -> None:
    (found,) = differences(EMPTY, with_fact(fact))
    assert found.field == fact.label
    assert found.before != found.after


@pytest.mark.parametrize("fact", [fact for fact in RULE_FACTS if fact not in COMPARED], ids=lambda fact: fact.field)
def test_a_fact_without_a_label_is_not_compared(fact: RuleFact) -> None:
    assert fact.label == ""
    assert list(differences(EMPTY, with_fact(fact))) == []


def test_a_fact_is_quoted_by_the_first_sentence_that_there_is() -> None:
    fact = BY_FIELD["general_license"]
    quotes = {"general_license": "It is extended.", "general_license.new_expiry": "It ends on March 3."}
    assert fact.quote(structs.replace(EMPTY, quotes=quotes)) == "It ends on March 3."
    assert fact.quote(structs.replace(EMPTY, quotes={"general_license": "It is extended."})) == "It is extended."
    assert fact.quote(EMPTY) == ""


def test_first_and_last_days_are_told_apart() -> None:
    reading = structs.replace(
        EMPTY,
        effective_on=date(2031, 3, 1),
        effective_through=date(2031, 3, 2),
        partial_dates=(PartialDate("paragraph (b)", date(2031, 3, 3), through=date(2031, 3, 4)),),
        savings_clause=SavingsClause(complete_by=date(2031, 3, 5)),
        general_license=GeneralLicenseAction(name="GL", status=LicenseStatus.ISSUED, new_expiry=date(2031, 3, 6)),
        comments_close_on=date(2031, 3, 7),
    )
    assert sorted(day.day for day in last_days(reading)) == [2, 4, 5, 6]
    assert sorted(day.day for day in all_days(reading)) == [1, 2, 3, 4, 5, 6]
