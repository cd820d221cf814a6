"""The formats of a report: a spreadsheet, a ticket, a program, a terminal."""

import csv
import io
import json
from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from reports import RULE, added, document, removed, report_of, revised

from monitor.mail.spreadsheet import as_csv, cell
from monitor.model.reports import Report
from monitor.report.formats.csv import COLUMNS, as_table
from monitor.report.formats.json import as_json
from monitor.report.formats.markdown import MOST_ROWS, as_markdown
from monitor.report.formats.text import as_text

HOSTILE = '=HYPERLINK("http://evil.example";"x") | [a](javascript:alert(1)) <b>& `c` *d*'
SOME = report_of([added("Alfa Co."), revised("Beta Ltd."), removed("Gamma LLC")])


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_table(report).removeprefix("\ufeff"))))


def test_a_spreadsheet_has_a_row_for_every_change_and_field() -> None:
    found = rows(SOME)
    entries = [(row["action"], row["name"], row["field"]) for row in found if row["what"] == "entry"]
    assert entries == [
        ("added", "Alfa Co.", "Entity"),
        ("revised", "Beta Ltd.", "Addresses"),
        ("revised", "Beta Ltd.", "License review policy"),
        ("removed", "Gamma LLC", "Entity"),
    ]
    assert {row["rules"] for row in found if row["what"] == "entry"} == {RULE}
    assert [row["name"] for row in found if row["what"] == "document"] == ["Addition of Entities"]


def test_excel_takes_it_for_utf_8_with_lines_of_its_own() -> None:
    text = as_table(SOME)
    assert text.startswith("\ufeff" + COLUMNS[0])
    assert text.count("\r\n") == text.count("\n") == len(rows(SOME)) + 1


@given(st.text(max_size=40))
def test_no_cell_is_a_formula_and_none_is_lost(text: str) -> None:
    written = cell(text)
    assert written.lstrip(" ")[:1] not in set("=+-@\t\r\n＝＋－＠")
    assert written.removeprefix("'") == text.removeprefix("'")


@given(st.lists(st.lists(st.text(max_size=10), min_size=2, max_size=2), max_size=5))
def test_a_table_reads_back_as_it_was(values: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(as_csv(("a", "b"), values).removeprefix("\ufeff"), newline="")))
    assert read[1:] == [[cell(value) for value in row] for row in values]


def test_a_cell_that_excel_would_cut_in_two_is_cut_with_a_mark() -> None:
    assert len(cell("x" * 40_000)) < 32_767
    assert cell("x" * 40_000).endswith("…")


def test_a_ticket_gets_tables_in_which_nothing_is_markup() -> None:
    text = as_markdown(report_of([added(HOSTILE)], documents=(document(title=HOSTILE),)))
    lines = [line for line in text.splitlines() if "evil" in line]
    assert len(lines) == 2
    for line, cells in zip(lines, (5, 4), strict=True):
        unescaped = [line[n - 1] != "\\" for n, c in enumerate(line) if c == "|"]
        assert sum(unescaped) == cells + 1
        assert "\\[a\\]" in line
        assert "\\<b\\>" in line


def test_a_ticket_is_bounded_and_names_the_command_for_the_rest() -> None:
    text = as_markdown(report_of([added(f"Alfa {number}") for number in range(MOST_ROWS + 7)]))
    assert text.count("\n| added") == MOST_ROWS
    assert (
        "… 7 more rows: `fedreg-monitor diff --from 2031-01-01 --to 2031-12-31 --format csv` has all of them." in text
    )


def test_a_program_gets_every_part() -> None:
    values = json.loads(msgspec.json.encode(as_json(SOME)))
    assert list(values) == ["from", "to", "known_at", "lists", "general_licenses", "documents", "deadlines", "notes"]
    one = values["lists"]["Entity List"]
    assert [(entry["country"], entry["name"]) for entry in one["added"]] == [("Iran", "Alfa Co.")]
    (revision,) = one["revised"]
    assert [field["field"] for field in revision["fields"]] == ["addresses", "license_review_policy"]
    assert revision["documents"] == [RULE]
    assert set(revision["fields"][0]) == {"field", "before", "after"}


def test_a_terminal_gets_a_headline_and_the_rule_of_each_change() -> None:
    lines = as_text(SOME).splitlines()
    assert lines[:2] == [
        "Changes from 2031-01-01 to 2031-12-31", "1 entry added to the Entity List, 1 revised, 1 removed.",
    ]  # fmt: skip
    assert f"  + Iran: Alfa Co. [84 FR 22963, 5/21/19.] by {RULE}" in lines


def test_that_nothing_changed_is_stated_in_every_format() -> None:
    empty = report_of(documents=(), cited=())
    assert empty.is_empty
    assert "Nothing changed." in as_text(empty)
    assert "Nothing changed." in as_markdown(empty)
    assert rows(empty) == []


def test_a_report_of_documents_alone_has_its_headline() -> None:
    only = report_of(documents=(document(), document("2031-00002", publication_date=date(2031, 6, 1))))
    assert "No entry and no general license changed; 2 documents of BIS published." in as_text(only)
