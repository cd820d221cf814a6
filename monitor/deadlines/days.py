"""Days as lawyers count them, and how they are written."""

from collections.abc import Mapping
from datetime import date

from monitor.model.eastern import long_date


def in_words(day: date, holidays: Mapping[date, str]) -> str:
    """March 2, 2031 (a Sunday): a weekend or holiday changes nothing about a day, but is mentioned."""
    notes = []
    if day.weekday() >= 5:
        notes.append(f"a {day:%A}")
    if day in holidays:
        notes.append(f"a federal holiday, {holidays[day]}")
    return f"{long_date(day)} ({' and '.join(notes)})" if notes else long_date(day)


def time_left(days: int) -> str:
    """Today, tomorrow, in 7 days."""
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def days_added(old: date | None, new: date | None) -> int | None:
    """The days that a new end adds to the old one, negative where it takes some; None where one is unknown."""
    return (new - old).days if old is not None and new is not None else None


def added_in_words(days: int | None) -> str:
    """91 days more, 1 day less; empty where nothing can be counted."""
    if not days:
        return ""
    return f"{abs(days)} {'day' if abs(days) == 1 else 'days'} {'more' if days > 0 else 'less'}"
