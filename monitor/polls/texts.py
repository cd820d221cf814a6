"""The texts of documents: asked for when a document is reported, and again for a while when they are not there yet."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from monitor.law.complete import check_complete
from monitor.law.document import worth_reading
from monitor.model.documents import Document, Filing
from monitor.model.errors import RefusedError, SourceError
from monitor.model.polls import Form, KeptText
from monitor.polls.context import Context

PATIENCE = timedelta(hours=24)  # a text is often there only hours after its document (CONTRACT.md §3.3, §10.10)
LATE_XML = timedelta(days=4)  # a weekend between publication and the XML
MOST = 40  # texts asked for in one poll; the others in the next


class Wanted(Struct, frozen=True):
    """A text to ask for."""

    document_number: str
    form: Form
    url: str


class Fetched(Struct, frozen=True, kw_only=True):
    """What came, and of which documents nothing came and why."""

    texts: Mapping[str, KeptText]
    failures: Mapping[str, str]


def wanted_of_filings(
    context: Context, filings: Iterable[Filing], new: Sequence[str], replaced: Sequence[str]
) -> list[Wanted]:
    """Filings whose text was replaced, and those without one that are new or were filed within the time of patience."""
    kept = context.store.text_forms()
    return [
        Wanted(filing.document_number, Form.INSPECTION, filing.raw_text_url)
        for filing in filings
        if (
            filing.document_number in replaced
            or (
                Form.INSPECTION not in kept.get(filing.document_number, ())
                and (filing.document_number in new or is_recent(context.now, filing.filed_at))
            )
        )
        and worth_reading(filing)
    ]


def wanted_of_documents(context: Context, documents: Iterable[Document], new: Sequence[str]) -> list[Wanted]:
    """Documents whose XML is there and not kept; for new ones without XML and without any text, the plain text."""
    kept = context.store.text_forms()
    found = []
    for document in documents:
        forms = kept.get(document.document_number, frozenset())
        recent = document.publication_date > context.today - LATE_XML
        if Form.XML in forms or not (recent or document.document_number in new) or not worth_reading(document):
            continue
        if document.full_text_xml_url is not None:
            found.append(Wanted(document.document_number, Form.XML, document.full_text_xml_url))
        elif document.document_number in new and not forms:
            found.append(Wanted(document.document_number, Form.PRINTED, document.raw_text_url))
    return found


def is_recent(now: datetime, filed_at: datetime | None) -> bool:
    """Whether a document was filed so lately that its text may still come."""
    return filed_at is not None and now - filed_at < PATIENCE


def fetch_texts(context: Context, wanted: Sequence[Wanted]) -> Fetched:
    """Ask for texts; one that does not come keeps nothing else back."""
    texts: dict[str, KeptText] = {}
    failures: dict[str, str] = {}
    for one in wanted[:MOST]:
        try:
            texts[one.document_number] = fetch_text(context, one)
        except SourceError as error:
            failures[one.document_number] = str(error)
    return Fetched(texts=texts, failures=failures)


def fetch_text(context: Context, one: Wanted) -> KeptText:
    """Ask for a text. Raises SourceError, ReadError among them where an XML is not whole."""
    check_place(one.url, context.settings.sources.federal_register)
    answer = context.fetcher.document(one.url, xml=one.form is Form.XML)
    if one.form is Form.XML:
        check_complete(answer.body)
    return KeptText(
        document_number=one.document_number,
        form=one.form,
        url=one.url,
        fetched_at=context.now,
        sha256=hashlib.sha256(answer.body).hexdigest(),
        body=answer.body,
    )


def check_place(url: str, base: str) -> None:
    """Raise RefusedError for a text that is said to be elsewhere: no answer of a source sends us to other hosts."""
    if not url.startswith(f"{base}/"):
        raise RefusedError(f"its text is said to be at {url[:200]!r}, which is not at {base}")
