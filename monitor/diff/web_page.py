"""What changed on a web page, and whether the change is plausible."""

import re

from msgspec import Struct

from monitor.diff.paragraphs import paragraph_changes
from monitor.law.wording import key
from monitor.model.changes import ParagraphChange
from monitor.model.entries import Text

MONTHS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
MOST_LOST = 0.6  # share of the letters of a page that may disappear at once


class PageDiff(Struct, frozen=True):
    """The changed paragraphs; `loses`: one was removed, `collapsed`: most were, `minor`: only digits and dates."""

    changes: tuple[ParagraphChange, ...]
    loses: bool
    collapsed: bool
    minor: bool


def compare(before: Text, after: Text) -> PageDiff:
    """Compare two readings of a page, paragraph by paragraph."""
    changes = paragraph_changes(before, after)
    return PageDiff(
        changes=changes,
        loses=any(not change.after for change in changes),
        collapsed=size(after) < (1 - MOST_LOST) * size(before),
        minor=all(change.before and change.after and bare(change.before) == bare(change.after) for change in changes),
    )


def size(text: Text) -> int:
    """The size of a page in letters and digits."""
    return sum(len(key(paragraph)) for paragraph in (text.heading, *text.paragraphs))


def bare(paragraph: str) -> str:
    """A paragraph without digits and names of months and days: counters and dates of access change by themselves."""
    return re.sub(r"\d", "", key(MONTHS.sub("", paragraph)))
