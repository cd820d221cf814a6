"""The facts of a document in the order in which compliance readers need them."""

from collections.abc import Iterable, Iterator
from datetime import date

from monitor.model.alerts import DocumentEvent
from monitor.model.documents import Stage
from monitor.model.eastern import clock, count, long_date
from monitor.model.rules import GeneralLicenseAction, NamedEntry, RuleReading
from monitor.pages.blocks import Detail, Fact, View, by_country, shorten

PRINTED = (Stage.PUBLISHED, Stage.VANISHED, Stage.UNCODIFIED)
EITHER = (Stage.CHANGED, Stage.READ)  # of a document that is printed, or still on public inspection


def facts_of(event: DocumentEvent, view: View, *, short: bool) -> Iterator[Fact]:
    """The facts of a document; in a short mail only who, when and which."""
    reading, today = as_planned(event), view.day
    if reading is not None:
        for word, found in groups_of(reading):
            where = by_country((entry.country for entry in found), MOST_PLACES if word in ASIDE else MOST_COUNTRIES)
            yield Fact(word[:1].upper() + word[1:], where + own_count(reading, word))
    yield from effect(event, reading, today)
    if reading is not None:
        if not short:
            yield from terms(reading)
        yield from clauses(reading, today)
        if not short:
            yield from reasons(reading)
    yield from identity(event, view)


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


def own_count(reading: RuleReading, word: str) -> str:
    """How many entities the rule itself counts, where these are not the entries that were read."""
    stated = reading.stated_counts
    if word != "added" or stated.entities is None or stated.entities in (stated.entries, len(reading.added)):
        return ""
    why = "one entry can hold several" if stated.entities > len(reading.added) else "one can have several entries"
    return f". The rule counts {count(stated.entities, 'entity')}; {why}"


def is_printed(event: DocumentEvent) -> bool:
    """Whether a document stands in the Federal Register, and not only on public inspection, which says when filed."""
    return event.stage in PRINTED or (event.stage in EITHER and event.filed_at is None)


def as_planned(event: DocumentEvent) -> RuleReading | None:
    """What a document says, its dates that hang on a publication yet to come as that is planned."""
    if event.reading is None or is_printed(event) or event.publication_date is None:
        return event.reading
    from monitor.law.rules.open_dates import set_open_dates  # noqa: PLC0415 - 0.15 s that other mails need not spend

    return set_open_dates(event.reading, published=event.publication_date)


def begins(event: DocumentEvent, reading: RuleReading | None, today: date) -> Iterator[Fact]:
    """From when, and whether that is now."""
    quote = "" if reading is None else reading.quotes.get("effective_on", "")
    day = event.effective_on or (None if reading is None else reading.effective_on)
    if day is not None:
        yield Fact("Effective", f"{long_date(day)} ({standing(day, today)})", quote)


def effect(event: DocumentEvent, reading: RuleReading | None, today: date) -> Iterator[Fact]:
    """From when and until when; `reading` has the dates as they are planned."""
    yield from begins(event, reading, today)
    if reading is None:
        return
    if event.reading is not None and reading != event.reading and event.publication_date is not None:
        planned = long_date(event.publication_date)
        yield Fact("Hangs on publication", f"Dates count from it; it is planned for {planned}, and they move with it")
    for label, day in (
        ("Applicable", reading.applicable_on),
        ("Effective through", reading.effective_through),
        ("Delayed until", reading.delayed_until),
    ):
        if day is not None and day != event.effective_on:
            yield Fact(label, long_date(day))
    for partial in reading.partial_dates:
        if partial.on is not None:
            yield Fact("In part", f"{partial.covers}: {long_date(partial.on)} ({standing(partial.on, today)})")
    for words in dict.fromkeys(symbolic.words for symbolic in reading.symbolic_dates):
        yield Fact("Date still open", words)


def standing(day: date, today: date) -> str:
    """Whether a day has come."""
    days = (day - today).days
    if days > 0:
        return f"in {count(days, 'day')}"
    return "today: in force" if days == 0 else "in force"


