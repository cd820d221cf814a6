"""The facts of a rule, a row each: its label and words, its days, and how severe it is that it changes."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import Enum, auto

from msgspec import Struct

from monitor.diff.country_totals import by_country
from monitor.diff.rule_words import (
    entity_count,
    entries_in_a_line,
    license_in_full,
    license_in_short,
    long_or_empty,
    savings_in_full,
    savings_in_short,
    standing,
)
from monitor.model.eastern import long_date
from monitor.model.rules import NamedEntry, RuleReading
from monitor.model.severity import Severity

MOST_COUNTRIES, MOST_PLACES = 40, 6


class About(Enum):
    """What a fact is about; in a mail that only says what is new, terms and reasons are left out."""

    KIND = auto()
    ENTRIES = auto()
    DAYS = auto()
    TERMS = auto()
    ENDS = auto()
    REASONS = auto()


def none(_: RuleReading) -> tuple[()]:
    """No day."""
    return ()


class RuleFact(Struct, frozen=True, kw_only=True):
    """One fact of a RuleReading, under the name of its field.

    A mail shows `lines` of a day behind the `heading`, with the first sentence among the `quotes` of the reading.
    Where two readings are compared, `label` names the fact and `brief` is what is compared, in words; a later text
    that states it otherwise is as severe as `severity`. `first_days` and `last_days` begin and end something.
    """

    field: str
    about: About
    heading: str = ""
    lines: Callable[[RuleReading, date], Iterable[str]] = lambda _, __: ()
    quotes: tuple[str, ...] = ()
    label: str = ""
    brief: Callable[[RuleReading], str] = lambda _: ""
    severity: Severity = Severity.MEDIUM
    first_days: Callable[[RuleReading], Iterable[date | None]] = none
    last_days: Callable[[RuleReading], Iterable[date | None]] = none

    def quote(self, reading: RuleReading) -> str:
        """The sentence of the document that states the fact, or nothing."""
        return next((reading.quotes[name] for name in self.quotes if name in reading.quotes), "")


def entries_fact(
    field: str, heading: str, label: str = "", severity: Severity = Severity.MEDIUM, most: int = MOST_COUNTRIES
) -> RuleFact:
    """What a rule does to entries: how many in which countries, and in a comparison each by its name."""

    def entries(reading: RuleReading) -> tuple[NamedEntry, ...]:
        found: tuple[NamedEntry, ...] = getattr(reading, field)
        return found

    def lines(reading: RuleReading, _: date) -> Iterator[str]:
        if found := entries(reading):
            counted = entity_count(reading) if field == "added" else ""
            yield by_country((entry.country for entry in found), most) + counted

    return RuleFact(
        field=field,
        about=About.ENTRIES,
        heading=heading,
        lines=lines,
        label=label,
        brief=lambda reading: entries_in_a_line(entries(reading)),
        severity=severity,
    )


def term_fact(field: str, heading: str, about: About, quotes: tuple[str, ...] = ()) -> RuleFact:
    """A text of a rule that is shown as it stands."""
    return RuleFact(
        field=field,
        about=about,
        heading=heading,
        lines=lambda reading, _: [text] if (text := getattr(reading, field)) else [],
        quotes=quotes,
    )


def one(day: date | None) -> tuple[str, ...]:
    """A day as the only line, or no line."""
    return () if day is None else (long_date(day),)


# In the order of a mail.
RULE_FACTS = (
    RuleFact(field="kind", about=About.KIND, label="kind", brief=lambda r: r.kind),
    entries_fact("added", "Added", "entries added", Severity.HIGH),
    entries_fact("revised", "Revised", "entries revised"),
    entries_fact("removed", "Removed", "entries removed"),
    entries_fact("moved", "Moved to another place of the list", most=MOST_PLACES),
    entries_fact("reworded", "Reworded in one sweep", most=MOST_PLACES),
    RuleFact(
        field="effective_on",
        about=About.DAYS,
        heading="Effective",
        lines=lambda r, today: [f"{long_date(day)} ({standing(day, today)})"] if (day := r.effective_on) else [],
        quotes=("effective_on",),
        label="effective date",
        brief=lambda r: long_or_empty(r.effective_on),
        first_days=lambda r: (r.effective_on,),
    ),
    RuleFact(
        field="applicable_on",
        about=About.DAYS,
        heading="Applicable",
        lines=lambda r, _: one(r.applicable_on),
        label="applicable date",
        brief=lambda r: long_or_empty(r.applicable_on),
        first_days=lambda r: (r.applicable_on,),
    ),
    RuleFact(
        field="effective_through",
        about=About.DAYS,
        heading="Effective through",
        lines=lambda r, _: one(r.effective_through),
        label="effective through",
        brief=lambda r: long_or_empty(r.effective_through),
        last_days=lambda r: (r.effective_through,),
    ),
    RuleFact(
        field="delayed_until",
        about=About.DAYS,
        heading="Delayed until",
        lines=lambda r, _: one(r.delayed_until),
        first_days=lambda r: (r.delayed_until,),
    ),
    RuleFact(
        field="partial_dates",
        about=About.DAYS,
        heading="In part",
        lines=lambda r, today: (
            f"{part.covers}: {long_date(part.on)} ({standing(part.on, today)})" for part in r.partial_dates if part.on
        ),
        first_days=lambda r: (part.on for part in r.partial_dates),
        last_days=lambda r: (part.through for part in r.partial_dates),
    ),
    RuleFact(
        field="symbolic_dates",
        about=About.DAYS,
        heading="Date still open",
        lines=lambda r, _: dict.fromkeys(symbolic.words for symbolic in r.symbolic_dates),
    ),
    term_fact("license_requirement", "License requirement", About.TERMS, ("license_requirement",)),
    term_fact("license_review_policy", "License review policy", About.TERMS, ("license_review_policy",)),
    term_fact("license_exceptions", "License exceptions", About.TERMS, ("license_exceptions",)),
    RuleFact(
        field="savings_clause",
        about=About.ENDS,
        heading="Savings clause",
        lines=lambda r, today: [] if r.savings_clause is None else [savings_in_full(r.savings_clause, today)],
        quotes=("savings_clause",),
        label="savings clause",
        brief=lambda r: "" if r.savings_clause is None else savings_in_short(r.savings_clause),
        last_days=lambda r: () if r.savings_clause is None else (r.savings_clause.complete_by,),
    ),
    RuleFact(
        field="general_license",
        about=About.ENDS,
        heading="General license",
        lines=lambda r, today: [] if r.general_license is None else [license_in_full(r.general_license, today)],
        quotes=("general_license.new_expiry", "general_license"),
        label="general license",
        brief=lambda r: "" if r.general_license is None else license_in_short(r.general_license),
        severity=Severity.HIGH,
        last_days=lambda r: () if r.general_license is None else (r.general_license.new_expiry,),
    ),
    RuleFact(
        field="comments_close_on",
        about=About.ENDS,
        heading="Comments close",
        lines=lambda r, _: one(r.comments_close_on),
        label="comments close",
        brief=lambda r: long_or_empty(r.comments_close_on),
        severity=Severity.LOW,
    ),
    term_fact("stated_reason", "Reason", About.REASONS),
    RuleFact(
        field="footnotes",
        about=About.REASONS,
        heading="Footnote designations",
        lines=lambda r, _: [", ".join(r.footnotes)] if r.footnotes else [],
    ),
)
BY_FIELD = {fact.field: fact for fact in RULE_FACTS}
# The facts in which two readings of a document are compared, in the order in which a correction names them.
COMPARED = tuple(
    BY_FIELD[field]
    for field in (
        "kind", "effective_on", "applicable_on", "effective_through", "added", "removed", "revised", "general_license",
        "savings_clause", "comments_close_on",
    )
)  # fmt: skip


def last_days(reading: RuleReading) -> Iterator[date]:
    """The last days of what a document allows or orders."""
    yield from (day for fact in RULE_FACTS for day in fact.last_days(reading) if day is not None)


def all_days(reading: RuleReading) -> Iterator[date]:
    """Every day on which something begins or ends by a document."""
    yield from (day for fact in RULE_FACTS for day in fact.first_days(reading) if day is not None)
    yield from last_days(reading)
