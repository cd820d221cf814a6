"""How severe an alert is, by its effect in law."""

from datetime import date, timedelta

import pytest
from msgspec import structs
from samples import ALFA, BASELINE, FILED, LIST, NOTICE, NOW, PUBLISHED, READ, TEXT, TODAY, alert, entry

from monitor.mail.alert_kinds import severity_of
from monitor.mail.severity import OF_KIND, OF_KIND_UNREAD, OF_LICENSE
from monitor.model.alerts import AlertBody, Announcement, Difference, Digest, DocumentEvent, PageChanged
from monitor.model.changes import Addition, FieldChange, ParagraphChange, Removal, Revision
from monitor.model.deadlines import CaughtUp, ClockNotice, DeadlineKind, NoticeKind
from monitor.model.documents import Kind, Stage
from monitor.model.entries import Policy, PolicyKind
from monitor.model.rules import GeneralLicenseAction, LicenseStatus, NamedEntry, PartialDate, RuleReading, SavingsClause
from monitor.model.severity import TOPIC_OF_DEADLINE, Severity

GERMANY = "GERMANY"
ONE = (NamedEntry(GERMANY, "Alfa Optik"),)
WEEK = timedelta(days=7)
LOW, MEDIUM, HIGH = Severity.LOW, Severity.MEDIUM, Severity.HIGH


def of(body: AlertBody) -> Severity:
    return severity_of(body, TODAY)


def rule(stage: Stage = Stage.FILED, kind: Kind = Kind.ENTITY_LIST_RULE, **said: object) -> DocumentEvent:
    plain = RuleReading(document_number="2031-00001", kind=kind)
    return structs.replace(FILED, stage=stage, kind=kind, reading=structs.replace(plain, **said))


def license_(status: LicenseStatus, through: date | None = None) -> GeneralLicenseAction:
    return GeneralLicenseAction(name="General License", status=status, new_expiry=through)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"added": ONE}, HIGH),
        ({"revised": ONE}, MEDIUM),
        ({"removed": ONE}, MEDIUM),
        ({"moved": ONE}, MEDIUM),
        ({"reworded": ONE}, MEDIUM),
        ({"revised": ONE, "license_review_policy": "Presumption\n of denial"}, HIGH),
        ({"revised": ONE, "license_review_policy": "Policy of denial."}, HIGH),
        ({"revised": ONE, "license_review_policy": "Case-by-case."}, MEDIUM),
        ({}, HIGH),  # of a rule on the list it could not be read whom it names
        ({"kind": Kind.GENERAL_LICENSE}, HIGH),
        ({"kind": Kind.LIST_FRAMEWORK}, MEDIUM),
        ({"general_license": license_(LicenseStatus.EXTENDED, TODAY + timedelta(days=90))}, MEDIUM),
        ({"general_license": license_(LicenseStatus.EXTENDED, TODAY + WEEK)}, HIGH),
        ({"general_license": license_(LicenseStatus.EXTENDED, TODAY + WEEK + timedelta(days=1))}, MEDIUM),
        ({"general_license": license_(LicenseStatus.EXTENDED, TODAY - timedelta(days=1))}, MEDIUM),
        ({"general_license": license_(LicenseStatus.NARROWED, TODAY + timedelta(days=90))}, HIGH),
        ({"general_license": license_(LicenseStatus.REMOVED)}, HIGH),
        ({"savings_clause": SavingsClause(complete_by=TODAY)}, HIGH),
        ({"revised": ONE, "savings_clause": SavingsClause(complete_by=TODAY + timedelta(days=30))}, MEDIUM),
        ({"effective_through": TODAY + WEEK}, HIGH),
        ({"partial_dates": (PartialDate("paragraph (b)", TODAY, through=TODAY + WEEK),)}, HIGH),
        ({"revised": ONE, "effective_on": TODAY + WEEK}, MEDIUM),
        ({"kind": Kind.COMMENT_REQUEST, "comments_close_on": TODAY + WEEK}, LOW),
        ({"kind": Kind.NOT_RELEVANT}, LOW),
        ({"kind": Kind.NOT_RELEVANT, "also": (Kind.LIST_FRAMEWORK,)}, MEDIUM),
        ({"kind": Kind.CORRECTION}, MEDIUM),
        ({"kind": Kind.CORRECTION, "added": ONE}, HIGH),
        ({"kind": Kind.DENIAL_ORDER}, HIGH),
    ],
)
def test_a_rule_is_as_severe_as_what_it_does(said: dict[str, object], expected: Severity) -> None:
    assert of(rule(**said)) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", list(Kind))