def terms(reading: RuleReading) -> Iterator[Fact]:
    """What listing means."""
    for label, field, value in (
        ("License requirement", "license_requirement", reading.license_requirement),
        ("License review policy", "license_review_policy", reading.license_review_policy),
        ("License exceptions", "license_exceptions", reading.license_exceptions),
    ):
        if value:
            yield Fact(label, value, reading.quotes.get(field, ""))


def clauses(reading: RuleReading, today: date) -> Iterator[Fact]:
    """Until when something may still go on."""
    clause = reading.savings_clause
    if clause is not None:
        yield Fact("Savings clause", clause_in_full(reading, today), reading.quotes.get("savings_clause", ""))
    license_ = reading.general_license
    if license_ is not None:
        quote = reading.quotes.get("general_license.new_expiry", reading.quotes.get("general_license", ""))
        yield Fact("General license", license_in_full(license_, today), quote)
    if reading.comments_close_on is not None:
        yield Fact("Comments close", long_date(reading.comments_close_on))


def clause_in_full(reading: RuleReading, today: date) -> str:
    """Which goods may still proceed, and their last day."""
    clause = reading.savings_clause
    if clause is None or (clause.en_route_on is None and clause.complete_by is None):
        return "Its dates could not be read"
    parts = [f"En route on {long_date(clause.en_route_on)}"] if clause.en_route_on is not None else []
    if clause.complete_by is not None:
        parts.append(f"complete by {long_date(clause.complete_by)} ({left(clause.complete_by, today)})")
    else:
        parts.append("no last day is stated")
    said = ", ".join(parts)
    return said[0].upper() + said[1:]


def license_in_full(license_: GeneralLicenseAction, today: date) -> str:
    """What becomes of a license, old and new end, and how long that is."""
    parts = [f"{license_.name}: {license_.status}"]
    if license_.valid_from is not None:
        parts.append(f"from {long_date(license_.valid_from)}")
    old, new = license_.old_expiry, license_.new_expiry
    if new is not None and old is not None and old != new:
        moved = f"{count(abs((new - old).days), 'day')} {'more' if new > old else 'fewer'}"
        parts.append(f"through {long_date(old)} → {long_date(new)} ({moved}; {left(new, today)})")
    elif new is not None:
        parts.append(f"through {long_date(new)} ({left(new, today)})")
    elif old is not None:
        parts.append(f"before through {long_date(old)}")
    return ", ".join(parts)


def left(day: date, today: date) -> str:
    """What is left until a last day."""
    days = (day - today).days
    return f"{count(days, 'day')} left" if days > 0 else "its last day is today" if days == 0 else "past"


def reasons(reading: RuleReading) -> Iterator[Fact]:
    """Why, and which footnotes hold."""
    if reading.stated_reason:
        yield Fact("Reason", reading.stated_reason)
    if reading.footnotes:
        yield Fact("Footnote designations", ", ".join(reading.footnotes))


Group = tuple[str, tuple[NamedEntry, ...]]


# What a rule does to many entries without changing whom it is about.
ASIDE = ("moved to another place of the list", "reworded in one sweep")
MOST_COUNTRIES, MOST_PLACES = 40, 6


def groups_of(reading: RuleReading) -> list[Group]:
    """Whom the document adds, revises, removes and moves."""
    groups = (
        ("added", reading.added),
        ("revised", reading.revised),
        ("removed", reading.removed),
        *zip(ASIDE, (reading.moved, reading.reworded), strict=True),
    )
    return [(word, found) for word, found in groups if found]


def within(facts: Iterable[Fact], detail: Detail) -> Iterator[Fact]:
    """The facts within bounds; a sentence that was there before is not said again."""
    told: set[str] = set()
    for fact in facts:
        quote = "" if fact.quote in told | {fact.value} else shorten(fact.quote, detail.quote)
        told |= {fact.quote, fact.value}
        yield Fact(fact.label, shorten(fact.value, detail.fact), quote)
