"""The screening list: a cross-check of our lists, read strictly, held against them, reported to the operator alone."""

import json
from typing import Any

import pytest
from harness import Bench, configuration, objection

from monitor.__main__ import run
from monitor.diff.screening import cross_check, persisting
from monitor.model.entries import Cells, Entry, EntryKind, ListName, SubEntry
from monitor.model.errors import ImplausibleError, ReadError
from monitor.model.polls import Outcome, Status
from monitor.model.screening import CrossCheck, Name, Party
from monitor.model.settings import Limits, Operator
from monitor.sources import screening
from monitor.sources.plausibility import check_parties

EL = "Entity List (EL) - Bureau of Industry and Security"
UVL = "Unverified List (UVL) - Bureau of Industry and Security"


def body(*rows: Any, **more: Any) -> bytes:
    return json.dumps({"results": [{"source": EL, "name": "Alfa"}, *rows], **more}).encode()


def party(name: str, *countries: str, aliases: tuple[str, ...] = ()) -> Party:
    return Party(list=ListName.ENTITY_LIST, name=name, aliases=aliases, countries=countries)


def entry(name: str, country: str = "CHINA", **more: Any) -> Entry:
    cells = Cells(entity=name, license_requirement="", license_review_policy="", citation="")
    return Entry(country=country, name=name, cells=cells, **more)


def checked(entries: list[Entry], parties: list[Party]) -> tuple[list[str], list[str]]:
    """The names that stand in one list alone: ours, theirs."""
    found = cross_check(ListName.ENTITY_LIST, entries, parties)
    assert found.agreed == sum(one.kind is not EntryKind.RESERVED for one in entries) - len(found.missing)
    return [name.name for name in found.missing], [name.name for name in found.extra]


# -- reading


def test_only_rows_of_our_lists_are_read_and_the_same_row_counts_once() -> None:
    row = {
        "source": UVL,
        "name": " Beta \n Ltd ",
        "alt_names": ["B", ""],
        "addresses": [{"country": "HK"}, {"country": "CN"}],
    }
    other = {"source": "Specially Designated Nationals (SDN) - Treasury Department", "name": 7}
    found = screening.read(body(row, row, other, {"source": None}, {}))
    assert found.rows == 6
    assert found.parties[1] == Party(
        list=ListName.UNVERIFIED_LIST, name="Beta Ltd", aliases=("B",), countries=("China", "Hong Kong")
    )
    assert len(found.parties) == 2


@pytest.mark.parametrize("value", [None, "", [], ...])
@pytest.mark.parametrize("key", ["alt_names", "addresses"])
def test_keys_without_a_value_may_be_null_empty_or_absent(key: str, value: object) -> None:
    row = {"source": EL, "name": "Beta"} | ({} if value is ... else {key: value})
    assert party("Beta") in screening.read(body(row)).parties


@pytest.mark.parametrize("name", [{"name": None}, {"name": " "}, {}])
def test_a_row_without_a_name_is_no_party(name: dict[str, Any]) -> None:
    assert len(screening.read(body({"source": EL, **name})).parties) == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"name": 7}, "Expected `str | null`, got `int`"),
        ({"name": "x", "alt_names": "A; B"}, "a text in place of alt_names"),
        ({"name": "x", "alt_names": [1]}, "alt_names"),
        ({"name": "x", "addresses": ["Street"]}, "addresses"),
        ({"name": "x", "addresses": [{"country": 1}]}, "addresses"),
    ],
)
def test_a_value_of_another_kind_is_loud(row: dict[str, Any], words: str) -> None:
    with pytest.raises(ReadError, match=words.replace("|", r"\|")):
        screening.read(body({"source": EL, **row}))


def test_lists_and_countries_that_nobody_knows_are_named() -> None:
    rows = [
        {"source": "New List (NEW) - Bureau", "name": "x"},
        {"source": EL, "name": "Beta", "addresses": [{"country": "QQ"}, {"country": "Syria"}, {"country": "ru"}]},
    ]
    found = screening.read(body(*rows))
    assert found.strange == ("country 'QQ'", "list 'New List (NEW) - Bureau'")
    assert found.parties[1].countries == ("Russia", "Syria")


@pytest.mark.parametrize(
    "answer", [b"{}", b"[]", b'{"results": null}', b'{"results": []}', b'{"results": [{}]}', b"<html>"]
)
def test_an_answer_without_the_entity_list_is_not_accepted(answer: bytes) -> None:
    with pytest.raises(ReadError):
        screening.read(answer)


