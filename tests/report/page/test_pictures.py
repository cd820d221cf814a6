"""The pictures of the report: bars where the days are, and labels that keep clear of each other."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from chromium import BINARY, Chromium
from hypothesis import given
from hypothesis import strategies as st
from license_lives import license_of, step
from reports import END, START, added, document, removed, report_of

from monitor.model.changes import Addition
from monitor.model.licenses import GeneralLicense, LicenseEvent, LicenseEventKind
from monitor.model.reports import LicenseReport, Report, ReportedChange
from monitor.report.html import as_html
from monitor.report.page.axis import Axis, Label, Picture, stacked
from monitor.report.page.growth_chart import growth_charts
from monitor.report.page.license_chart import license_charts

ONE_DAY = timedelta(days=1)


def life_of(lengths: Sequence[tuple[int, int]], start: date = START) -> GeneralLicense:
    """A license that is issued and extended; each with the days from one end to the next, and of a gap before it."""
    events: list[LicenseEvent] = []
    end = start
    for days, gap in lengths:
        begins = end + timedelta(days=gap) if events else start
        new = begins + timedelta(days=days)
        kind = LicenseEventKind.EXTENDED if events else LicenseEventKind.ISSUED
        old = end if events and gap <= 1 else None
        events.append(step(kind, begins, old=old, new=new))
        end = new
    return license_of(*events)


def reported(*licenses: GeneralLicense) -> Report:
    lives = tuple(LicenseReport(license=one, before=None, after=None, steps=()) for one in licenses)
    return report_of(licenses=lives, end=date(2033, 12, 31))


def overlapping(picture: Picture) -> list[tuple[str, str]]:
    pairs = combinations([label for label in picture.labels if label.kind != "tick"], 2)
    return [
        (a.text, b.text)
        for a, b in pairs
        if abs(a.y - b.y) < 11 and a.left < b.right and b.left < a.right
    ]  # fmt: skip


lives = st.lists(st.tuples(st.integers(1, 200), st.integers(0, 60)), min_size=1, max_size=8).map(life_of)


@given(st.lists(lives, min_size=1, max_size=4))
def test_labels_of_licenses_never_overlap_and_never_leave_the_picture(found: list[GeneralLicense]) -> None:
    for picture in license_charts(reported(*found)):
        assert overlapping(picture) == []
        assert all(label.left >= 0 and label.right <= picture.width for label in picture.labels if label.kind == "end")
        assert all(box.x >= 0 and box.x + box.width <= picture.width + 2 for box in picture.boxes)


def test_the_last_end_of_a_license_is_always_labeled() -> None:
    many = life_of([(10, 1)] * 8)
    last = many.history[-1].new_expiry
    assert last is not None
    for picture in license_charts(reported(many)):
        assert f"{last:%b} {last.day}, {last.year}" in [label.text for label in picture.labels]


def test_a_time_without_a_license_is_a_gap_between_two_bars() -> None:
    wide, _ = license_charts(reported(life_of([(30, 0), (30, 20)])))
    first, gap, second = sorted(wide.boxes, key=lambda box: box.x)
    assert [box.kind for box in (first, gap, second)] == ["first", "gap", "extended1"]
    assert first.x + first.width <= gap.x
    assert gap.x + gap.width <= second.x + 1
    assert gap.title == "not in force February 1, 2031 to February 19, 2031"
    assert wide.has_gap


def test_extensions_without_a_break_leave_no_gap() -> None:
    wide, _ = license_charts(reported(life_of([(30, 0), (30, 1), (30, 0)])))
    assert [box.kind for box in wide.boxes] == ["first", "extended1", "extended0"]
    assert not wide.has_gap


def test_the_chart_is_described_in_words_too() -> None:
    wide, _ = license_charts(reported(life_of([(30, 0), (30, 1)])))
    assert wide.summary == (
        "Temporary General License (Alfa): in force from January 1, 2031 through January 31, 2031; "
        "extended from February 1, 2031 through March 3, 2031."
    )


@given(st.lists(st.tuples(st.floats(0, 300), st.text("abc", min_size=1, max_size=12)), max_size=12))
def test_stacked_labels_of_a_row_stand_apart(wanted: list[tuple[float, str]]) -> None:
    found, rows = stacked([Label("end", x, 0.0, text, "middle") for x, text in wanted], 0.0, 350.0, 16.0)
    assert len(found) == len(wanted)
    assert all(label.y < rows * 16 for label in found)
    for a, b in combinations(found, 2):
        assert a.y != b.y or a.right <= b.left or b.right <= a.left


@given(st.dates(date(2017, 1, 3), date(2030, 1, 1)), st.integers(0, 6000))
def test_ticks_stand_apart_in_any_period(first: date, days: int) -> None:
    axis = Axis(first, first + timedelta(days=days), 4.0, 346.0)
    marks = axis.ticks()
    assert all(b[0] - a[0] >= 8 + 7 * max(len(a[1]), len(b[1])) for a, b in pairwise(marks))


def many_rules() -> Report:
    days = [START + timedelta(days=7 * n) for n in range(50)]
    rules = tuple(document(f"2031-{n:05}", publication_date=day) for n, day in enumerate(days))
    changes = [
        ReportedChange(one.change, (rules[n % 50].document_number,))
        for n, one in enumerate([*(added(f"Alfa {n}") for n in range(300)), *(removed(f"Beta {n}") for n in range(60))])
    ]
    return report_of(changes, documents=rules, cited=rules)


def test_the_bars_of_a_list_count_every_change_once() -> None:
    report = many_rules()
    known = {one.document_number: one for one in report.cited}
    for picture in growth_charts(report.lists[0], report, known):
        titles = [box.title.rpartition(": ")[2] for box in picture.boxes]
        assert sum(int(title.split()[0]) for title in titles if title.endswith("added")) == 300
        assert sum(int(title.split()[0]) for title in titles if title.endswith("removed")) == 60
        assert overlapping(picture) == []


def test_an_addition_counts_for_its_first_rule_between() -> None:
    early, late = document("2031-00001"), document("2031-00009", publication_date=date(2031, 9, 1), citation="96 FR 99")
    before = document("2030-00001", publication_date=START - ONE_DAY)
    change = added("Alfa").change
    assert isinstance(change, Addition)
    entries = [
        ReportedChange(change, ("2031-00009", "2030-00001", "2031-00001")),
        ReportedChange(change, ("2031-00009",)),
    ]
    report = report_of(entries, cited=(before, early, late))
    wide, _ = growth_charts(report.lists[0], report, {one.document_number: one for one in report.cited})
    assert [box.title for box in wide.boxes] == [
        "May 21, 2031, 96 FR 22961: 1 added", "September 1, 2031, 96 FR 99: 1 added",
    ]  # fmt: skip


@pytest.mark.skipif(not Path(BINARY).exists(), reason="needs Chromium, which .ci/run installs")
@pytest.mark.parametrize("width", [400, 900, 1400])
def test_labels_stand_clear_as_they_are_drawn(tmp_path: Path, width: int) -> None:
    report = many_rules()
    lives = [
        LicenseReport(
            license=life_of([(91, 0), (91, 1), (45, 1), (44, 1), (90, 30)]), before=None, after=None, steps=()
        )
    ]
    file = tmp_path / "report.html"
    file.write_text(
        as_html(report_of(report.lists[0].entries, cited=report.cited, licenses=tuple(lives))), encoding="utf-8"
    )
    assert END.year == 2031
    with Chromium() as browser:
        browser.screen(width)
        browser.open(file.as_uri())
        boxes = browser.value(
            "[...document.querySelectorAll('svg text')].map(t => t.getBoundingClientRect()).filter(b => b.width)"
            ".map(b => [b.left, b.top, b.right, b.bottom])"
        )
    assert len(boxes) > 20
    touching = [
        (a, b) for a, b in combinations(boxes, 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] + 2 < b[3] and b[1] + 2 < a[3]
    ]  # fmt: skip
    assert touching == []
    assert all(box[0] >= 0 and box[2] <= width for box in boxes)
