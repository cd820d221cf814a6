"""The facts of a document in the order in which compliance officers need them."""

from collections.abc import Iterable, Iterator

from msgspec import structs

from monitor.diff.rule_facts import RULE_FACTS, About, RuleFact
from monitor.mail.pages.blocks import Detail, Fact, View, shorten
from monitor.model.alerts import DocumentEvent
from monitor.model.documents import Stage
from monitor.model.eastern import clock, long_date
from monitor.model.rules import NamedEntry, RuleReading

PRINTED = (Stage.PUBLISHED, Stage.VANISHED, Stage.UNCODIFIED)
LEFT_OUT = (About.TERMS, About.REASONS)  # of a short mail
EITHER = (Stage.CHANGED, Stage.READ)  # of a document that is printed, or still on public inspection


def facts_of(event: DocumentEvent, view: View, *, short: bool) -> Iterator[Fact]:
    """The facts of a document; in a short mail only who, when and which."""
    reading = as_planned(event)
    shown = RuleReading(document_number=event.document_number, kind=event.kind) if reading is None else reading
    shown = structs.replace(shown, effective_on=event.effective_on or shown.effective_on)
    for fact in RULE_FACTS:
        if not (short and fact.about in LEFT_OUT) and not repeats_effective_date(fact, shown, event):
            for line in fact.lines(shown, view.day):
                yield Fact(fact.heading, line, fact.quote(shown))
        if fact.field == "effective_on":
            yield from planned_dates(event, reading)
    yield from identity(event, view)


def repeats_effective_date(fact: RuleFact, reading: RuleReading, event: DocumentEvent) -> bool:
    """Whether a day of a rule is the one that was just given as its effective date."""
    is_other_day = fact.about is About.DAYS and fact.field != "effective_on"
    return is_other_day and getattr(reading, fact.field) == event.effective_on


def planned_dates(event: DocumentEvent, reading: RuleReading | None) -> Iterator[Fact]:
    """That dates hang on a publication which is only planned; `reading` has them as they are planned."""
    if reading is not None and reading != event.reading and event.publication_date is not None:
        planned = long_date(event.publication_date)
        yield Fact("Hangs on publication", f"Dates count from it; it is planned for {planned}, and they move with it")


def identity(event: DocumentEvent, view: View) -> Iterator[Fact]:
    """When and where a document was filed and printed, who pointed at it, and what it is."""
    if event.filed_at is not None:
        yield Fact("Filed", clock(event.filed_at, view.zone))
    if event.publication_date is not None:
        citation = f", {event.citation}" if event.citation is not None else ""
        label = "Published" if is_printed(event) else "To be published"
        yield Fact(label, long_date(event.publication_date) + citation)
    if event.announced:
        yield Fact("Announced by BIS", event.announced)
    if event.search:
        yield Fact("Found by", f"your search “{event.search}”")
    action = f", {event.action}" if event.action else ""
    yield Fact("Document", f"{event.document_number} ({event.type}{action})")
    yield Fact("Title", event.title)


def is_printed(event: DocumentEvent) -> bool:
    """Whether a document stands in the Federal Register, and not only on public inspection, which says when filed."""
    return event.stage in PRINTED or (event.stage in EITHER and event.filed_at is None)


def as_planned(event: DocumentEvent) -> RuleReading | None:
    """What a document says, its dates that hang on a publication yet to come as that is planned."""
    if event.reading is None or is_printed(event) or event.publication_date is None:
        return event.reading
    from monitor.law.rules.open_dates import set_open_dates  # noqa: PLC0415 - 0.15 s that other mails need not spend

    return set_open_dates(event.reading, published=event.publication_date)


Group = tuple[str, tuple[NamedEntry, ...]]


# What a rule does to many entries without changing whom it is about.
ASIDE = ("moved", "reworded")


def groups_of(reading: RuleReading) -> list[Group]:
    """Whom the document adds, revises, removes and moves, by the field of the reading."""
    return [(field, found) for field, found in reading.entry_groups.items() if found]


def within(facts: Iterable[Fact], detail: Detail) -> Iterator[Fact]:
    """The facts within bounds; a sentence that was there before is not repeated."""
    shown: set[str] = set()
    for fact in facts:
        quote = "" if fact.quote in shown | {fact.value} else shorten(fact.quote, detail.quote)
        shown |= {fact.quote, fact.value}
        yield Fact(fact.label, shorten(fact.value, detail.fact), quote)
