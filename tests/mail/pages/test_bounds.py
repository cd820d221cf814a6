"""No mail is longer than 60 KB, whatever it tells, and what is left out stands in the table."""

import csv
import io
import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from samples import LIST, NOW, PUBLISHED, READ, TEXT, TODAY, alert, entry

from monitor.mail.channels.email_message import compose
from monitor.mail.message import OutgoingMessage, message_id
from monitor.mail.pages.blocks import Table
from monitor.mail.pages.csv_file import attached
from monitor.mail.render import MOST_BYTES, Renderer, Words
from monitor.model.alerts import AlertBody, Difference, Digest, DocumentEvent, ListChanged
from monitor.model.changes import Addition, Change, FieldChange, ParagraphChange, Removal, Revision
from monitor.model.documents import Kind
from monitor.model.entries import Cells
from monitor.model.matches import Match
from monitor.model.rules import NamedEntry, RuleReading, RuleRow
from monitor.model.settings import Recipient

RENDERER = Renderer()
SENDER = "Export watch <watch@example.org>"
COUNTRIES = ("CHINA, PEOPLE'S REPUBLIC OF", "RUSSIA", "IRAN", "UNITED ARAB EMIRATES", "HONG KONG", "PAKISTAN", "TURKEY")
LONG = "For all items subject to the EAR, see § 744.11 of the EAR, except as the footnotes of this list provide. " * 40


def long_list(number: int) -> ListChanged:
    """Additions, revisions and removals with long cells."""
    changes: list[Change] = []
    for n in range(number):
        one = entry(f"Firm No. {n} for Precision Instruments Co., Ltd.", COUNTRIES[n % len(COUNTRIES)])
        cells = Cells(f"{one.name}, a.k.a. {LONG}", LONG, LONG + str(n), "84 FR 22963, 5/21/19.")
        whole = structs.replace(one, cells=cells)
        fields = (FieldChange("license_requirement", LONG, LONG.replace("except", "also")),)
        changes.append((Addition(whole), Revision(one, whole, fields), Removal(whole))[n % 3])
    return structs.replace(LIST, changes=tuple(changes), notes=(ParagraphChange(LONG, LONG.upper()),) * 30)


def long_rule(number: int) -> DocumentEvent:
    """A rule with as many entries, each with a row of long cells."""
    names = [
        NamedEntry(COUNTRIES[n % len(COUNTRIES)], f"Firm No. {n} for Precision Instruments") for n in range(number)
    ]
    rows = tuple(
        RuleRow(
            country=named.country,
            name=named.name,
            entity=LONG,
            license_requirement=LONG,
            license_review_policy=LONG,
            citation="84 FR 1",
        )
        for named in names
    )
    reading = RuleReading(
        document_number="2031-00001",
        kind=Kind.ENTITY_LIST_RULE,
        added=tuple(names[::2]),
        revised=tuple(names[1::2]),
        rows=rows,
        license_requirement=LONG,
        license_review_policy=LONG,
        quotes={"license_requirement": LONG},
        unread=(LONG,) * 50,
        agreement=(LONG,) * 50,
    )
    return structs.replace(READ, reading=reading, title=LONG, editorial_note=LONG)


def sent(words: Words) -> bytes:
    """The whole message with the longest headers, as it goes over the wire."""
    earlier = [message_id(str(n), "officer@example.org", SENDER) for n in range(400)]
    message = OutgoingMessage(
        recipient=Recipient(address="officer@example.org"),
        subject=words.subject,
        text=words.text,
        html=words.html,
        attachments=words.attachments,
        message_id=message_id("key", "officer@example.org", SENDER),
        earlier=earlier,
        date=NOW,
    )
    return compose(message, SENDER).as_bytes()


def rows_of(words: Words) -> list[dict[str, str]]:
    (attachment,) = words.attachments
    assert attachment.body.startswith(b"\xef\xbb\xbf")
    text = attachment.body.decode("utf-8-sig")
    assert text.replace("\r\n", "").count("\n") == 0
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("number", [51, 500, 3000])
@pytest.mark.parametrize("make", [long_list, long_rule], ids=["list", "rule"])
def test_a_change_of_any_size_fits_and_its_names_are_all_attached_or_counted(make: object, number: int) -> None:
    assert callable(make)
    words = RENDERER.mail(alert(make(number)), TODAY)
    assert len(sent(words)) <= MOST_BYTES
    rows = rows_of(words)
    named = [row for row in rows if row["action"]]
    if len(named) < number:
        assert f"… and {number - len(named):,} more rows" in rows[-1]["name"]
        assert "fedreg-monitor " in rows[-1]["name"]
        assert f"The first {len(named):,} of {number:,} rows are attached" in " ".join(words.text.split())
    else:
        assert len(rows) == number
        assert f": {number:,} rows" in " ".join(words.text.split())
    assert len(named) >= min(number, 250)


