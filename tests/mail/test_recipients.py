"""Whom an alert is for, and what is wrong with a recipient's block."""

from datetime import date
from pathlib import Path

import pytest
from msgspec import structs
from samples import BASELINE, FILED, LIST, NOTICE, READ, TEXT, alert, entry

from monitor.config import read_settings
from monitor.mail.recipients import is_for
from monitor.model.alerts import Alert, AlertBody, Difference, DocumentEvent, ListChanged
from monitor.model.changes import Addition, Change, FieldChange, Merger, ParagraphChange, Revision
from monitor.model.deadlines import CaughtUp, ClockNotice, DeadlineKind, NoticeKind
from monitor.model.documents import Kind, Stage
from monitor.model.errors import ConfigurationError
from monitor.model.rules import GeneralLicenseAction, LicenseStatus, NamedEntry, RuleReading
from monitor.model.settings import Recipient, Send, Weekday
from monitor.model.severity import DeadlineTopic, Severity

DAY = date(2031, 3, 2)
ENTITIES, LICENSES = (Kind.ENTITY_LIST_RULE,), (Kind.GENERAL_LICENSE,)


def recipient(**wishes: object) -> Recipient:
    return structs.replace(Recipient(address="a@example.org"), **wishes)


def about(body: AlertBody, *topics: Kind) -> Alert:
    return structs.replace(alert(body), topics=topics or ENTITIES)


def notice(kind: DeadlineKind, **parts: object) -> ClockNotice:
    plain = ClockNotice(
        key="k", thread="t", kind=NoticeKind.REMINDER, on=DAY, title="T", headline="H", says="S", about=kind
    )
    return structs.replace(plain, **parts)


# -- topics


def test_an_alert_is_for_those_who_asked_for_one_of_its_topics() -> None:
    corrected = about(FILED, Kind.CORRECTION, Kind.ENTITY_LIST_RULE)
    assert is_for(recipient(topics=ENTITIES), corrected)
    assert is_for(recipient(topics=(Kind.CORRECTION,)), corrected)
    assert not is_for(recipient(topics=(Kind.MEU_LIST,)), corrected)
    assert not is_for(recipient(topics=()), corrected)


def test_the_baseline_is_for_everybody_whatever_they_asked_for() -> None:
    nobody = recipient(topics=(), countries=("Germany",), least_gravity=Severity.HIGH)
    assert is_for(nobody, alert(BASELINE))


def test_deadlines_come_with_the_kinds_where_none_is_named() -> None:
    end = about(notice(DeadlineKind.LICENSE_END), Kind.GENERAL_LICENSE)
    assert is_for(recipient(), end)
    assert is_for(recipient(topics=LICENSES), end)
    assert not is_for(recipient(topics=ENTITIES), end)


@pytest.mark.parametrize(
    ("kind", "topic"),
    [
        (DeadlineKind.LICENSE_END, DeadlineTopic.LICENSE_ENDS),
        (DeadlineKind.SAVINGS_CLAUSE, DeadlineTopic.SAVINGS_CLAUSES),
        (DeadlineKind.TAKES_EFFECT, DeadlineTopic.EFFECTIVE_DATES),
        (DeadlineKind.SUSPENSION_ENDS, DeadlineTopic.RULE_ENDS),
        (DeadlineKind.COMMENTS_CLOSE, DeadlineTopic.COMMENT_PERIODS),
    ],
)
def test_deadlines_can_be_chosen_apart_from_the_kinds(kind: DeadlineKind, topic: DeadlineTopic) -> None:
    due = about(notice(kind), Kind.GENERAL_LICENSE)
    assert is_for(recipient(topics=(topic,)), due)
    assert not is_for(recipient(topics=(topic,)), about(FILED, Kind.GENERAL_LICENSE))
    others = tuple(one for one in DeadlineTopic if one is not topic)
    assert not is_for(recipient(topics=(Kind.GENERAL_LICENSE, *others)), due)
    assert not is_for(recipient(topics=(Kind.GENERAL_LICENSE, "no-deadlines")), due)
    assert is_for(recipient(topics=(Kind.GENERAL_LICENSE, "no-deadlines")), about(FILED, Kind.GENERAL_LICENSE))


