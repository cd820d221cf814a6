"""A change of a list shared out among the rules that explain it."""

from collections.abc import Mapping
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from listing import entry, row, supplement
from msgspec import structs
from samples import DOCUMENT, NOW

from monitor.diff.attribution import changes_by_rule
from monitor.law.supplement import read_supplement
from monitor.model.alerts import Alert, ListChanged
from monitor.model.changes import Addition, Removal, Revision
from monitor.model.documents import Document, Kind, document_thread
from monitor.model.polls import Snapshot
from monitor.model.rules import NamedEntry, RuleReading
from monitor.polls import ecfr_alerts
from monitor.polls.ecfr_alerts import Comparison
from monitor.sources.ecfr import ENTITY_LIST

OLD, FIRST, SECOND = "70 FR 5, 1/2/05.", "96 FR 101, 3/3/31.", "96 FR 250, 3/4/31."


def document(number: str, start: int, day: date) -> Document:
    return structs.replace(
        DOCUMENT,
        document_number=number,
        publication_date=day,
        title=f"Rule {number}",
        citation=f"96 FR {start}",
        volume=96,
        start_page=start,
        end_page=start + 9,
    )


RULE_1, RULE_2 = document("2031-00001", 100, date(2031, 3, 3)), document("2031-00002", 245, date(2031, 3, 4))


def reading(
    added: tuple[str, ...] = (), removed: tuple[str, ...] = (), kind: Kind = Kind.ENTITY_LIST_RULE
) -> RuleReading:
    return RuleReading(
        document_number="",
        kind=Kind.ENTITY_LIST_RULE,
        added=tuple(NamedEntry("IRAN", name, kind) for name in added),
        removed=tuple(NamedEntry("IRAN", name, kind) for name in removed),
    )


def listed(*entries: tuple[str, str]) -> Snapshot:
    rows = [row("IRAN", name, "For all items", "Presumption of denial.", citation) for name, citation in entries]
    body = supplement(rows)
    return Snapshot(
        name="Entity List", as_of=date(2031, 3, 6), fetched_at=NOW, sha256="ab" * 32, sentinel="", body=body
    )


def alerts(
    before: Snapshot, after: Snapshot, readings: Mapping[str, RuleReading], *, told: bool = True
) -> dict[str, ListChanged]:
    """The bodies by their threads."""
    comparison = Comparison(
        ENTITY_LIST,
        date(2031, 3, 2),
        lambda: before.body or b"",
        after,
        [RULE_1, RULE_2],
        lambda document: readings.get(document.document_number),
        lambda document: f"told:{document.document_number}" if told else None,
    )
    found = ecfr_alerts.alerts(comparison, read_supplement(before.body or b""), read_supplement(after.body or b""), NOW)
    assert len({alert.key for alert in found}) == len(found)
    return {alert.thread: body_of(alert) for alert in found}


def body_of(alert: Alert) -> ListChanged:
    assert isinstance(alert.body, ListChanged)
    assert alert.topics == (Kind.ENTITY_LIST_RULE,)
    return alert.body


BEFORE = listed(("Alfa", OLD), ("Beta", OLD), ("Gamma", OLD))
READINGS = {"2031-00001": reading(("Delta",), ("Beta",)), "2031-00002": reading(("Epsilon",))}


def test_each_rule_has_its_changes_and_the_rest_is_an_alert_of_its_own() -> None:
    after = listed(("Alfa Ltd.", OLD), ("Gamma", OLD), ("Delta", FIRST), ("Epsilon", SECOND))
    found = alerts(BEFORE, after, READINGS)
    assert set(found) == {
        "told:2031-00001",
        "told:2031-00002",
        "list:Supplement No. 4 to Part 744:2031-03-06:abababababababab:ListChanged",
    }
    one, two, rest = found.values()
    assert [type(change) for change in one.changes] == [Removal, Addition]
    assert [change.entry.name for change in two.changes if isinstance(change, Addition)] == ["Epsilon"]
    assert [type(change) for change in rest.changes] == [Revision]
    assert (one.as_told, two.as_told, rest.as_told) == (2, 1, 0)
    assert rest.rule is None
    assert [(body.rule.agreeing, body.rule.expected) for body in (one, two) if body.rule] == [(2, 2), (1, 1)]


def test_what_no_mail_reported_is_new_and_stands_first() -> None:
    after = listed(("Alfa", OLD), ("Gamma", OLD), ("Delta", FIRST), ("Zeta", FIRST))
    (body,) = alerts(BEFORE, after, READINGS).values()
    assert body.as_told == 2
    assert [c.entry.name for c in body.changes if isinstance(c, Addition | Removal)] == ["Zeta", "Beta", "Delta"]


def test_a_rule_that_was_never_reported_has_all_its_entries_reported_in_its_own_thread() -> None:
    after = listed(("Alfa", OLD), ("Gamma", OLD), ("Delta", FIRST))
    found = alerts(BEFORE, after, READINGS, told=False)
    assert set(found) == {document_thread("2031-00001")}
    assert [body.as_told for body in found.values()] == [0]


def test_an_entry_that_two_rules_touched_belongs_to_the_newer_one() -> None:
    after = listed(("Alfa", f"{OLD} {FIRST} {SECOND}"), ("Beta", OLD), ("Gamma", OLD))
    assert set(alerts(BEFORE, after, {})) == {"told:2031-00002"}


def test_a_rule_of_another_list_is_not_held_against_this_one() -> None:
    other = {"2031-00001": reading(("Delta",), kind=Kind.UNVERIFIED_LIST)}
    (body,) = alerts(BEFORE, listed(("Alfa", f"{OLD} {FIRST}"), ("Beta", OLD), ("Gamma", OLD)), other).values()
    assert body.rule is not None
    assert body.rule.expected == 0


CITED = st.sampled_from([OLD, FIRST, SECOND])


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), CITED), unique_by=lambda one: one[0]))
def test_every_change_is_reported_once(entries: list[tuple[str, str]]) -> None:
    changes = [Addition(entry(f"Firm {name}", citation=citation)) for name, citation in entries]
    shared = changes_by_rule(changes, [RULE_1, RULE_2], lambda _: None)
    assert sorted(id(change) for found in shared.values() for change in found) == sorted(map(id, changes))
    cited = {RULE_1: FIRST, RULE_2: SECOND, None: OLD}
    for document_, found in shared.items():
        assert {c.entry.cells.citation for c in found if isinstance(c, Addition)} == {cited[document_]}
