"""Polite GETs: rate-limited, compressed, bounded, conditional, and never redirected to another host."""

from monitor.sources.fetch.answers import (
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
from monitor.sources.fetch.fetcher import Fetcher
from monitor.sources.fetch.guards import QUOTED
from monitor.sources.fetch.places import is_loopback

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