def test_what_is_nested_without_end_is_refused() -> None:
    with pytest.raises(ReadError, match="nested beyond all measure"):
        screening.read(b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b', "results": []}')


def test_kept_rows_read_as_they_were() -> None:
    found = screening.read(body({"source": UVL, "name": "Beta", "addresses": [{"country": "HK"}]})).parties
    assert screening.read_kept(screening.kept_form(found)) == found


# -- plausible


def many(count: int, name: ListName = ListName.ENTITY_LIST) -> tuple[Party, ...]:
    return tuple(Party(list=name, name=f"Firm {number}") for number in range(count))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, many(499), "has only 499 rows"),
        (many(1000), many(800), "lost 200 of 1,000 entries, more than the 10%"),
        (many(1000), many(2001), "grew from 1,000 to 2,001"),
        (
            many(600) + many(20, ListName.UNVERIFIED_LIST),
            many(600),
            "Unverified List in the screening list lost 20 of 20",
        ),
    ],
)
def test_rows_that_cannot_be_true_are_refused(
    before: tuple[Party, ...] | None, after: tuple[Party, ...], words: str
) -> None:
    with pytest.raises(ImplausibleError, match=words):
        check_parties(before, after, Limits())


def test_rows_that_come_and_go_are_accepted() -> None:
    assert objection(check_parties, None, many(500), Limits()) is None
    assert objection(check_parties, many(1000), many(920), Limits()) is None
    more = many(600) + many(40, ListName.MILITARY_END_USER_LIST)
    assert objection(check_parties, many(600), more, Limits()) is None


# -- against our lists


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (entry("Alfa Works"), party("ALFA Works.", "China")),
        (entry("Alfa Works"), party("Beta", "China", aliases=("Alfa Works",))),
        (entry("Alfa Works", aliases=("Beta",)), party("Beta", "China")),
        (entry("Alfa Works", sub_entries=(SubEntry(name="Inner Plant"),)), party("Inner Plant", "China")),
        (entry("Alfa Works"), party("Alfa Works")),
        (entry("Alfa “Vega” Works"), party("Alfa ?Vega? Works", "China")),
        (entry("Telecomunicações Alfa"), party("Telecomunicac?es Alfa", "China")),
        (entry("Telecomunicações Alfa"), party("Telecomunicacoes Alfa", "China")),
        (entry("Alfa Works"), party("Alfa Works and any successor, sub-unit, or subsidiary thereof", "China")),
        (entry("Alfa Works and any successor, sub-unit or subsidiary thereof"), party("Alfa Works", "China")),
        (entry("Alfa Works Co., Ltd."), party("Alfa Works", "China")),
        (entry("Beta"), party("Alfa. Subordinate Institution - Beta", "China")),
        (entry("Address 16", kind=EntryKind.ADDRESS), party("Address 16", "China")),
        (entry("Alfa Works", "BRITISH VIRGIN ISLANDS"), party("Alfa Works", "United Kingdom")),
        (entry("Alfa Works", "CRIMEA REGION OF UKRAINE"), party("Alfa Works", "Ukraine")),
    ],
)  # fmt: skip
def test_another_spelling_is_no_difference(ours: Entry, theirs: Party) -> None:
    assert checked([ours], [theirs]) == ([], [])


def test_several_rows_of_one_entry_are_no_difference() -> None:
    rows = [party("Alfa Works", "China"), party("Alfa Works", "Iran"), party("Alfa ?orks", "China")]
    assert checked([entry("Alfa Works")], rows) == ([], [])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Alfa", "Beta"),
        ("Alfa Works", "Alfa Institute"),
        ("Alfa", "Alfa Works"),  # one word alone is part of too many names
        ("Alfa", "???? ??"),
    ],
)
def test_another_name_is_a_difference(ours: str, theirs: str) -> None:
    assert checked([entry(ours)], [party(theirs, "China")]) == ([ours], [theirs])


def test_an_entry_of_a_second_country_is_missing_where_only_the_first_has_a_row() -> None:
    assert checked([entry("Alfa Works"), entry("Alfa Works", "IRAN")], [party("Alfa Works", "China")]) == (
        ["Alfa Works"],
        [],
    )


def test_rows_of_other_lists_and_reserved_rows_do_not_count() -> None:
    row = Party(list=ListName.UNVERIFIED_LIST, name="Alfa", countries=("China",))
    assert checked([entry("Alfa"), entry("[Reserved]", kind=EntryKind.RESERVED)], [row]) == (["Alfa"], [])


