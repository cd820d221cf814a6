"""One general license while its history is put together."""

from datetime import date

from msgspec import Struct

from monitor.deadlines.licenses.documents import announced_on, effective_on, public_on
from monitor.deadlines.licenses.faults import quote
from monitor.deadlines.licenses.places import Place
from monitor.deadlines.licenses.spans import ENDING
from monitor.model.deadlines import Contradiction, ReadDocument
from monitor.model.licenses import LicenseEvent, LicenseEventKind, PrintedScope


class LicenseBuilder(Struct):
    """A license with its steps in the order of effect."""

    place: Place
    name: str = ""
    called: tuple[str, ...] = ()  # the beneficiaries first named
    beneficiaries: tuple[str, ...] = ()  # and those last named
    events: list[LicenseEvent] = []
    contradictions: list[Contradiction] = []
    scopes: list[PrintedScope] = []
    conditions: tuple[str, ...] = ()

    @property
    def starts(self) -> date | None:
        """The first day of the license, by its issue, or else by the earliest document that states one."""
        issued = [e.valid_from for e in self.events if e.event is LicenseEventKind.ISSUED]
        stated = [e.valid_from for e in self.events if e.valid_from is not None]
        return issued[0] if issued else min(stated, default=None)

    def name_beneficiaries(self, named: tuple[str, ...]) -> None:
        """Take the beneficiaries that a document or the regulations name, if they name any."""
        self.called = self.called or named
        self.beneficiaries = named or self.beneficiaries

    @property
    def is_over(self) -> bool:
        """Whether a document ended it."""
        return any(e.event in ENDING for e in self.events)

    @property
    def last_with_end(self) -> LicenseEvent | None:
        """The last step that states an end."""
        return next((e for e in reversed(self.events) if e.new_expiry is not None), None)


def step(
    document: ReadDocument,
    kind: LicenseEventKind,
    *,
    effective: date | None = None,
    old: date | None = None,
    new: date | None = None,
    sentence: str = "",
) -> LicenseEvent:
    """The step that a document makes, effective with the document where no other day is given."""
    return LicenseEvent(
        document_number=document.document_number,
        published=document.publication_date,
        event=kind,
        old_expiry=old,
        new_expiry=new,
        sentence=sentence or sentence_of(document),
        effective_on=effective or effective_on(document),
        public_on=public_on(document),
        announced_on=announced_on(document),
    )


def sentence_of(document: ReadDocument) -> str:
    """The sentence of a document that concerns the license."""
    return quote(document, "general_license", "effective_on").sentence