def test_a_rule_whose_text_is_not_read_counts_as_the_most_severe_that_it_can_be(kind: Kind) -> None:
    unread = structs.replace(FILED, kind=kind, reading=None, text_missing="not there yet")
    assert of(unread) is OF_KIND_UNREAD[kind]
    assert OF_KIND_UNREAD[kind].rank >= OF_KIND[kind].rank


def test_every_kind_status_and_deadline_has_its_line() -> None:
    assert set(OF_KIND) == set(OF_KIND_UNREAD) == set(Kind)
    assert set(OF_LICENSE) == set(LicenseStatus)
    assert set(TOPIC_OF_DEADLINE) == set(DeadlineKind)


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.WITHDRAWN, HIGH),
        (Stage.VANISHED, HIGH),
        (Stage.UNCODIFIED, HIGH),
        (Stage.RESCHEDULED, MEDIUM),
        (Stage.OVERDUE, MEDIUM),
        (Stage.CHANGED, LOW),
        (Stage.FILED, MEDIUM),
        (Stage.PUBLISHED, MEDIUM),
        (Stage.READ, MEDIUM),
    ],
)
def test_every_stage_has_its_severity(stage: Stage, expected: Severity) -> None:
    assert of(rule(stage, revised=ONE)) is expected


def test_what_is_printed_as_it_was_filed_is_low_and_otherwise_as_severe_as_ever() -> None:
    printed = structs.replace(READ, as_filed=True)
    assert of(READ) is HIGH
    assert of(printed) is LOW
    assert of(structs.replace(printed, differences=(Difference("kind", "a", "b"),))) is HIGH
    assert of(PUBLISHED) is HIGH


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("title", LOW),
        ("comments close", LOW),
        ("effective date", MEDIUM),
        ("entries added", HIGH),
        ("unheard of", MEDIUM),
    ],
)
def test_a_correction_is_as_severe_as_the_fact(field: str, expected: Severity) -> None:
    corrected = rule(Stage.CHANGED, added=ONE)
    assert of(structs.replace(corrected, differences=(Difference(field, "a", "b"),))) is expected


# -- lists and texts


def test_additions_are_high_and_revisions_and_removals_medium() -> None:
    renamed = Revision(ALFA, entry("Alfa"), (FieldChange("name", "Alfa Technologies", "Alfa"),))
    assert of(structs.replace(LIST, changes=(Removal(ALFA), renamed))) is MEDIUM
    assert of(structs.replace(LIST, changes=(Removal(ALFA), Addition(ALFA)))) is HIGH
    assert of(structs.replace(LIST, changes=(), notes=(ParagraphChange("a", "b"),))) is MEDIUM


def test_a_list_that_says_what_its_rule_was_reported_to_do_is_low() -> None:
    codified = structs.replace(LIST, changes=(Addition(ALFA), Removal(ALFA)), notes=(), as_told=2)
    assert of(codified) is LOW
    assert of(structs.replace(codified, as_told=1)) is HIGH
    assert of(structs.replace(codified, notes=(ParagraphChange("a", "b"),))) is MEDIUM


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (PolicyKind.CASE_BY_CASE, PolicyKind.PRESUMPTION_OF_DENIAL, HIGH),
        (PolicyKind.PRESUMPTION_OF_DENIAL, PolicyKind.POLICY_OF_DENIAL, MEDIUM),
        (PolicyKind.PRESUMPTION_OF_DENIAL, PolicyKind.CASE_BY_CASE, MEDIUM),
    ],
)
def test_a_revision_that_brings_denial_is_high(before: PolicyKind, after: PolicyKind, expected: Severity) -> None:
    old, new = (structs.replace(ALFA, policies=(Policy(kind),)) for kind in (before, after))
    revised = Revision(old, new, (FieldChange("license_review_policy", "a", "b"),))
    assert of(structs.replace(LIST, changes=(revised,))) is expected


def test_a_text_that_is_gone_is_high() -> None:
    assert (of(TEXT), of(structs.replace(TEXT, gone=True))) == (MEDIUM, HIGH)