def test_days_that_are_caught_up_are_for_those_who_asked_for_one_of_them() -> None:
    both = (notice(DeadlineKind.LICENSE_END), notice(DeadlineKind.COMMENTS_CLOSE))
    caught_up = about(CaughtUp(key="k", since=DAY, today=DAY, headline="2 notices", notices=both))
    assert is_for(recipient(topics=("comment-periods",)), caught_up)
    assert not is_for(recipient(topics=("savings-clauses",)), caught_up)


# -- countries

GERMANY = recipient(countries=("Germany",))
ALFA = entry("Alfa Optik", "GERMANY")
BETA = entry("Beta Optik", "TURKEY")


def listed(*changes: Change) -> ListChanged:
    return structs.replace(LIST, changes=changes, notes=())


def rule(*countries: str, **said: object) -> DocumentEvent:
    added = tuple(NamedEntry(country, "Alfa Optik") for country in countries)
    reading = RuleReading(document_number="2031-00001", kind=Kind.ENTITY_LIST_RULE, added=added)
    return structs.replace(FILED, reading=structs.replace(reading, **said))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (listed(Addition(ALFA)), True),
        (listed(Addition(BETA)), False),
        (listed(Addition(BETA), Addition(ALFA)), True),
        (listed(Revision(ALFA, BETA, (FieldChange("country", "GERMANY", "TURKEY"),))), True),
        (listed(Revision(BETA, ALFA, (FieldChange("country", "TURKEY", "GERMANY"),))), True),
        (listed(Merger(BETA, ALFA)), True),
        (listed(Merger(BETA, BETA)), False),
        (rule("GERMANY"), True),
        (rule("TURKEY"), False),
        (rule("TURKEY", "GERMANY"), True),
        # what is at stake is more than entries, or is not known
        (structs.replace(listed(Addition(BETA)), notes=(ParagraphChange("a", "b"),)), True),
        (rule("TURKEY", unread=("A sentence.",)), True),
        (rule("TURKEY", agreement=("The counts differ.",)), True),
        (structs.replace(rule("TURKEY"), text_missing="not whole"), True),
        (rule("TURKEY", general_license=GeneralLicenseAction(name="GL", status=LicenseStatus.ISSUED)), True),
        (rule(), True),
        (structs.replace(FILED, reading=None), True),
        (TEXT, True),
        (notice(DeadlineKind.LICENSE_END), True),
    ],
)
def test_countries_choose_among_what_names_entries(body: AlertBody, *, expected: bool) -> None:
    assert is_for(GERMANY, about(body)) is expected
    assert is_for(recipient(), about(body))


# -- severity


@pytest.mark.parametrize(
    ("least", "low", "medium", "high"),
    [(Severity.LOW, True, True, True), (Severity.MEDIUM, False, True, True), (Severity.HIGH, False, False, True)],
)
def test_only_what_is_severe_enough_is_sent(least: Severity, *, low: bool, medium: bool, high: bool) -> None:
    asking = recipient(least_gravity=least)
    title = structs.replace(READ, stage=Stage.CHANGED, differences=(Difference("title", "a", "b"),))
    assert [is_for(asking, about(body)) for body in (title, TEXT, READ)] == [low, medium, high]


# -- the recipient's own names


def test_a_name_of_their_own_reaches_a_recipient_whatever_else_they_say() -> None:
    deaf = recipient(topics=(), countries=("Japan",), least_gravity=Severity.HIGH)
    body = listed(Addition(BETA))
    assert not is_for(deaf, about(body))
    assert is_for(structs.replace(deaf, watchlist=("Beta Optik GmbH",)), about(body))
    assert not is_for(structs.replace(deaf, watchlist=("Gamma Optik",)), about(body))


def test_what_is_reported_of_the_monitor_itself_names_nobody() -> None:
    assert not is_for(recipient(topics=(), watchlist=("Entity List",)), about(NOTICE))


# -- the configuration


def settings(folder: Path, *lines: str) -> Recipient:
    file = folder / "monitor.toml"
    file.write_text("\n".join(("[[recipients]]", 'address = "a@example.org"', *lines)), encoding="utf-8")
    return read_settings(file).recipients[0]


