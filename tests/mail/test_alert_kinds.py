"""The table of the kinds of alerts is complete, and every row of it works."""

import subprocess
import sys
from datetime import date
from typing import get_args

import msgspec
import pytest
from harness import DATA
from samples import NOW, alert

from monitor.mail.alert_kinds import (
    ALERT_KINDS,
    AlertKind,
    cannot_wait,
    counted_as,
    countries_of,
    headline_of,
    kind_of,
    page_of,
    severity_of,
)
from monitor.mail.pages.blocks import Detail, View
from monitor.mail.render import TEMPLATES
from monitor.model.alerts import AlertBody
from monitor.model.eastern import EASTERN
from monitor.model.severity import DeadlineTopic, Severity

STORED = (DATA / "stored_alerts.jsonl").read_bytes().splitlines()
BODIES = [msgspec.json.decode(line, type=AlertBody) for line in STORED]
EACH = pytest.mark.parametrize("body", BODIES, ids=lambda body: type(body).__name__)
VIEW = View(day=NOW.date(), zone=EASTERN, detail=Detail(names=40, items=5, cell=140, fact=300, quote=160))
LATER = date(2031, 3, 8)


def test_every_kind_of_alert_has_its_row() -> None:
    assert set(ALERT_KINDS) == set(get_args(AlertBody)) == {type(body) for body in BODIES}


@pytest.mark.parametrize("kind", ALERT_KINDS.values(), ids=lambda kind: kind.template)
def test_every_field_of_a_row_is_filled(kind: AlertKind[AlertBody]) -> None:
    assert all(getattr(kind, field.name) for field in msgspec.structs.fields(kind))


def test_every_kind_has_templates_of_its_own() -> None:
    names = [kind.template for kind in ALERT_KINDS.values()]
    assert len(set(names)) == len(names)
    missing = [f"{name}.{end}" for name in names for end in ("subject.txt", "txt", "html")
               if not (TEMPLATES / f"{name}.{end}").is_file()]  # fmt: skip
    assert missing == []


@EACH
def test_every_kind_has_a_page_with_a_subject_and_a_sentence_that_is_enough(body: AlertBody) -> None:
    page = page_of(alert(body), VIEW)
    assert page.subject
    assert page.lead
    assert page.blocks


@EACH
def test_every_kind_says_what_it_is_about_and_how_severe_it_is(body: AlertBody) -> None:
    assert headline_of(body)
    assert counted_as(body)
    assert severity_of(body, NOW.date()) in Severity
    assert isinstance(cannot_wait(body, NOW.date(), LATER), bool)
    assert countries_of(body) is None or countries_of(body)
    assert kind_of(body).deadlines(body) <= set(DeadlineTopic)


def test_a_poll_imports_no_page_and_no_templates_before_there_is_mail_to_write() -> None:
    code = "import sys, monitor.app; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "monitor.mail.pages.documents" not in loaded
    assert "jinja2" not in loaded
