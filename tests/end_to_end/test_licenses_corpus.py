"""The replay of 2016 to 2025: every state on every day, and every notice of 2019 and 2020 and no other."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from clock_cases import ONE_DAY, day, kinds_by_day
from harness import SHARED, need_shared
from msgspec.structs import replace

from monitor.deadlines import DAYS, due
from monitor.deadlines.licenses import licenses, state_on
from monitor.deadlines.licenses.documents import public_on
from monitor.law.rules.reading import read_rule
from monitor.law.supplement import read_supplement
from monitor.model.deadlines import ClockNotice, Codified, ReadDocument
from monitor.model.licenses import GeneralLicense, LicenseEventKind
from monitor.model.rules import CfrReference, RuleMetadata

CORPUS = SHARED / "corpus"
SUPPLEMENTS = {"744-7": "Supplement No. 7 to part 744", "736-1": "Supplement No. 1 to part 736"}
SPEAK_OF_LICENSES = (b"general license", b"general order", b"supplement no. 7 to part 744")
# Extensions of the second license: known on, the end before, the end after.
EXTENSIONS = [
    ("2019-08-19", "2019-08-19", "2019-11-18"),
    ("2019-11-18", "2019-11-18", "2020-02-16"),
    ("2020-02-13", "2020-02-16", "2020-04-01"),
    ("2020-03-10", "2020-04-01", "2020-05-15"),
    ("2020-05-15", "2020-05-15", "2020-08-13"),
]


def documents(form: str) -> Iterator[ReadDocument]:
    """The rules of the corpus that speak of general licenses, from one of the two forms of their text."""
    folder, suffix = {"printed": ("xml", "xml"), "filed": ("pi_text", "txt")}[form]
    for line in (CORPUS / "documents.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        path = CORPUS / folder / f"{row['document_number']}.{suffix}"
        if row["type"] != "Rule" or row["_replay"].get("pi_pulled_at") or not path.exists():
            continue
        body = path.read_bytes()
        if any(words in body.lower() for words in SPEAK_OF_LICENSES):
            yield document(row, body)


def document(row: dict[str, Any], body: bytes) -> ReadDocument:
    filed = row["_replay"].get("filed_at")
    metadata = RuleMetadata(
        document_number=row["document_number"],
        title=row["title"],
        type=row["type"],
        action=row["action"],
        abstract=row["abstract"],
        dates=row["dates"],
        publication_date=day(row["publication_date"]),
        cfr_references=tuple(CfrReference(int(r["title"]), int(r["part"])) for r in row["cfr_references"] if r["part"]),
    )
    return ReadDocument(
        reading=read_rule(body, metadata),
        document_number=row["document_number"],
        title=row["title"],
        filed_at=datetime.fromisoformat(filed) if filed else None,
        publication_date=metadata.publication_date,
    )


def supplements() -> Iterator[Codified]:
    for folder, name in SUPPLEMENTS.items():
        for path in sorted((CORPUS / "supplements" / folder).glob("*.xml")):
            body = path.read_bytes()
            text = read_supplement(body) if body else None
            yield Codified(supplement=name, as_of=day(path.stem), body=text)


@pytest.fixture(scope="module", params=["printed", "filed", "printed with the regulations"])
def found(request: pytest.FixtureRequest) -> tuple[GeneralLicense, ...]:
    need_shared()
    form, _, regulations = request.param.partition(" with ")
    all_of_them = licenses(list(documents(form)), list(supplements()) if regulations else [])
    return tuple(one for one in all_of_them if any(event.document_number for event in one.history))


def expected() -> list[dict[str, Any]]:
    return list(json.loads((SHARED / "license_states.json").read_text(encoding="utf-8"))["licenses"])


def test_every_license_stands_on_every_day_as_it_did(found: tuple[GeneralLicense, ...]) -> None:
    assert len(found) == len(expected())
    days = 0
    for license_, wanted in zip(found, expected(), strict=True):
        for state in wanted["states"]:
            on, last = day(state["from"]), day(state["through"] or "2025-12-31")
            while on <= last:
                assert_state(license_, on, state)
                on, days = on + ONE_DAY, days + 1
    assert days > 7_000


def assert_state(license_: GeneralLicense, on: date, wanted: dict[str, Any]) -> None:
    state = state_on(license_, on)
    name = {"none": "not yet in force"}.get(wanted["status"], wanted["status"])
    assert state.status.value == name, on
    if name != "not yet in force":
        assert state.valid_through == (day(wanted["valid_through"]) if wanted["valid_through"] else None), on
    if "document" in wanted:
        setting = [e for e in license_.history if e.effective_on <= on and e.event is not LicenseEventKind.CHANGED]
        assert setting[-1].document_number == wanted["document"], on
    if "scope_categories" in wanted and license_.scopes:
        assert len(state.scope) == wanted["scope_categories"], on


def test_the_documents_and_the_regulations_do_not_contradict_each_other(found: tuple[GeneralLicense, ...]) -> None:
    assert [fault for license_ in found for fault in license_.contradictions] == []


def replay(found: tuple[GeneralLicense, ...], since: str, today: str) -> list[ClockNotice]:
    said, on = list[ClockNotice](), day(since)
    while on < day(today):
        on += ONE_DAY
        said += [notice for notice in due((), found, since=on - ONE_DAY, today=on) if isinstance(notice, ClockNotice)]
    return said


def reminders() -> Iterator[tuple[str, str]]:
    """Those of each end until the day on which its extension was known, and all of the last one."""
    begins = "2019-05-20"
    for known, end, _ in [*EXTENSIONS, ("2020-08-14", "2020-08-13", "")]:
        for left in DAYS:
            on = f"{day(end) - timedelta(days=left)}"
            if begins <= on < known:
                yield on, "reminder"
        begins = known


def test_2019_and_2020_tell_exactly_what_was_due(found: tuple[GeneralLicense, ...]) -> None:
    said = replay(found, "2018-12-31", "2020-12-31")
    assert sorted(kinds_by_day(said)) == sorted(
        [
            ("2019-05-20", "issued"),
            ("2019-08-19", "changed"),
            *((known, "extended") for known, _, _ in EXTENSIONS),
            *reminders(),
            ("2020-08-14", "lapsed"),
            ("2020-08-17", "removed"),
        ]
    )
    extensions = [(f"{n.old_day}", f"{n.day}", n.days) for n in said if n.kind.value == "extended"]
    assert extensions == [(old, new, (day(new) - day(old)).days) for _, old, new in EXTENSIONS]


def printed_on(on: date, versions: list[Codified]) -> Iterator[Codified]:
    """What the regulations print on a day; they follow what is effective by some days."""
    for name in SUPPLEMENTS.values():
        followed = [text for text in versions if text.supplement == name and text.as_of <= on - timedelta(days=5)]
        yield replace(followed[-1], as_of=on)


def test_a_watch_that_begins_in_the_middle_of_a_license_and_learns_day_by_day_tells_the_same() -> None:
    need_shared()
    begin, end = day("2020-01-02"), day("2020-10-01")
    later, versions = [one for one in documents("filed") if public_on(one) >= begin], list(supplements())
    texts, said, on = list[Codified](), list[ClockNotice](), begin
    while on < end:
        texts += printed_on(on, versions)
        found = licenses([one for one in later if public_on(one) <= on], texts)
        said += [n for n in due((), found, since=on - ONE_DAY, today=on) if isinstance(n, ClockNotice)]
        on += ONE_DAY
    assert sorted(kinds_by_day(said)) == sorted(
        [
            ("2020-01-02", "found in the regulations"),
            *((known, "extended") for known, _, _ in EXTENSIONS[2:]),
            *(one for one in reminders() if one[0] >= f"{begin}"),
            ("2020-08-14", "lapsed"),
            ("2020-08-17", "removed"),
        ]
    )
    assert len({notice.thread for notice in said}) == 1


def test_the_general_order_that_nobody_extended_is_told_to_have_lapsed(found: tuple[GeneralLicense, ...]) -> None:
    said = kinds_by_day(replay(found, "2022-10-01", "2023-09-01"))
    assert said[0] == ("2022-10-07", "issued")
    assert [one for one in said if one[1] != "reminder"][1:] == [
        ("2023-04-08", "lapsed"),
        ("2023-04-15", "still lapsed"),
        ("2023-04-22", "still lapsed"),
        ("2023-04-29", "still lapsed"),
        ("2023-05-06", "still lapsed"),
    ]
    assert len([one for one in said if one[1] == "reminder"]) == len(DAYS)
