"""Polite GETs: paced, compressed, bounded, conditional, and never led away from the source that was asked."""

from monitor.fetch.answers import (
    BURST,
    LONGEST_WAIT,
    MEBIBYTE,
    OLDEST,
    STALE_AFTER,
    Answer,
    Politeness,
    RetryLaterError,
    Validator,
    retry_moment,
)
from monitor.fetch.fetcher import Fetcher
from monitor.fetch.guards import QUOTED
from monitor.fetch.places import is_loopback

__all__ = [
    "BURST",
    "LONGEST_WAIT",
    "MEBIBYTE",
    "OLDEST",
    "QUOTED",
    "STALE_AFTER",
    "Answer",
    "Fetcher",
    "Politeness",
    "RetryLaterError",
    "Validator",
    "is_loopback",
    "retry_moment",
]