@pytest.mark.parametrize("number", [51, 500, 3000])
def test_what_the_mail_itself_leaves_out_is_counted_in_text_and_html(number: int) -> None:
    words = RENDERER.mail(alert(long_rule(number)), TODAY)
    for part in (words.text, words.html):
        shown = part.count("for Precision Instruments")
        assert shown == number or " more" in part


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(WORDS, st.integers(1, 600), st.sampled_from(["", "华为技术有限公司" * 30, "x" * 3000, "=" * 500]))
def test_no_words_of_a_source_make_a_mail_too_long(title: str, number: int, name: str) -> None:
    names = tuple(NamedEntry("IRAN", f"{title}{name}{n}") for n in range(number))
    reading = RuleReading(document_number="1", kind=Kind.ENTITY_LIST_RULE, added=names, stated_reason=title * 50)
    event = structs.replace(READ, title=title * 20, reading=reading, abstract=title * 99, editorial_note=title * 99)
    words = RENDERER.mail(alert(event), TODAY)
    assert len(sent(words)) <= MOST_BYTES


@pytest.mark.parametrize(
    "body",
    [
        structs.replace(TEXT, changes=(ParagraphChange(LONG, LONG.replace("all", "no")),) * 300),
        structs.replace(READ, differences=tuple(Difference(f"field {n}", LONG, LONG[9:]) for n in range(60))),
        structs.replace(PUBLISHED, abstract=LONG * 20, dates=LONG * 20),
        Digest(since=NOW - timedelta(days=7), until=NOW, alerts=tuple(alert(long_list(40), str(n)) for n in range(20))),
        Digest(since=NOW - timedelta(days=7), until=NOW, alerts=tuple(alert(READ, str(n)) for n in range(700))),
    ],
    ids=["text", "differences", "published", "digest", "long digest"],
)
def test_every_other_mail_fits_too(body: AlertBody) -> None:
    words = RENDERER.mail(alert(body), TODAY)
    assert len(sent(words)) <= MOST_BYTES


def test_a_thousand_matches_fit_and_come_first() -> None:
    match = Match(wanted="Alfa " * 40, found="Alfa Ltd. " * 40, country="IRAN", action="added", how=LONG, score=90)
    words = RENDERER.mail(alert(long_list(500)), TODAY, matches=[match] * 1000)
    assert len(sent(words)) <= MOST_BYTES
    assert words.text.startswith("On your watchlist: Alfa Ltd.")
    assert re.search(r"… and 99\d more", words.text)


def test_a_short_list_needs_no_table() -> None:
    assert RENDERER.mail(alert(LIST), TODAY).attachments == ()
    assert RENDERER.mail(alert(PUBLISHED), TODAY).attachments == ()


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=60).map(
    lambda rows: Table("a.csv", ("action", "name", "address"), 2, tuple(rows), "fedreg-monitor diff")
)


@given(TABLES, st.integers(400, 4000))
def test_a_table_fits_and_counts_what_it_lacks(table: Table, room: int) -> None:
    found = attached(table, room)
    assert len(found.body) <= room
    rows = list(csv.reader(io.StringIO(found.body.decode("utf-8-sig"), newline="")))
    if found.says.startswith("The first"):
        shown = len(rows) - 2
        assert f"… and {len(table.rows) - shown:,} more rows" in rows[-1][1]
    else:
        assert len(rows) == len(table.rows) + 1


def test_no_cell_of_a_table_is_a_formula() -> None:
    hostile = '=HYPERLINK("https://example.org","x")'
    body = structs.replace(LIST, changes=tuple(Addition(entry(f"{sign}{hostile}")) for sign in "=+-@ \uff1d" * 2))
    (attachment,) = RENDERER.mail(alert(body), TODAY).attachments
    rows = csv.DictReader(io.StringIO(attachment.body.decode("utf-8-sig")))
    assert [row["name"] for row in rows if not row["name"].startswith("'")] == []
