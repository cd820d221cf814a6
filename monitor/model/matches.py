"""A recipient's own names, found in an alert."""

from msgspec import Struct


class Match(Struct, frozen=True, kw_only=True):
    """One name of a watchlist that an alert touches, and why.

    `wanted` is the recipient's name, `found` the name that the source prints, `country` the official heading or empty,
    `action` what happens to the entry ("added", "revised", "removed", "named"), `how` why the two are the same, in
    words for people, `score` from 0 to 100.
    """

    wanted: str
    found: str
    country: str
    action: str
    how: str
    score: float
