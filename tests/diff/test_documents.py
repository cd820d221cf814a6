"""What happened to documents between what we knew and what a source now says."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from harness import at
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from monitor.diff.documents import document_alert, filing_events, publication_events
from monitor.model.alerts import Difference, DocumentEvent
from monitor.model.documents import Document, Filing, Kind, Stage

NOW = at("2019-05-16T16:16")
FILED = Filing(
    document_number="2019-10616",
    title="Addition of Entities to the Entity List",
    type="Rule",
    filed_at=at("2019-05-16T16:15"),
    publication_date=date(2019, 5, 21),
    editorial_note=None,
    pdf_url="https://public-inspection.federalregister.gov/2019-10616.pdf",
    html_url="https://www.federalregister.gov/public-inspection/2019-10616/addition",
    raw_text_url="https://www.federalregister.gov/public-inspection/raw_text/201/910/616.txt",
)
WITHDRAWN = structs.replace(FILED, filed_at=None, publication_date=None, editorial_note="A letter was received.")
MOVED = structs.replace(FILED, publication_date=date(2019, 5, 22), editorial_note="The date has moved.")
PUBLISHED = Document(
    document_number="2019-10616",
    publication_date=date(2019, 5, 21),
    title="Addition of Entities to the Entity List",
    type="Rule",
    action="Final rule.",
    abstract="This rule adds entities.",
    dates="This rule is effective May 16, 2019.",
    effective_on=date(2019, 5, 16),
    citation="84 FR 22961",
    volume=84,
    start_page=22961,
    end_page=22968,
    html_url="https://www.federalregister.gov/documents/2019/05/21/2019-10616/addition",
    pdf_url="https://www.govinfo.gov/content/pkg/FR-2019-05-21/pdf/2019-10616.pdf",
    raw_text_url="https://www.federalregister.gov/documents/full_text/text/2019/05/21/2019-10616.txt",
    full_text_xml_url=None,
    cfr_references=(),
    comments_close_on=None,
    correction_of=None,
)


def steps(before: Filing | None, *current: Filing) -> list[Stage]:
    known = {} if before is None else {before.document_number: before}
    return [event.stage for event in filing_events(known, current)]


def event(before: Filing | None, now: Filing) -> DocumentEvent:
    known = {} if before is None else {before.document_number: before}
    (found,) = filing_events(known, [now])
    return found


def key(found: DocumentEvent, now: datetime = NOW) -> str:
    return document_alert(found, now).key


# -- public inspection


def test_a_new_filing_is_reported_with_its_moments_and_links() -> None:
    found = event(None, FILED)
    assert (found.stage, found.kind) == (Stage.FILED, Kind.ENTITY_LIST_RULE)
    assert (found.filed_at, found.publication_date) == (FILED.filed_at, date(2019, 5, 21))
    assert [link.url for link in found.links] == [FILED.pdf_url, FILED.html_url]


def test_a_filing_that_is_known_is_no_event() -> None:
    assert steps(FILED, FILED) == []


def test_other_words_of_a_filing_are_no_event() -> None:
    assert steps(FILED, structs.replace(FILED, title="Additions to the Entity List", editorial_note="A note.")) == []


def test_another_day_of_publication_is_reported_with_both_days() -> None:
    found = event(FILED, MOVED)
    assert (found.stage, found.previous_publication_date) == (Stage.RESCHEDULED, date(2019, 5, 21))
    assert found.publication_date == date(2019, 5, 22)


def test_a_day_of_publication_that_is_no_longer_named_is_reported() -> None:
    assert steps(FILED, structs.replace(FILED, publication_date=None)) == [Stage.RESCHEDULED]


def test_a_withdrawal_is_reported_with_its_note() -> None:
    found = event(FILED, WITHDRAWN)
    assert (found.stage, found.editorial_note) == (Stage.WITHDRAWN, "A letter was received.")


def test_a_withdrawal_of_what_was_never_seen_is_reported() -> None:
    assert steps(None, WITHDRAWN) == [Stage.WITHDRAWN]


def test_a_withdrawal_is_reported_once() -> None:
    assert steps(WITHDRAWN, WITHDRAWN) == []


def test_a_document_filed_again_after_its_withdrawal_is_reported_anew() -> None:
    again = structs.replace(FILED, filed_at=at("2019-06-03T08:45"), publication_date=date(2019, 6, 4))
    assert steps(WITHDRAWN, again) == [Stage.FILED]
    assert key(event(None, FILED)) != key(event(WITHDRAWN, again))
    assert key(event(FILED, WITHDRAWN)) != key(event(again, WITHDRAWN))


def test_a_document_that_is_merely_no_longer_listed_is_no_event() -> None:
    assert steps(FILED) == []


# -- publication


def test_a_publication_is_reported_with_what_is_printed() -> None:
    (found,) = publication_events({}, [PUBLISHED])
    assert (found.stage, found.effective_on, found.citation) == (Stage.PUBLISHED, date(2019, 5, 16), "84 FR 22961")
    assert found.links[0].url == PUBLISHED.pdf_url


def test_a_publication_without_a_pdf_has_its_page() -> None:
    (found,) = publication_events({}, [structs.replace(PUBLISHED, pdf_url=None)])
    assert [link.url for link in found.links] == [PUBLISHED.html_url]


def test_the_same_number_on_another_day_is_another_document() -> None:
    other = structs.replace(PUBLISHED, publication_date=date(2020, 5, 21))
    known = {(PUBLISHED.document_number, PUBLISHED.publication_date): PUBLISHED}
    first, second = publication_events({}, [other, PUBLISHED])
    assert key(first) != key(second)
    assert len(list(publication_events(known, [PUBLISHED, other]))) == 1


def test_a_field_filled_in_later_is_no_event() -> None:
    bare = structs.replace(PUBLISHED, effective_on=None, dates=None, start_page=None, citation=None, action=None)
    known = {(PUBLISHED.document_number, PUBLISHED.publication_date): bare}
    assert list(publication_events(known, [PUBLISHED])) == []


def test_a_corrected_effective_date_is_reported_before_and_after() -> None:
    known = {(PUBLISHED.document_number, PUBLISHED.publication_date): PUBLISHED}
    (found,) = publication_events(known, [structs.replace(PUBLISHED, effective_on=date(2019, 5, 20), start_page=1)])
    assert found.stage is Stage.CHANGED
    assert found.differences == (Difference("effective date", "May 16, 2019", "May 20, 2019"),)


def test_the_kind_of_a_publication_may_stand_in_its_summary_alone() -> None:
    vague = structs.replace(PUBLISHED, title="Revisions to the EAR", abstract="It adds one entity to the Entity List.")
    assert next(publication_events({}, [vague])).kind is Kind.ENTITY_LIST_RULE


# -- alerts


def test_all_steps_of_a_document_are_one_thread_and_each_has_its_own_key() -> None:
    life = [event(None, FILED), event(FILED, MOVED), event(MOVED, WITHDRAWN), *publication_events({}, [PUBLISHED])]
    alerts = [document_alert(step, NOW) for step in life]
    assert {alert.thread for alert in alerts} == {"document:2019-10616"}
    assert len({alert.key for alert in alerts}) == len(life)
    assert {alert.topics for alert in alerts} == {(Kind.ENTITY_LIST_RULE,)}


def test_the_key_does_not_know_the_moment_of_the_poll() -> None:
    for found in (event(None, FILED), event(FILED, MOVED), event(FILED, WITHDRAWN)):
        assert key(found, NOW) == key(found, NOW + timedelta(hours=3))


# -- laws

FILINGS = st.lists(
    st.builds(
        structs.replace,
        st.sampled_from([FILED, WITHDRAWN, MOVED]),
        document_number=st.from_regex(r"2019-1061[0-9]", fullmatch=True),
    ),
    unique_by=lambda filing: filing.document_number,
)
DOCUMENTS = st.lists(
    st.builds(
        structs.replace,
        st.just(PUBLISHED),
        document_number=st.from_regex(r"2019-1061[0-9]", fullmatch=True),
        publication_date=st.dates(date(2019, 5, 1), date(2019, 5, 9)),
    ),
    unique_by=lambda document: (document.document_number, document.publication_date),
)


def by_number(filings: list[Filing]) -> dict[str, Filing]:
    return {filing.document_number: filing for filing in filings}


def by_key(documents: list[Document]) -> dict[tuple[str, date], Document]:
    return {(document.document_number, document.publication_date): document for document in documents}


@given(FILINGS)
def test_what_is_known_is_no_event(filings: list[Filing]) -> None:
    assert list(filing_events(by_number(filings), filings)) == []


@given(FILINGS, FILINGS, st.randoms(use_true_random=False))
def test_the_order_of_filings_does_not_matter(before: list[Filing], after: list[Filing], chance: Random) -> None:
    known, shuffled = by_number(before), after.copy()
    chance.shuffle(shuffled)
    one = {key(found): found for found in filing_events(known, after)}
    assert {key(found): found for found in filing_events(known, shuffled)} == one


@given(FILINGS, FILINGS)
def test_an_event_is_about_a_listed_document_and_each_has_at_most_one(
    before: list[Filing], after: list[Filing]
) -> None:
    numbers = [found.document_number for found in filing_events(by_number(before), after)]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) <= set(by_number(after))


@given(DOCUMENTS)
def test_a_known_publication_is_no_event(documents: list[Document]) -> None:
    assert list(publication_events(by_key(documents), documents)) == []


@given(DOCUMENTS, DOCUMENTS, st.randoms(use_true_random=False))
def test_publications_come_oldest_first_in_whatever_order_they_were_sent(
    before: list[Document], after: list[Document], chance: Random
) -> None:
    shuffled = after.copy()
    chance.shuffle(shuffled)
    events = list(publication_events(by_key(before), shuffled))
    assert events == list(publication_events(by_key(before), after))
    assert [e.publication_date for e in events] == sorted(e.publication_date for e in events if e.publication_date)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/images/missing.pdf", "https://x.example/missing.pdf", ""])
def test_only_web_pages_become_links(url: str) -> None:
    (found,) = filing_events({}, [structs.replace(FILED, pdf_url=url)])
    assert [link.label for link in found.links] == ["Page on federalregister.gov"]