# -- the clock


def notice(kind: NoticeKind, about: DeadlineKind = DeadlineKind.LICENSE_END, left: int | None = None) -> ClockNotice:
    day = None if left is None else TODAY + timedelta(days=left)
    return ClockNotice(key="k", thread="t", kind=kind, on=TODAY, title="", headline="", says="", about=about, day=day)


@pytest.mark.parametrize(
    ("kind", "about", "left", "expected"),
    [
        (NoticeKind.REMINDER, DeadlineKind.LICENSE_END, 30, MEDIUM),
        (NoticeKind.REMINDER, DeadlineKind.LICENSE_END, 7, HIGH),
        (NoticeKind.REMINDER, DeadlineKind.SAVINGS_CLAUSE, 0, HIGH),
        (NoticeKind.REMINDER, DeadlineKind.SUSPENSION_ENDS, 3, HIGH),
        (NoticeKind.REMINDER, DeadlineKind.TAKES_EFFECT, 1, MEDIUM),
        (NoticeKind.REMINDER, DeadlineKind.COMMENTS_CLOSE, 1, LOW),
        (NoticeKind.MOVED, DeadlineKind.COMMENTS_CLOSE, 1, LOW),
        (NoticeKind.MOVED, DeadlineKind.RULE_ENDS, 90, MEDIUM),
        (NoticeKind.MOVED, DeadlineKind.RULE_ENDS, 5, HIGH),
        (NoticeKind.EXTENDED, DeadlineKind.LICENSE_END, 90, MEDIUM),
        (NoticeKind.SHORTENED, DeadlineKind.LICENSE_END, 90, HIGH),
        (NoticeKind.LAPSED, DeadlineKind.LICENSE_END, -1, HIGH),
        (NoticeKind.STILL_LAPSED, DeadlineKind.LICENSE_END, -8, MEDIUM),
        (NoticeKind.UNCLEAR, DeadlineKind.LICENSE_END, -1, HIGH),
        (NoticeKind.RETURNED, DeadlineKind.SUSPENSION_ENDS, 0, HIGH),
        (NoticeKind.CONTRADICTION, DeadlineKind.COMMENTS_CLOSE, None, HIGH),
    ],
)
def test_a_notice_of_the_clock_is_as_severe_as_what_ends(
    kind: NoticeKind, about: DeadlineKind, left: int | None, expected: Severity
) -> None:
    assert of(notice(kind, about, left)) is expected


@pytest.mark.parametrize("kind", list(NoticeKind))
@pytest.mark.parametrize("about", list(DeadlineKind))
def test_every_notice_about_everything_has_a_severity(kind: NoticeKind, about: DeadlineKind) -> None:
    assert of(notice(kind, about, 3)) in Severity


# -- what holds several things


def test_what_holds_several_things_is_as_severe_as_the_most_severe() -> None:
    mild, severe = notice(NoticeKind.REMINDER, left=30), notice(NoticeKind.LAPSED, left=-1)
    caught_up = CaughtUp(key="k", since=TODAY - WEEK, today=TODAY, headline="", notices=(mild, severe))
    assert of(caught_up) is HIGH
    assert of(Digest(since=NOW, until=NOW, alerts=(alert(mild), alert(caught_up)))) is HIGH
    assert of(structs.replace(BASELINE, pending=(READ,))) is HIGH
    assert of(structs.replace(BASELINE, pending=())) is LOW


def test_what_is_reported_of_the_monitor_itself_is_low() -> None:
    assert of(NOTICE) is LOW


# -- early signals


def test_a_press_release_is_no_rule_and_is_for_those_who_want_more_than_what_is_severe() -> None:
    release = Announcement(title="BIS Adds Alfa", dated="May 15", kinds=(Kind.ENTITY_LIST_RULE,), said=(), links=())
    assert of(release) is MEDIUM


@pytest.mark.parametrize(("minor", "expected"), [(False, MEDIUM), (True, LOW)])
def test_a_page_on_which_only_a_counter_moved_is_the_least(*, minor: bool, expected: Severity) -> None:
    changes = (ParagraphChange("before", "after"),)
    page = PageChanged(label="“names”", heading="", before_at=NOW, changes=changes, minor=minor, sha256="00", links=())
    assert of(page) is expected
