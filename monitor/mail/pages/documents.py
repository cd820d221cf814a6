"""A step in the life of a document."""

from collections.abc import Iterator
from datetime import date

from monitor.diff.rule_facts import BY_FIELD
from monitor.diff.rule_words import standing
from monitor.mail.pages.blocks import (
    Block,
    Bullets,
    Detail,
    Facts,
    Hash,
    Heading,
    Links,
    Page,
    Prose,
    Redline,
    View,
    listed,
    named,
    redlined,
    section,
    shorten,
)
from monitor.mail.pages.csv_rows import rule_table
from monitor.mail.pages.document_facts import ASIDE, facts_of, groups_of, within
from monitor.mail.pages.subjects import LISTS, acts_in_short, on_publication, subject
from monitor.model.alerts import DocumentEvent
from monitor.model.documents import Stage
from monitor.model.eastern import long_date
from monitor.model.rules import NamedEntry

# Steps that report a document for the first time, with all that it says; every other one says what is new.
FIRST = (Stage.FILED, Stage.PUBLISHED, Stage.READ)
MOST_CAVEATS = 12


def document_page(event: DocumentEvent, view: View) -> Page:
    """Everything that a step of a document says, or only what is new."""
    short = event.stage not in FIRST or event.as_filed or bool(event.differences)
    reading, detail = event.reading, view.detail
    groups = [] if reading is None else groups_of(reading)
    facts = tuple(within(facts_of(event, view, short=short), detail))
    names = () if short else tuple(block for group in groups for block in names_of(*group, detail))
    caveats = listed(caveats_of(event) or sureness(event), MOST_CAVEATS, detail.cell)
    total = sum(len(found) for _, found in groups)
    return Page(
        subject=subject(event, view.day),
        lead=lead(event, view.day),
        blocks=(
            *section("What is different", differences(event, detail)),
            Facts(facts),
            *names,
            *section("How sure this is", (Bullets(caveats),) if caveats else ()),
            *words_as_printed(event, detail),
            *section("Official pages", (Links(event.links),) if event.links else ()),
            *((Hash("Evidence, the text that was read", event.sha256),) if event.sha256 else ()),
        ),
        essentials=(*differences(event, detail), Facts(facts[:3]), Links(event.links[:1])),
        # What was reported before was attached before.
        table=None if short and not event.differences else rule_table(event),
        cut=total > 0 and (short or any(len(found) > detail.names for _, found in groups)),
    )


# -- what happened


def lead(event: DocumentEvent, today: date) -> str:
    """Who reads nothing else knows what happened and whether it binds."""
    what = "" if event.reading is None else acts_in_short(event.reading, event.title)
    force = in_force(event, event.effective_on, today) if event.effective_on is not None else hanging(event)
    sentences = [f"{what or event.title.rstrip('.')}.", force]
    is_first = event.stage in FIRST and not event.as_filed and not event.differences
    return " ".join(
        part for part in ((*sentences, happened(event)) if is_first else (happened(event), *sentences)) if part
    )


HAPPENED = {
    Stage.FILED: "Filed for public inspection, before it is printed.",
    Stage.WITHDRAWN: "The agency has withdrawn this document from public inspection. Unless it is filed again, it will "
    "not be published.",
    Stage.READ: "The text of this document, which was not there when it was first told, is there now.",
    Stage.CHANGED: "This document now says something else than was told before.",
    Stage.UNCODIFIED: "Published days ago and in effect, and the list in the eCFR does not yet say all that this rule "
    "says. The rule is the law; the list follows.",
    Stage.VANISHED: "This document was published, and two complete answers of the Federal Register in a row no longer "
    "hold it.",
}


def happened(event: DocumentEvent) -> str:
    """The step in one sentence."""
    if event.stage is Stage.PUBLISHED:
        return published(event)
    if event.stage is Stage.RESCHEDULED:
        before = event.previous_publication_date
        moved = "" if before is None else f" from {long_date(before)}"
        return f"The day of publication has moved{moved} to {day_or_none(event.publication_date)}."
    if event.stage is Stage.OVERDUE:
        day = day_or_none(event.publication_date)
        return f"This document was to be published on {day}, and it was not. It may have been withdrawn or postponed."
    return HAPPENED[event.stage]


