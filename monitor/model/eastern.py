"""The day and the clock of the law, America/New_York, and dates and numbers in words."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")


def eastern_date(moment: datetime) -> date:
    """The calendar day in Washington at a moment."""
    return moment.astimezone(EASTERN).date()


def long_date(day: date) -> str:
    """March 2, 2031."""
    return f"{day:%B} {day.day}, {day.year}"


def short_date(day: date) -> str:
    """Mar 2."""
    return f"{day:%b} {day.day}"


def count(number: int, word: str) -> str:
    """1 document, 2 documents, 1,121 entries."""
    plural = f"{word[:-1]}ies" if word.endswith(("ry", "ty")) else f"{word}s"
    return f"{number:,} {word if number == 1 else plural}"


def clock(moment: datetime, zone: ZoneInfo = EASTERN) -> str:
    """March 2, 2031, 4:15 p.m. ET; in another zone with its own abbreviation, or its distance where it has none."""
    local = moment.astimezone(zone)
    half = "a.m." if local.hour < 12 else "p.m."
    name = "ET" if zone.key == EASTERN.key else f"{local:%Z}"
    named = name if name[:1].isalpha() else f"UTC{name}"
    return f"{long_date(local.date())}, {(local.hour - 1) % 12 + 1}:{local:%M} {half} {named}"


def duration(length: timedelta) -> str:
    """3 h 10 min, 2 d 3 h: to the minute up to a day, to the hour beyond."""
    minutes = int(length.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    return f"{days} d {hours} h" if days else f"{hours} h {minutes % 60} min"
