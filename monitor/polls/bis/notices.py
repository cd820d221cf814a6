"""Notices that the BIS site lists and the Federal Register, as we know it, does not: for the operator."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from monitor.model.alerts import Alert, Notice, operator_alert
from monitor.model.documents import Document
from monitor.model.eastern import long_date
from monitor.polls.context import Context
from monitor.sources.bis import ListedNotice

DAYS = 2  # business days that the register and our polls of it may lag behind the site
LONGEST = timedelta(days=21)  # older notices were looked at before


def unknown_notices(context: Context, listed: Sequence[ListedNotice]) -> Iterator[Alert]:
    """A notice for the operator of each listed document that should be known by now and is not, once for each."""
    known = context.readings.documents.published()
    since = max(context.today - LONGEST, min((d.publication_date for d in known), default=context.today))
    recent = [notice for notice in listed if since <= notice.day]
    if not recent:
        return
    calendar, reported = context.store.calendar(), context.store.alert_keys("unlisted:")
    for notice in recent:
        due = calendar.business_days(notice.day, context.today) > DAYS
        if (
            due
            and key_of(notice) not in reported
            and not any(stands_in(notice.citation, document) for document in known)
        ):
            yield alert_of(context, notice)


def stands_in(citation: str, document: Document) -> bool:
    """Whether a page of the Federal Register is one of a document's."""
    volume, _, page = citation.partition(" FR ")
    if document.volume is None or document.start_page is None:
        return False
    last = document.end_page or document.start_page
    return int(volume) == document.volume and document.start_page <= int(page) <= last


def key_of(notice: ListedNotice) -> str:
    """What identifies a notice."""
    return f"unlisted:{notice.citation}"


def alert_of(context: Context, notice: ListedNotice) -> Alert:
    """The operator's notice of a document that is listed and not known."""
    body = Notice(
        title=f"BIS lists {notice.citation}, which the Federal Register's list of BIS documents does not hold",
        reason=f"The site dates it {long_date(notice.day)}: “{notice.title}”.",
        advice="Readers were told nothing. Look it up once on federalregister.gov: a citation may be misprinted, "
        "or the document may be of another agency.",
    )
    return operator_alert(key_of(notice), key_of(notice), body, context.now)
