"""What a document is about."""

import pytest

from monitor.classify import classify
from monitor.model.documents import Kind


@pytest.mark.parametrize(
    ("title", "document_type", "kind"),
    [
        ("Addition of Entities to the Entity List", "Rule", Kind.ENTITY_LIST_RULE),
        ("Temporary General License", "Rule", Kind.GENERAL_LICENSE),
        ("Temporary General License; Correction", "Rule", Kind.CORRECTION),
        ("Revisions to the Unverified List", "Rule", Kind.UNVERIFIED_LIST),
        ("In the Matter of: A Person; Order Denying Export Privileges", "Notice", Kind.DENIAL_ORDER),
        ("Emerging Technology Technical Advisory Committee; Notice of Open Meeting", "Notice", Kind.NOT_RELEVANT),
    ],
)
def test_a_title_tells_the_kind(title: str, document_type: str, kind: Kind) -> None:
    assert classify(title, document_type) is kind


def test_a_rule_that_names_nothing_of_ours_is_still_a_rule() -> None:
    assert classify("Updated Legal Authority Citations", "Rule") is Kind.OTHER_RULE


def test_a_notice_that_names_nothing_of_ours_is_not_relevant() -> None:
    assert classify("Meeting of a Council", "Notice") is Kind.NOT_RELEVANT