def test_only_what_stood_then_and_now_is_reported() -> None:
    one, two, three = (Name("China", name) for name in ("One", "Two", "Three"))
    now = CrossCheck(list=ListName.ENTITY_LIST, agreed=5, missing=(one, two), extra=(three,))
    then = CrossCheck(list=ListName.ENTITY_LIST, agreed=4, missing=(two, three), extra=(one,))
    assert persisting(now, then) == CrossCheck(list=ListName.ENTITY_LIST, agreed=5, missing=(two,), extra=())


# -- polls


@pytest.fixture
def watched(sources: Any, mailbox: Any, tmp_path: Any) -> Bench:
    """A monitor with an operator that has seen our lists before the screening list follows."""
    bench = Bench(sources, mailbox, tmp_path / "state", operator=Operator(address="operator@example.org"))
    bench.check("2019-05-20T12:00")
    bench.mailbox.clear()
    return bench


def poll(bench: Bench, moment: str) -> Outcome:
    bench.check(moment)
    return bench.app.cycle(("screening",)).outcomes[0]


def notices(bench: Bench) -> list[Any]:
    return [mail for mail in bench.mailbox.messages if "screening list" in mail.message["Subject"]]


def test_a_baseline_is_reported_to_nobody_and_the_numbers_stand_in_the_ledger(watched: Bench) -> None:
    outcome = poll(watched, "2019-05-20T12:30")
    assert outcome.status is Status.BASELINE
    assert outcome.message.startswith(
        "1,162 rows, 1,158 of our lists; Entity List: 1,134 agreed, 2 missing there, 0 only"
    )
    assert watched.subjects == []


def test_what_did_not_change_is_not_sent_again(watched: Bench) -> None:
    poll(watched, "2019-05-20T12:30")
    watched.replay.clear_requests()
    outcome = poll(watched, "2019-05-20T15:30")
    assert outcome.message.startswith("not changed; Entity List: 1,134 agreed")
    assert [r.status for r in watched.replay.requests if "screening" in r.path] == [304]


def test_a_lag_of_days_is_not_reported_and_a_lasting_difference_once_to_the_operator_alone(watched: Bench) -> None:
    assert poll(watched, "2019-05-20T12:30").good
    assert "72 missing there" in poll(watched, "2019-05-23T12:30").message  # the eCFR is ahead for a day
    assert "2 missing there" in poll(watched, "2019-05-24T12:30").message
    assert notices(watched) == []
    for moment in ("2019-06-10T12:30", "2019-06-10T15:30", "2019-06-11T12:30"):
        assert poll(watched, moment).good
    (notice,) = notices(watched)
    assert notice.recipients == ["operator@example.org"]
    assert "2 entries" in notice.message.get_body(("plain",)).get_content()


@pytest.mark.usefixtures("quick_retries")
def test_an_older_list_is_a_failed_poll_and_the_version_that_was_accepted_stays(watched: Bench) -> None:
    poll(watched, "2019-05-24T12:30")
    with watched.app.context() as context:
        before = context.store.validator("screening")
    watched.replay.fault("stale", "consolidated", seconds=97 * 86_400)
    outcome = poll(watched, "2019-08-27T12:30")
    assert (outcome.status, outcome.message) == (
        Status.FAILED,
        "the Consolidated Screening List is of 2019-05-20 10:15, older than that of 2019-05-24 10:15",
    )
    with watched.app.context() as context:
        assert context.store.validator("screening") == before
        assert len(context.store.snapshots(screening.SNAPSHOT)) == 1
    watched.replay.clear_faults()
    assert poll(watched, "2019-08-27T12:40").message.startswith("1,301 rows")


def test_the_command_shows_every_difference(watched: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    file = watched.folder.parent / "monitor.toml"
    file.write_text(configuration(watched.replay.url, watched.mailbox.port), encoding="utf-8")
    command = ["--config", str(file), "--state", str(watched.folder), "screening"]
    assert run(command) == 1
    assert "was never read" in capsys.readouterr().err
    poll(watched, "2019-05-20T12:30")
    assert run(command) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "the screening list since 2019-05-20 against the newest list of the eCFR",
        "Entity List: 1,134 agreed, 2 missing there, 0 only there",
    ]
    assert lines[2].startswith("    missing there: Chernomorneftegaz (Crimea Region of Ukraine)")
    assert run([*command, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["missing"][0]["name"] == "Chernomorneftegaz"
