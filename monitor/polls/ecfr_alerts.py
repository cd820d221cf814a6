"""What a supplement says now against what it said before, as alerts."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from monitor.diff import changes, paragraph_changes
from monitor.diff.attribution import (
    changes_by_rule,
    documents_on_license,
    explaining,
    link_to,
    newest,
    order_of,
    pages_in,
)
from monitor.law.supplement import NO_TEXT, SupplementReading, entries_of, entry_count, prose_of, text_of
from monitor.model.alerts import Alert, AlertBody, Link, ListChanged, TextChanged
from monitor.model.changes import Change, ParagraphChange
from monitor.model.documents import Document, Kind, document_thread
from monitor.model.entries import EntryList, ListName, Text
from monitor.model.polls import Snapshot
from monitor.model.rules import RuleReading
from monitor.model.settings import Limits
from monitor.polls.ecfr_explained import TOPICS, explained, noting_document
from monitor.sources.ecfr import Supplement, page_url
from monitor.sources.plausibility import check_list, new_countries


class Comparison(Struct, frozen=True):
    """Two snapshots of one supplement, and what may explain the difference.

    `before_bytes` unpacks the bytes of the earlier one, where they are needed;
    `documents` are the published ones that are known; `read` returns what the text of one says, None without a text;
    `thread` in which thread one was reported, None where it was not.
    """

    supplement: Supplement
    as_of_before: date
    before_bytes: Callable[[], bytes]
    after: Snapshot
    documents: Sequence[Document]
    read: Callable[[Document], RuleReading | None]
    thread: Callable[[Document], str | None]


def check_plausible(before: SupplementReading, after: SupplementReading, today: date, limits: Limits) -> None:
    """Raise ImplausibleError when a list cannot have become what it now seems to be."""
    if isinstance(after, EntryList):
        check_list(before if isinstance(before, EntryList) else None, after, today=today, limits=limits)


def strange_countries(before: SupplementReading, after: SupplementReading) -> tuple[str, ...]:
    """The headings of a list that neither its last good reading nor we have ever seen."""
    current = entries_of(after)
    return () if current is None else new_countries(entries_of(before), current)


def alerts(comparison: Comparison, before: SupplementReading, after: SupplementReading, now: datetime) -> list[Alert]:
    """The alerts of a difference in meaning; none when only bytes differ."""
    snapshot, supplement = comparison.after, comparison.supplement
    name = f"list:{supplement.identifier}:{snapshot.as_of}:{snapshot.sha256[:16]}"
    found = []
    for body, document in bodies(comparison, before, after):
        key = f"{name}:{type(body).__name__}" + ("" if document is None else f":{document.document_number}")
        thread = key if document is None else comparison.thread(document) or document_thread(document.document_number)
        found.append(Alert(key=key, thread=thread, topics=(topic_of(supplement, body),), created_at=now, body=body))
    return found


def topic_of(supplement: Supplement, body: AlertBody) -> Kind:
    """A list is of the topic of the list; the same supplement was prose on another matter in other years."""
    return TOPICS[ListName(body.name)] if isinstance(body, ListChanged) else supplement.topic


def bodies(
    comparison: Comparison, before: SupplementReading, after: SupplementReading
) -> Iterator[tuple[AlertBody, Document | None]]:
    """What a list or a text changed, by the document that explains it; a supplement can turn from one to the other."""
    old, new = entries_of(before), entries_of(after)
    if (newest_list := new or old) is not None:
        differing = changes(() if old is None else old.entries, () if new is None else new.entries)
        notes = paragraph_changes(prose_of(old), prose_of(new))
        shared = changes_by_rule(differing, comparison.documents, comparison.read)
        noting = noting_document(notes, shared, comparison.documents)
        if notes:
            shared.setdefault(noting, [])
        for document in sorted(shared, key=lambda d: (d is None, d and order_of(d))):
            found = shared[document]
            around = notes if document is noting else ()
            listed = () if new is None else new.entries
            body = list_changed(comparison, newest_list.list, tuple(found), around, entry_count(new))
            rules = None if document is None else comparison.read(document)
            reported = document is not None and comparison.thread(document) is not None
            yield body if document is None else explained(body, document, rules, listed, reported=reported), document
    earlier, later = text_of(before), text_of(after)
    if earlier is not None or later is not None:
        moved = paragraph_changes(earlier or NO_TEXT, later or NO_TEXT)
        if moved:
            cited = explaining(source_pages(comparison), comparison.documents)
            documents = cited or documents_on_license(
                comparison.supplement.identifier, comparison.documents, comparison.read
            )
            yield text_changed(comparison, earlier, later, moved, documents), newest(documents)


def source_pages(comparison: Comparison) -> set[tuple[int, int]]:
    """The pages that a prose supplement newly cites, most of them in the source note behind it."""
    before, after = comparison.before_bytes().decode(), (comparison.after.body or b"").decode()
    return pages_in(after) - pages_in(before)


def list_changed(
    comparison: Comparison,
    name: ListName,
    differing: tuple[Change, ...],
    notes: tuple[ParagraphChange, ...],
    total: int,
) -> ListChanged:
    """The body for a list."""
    return ListChanged(
        name=name,
        as_of_before=comparison.as_of_before,
        as_of=comparison.after.as_of,
        changes=differing,
        notes=notes,
        total=total,
        sha256=comparison.after.sha256,
        links=(official_link(comparison),),
    )


def text_changed(
    comparison: Comparison,
    before: Text | None,
    after: Text | None,
    moved: tuple[ParagraphChange, ...],
    documents: tuple[Document, ...],
) -> TextChanged:
    """The body for a prose supplement."""
    return TextChanged(
        name=comparison.supplement.identifier,
        heading=(after or before or NO_TEXT).heading,
        as_of_before=comparison.as_of_before,
        as_of=comparison.after.as_of,
        changes=moved,
        sha256=comparison.after.sha256,
        appeared=before is None,
        gone=after is None,
        documents=tuple(link_to(document) for document in documents),
        links=(official_link(comparison),),
    )


def official_link(comparison: Comparison) -> Link:
    """The supplement on the day it speaks for, for people."""
    day = comparison.after.as_of
    return Link(f"{comparison.supplement.identifier} in the eCFR", page_url(day, comparison.supplement))
