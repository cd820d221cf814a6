"""A reader's own names, found in what an alert tells."""

from msgspec import Struct


class Match(Struct, frozen=True, kw_only=True):
    """One name of a watchlist that an alert touches, and why that is believed.

    `wanted` is the reader's name, `found` the name that the source prints, `country` the official heading or empty,
    `action` what happens to the entry ("added", "revised", "removed", "named"), `how` why the two are the same, in
    words for people, `score` from 0 to 100.
    """

    wanted: str
    found: str
    country: str
    action: str
    how: str
    score: float
