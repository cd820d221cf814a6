"""The reader of rules against the shared corpus: what must agree does, and what does not is known by name."""

import os
from collections.abc import Iterator

import pytest
from rules_agreement import CORPUS, LIST_KINDS, Outcome, kinds, outcomes, slowest
from soak import in_soak

pytestmark = pytest.mark.skipif(
    not CORPUS.exists() and not os.environ.get("CI"), reason="the shared corpus is not here"
)
# Documents of which the corpus holds less, or another thing, than is expected of them. Each is explained.
NOT_IN_THE_DOCUMENT = {
    "general_license": "the day from which a license held stands in the rule that issued it",
    "stated entries": "the document counts entities alone",
}
EXPLAINED = {
    ("2019-17921", "added"): "the expected name leaves out the legal form PT that the table prints behind it",
    ("2020-10856", "savings_clause"): "the file holds the preamble alone",
    ("2020-28101", "revised"): "the file holds neither instructions nor a table",
    ("2024-13148", "revised"): "the expected names break off at the first semicolon of a parenthesis",
    ("2024-13148", "savings_clause"): "the document has the clause",
    ("2024-19132", "savings_clause"): "the document has the clause",
    ("2024-15810", "comments_close_on"): "the DATES paragraph names the day",
    ("2021-14656", "stated removed"): "the document removes one entity, from the Unverified List",
    ("2024-13695", "stated entities"): "the document counts entries alone",
}


STEPS = (5, in_soak(1))


@pytest.fixture(scope="module", params=STEPS, ids=["one in five", "every document"])
def step(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def found(step: int) -> list[Outcome]:
    return list(outcomes(step))


def of(found: list[Outcome], *facts: str) -> Iterator[Outcome]:
    return (outcome for outcome in found if outcome.fact in facts)


def unexplained(differences: Iterator[Outcome]) -> list[str]:
    return [
        f"{o.number} {o.form} {o.fact}: expected {o.expected!r}, read {o.read!r}"
        for o in differences
        if not o.agrees and (o.number, o.fact) not in EXPLAINED
    ]


def test_names_and_dates_agree(found: list[Outcome]) -> None:
    facts = ("effective_on", "comments_close_on", "savings_clause", "added", "removed", "revised")
    assert unexplained(of(found, *facts)) == []


def test_ends_of_licenses_agree(found: list[Outcome]) -> None:
    for outcome in of(found, "general_license"):
        expected, read = outcome.expected, outcome.read
        if isinstance(expected, list) and isinstance(read, list) and read[0] is None:
            expected, read = expected[1:], read[1:]
        assert read == expected, outcome


def test_a_stated_count_is_never_another_number(found: list[Outcome]) -> None:
    """The reader may know less than the corpus, which knows more than its documents; never otherwise."""
    stated = (o for o in found if o.fact.startswith("stated ") and o.read is not None)
    wrong = unexplained(stated)
    # rules that lay a control on entries which stand already add none
    assert wrong == [w for w in wrong if w.endswith("read 0") and " stated entities:" in w]


def test_no_relevant_document_is_called_irrelevant(found: list[Outcome]) -> None:
    missed = [o for o in of(found, "kind") if o.expected != "not-relevant" and o.read == "not-relevant"]
    assert missed == []


def test_relevant_documents_have_their_kind(found: list[Outcome]) -> None:
    assert unexplained(o for o in of(found, "kind") if o.expected != "not-relevant") == []


def test_at_most_one_in_a_hundred_of_the_noise_is_called_a_list_or_license(found: list[Outcome], step: int) -> None:
    noise = [o for o in of(found, "kind") if o.expected == "not-relevant"]
    taken = [o for o in noise if o.read in LIST_KINDS or o.read == "correction"]
    least = 100 if step == 1 else 50  # a part can have more than its share
    assert len(taken) * least <= len(noise), taken


def test_both_forms_of_a_document_say_the_same(found: list[Outcome]) -> None:
    by_form = {form: {(o.number, o.fact): o.read for o in found if o.form == form} for form in ("xml", "pi")}
    different = [key for key, read in by_form["pi"].items() if by_form["xml"].get(key) != read]
    # in one public inspection copy the end of a license is an open date that falls on publication itself
    assert [key for key in different if key[1] not in ("general_license", "stated by_country")] == []


def test_every_document_is_read(found: list[Outcome], step: int) -> None:
    assert len({o.number for o in of(found, "kind")}) >= len(kinds()) // step - 1  # one was withdrawn


def test_the_largest_rule_takes_less_than_half_a_second() -> None:
    assert slowest()[0] <= 0.5
