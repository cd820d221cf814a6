"""What a reader of a mail needs of a document, in the order in which they need it."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct, structs

from monitor.law.countries import short_name
from monitor.model.alerts import DocumentEvent
from monitor.model.documents import Kind, Stage
from monitor.model.eastern import clock, count, long_date, short_date
from monitor.model.rules import GeneralLicenseAction, NamedEntry, RuleReading

MOST_NAMES = 150  # entries that a mail names; the rest is counted


class Fact(Struct, frozen=True):
    """A line of a mail: what, and what the document says; `quote` is its own sentence, where one was read."""

    label: str
    value: str
    quote: str = ""


class Names(Struct, frozen=True):
    """Entries that a document adds, revises or removes, by country."""

    action: str
    total: int
    countries: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.total - sum(len(names) for _, names in self.countries)


STAGES = {
    Stage.FILED: "Filed",
    Stage.RESCHEDULED: "Moved",
    Stage.WITHDRAWN: "Withdrawn",
    Stage.PUBLISHED: "Published",
    Stage.READ: "Now read",
    Stage.CHANGED: "Corrected",
    Stage.OVERDUE: "Not published",
    Stage.UNCODIFIED: "Not in the eCFR",
    Stage.VANISHED: "Vanished",
}
LISTS = {
    Kind.ENTITY_LIST_RULE: "Entity List",
    Kind.UNVERIFIED_LIST: "Unverified List",
    Kind.MEU_LIST: "Military End-User List",
}


def subject(event: DocumentEvent) -> str:
    """What happened, to whom, from when."""
    what = event.title if event.reading is None else said_in_short(event.reading) or event.title
    stage = STAGES[event.stage]
    match event.stage:
        case Stage.RESCHEDULED:
            moved = (
                "to a day not yet named"
                if event.publication_date is None
                else f"to {short_date(event.publication_date)}"
            )
            return f"Publication moved {moved}: {what}"
        case Stage.WITHDRAWN | Stage.OVERDUE | Stage.UNCODIFIED | Stage.VANISHED | Stage.CHANGED | Stage.READ:
            return f"{stage}: {what}"
        case Stage.FILED | Stage.PUBLISHED:
            effective = f", effective {short_date(event.effective_on)}" if event.effective_on is not None else ""
            return f"{stage}: {what}{effective}"


def said_in_short(reading: RuleReading) -> str:
    """The acts of a rule in a few words; empty where it has none that a title would not say better."""
    acts = []
    if reading.kind in LISTS:
        entries = (("added", reading.added), ("revised", reading.revised), ("removed", reading.removed))
        parts = [f"{len(names)} {word}" for word, names in entries if names]
        if parts:
            places = {short_name(entry.country) for _, names in entries for entry in names}
            where = next(iter(places)) if len(places) == 1 else count(len(places), "country")
            acts.append(f"{LISTS[reading.kind]}, {', '.join(parts)} under {where}")
    if reading.general_license is not None:
        acts.append(license_in_short(reading.general_license))
    return "; ".join(acts)


def license_in_short(license_: GeneralLicenseAction) -> str:
    """Temporary General License extended through Mar 2 (was Dec 1)."""
    through = f" through {short_date(license_.new_expiry)}" if license_.new_expiry is not None else ""
    was = f" (was {short_date(license_.old_expiry)})" if license_.old_expiry is not None else ""
    name = license_.name.partition(",")[0]  # where it stands is told in the mail
    return f"{name} {license_.status}{through}{was if through else ''}"


def facts(event: DocumentEvent, today: date) -> list[Fact]:
    """The facts of a document in the order in which compliance readers need them."""
    reading = event.reading
    found = [*effect(event, today)]
    if reading is not None:
        found += [*terms(reading), *clauses(reading, today)]
    if event.filed_at is not None:
        found.append(Fact("Filed", clock(event.filed_at)))
    if event.publication_date is not None:
        printed = event.stage in (Stage.PUBLISHED, Stage.CHANGED, Stage.VANISHED)
        citation = f", {event.citation}" if event.citation is not None else ""
        found.append(Fact("Published" if printed else "To be published", long_date(event.publication_date) + citation))
    if event.announced:
        found.append(Fact("Announced by BIS", event.announced))
    if event.search:
        found.append(Fact("Found by", f"your search “{event.search}”"))
    action = f", {event.action}" if event.action else ""
    found.append(Fact("Document", f"{event.document_number} ({event.type}{action})"))
    return [fact if fact.quote != fact.value else structs.replace(fact, quote="") for fact in found]


def effect(event: DocumentEvent, today: date) -> Iterator[Fact]:
    """From when, and whether that is now."""
    reading = event.reading
    quote = "" if reading is None else reading.quotes.get("effective_on", "")
    if event.effective_on is not None:
        yield Fact("Effective", f"{long_date(event.effective_on)} ({standing(event.effective_on, today)})", quote)
    if reading is None:
        return
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
    for symbolic in reading.symbolic_dates:
        yield Fact("Date still open", symbolic.words)


def standing(day: date, today: date) -> str:
    """Whether a day has come."""
    days = (day - today).days
    if days > 0:
        return f"in {count(days, 'day')}"
    return "today: in force" if days == 0 else "in force"


def terms(reading: RuleReading) -> Iterator[Fact]:
    """What listing means, and why."""
    for label, field, value in (
        ("License requirement", "license_requirement", reading.license_requirement),
        ("License review policy", "license_review_policy", reading.license_review_policy),
        ("License exceptions", "license_exceptions", reading.license_exceptions),
    ):
        if value:
            yield Fact(label, value, reading.quotes.get(field, ""))
    if reading.footnotes:
        yield Fact("Footnote designations", ", ".join(reading.footnotes))
    if reading.stated_reason:
        yield Fact("Reason", reading.stated_reason)


def clauses(reading: RuleReading, today: date) -> Iterator[Fact]:
    """Until when something may still go on."""
    license_ = reading.general_license
    if license_ is not None:
        quote = reading.quotes.get("general_license.new_expiry", reading.quotes.get("general_license", ""))
        yield Fact("General license", license_in_full(license_, today), quote)
    clause = reading.savings_clause
    if clause is not None:
        parts = [f"en route on {long_date(clause.en_route_on)}"] if clause.en_route_on is not None else []
        parts += [f"complete by {long_date(clause.complete_by)}"] if clause.complete_by is not None else []
        quote = reading.quotes.get("savings_clause", "")
        yield Fact("Savings clause", ", ".join(parts) or "its dates could not be read", quote)
    if reading.comments_close_on is not None:
        yield Fact("Comments close", long_date(reading.comments_close_on))


def license_in_full(license_: GeneralLicenseAction, today: date) -> str:
    """What becomes of a license, old and new end, and how long that is."""
    parts = [f"{license_.name}: {license_.status}"]
    if license_.valid_from is not None:
        parts.append(f"from {long_date(license_.valid_from)}")
    if license_.new_expiry is not None:
        left = (license_.new_expiry - today).days
        parts.append(f"through {long_date(license_.new_expiry)}")
        if license_.old_expiry is not None and license_.old_expiry < license_.new_expiry:
            gained = (license_.new_expiry - license_.old_expiry).days
            parts.append(f"instead of {long_date(license_.old_expiry)}, {count(gained, 'day')} more")
        parts.append(
            f"{count(left, 'day')} from today" if left > 0 else "its last day is today" if left == 0 else "ended"
        )
    return ", ".join(parts)


def entries(event: DocumentEvent) -> list[Names]:
    """Whom the document adds, revises, removes and moves, by country."""
    reading = event.reading
    if reading is None:
        return []
    groups = (
        ("added", reading.added),
        ("revised", reading.revised),
        ("removed", reading.removed),
        ("moved to another place of the list", reading.moved),
        ("reworded in one sweep", reading.reworded),
    )
    return [by_country(action, found) for action, found in groups if found]


def by_country(action: str, found: Sequence[NamedEntry]) -> Names:
    """The first so many names under their countries."""
    shown = sorted(found, key=lambda entry: short_name(entry.country))[:MOST_NAMES]
    countries = groupby(shown, key=lambda entry: short_name(entry.country))
    return Names(action, len(found), tuple((name, tuple(e.name for e in group)) for name, group in countries))


def doubts(event: DocumentEvent) -> list[str]:
    """How sure we are: what could not be read, what does not agree, what is not there yet."""
    if event.reading is None:
        return [f"Its text could not be read yet: {event.text_missing}."] if event.text_missing else []
    if event.text_missing:
        return [f"Beware: {event.text_missing}."]
    unread = [f"Not read: {sentence}" for sentence in event.reading.unread]
    return unread + list(event.reading.agreement)
