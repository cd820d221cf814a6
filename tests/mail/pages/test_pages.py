"""What a page says of an alert: subjects, first sentences, groups, matches, time zones."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from harness import at
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from samples import FILED, LIST, NOW, PUBLISHED, READ, TODAY, alert

from monitor.mail.pages.subjects import acts_in_short, group_of
from monitor.mail.render import Renderer, Words, short_subject
from monitor.model.alerts import Digest, DocumentEvent, Rule
from monitor.model.deadlines import CaughtUp, ClockNotice, NoticeKind, Quoted
from monitor.model.documents import Kind, Stage
from monitor.model.eastern import clock
from monitor.model.matches import Match
from monitor.model.rules import (
    DateBase,
    GeneralLicenseAction,
    LicenseStatus,
    NamedEntry,
    RuleReading,
    SavingsClause,
    StatedCounts,
    SymbolicDate,
)

RENDERER = Renderer()
ALFAS = tuple(NamedEntry("IRAN" if n % 2 else "RUSSIA", f"Alfa Branch {n}") for n in range(9))
AFFILIATES = RuleReading(
    document_number="2031-00001",
    kind=Kind.ENTITY_LIST_RULE,
    added=ALFAS,
    revised=ALFAS[:2],
    stated_reason="BIS adds nine affiliates of Alfa because they pose a risk.",
)
EXTENDED = GeneralLicenseAction(
    name="Temporary General License, Supplement No. 7 to part 744",
    status=LicenseStatus.EXTENDED,
    old_expiry=date(2019, 5, 20),
    new_expiry=date(2019, 6, 20),
)


def event(reading: RuleReading | None, stage: Stage = Stage.FILED, effective: date | None = TODAY) -> DocumentEvent:
    return structs.replace(FILED, stage=stage, reading=reading, effective_on=effective)


def mail(body: DocumentEvent, today: date = TODAY) -> Words:
    return RENDERER.mail(alert(body), today)


def said(words: Words) -> str:
    return " ".join(words.text.split())


# -- subjects


def test_a_subject_names_number_group_places_and_day() -> None:
    subject = mail(event(AFFILIATES)).subject
    assert subject == "Filed: Entity List: 9 Alfa affiliates added in 2 countries, effective May 21; 2 revised"


def test_every_step_of_an_action_has_the_same_words_in_its_subject() -> None:
    for stage in Stage:
        subject = mail(event(AFFILIATES, stage)).subject
        assert "Entity List: 9 Alfa affiliates added in 2 countries" in subject
    rule = Rule(document_number="1", citation=None, in_short=acts_in_short(AFFILIATES, ""), expected=11, agreeing=11)
    codified = RENDERER.mail(alert(structs.replace(LIST, rule=rule)), TODAY).subject
    assert codified == "In the eCFR, 11 of 11 agree: Entity List: 9 Alfa affiliates added in 2 countries…"


def test_a_license_that_ends_by_the_way_is_in_the_subject() -> None:
    gone = GeneralLicenseAction(name=EXTENDED.name, status=LicenseStatus.REMOVED)
    subject = mail(event(structs.replace(AFFILIATES, general_license=gone))).subject
    assert subject == "Filed: Entity List: 9 Alfa affiliates added; general license removed, effective May 21…"


def test_a_rule_that_takes_effect_when_it_is_printed_says_so_and_the_day_that_is_planned() -> None:
    open_date = SymbolicDate("effective_on", "[INSERT DATE OF PUBLICATION]", DateBase.PUBLICATION)
    words = mail(event(structs.replace(AFFILIATES, symbolic_dates=(open_date, open_date)), effective=None))
    assert words.subject == "Filed: Entity List: 9 Alfa affiliates added in 2 countries, effective on publication…"
    assert "It takes effect on publication, May 21." in said(words)
    assert "Effective: May 21, 2019 (today: in force)" in said(words)
    assert said(words).count("it is planned for May 21, 2019, and they move with it") == 1
    unknown = structs.replace(open_date, words="[INSERT DATE OF SIGNATURE]", base=DateBase.UNKNOWN)
    words = mail(event(structs.replace(AFFILIATES, symbolic_dates=(unknown, unknown)), effective=None))
    assert said(words).count("Date still open: [INSERT DATE OF SIGNATURE]") == 1
    later = structs.replace(open_date, days=30)
    assert "effective" not in mail(event(structs.replace(AFFILIATES, symbolic_dates=(later,)), effective=None)).subject


def test_goods_under_way_have_the_days_that_hang_on_a_publication_as_it_is_planned() -> None:
    hanging = SymbolicDate("savings_clause.complete_by", "[INSERT DATE]", DateBase.PUBLICATION, days=30)
    reading = structs.replace(AFFILIATES, savings_clause=SavingsClause(), symbolic_dates=(hanging,))
    assert "Savings clause: Complete by June 20, 2019 (30 days left)" in said(mail(event(reading)))
    text_came_late = event(reading, Stage.READ)
    assert "To be published: May 21, 2019" in said(mail(structs.replace(text_came_late, filed_at=NOW)))
    assert "Its dates could not be read" in said(mail(structs.replace(text_came_late, filed_at=None)))


def test_another_year_is_shown() -> None:
    assert "effective May 21, 2020" in mail(event(AFFILIATES, effective=date(2020, 5, 21))).subject


def test_entities_are_counted_as_the_rule_counts_them() -> None:
    stated = StatedCounts(entities=12, added=12)
    words = mail(event(structs.replace(AFFILIATES, stated_counts=stated, stated_reason=None)))
    assert words.subject.startswith("Filed: Entity List: 12 entities added in 2 countries")
    assert "9 in 2 countries: Russia 5, Iran 4. The rule counts 12 entities" in said(words)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (ALFAS, "BIS adds nine entities."),  # nobody speaks of affiliates
        (ALFAS, "Affiliates of Beta are added."),
        (ALFAS[:2], "It adds two affiliates of Alfa."),  # too few
        ((*ALFAS[:4], *(NamedEntry("IRAN", f"Firm {n}") for n in range(4))), "affiliates of Alfa"),  # not most
        ((), "affiliates of Alfa"),
    ],
)
def test_a_group_is_named_only_where_names_and_the_rule_say_so(names: tuple[NamedEntry, ...], text: str) -> None:
    assert group_of(names, (text,)) == ""


@given(st.text(max_size=300))
def test_a_subject_is_cut_with_a_mark(text: str) -> None:
    short = short_subject(" ".join(text.split()))
    assert len(short) < 90
    assert short == " ".join(text.split()) or short.endswith("…")


# -- the first sentence


def test_the_first_sentence_is_enough() -> None:
    assert said(mail(event(AFFILIATES))).startswith(
        "Entity List: 9 Alfa affiliates added in 2 countries; 2 revised. In force from today. "
        "Filed for public inspection, before it is printed."
    )
    later = said(mail(event(AFFILIATES, effective=TODAY + timedelta(days=30))))
    assert "It takes effect on June 20, 2019, in 30 days." in later
    withdrawn = said(mail(event(AFFILIATES, Stage.WITHDRAWN)))
    assert "Its effective date was to be May 21, 2019." in withdrawn
    assert "In force" not in withdrawn


def test_a_publication_that_differs_in_nothing_says_so_and_names_nobody_again() -> None:
    same = structs.replace(READ, as_filed=True)
    words = mail(same)
    assert words.subject.startswith("Published as filed: Entity List: 23 added in 15 countries")
    assert said(words).startswith("Published as filed as 84 FR 22961; nothing differs from what was told.")
    assert "Proven Honour" not in words.text
    assert "License review policy" not in words.text
    assert words.attachments == ()


def test_a_publication_whose_text_is_not_there_yet_does_not_say_that_nothing_differs() -> None:
    waiting = mail(structs.replace(READ, as_filed=True, text_missing="not there yet"))
    assert waiting.subject.startswith("Published: ")
    assert "nothing differs" not in said(waiting)
    assert "a mail follows if it differs" in said(waiting)


# -- dates


def test_a_license_says_old_and_new_end_and_what_is_left() -> None:
    reading = RuleReading(document_number="1", kind=Kind.GENERAL_LICENSE, general_license=EXTENDED)
    text = said(mail(event(reading)))
    assert "through May 20, 2019 → June 20, 2019 (31 days more; 30 days left)" in text
    shorter = structs.replace(EXTENDED, old_expiry=date(2019, 6, 22))
    text = said(mail(event(structs.replace(reading, general_license=shorter))))
    assert "(2 days fewer; 30 days left)" in text


def test_a_savings_clause_says_its_last_day() -> None:
    clause = SavingsClause(en_route_on=TODAY, complete_by=TODAY + timedelta(days=9))
    text = said(mail(event(structs.replace(AFFILIATES, savings_clause=clause))))
    assert "En route on May 21, 2019, complete by May 30, 2019 (9 days left)" in text
    unread = said(mail(event(structs.replace(AFFILIATES, savings_clause=SavingsClause()))))
    assert "Savings clause: Its dates could not be read" in unread


# -- how sure


def test_caveats_are_shown_and_their_absence_too() -> None:
    unread = structs.replace(AFFILIATES, unread=("Instruction 2 names nobody.",), agreement=("States 9; read 8.",))
    text = said(mail(event(unread)))
    assert "- Not read: Instruction 2 names nobody. - States 9; read 8." in text
    assert "instructions do not disagree" in said(mail(event(AFFILIATES)))
    assert "disagree" not in said(mail(FILED))


# -- matches and zones

MATCH = Match(
    wanted="Alfa Tech", found="Alfa Branch 1", country="IRAN", action="added", how="same first word", score=88
)


def test_a_recipients_own_names_come_before_everything() -> None:
    words = RENDERER.mail(alert(event(AFFILIATES)), TODAY, matches=[MATCH])
    assert words.text.startswith("On your watchlist: Alfa Branch 1 is added.\n")
    assert "Your name: “Alfa Tech”: same first word (88 of 100)" in said(words)
    assert words.text.index("ON YOUR WATCHLIST") < words.text.index("WHAT HAPPENED") < words.text.index("Added: 9")
    assert words.subject == mail(event(AFFILIATES)).subject


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("America/New_York", "May 21, 2019, 8:46 a.m. ET"),
        ("Asia/Tokyo", "May 21, 2019, 9:46 p.m. JST"),
        ("Europe/Berlin", "May 21, 2019, 2:46 p.m. CEST"),
        ("America/Sao_Paulo", "May 21, 2019, 9:46 a.m. UTC-03"),
    ],
)
def test_clock_times_are_those_of_the_recipient_and_legal_days_stay(zone: str, expected: str) -> None:
    words = RENDERER.mail(alert(PUBLISHED), TODAY, zone=ZoneInfo(zone))
    for part in (said(words), " ".join(words.html.split())):
        assert f"Seen {expected}. Legal days begin and end at midnight in Washington." in part
    assert "Effective: May 16, 2019" in words.text


def test_clock_times_follow_summer_time() -> None:
    assert clock(at("2019-12-02T08:45"), ZoneInfo("Europe/Berlin")) == "December 2, 2019, 2:45 p.m. CET"


# -- several alerts


def test_a_digest_lists_its_subjects_the_most_severe_first_and_then_the_essentials() -> None:
    low = structs.replace(PUBLISHED, kind=Kind.COMMENT_REQUEST, type="Proposed Rule", title="Request for Comments")
    body = Digest(since=NOW - timedelta(days=1), until=NOW, alerts=(alert(low, "low"), alert(READ, "high")))
    words = RENDERER.mail(alert(body), TODAY)
    assert words.subject == "2 changes until May 21: Published: Entity List: 23 added in 15 countries…"
    there = RENDERER.mail(
        alert(structs.replace(body, until=at("2019-05-21T19:00"))), TODAY, zone=ZoneInfo("Asia/Tokyo")
    )
    assert there.subject.startswith("2 changes until May 22: ")
    text = said(words)
    assert text.startswith("2 changes from May 20, 2019, 8:46 a.m. ET to May 21, 2019, 8:46 a.m. ET.")
    assert text.index("- Published: Entity List") < text.index("- Published: Request for Comments")
    assert "Effective: May 16, 2019 (in force)" in text
    assert PUBLISHED.links[0].url in text


def test_a_digest_of_one_is_named_after_it() -> None:
    body = Digest(since=NOW - timedelta(days=1), until=NOW, alerts=(alert(READ),))
    assert RENDERER.mail(alert(body), TODAY).subject == f"1 change: {mail(READ).subject}"


# -- the clock

NOTICE = ClockNotice(
    key="license:a:end",
    thread="license:a",
    kind=NoticeKind.REMINDER,
    on=TODAY,
    title="Temporary General License",
    headline="Temporary General License ends in 3 days, May 24",
    says="The license ends in 3 days: it is in force through the end of May 24, 2019.",
    day=date(2019, 5, 24),
    days=3,
    document_number="2019-10829",
    quotes=(Quoted("2019-10829", "The license is valid through May 24, 2019."),),
)


def test_a_reminder_says_the_day_the_sentence_and_where_the_rule_stands() -> None:
    words = RENDERER.mail(alert(NOTICE), TODAY)
    assert words.subject == NOTICE.headline
    assert words.text.startswith(NOTICE.says[:60])
    assert "Day: May 24, 2019 (in 3 days)" in words.text
    assert "The sentence in 2019-10829: “The license is valid through May 24, 2019.”" in said(words)
    assert "https://www.federalregister.gov/d/2019-10829" in words.text


def test_a_lapse_that_no_document_tells_links_the_documents_of_its_sentences_and_gives_these_whole() -> None:
    sentence = "Shipments that were en route may proceed " + "under the previous eligibility " * 20 + "by May 24, 2019."
    lapsed = structs.replace(NOTICE, document_number=None, quotes=(Quoted("2019-10829", sentence),))
    words = RENDERER.mail(alert(lapsed), TODAY)
    assert "https://www.federalregister.gov/d/2019-10829" in words.text
    assert "by May 24, 2019.”" in said(words)


def test_a_moved_day_is_shown_with_the_old_one_and_only_a_document_has_a_page() -> None:
    name = "Supplement No. 1 as of 2019-05-20"
    quotes = (Quoted(name, "The license is valid through May 24, 2019."),)
    moved = structs.replace(NOTICE, thread="deadline:b", old_day=date(2019, 5, 20), document_number=name, quotes=quotes)
    words = RENDERER.mail(alert(moved), TODAY)
    assert words.subject == f"{NOTICE.headline}: Temporary General License"
    assert "Day: May 20, 2019 → May 24, 2019 (in 3 days)" in words.text
    assert "federalregister.gov" not in words.text


def test_days_that_were_missed_are_reported_together_the_oldest_first() -> None:
    later = structs.replace(NOTICE, headline="Temporary General License ends today, May 24", on=date(2019, 5, 24))
    body = CaughtUp(
        key="c", since=date(2019, 5, 19), today=date(2019, 5, 25), headline="2 notices", notices=(NOTICE, later)
    )
    words = RENDERER.mail(alert(body), TODAY)
    assert words.subject == "Late (May 24): Temporary General License ends today, May 24, and 1 more"
    assert words.text.index("ends in 3 days") < words.text.index("ends today")
    alone = RENDERER.mail(alert(structs.replace(body, notices=(NOTICE,))), TODAY)
    assert alone.subject == f"{NOTICE.headline} (told late)"
