"""What the text of a document says, and how that differs from what was told of it before."""

from datetime import date
from functools import lru_cache

from monitor.model.documents import BUREAU, Document, Filing, Kind
from monitor.model.rules import RuleMetadata, RuleReading

# What readers of list and license news never ask for by default, and what is not worth the asking for a text.
NOISE = (Kind.DENIAL_ORDER, Kind.NOT_RELEVANT)
# Titles lie: a "conforming change" can end a license. Every rule of BIS is read.
READ_ALWAYS = ("Rule", "Proposed Rule", "Correction", "Presidential Document")


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
    return _kind_by_metadata(metadata_of(document))


@lru_cache(maxsize=4096)
def _kind_by_metadata(metadata: RuleMetadata) -> Kind:
    from monitor.law.rules.classify import classify_metadata  # noqa: PLC0415 - 0.15 s that a quiet poll need not spend

    return classify_metadata(metadata).kind


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
