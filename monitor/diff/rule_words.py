"""Days, entries, licenses and savings clauses of a rule in words: in full for a mail, in short to be compared."""

from collections.abc import Iterable
from datetime import date

from monitor.model.eastern import count, long_date
from monitor.model.rules import GeneralLicenseAction, NamedEntry, RuleReading, SavingsClause


def long_or_empty(day: date | None) -> str:
    """A date in words, or empty."""
    return "" if day is None else long_date(day)


def standing(day: date, today: date) -> str:
    """Whether a day has come."""
    days = (day - today).days
    if days > 0:
        return f"in {count(days, 'day')}"
    return "today: in force" if days == 0 else "in force"


def days_left(day: date, today: date) -> str:
    """What is left until a last day."""
    days = (day - today).days
    return f"{count(days, 'day')} left" if days > 0 else "its last day is today" if days == 0 else "past"


def entries_in_a_line(entries: Iterable[NamedEntry]) -> str:
    """Entries in one line, in an order of their own."""
    return "; ".join(sorted(f"{entry.country}: {entry.name}" for entry in entries))


def entity_count(reading: RuleReading) -> str:
    """How many entities the rule counts that it adds, where these are not the entries that were read; else empty."""
    stated = reading.stated_counts
    if stated.entities is None or stated.entities in (stated.entries, len(reading.added)):
        return ""
    why = "one entry can hold several" if stated.entities > len(reading.added) else "one can have several entries"
    return f". The rule counts {count(stated.entities, 'entity')}; {why}"


def savings_in_full(clause: SavingsClause, today: date) -> str:
    """Which goods may still proceed, and their last day."""
    if clause.en_route_on is None and clause.complete_by is None:
        return "Its dates could not be read"
    parts = [f"En route on {long_date(clause.en_route_on)}"] if clause.en_route_on is not None else []
    if clause.complete_by is not None:
        parts.append(f"complete by {long_date(clause.complete_by)} ({days_left(clause.complete_by, today)})")
    else:
        parts.append("no last day is stated")
    sentence = ", ".join(parts)
    return sentence[0].upper() + sentence[1:]


def savings_in_short(clause: SavingsClause) -> str:
    """Until when goods under way may go on."""
    until = f", complete by {long_date(clause.complete_by)}" if clause.complete_by is not None else ""
    return f"en route on {long_or_empty(clause.en_route_on) or 'a day not read'}{until}"


def license_in_full(license_: GeneralLicenseAction, today: date) -> str:
    """What becomes of a license, old and new end, and how long that is."""
    parts = [f"{license_.name}: {license_.status}"]
    if license_.valid_from is not None:
        parts.append(f"from {long_date(license_.valid_from)}")
    old, new = license_.old_expiry, license_.new_expiry
    if new is not None and old is not None and old != new:
        moved = f"{count(abs((new - old).days), 'day')} {'more' if new > old else 'fewer'}"
        parts.append(f"through {long_date(old)} → {long_date(new)} ({moved}; {days_left(new, today)})")
    elif new is not None:
        parts.append(f"through {long_date(new)} ({days_left(new, today)})")
    elif old is not None:
        parts.append(f"before through {long_date(old)}")
    return ", ".join(parts)


def license_in_short(license_: GeneralLicenseAction) -> str:
    """What becomes of a license, and its end."""
    through = f" through {long_date(license_.new_expiry)}" if license_.new_expiry is not None else ""
    return f"{license_.name} {license_.status}{through}"