def published(event: DocumentEvent) -> str:
    """That it is printed, and whether that changes anything."""
    cited = "" if event.citation is None else f" as {event.citation}"
    if event.as_filed and event.text_missing:
        waits = "Its text as printed is not there yet; a mail follows if it differs from what was filed."
        return f"Published in the Federal Register{cited}. {waits}"
    if event.as_filed:
        return f"Published as filed{cited}; nothing differs from what was told."
    other = ", and it says something else than the text as filed" if event.differences else ""
    return f"Published in the Federal Register{cited}{other}."


def day_or_none(day: date | None) -> str:
    """A day, or that there is none."""
    return "a day not yet named" if day is None else long_date(day)


def in_force(event: DocumentEvent, day: date, today: date) -> str:
    """Whether it binds today."""
    if event.stage in (Stage.WITHDRAWN, Stage.OVERDUE, Stage.VANISHED):
        return f"Its effective date was to be {long_date(day)}."
    if day > today:
        return f"It takes effect on {long_date(day)}, {standing(day, today)}."
    return f"In force {'from today' if day == today else 'since'}{'' if day == today else ' ' + long_date(day)}."


def hanging(event: DocumentEvent) -> str:
    """That it takes effect when it is printed, as far as that is to come."""
    words = (
        on_publication(event).removeprefix(", effective ") if event.stage in (Stage.FILED, Stage.RESCHEDULED) else ""
    )
    return f"It takes effect {words}." if words else ""


def differences(event: DocumentEvent, detail: Detail) -> Iterator[Redline]:
    """What is different, word by word."""
    for difference in event.differences:
        label = difference.field[:1].upper() + difference.field[1:]
        yield redlined(label, difference.before, difference.after, 2 * detail.cell)


# -- who


def names_of(field: str, found: tuple[NamedEntry, ...], detail: Detail) -> Iterator[Block]:
    """The names of a group by country."""
    yield Heading(f"{len(found):,} {BY_FIELD[field].heading.lower()}")
    most = detail.names // 5 if field in ASIDE else detail.names
    yield from named(((entry.country, entry.name) for entry in found), most)


# -- how sure


def caveats_of(event: DocumentEvent) -> list[str]:
    """How sure we are: what could not be read, what does not agree, what is not there yet."""
    if event.reading is None:
        return [f"Its text could not be read yet: {event.text_missing}."] if event.text_missing else []
    if event.text_missing:
        return [f"Beware: {event.text_missing}."]
    unread = [f"Not read: {sentence}" for sentence in event.reading.unread]
    return unread + list(event.reading.agreement)


def sureness(event: DocumentEvent) -> list[str]:
    """How sure it is where there is no caveat; nothing where no text was read."""
    if event.reading is None:
        return []
    read = "Its text was read in full, and its counts, tables and instructions do not disagree."
    listing = event.reading.kind in LISTS and event.stage in (Stage.FILED, Stage.PUBLISHED)
    return [read, "Not in the eCFR yet: it follows one or two business days after publication."] if listing else [read]


def words_as_printed(event: DocumentEvent, detail: Detail) -> Iterator[Block]:
    """The note of the Federal Register; and, where no text was read, what it prints about the document."""
    if event.editorial_note:
        yield from (Heading("Note of the Federal Register"), Prose(shorten(event.editorial_note, 2 * detail.cell)))
    if event.reading is None and event.stage is Stage.PUBLISHED:
        if event.dates:
            yield from (Heading("DATES, as printed"), Prose(shorten(event.dates, 2 * detail.cell)))
        if event.abstract:
            yield from (Heading("SUMMARY, as printed"), Prose(shorten(event.abstract, 3 * detail.cell)))
