"""Which alerts are about a day that would be over before the recipient's digest."""

from collections.abc import Iterator
from datetime import date

from monitor.diff.rule_facts import all_days
from monitor.model.alerts import DocumentEvent
from monitor.model.documents import Stage


def document_passes(event: DocumentEvent, today: date, digest: date) -> bool:
    """Whether a day of a document is over, in Washington, by the day of the digest.

    Where the document is reported for the first time, a day that holds already counts, too.
    """
    is_first = event.stage in (Stage.FILED, Stage.PUBLISHED, Stage.READ)
    return any(day < digest and (is_first or day >= today) for day in days_of(event))


def days_of(event: DocumentEvent) -> Iterator[date]:
    """The days on which something begins or ends by a document."""
    if event.effective_on is not None:
        yield event.effective_on
    if event.reading is not None:
        yield from all_days(event.reading)
