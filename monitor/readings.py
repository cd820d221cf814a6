"""What the text of a document says, and how that differs from what was told of it before."""

import re
from collections.abc import Iterator
from datetime import date

from msgspec import structs

from monitor.model.alerts import Difference, DocumentEvent
from monitor.model.documents import Document, Filing, Kind
from monitor.model.eastern import long_date
from monitor.model.rules import NamedEntry, RuleMetadata, RuleReading
from monitor.sources.register import BUREAU

# What readers of list and license news never ask for by default, and what is not worth the asking for a text.
NOISE = (Kind.DENIAL_ORDER, Kind.NOT_RELEVANT)
# Titles lie: a "conforming change" can end a license. Every rule of BIS is read.
READ_ALWAYS = ("Rule", "Proposed Rule", "Correction", "Presidential Document")
NUMBER_IN_URL = re.compile(r"/documents/([^/?]+)")


def metadata_of(document: Document | Filing) -> RuleMetadata:
    """What the Federal Register says of a document, for its reader; a filing knows less."""
    if isinstance(document, Filing):
        return RuleMetadata(
            document_number=document.document_number,
            title=document.title,
            type=document.type,
            publication_date=document.publication_date,
            agencies=(BUREAU,),
        )
    return RuleMetadata(
        document_number=document.document_number,
        title=document.title,
        type=document.type,
        action=document.action,
        abstract=document.abstract,
        dates=document.dates,
        publication_date=document.publication_date,
        agencies=document.agencies or (BUREAU,),
        cfr_references=document.cfr_references,
    )


def kind_of(document: Document | Filing) -> Kind:
    """What a document does, as far as its metadata tell."""
    from monitor.law.rules.classify import classify_metadata  # noqa: PLC0415 - 0.15 s that a quiet poll need not spend

    return classify_metadata(metadata_of(document)).kind


def worth_reading(document: Document | Filing) -> bool:
    """Whether the text of a document is asked for."""
    return document.type in READ_ALWAYS or kind_of(document) not in NOISE


def read(body: bytes, document: Document | Filing, filed: date | None) -> RuleReading:
    """Read a text; dates that hang on the days of filing and publication are set where these are known."""
    from monitor.law.rules.open_dates import set_open_dates  # noqa: PLC0415 - see above
    from monitor.law.rules.reading import read_rule  # noqa: PLC0415 - see above

    reading = read_rule(body, metadata_of(document))
    published = document.publication_date if isinstance(document, Document) else None
    return set_open_dates(reading, published=published, filed=filed)


def told(event: DocumentEvent, reading: RuleReading) -> DocumentEvent:
    """The event with what the text says; its instructions stay in the evidence."""
    return structs.replace(
        event,
        kind=reading.kind,
        effective_on=reading.effective_on or event.effective_on,
        reading=structs.replace(reading, instructions=()),
        corrects=event.corrects or reading.corrects,
    )


def corrected_number(document: Document) -> str | None:
    """The number of the document that this one corrects, from its API address or its own number."""
    if document.correction_of is not None:
        found = NUMBER_IN_URL.search(document.correction_of)
        return found[1] if found is not None else None
    own = re.match(r"[CR]\d+-(.+)", document.document_number, re.IGNORECASE)
    return own[1] if own is not None else None


def metadata_differences(before: Document, after: Document) -> Iterator[Difference]:
    """What the Federal Register corrected; what it only now fills in is no correction, and volatile fields are none."""
    if before.title != after.title:
        yield Difference("title", before.title, after.title)
    if before.dates and after.dates and " ".join(before.dates.split()) != " ".join(after.dates.split()):
        yield Difference("dates as printed", before.dates, after.dates)
    for label, old, new in (
        ("effective date", before.effective_on, after.effective_on),
        ("comments close", before.comments_close_on, after.comments_close_on),
    ):
        if old is not None and old != new:
            yield Difference(label, day(old), day(new))


def differences(before: RuleReading, after: RuleReading) -> Iterator[Difference]:
    """The facts that a later text of the same document states otherwise."""
    for label, old, new in zip(FACTS, facts(before), facts(after), strict=True):
        if old != new:
            yield Difference(label, old or "nothing", new or "nothing")


FACTS = (
    "kind", "effective date", "applicable date", "effective through", "entries added", "entries removed",
    "entries revised", "general license", "savings clause", "comments close",
)  # fmt: skip


def facts(reading: RuleReading) -> tuple[str, ...]:
    """The facts of a reading in words, in the order of FACTS."""
    return (
        reading.kind,
        day(reading.effective_on),
        day(reading.applicable_on),
        day(reading.effective_through),
        names(reading.added),
        names(reading.removed),
        names(reading.revised),
        license_words(reading),
        savings_words(reading),
        day(reading.comments_close_on),
    )


def day(of: date | None) -> str:
    """A date in words, or empty."""
    return "" if of is None else long_date(of)


def names(entries: tuple[NamedEntry, ...]) -> str:
    """Entries in one line, in an order of their own."""
    return "; ".join(sorted(f"{entry.country}: {entry.name}" for entry in entries))


def license_words(reading: RuleReading) -> str:
    """What becomes of a general license, in a few words."""
    found = reading.general_license
    if found is None:
        return ""
    through = f" through {day(found.new_expiry)}" if found.new_expiry is not None else ""
    return f"{found.name} {found.status}{through}"


def savings_words(reading: RuleReading) -> str:
    """Until when goods under way may go on, in a few words."""
    clause = reading.savings_clause
    if clause is None:
        return ""
    until = f", complete by {day(clause.complete_by)}" if clause.complete_by is not None else ""
    return f"en route on {day(clause.en_route_on) or 'a day not read'}{until}"
