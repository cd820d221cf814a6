"""Notices that the BIS site lists and the Federal Register, as we know it, does not: a hint for the operator."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from monitor.codified import operator_alert
from monitor.desk import Desk
from monitor.model.alerts import Alert, Notice
from monitor.model.documents import Document
from monitor.model.eastern import long_date
from monitor.sources import published
from monitor.sources.bis import ListedNotice

DAYS = 2  # business days that the register and our watch of it may lag behind the site
LONGEST = timedelta(days=21)  # older notices were looked at before


def unknown(desk: Desk, listed: Sequence[ListedNotice]) -> Iterator[Alert]:
    """A notice for the operator of each listed document that should be known by now and is not, once for each."""
    known = [published.read_row(kept.row) for kept in desk.store.documents(published.NAME)]
    since = max(desk.today - LONGEST, min((d.publication_date for d in known), default=desk.today))
    recent = [notice for notice in listed if since <= notice.day]
    if not recent:
        return
    from monitor.uncodified import business_days  # noqa: PLC0415 - 0.2 s that a quiet poll need not spend

    for notice in recent:
        due = business_days(notice.day, desk.today) > DAYS
        if due and not any(stands_in(notice.citation, document) for document in known):
            yield alert_of(desk, notice)


def stands_in(citation: str, document: Document) -> bool:
    """Whether a page of the Federal Register is one of a document's."""
    volume, _, page = citation.partition(" FR ")
    if document.volume is None or document.start_page is None:
        return False
    last = document.end_page or document.start_page
    return int(volume) == document.volume and document.start_page <= int(page) <= last


def alert_of(desk: Desk, notice: ListedNotice) -> Alert:
    """What the operator is told."""
    body = Notice(
        title=f"BIS lists {notice.citation}, which the Federal Register's list of BIS documents does not hold",
        reason=f"The site dates it {long_date(notice.day)}: “{notice.title}”.",
        advice="Readers were told nothing. Look it up once on federalregister.gov: a citation may be misprinted, "
        "or the document may be of another agency.",
    )
    return operator_alert(f"unlisted:{notice.citation}", f"unlisted:{notice.citation}", body, desk.now)
