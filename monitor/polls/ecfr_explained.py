"""A change of a list as the follow-up of the rule that explains it."""

from collections.abc import Iterable, Sequence

from msgspec import structs

from monitor.diff.agreement import Agreement, agreement_sentence, identity, reconcile
from monitor.diff.attribution import entry_key, explaining, link_to, newest, text_pages
from monitor.mail.pages.subjects import acts_in_short
from monitor.model.alerts import ListChanged, Rule
from monitor.model.changes import Addition, Change, Merger, ParagraphChange, Removal, Revision, Separation
from monitor.model.documents import Document, Kind
from monitor.model.entries import Entry, ListName
from monitor.model.rules import RuleReading

TOPICS = {
    ListName.ENTITY_LIST: Kind.ENTITY_LIST_RULE,
    ListName.UNVERIFIED_LIST: Kind.UNVERIFIED_LIST,
    ListName.MILITARY_END_USER_LIST: Kind.MEU_LIST,
}


def noting_document(
    notes: Sequence[ParagraphChange], shared: Iterable[Document | None], documents: Sequence[Document]
) -> Document | None:
    """The document that explains changed words around a list: the one they cite, or the only one there is."""
    cited = newest(explaining(text_pages(notes), documents))
    known = [document for document in shared if document is not None]
    return cited or (known[0] if len(known) == 1 else None)


def explained(
    body: ListChanged, document: Document, reading: RuleReading | None, entries: Sequence[Entry], *, reported: bool
) -> ListChanged:
    """The change with its rule: how the list bears it out, and what of it was `reported` before."""
    rule = Rule(document_number=document.document_number, citation=document.citation, in_short=document.title)
    body = structs.replace(body, rule=rule, documents=(link_to(document),))
    if reading is None:
        return body
    here = on_list(reading, TOPICS[ListName(body.name)])
    agreement = reconcile(here, entries)
    rule = structs.replace(
        rule,
        in_short=acts_in_short(reading, document.title) or document.title,
        expected=agreement.expected + len(here.removed),
        agreeing=agreement.agreeing + len(here.removed) - len(agreement.still),
    )
    same = [change for change in body.changes if reported and as_stated(change, here, agreement)]
    new = [change for change in body.changes if change not in same]
    return structs.replace(
        body,
        changes=(*new, *same),
        as_told=len(same),
        rule=rule,
        agreements=(agreement_sentence(agreement, document.citation or document.document_number),),
    )


def on_list(reading: RuleReading, kind: Kind) -> RuleReading:
    """What a rule does to the entries of one list."""
    return structs.replace(
        reading,
        added=tuple(entry for entry in reading.added if entry.list is kind),
        revised=tuple(entry for entry in reading.revised if entry.list is kind),
        removed=tuple(entry for entry in reading.removed if entry.list is kind),
        rows=tuple(row for row in reading.rows if row.list is kind),
    )


def as_stated(change: Change, reading: RuleReading, agreement: Agreement) -> bool:
    """Whether a rule named an addition or a removal and the list has it so; no mail states what a revision changes."""
    match change:
        case Addition(entry):
            named, but = reading.added, agreement.different
        case Removal(entry):
            named, but = reading.removed, ()
        case Revision() | Merger() | Separation():
            return False
    known = {identity(one) for one in named} - {identity(one) for one in but}
    return entry_key(entry) in known
