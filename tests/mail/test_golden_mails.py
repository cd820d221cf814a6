"""Three mails, byte for byte, as a reader gets them.

After a change of words that is meant, `GOLDEN=renew pytest tests/test_golden_mails.py` writes them anew; read the
difference before you commit it.
"""

import os
from datetime import date

import pytest
from harness import DATA
from msgspec import structs
from samples import ALFA, FILED, LIST, READ, TODAY, alert, entry

from monitor.mail.pages.subjects import acts_in_short
from monitor.mail.render import Renderer
from monitor.model.alerts import AlertBody, DocumentEvent, ListChanged, Rule
from monitor.model.changes import Addition, FieldChange, Revision
from monitor.model.documents import Kind, Stage
from monitor.model.rules import GeneralLicenseAction, LicenseStatus, RuleReading

FOLDER = DATA / "mails"
EXTENSION: DocumentEvent = structs.replace(
    FILED,
    stage=Stage.FILED,
    kind=Kind.GENERAL_LICENSE,
    document_number="2031-00002",
    title="Temporary General License: Extension of Validity",
    effective_on=TODAY,
    editorial_note=None,
    sha256="12" * 32,
    reading=RuleReading(
        document_number="2031-00002",
        kind=Kind.GENERAL_LICENSE,
        effective_on=TODAY,
        general_license=GeneralLicenseAction(
            name="Temporary General License, Supplement No. 7 to part 744",
            status=LicenseStatus.EXTENDED,
            valid_from=date(2019, 2, 20),
            old_expiry=TODAY,
            new_expiry=date(2019, 8, 19),
        ),
        quotes={
            "effective_on": "This rule is effective May 21, 2019.",
            "general_license": "This rule extends the temporary general license through August 19, 2019.",
        },
    ),
)
AFTER = structs.replace(
    ALFA, cells=structs.replace(ALFA.cells, license_review_policy="Case-by-case review for items of national security.")
)
CODIFIED: ListChanged = structs.replace(
    LIST,
    changes=(
        Revision(
            ALFA,
            AFTER,
            (
                FieldChange(
                    "license_review_policy", ALFA.cells.license_review_policy, AFTER.cells.license_review_policy
                ),
            ),
        ),
        *(Addition(entry(f"Beta Branch {n}", "IRAN" if n % 2 else "RUSSIA")) for n in range(12)),
    ),
    notes=(),
    as_told=12,
    rule=Rule(
        document_number="2019-10616",
        citation="84 FR 22961",
        in_short=acts_in_short(READ.reading or RuleReading(document_number="", kind=Kind.ENTITY_LIST_RULE), ""),
        expected=13,
        agreeing=12,
    ),
    agreements=("84 FR 22961: 13 of 13 entries are in the list; under another policy: Alfa Technologies (China).",),
)
MAILS: dict[str, AlertBody] = {
    "list-addition": structs.replace(READ, sha256="34" * 32),
    "license-extension": EXTENSION,
    "codified": CODIFIED,
}


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_is_as_it_was_read_and_kept(name: str) -> None:
    words = Renderer().mail(alert(MAILS[name]), TODAY)
    parts = {"txt": f"{words.subject}\n\n{words.text}", "html": words.html}
    for attachment in words.attachments:
        parts["csv"] = attachment.body.decode()
    for ending, text in parts.items():
        file = FOLDER / f"{name}.{ending}"
        if os.environ.get("GOLDEN") == "renew":
            FOLDER.mkdir(exist_ok=True)
            file.write_bytes(text.encode())
        assert file.read_bytes() == text.encode(), f"{file} says something else; see the head of this test"