def refusal(folder: Path, *lines: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        settings(folder, *lines)
    assert caught.value.exit_code == 78
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(f"{folder / 'monitor.toml'}: ")


def test_a_whole_block_reads(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("\ufeff# partners\n\n  Beta Mess \nGamma #7\r\n", encoding="utf-8")
    found = settings(
        tmp_path,
        'topics = ["entity-list-rule", "license-ends"]',
        """countries = ["CHINA, PEOPLE'S REPUBLIC OF", "Türkiye", "russian federation", "Isle of Man"]""",
        'least_gravity = "medium"',
        'watchlist = ["Alfa Optik"]',
        'watchlist_file = "names.txt"',
        'send = "weekly"',
        "hour = 0",
        'weekday = "friday"',
        'time_zone = "Asia/Tokyo"',
    )
    assert found.topics == ("entity-list-rule", "license-ends")
    assert found.countries == ("China", "Turkey", "Russia", "Isle of Man")
    assert found.watchlist == ("Alfa Optik", "Beta Mess", "Gamma #7")
    assert (found.send, found.hour, found.weekday, found.zone.key) == (Send.WEEKLY, 0, Weekday.FRIDAY, "Asia/Tokyo")


def test_without_wishes_a_recipient_gets_all_of_lists_and_licenses_at_once_in_eastern_time(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert found == Recipient(address="a@example.org")
    assert (found.send, found.least_gravity, found.zone.key) == (Send.AT_ONCE, Severity.LOW, "America/New_York")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "topics = ['license-end']",
            "'license-end' is not a topic (did you mean license-ends?), at recipients[0].topics[0]",
        ),
        ("topics = ['gossip']", "'gossip' is not a topic, at recipients[0].topics[0]"),
        ("topics = ['license-ends', 'no-deadlines']", "recipients[0].topics has 'no-deadlines' and deadlines, too"),
        ("countries = ['Chnia']", "'Chnia' is not a country (did you mean China?), at recipients[0].countries[0]"),
        ("countries = ['China', 'Atlantis Minor']", "'Atlantis Minor' is not a country, at recipients[0].countries[1]"),
        ("countries = ['']", "'' is not a country"),
        ("countries = 'China'", "at recipients[0].countries"),
        ("least_gravity = 'grave'", "at recipients[0].least_gravity"),
        ("watchlist = ['—']", "'—' has no letter or digit and is no name, at recipients[0].watchlist[0]"),
        ("watchlist_file = 'gone.txt'", "recipients[0].watchlist_file: cannot read"),
        ("watchlist_file = '.'", "recipients[0].watchlist_file: cannot read"),
        ('watchlist_file = "a\\u0000b"', "recipients[0].watchlist_file: cannot read"),
        ("send = 'hourly'", "at recipients[0].send"),
        ("hour = 24", "at recipients[0].hour"),
        ("hour = -1", "at recipients[0].hour"),
        ("hour = '8'", "at recipients[0].hour"),
        ("weekday = 'Friday'", "at recipients[0].weekday"),
        (
            "time_zone = 'Asia/Tokio'",
            "'Asia/Tokio' is not a time zone (did you mean Asia/Tokyo?), at recipients[0].time_zone",
        ),
        ("time_zone = ''", "'' is not a time zone"),
        ("time_zone = '../zone'", "'../zone' is not a time zone"),
        ("time_zone = '/etc/passwd'", "'/etc/passwd' is not a time zone"),
        ("time_zone = 'America'", "'America' is not a time zone"),
        ("digest = 'daily'", "unknown field `digest`, at recipients[0]"),
    ],
)
def test_what_is_wrong_is_reported_in_one_line_with_its_place(tmp_path: Path, line: str, words: str) -> None:
    assert words in refusal(tmp_path, line)


def test_a_file_of_names_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_bytes("Müller".encode("latin-1"))
    assert f"{tmp_path / 'names.txt'} is not UTF-8" in refusal(tmp_path, "watchlist_file = 'names.txt'")


def test_a_name_of_the_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("Alfa\n---\n", encoding="utf-8")
    assert "'---' has no letter or digit" in refusal(tmp_path, "watchlist_file = 'names.txt'")
