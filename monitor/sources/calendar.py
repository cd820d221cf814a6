"""The days without an issue, GET /api/v1/holidays.json (CONTRACT.md §4.2), and whether an issue has appeared."""

from datetime import date

from monitor.sources.decoding import decode

WHAT = "the Federal Register's list of holidays"


def url(base: str) -> str:
    """All holidays and ad-hoc closings."""
    return f"{base}/api/v1/holidays.json"


def read_holidays(body: bytes) -> dict[date, str]:
    """Each day with its name. Raises ReadError."""
    return decode(body, dict[date, str], WHAT)


def issue_url(base: str, day: date) -> str:
    """The table of contents of a day's issue, a 404 until it appears (CONTRACT.md §4.1)."""
    return f"{base}/api/v1/issues/{day}.json"
