"""One license while its documents are gathered."""

from datetime import date

from msgspec import Struct

from monitor.deadlines.licenses.documents import announced_on, effective_on, public_on
from monitor.deadlines.licenses.faults import quote
from monitor.deadlines.licenses.places import Place
from monitor.deadlines.licenses.spans import ENDING
from monitor.model.deadlines import Contradiction, ReadDocument
from monitor.model.licenses import LicenseEvent, LicenseEventKind, PrintedScope


class Life(Struct):
    """A license, its steps in the order of the law."""

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
        """The first day of the license, as its issue says or else as the earliest document that does."""
        issued = [e.valid_from for e in self.events if e.event is LicenseEventKind.ISSUED]
        said = [e.valid_from for e in self.events if e.valid_from is not None]
        return issued[0] if issued else min(said, default=None)

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
    told: ReadDocument,
    kind: LicenseEventKind,
    *,
    effective: date | None = None,
    old: date | None = None,
    new: date | None = None,
    sentence: str = "",
) -> LicenseEvent:
    """The step that a document makes, effective with the document where no other day is given."""
    return LicenseEvent(
        document_number=told.document_number,
        published=told.publication_date,
        event=kind,
        old_expiry=old,
        new_expiry=new,
        sentence=sentence or sentence_of(told),
        effective_on=effective or effective_on(told),
        public_on=public_on(told),
        announced_on=announced_on(told),
    )


def sentence_of(told: ReadDocument) -> str:
    """The sentence in which a document speaks of the license."""
    return quote(told, "general_license", "effective_on").sentence
