"""Whether a reading can be true: a list of thousands does not lose half of itself in a day."""

from datetime import date, timedelta

from monitor.errors import ImplausibleError
from monitor.law.countries import is_known, short_name
from monitor.model.entries import EntryKind, EntryList, ListName

# How many entries each list may have; it had about 3,400, 220 and 70 in the middle of 2026.
BANDS = {
    ListName.ENTITY_LIST: (500, 12_000),
    ListName.UNVERIFIED_LIST: (10, 3_000),
    ListName.MILITARY_END_USER_LIST: (10, 3_000),
}
# So many times the last good count is more than any rule has added.
MOST_GROWTH = 2.0
SMALL_LOSS = 3  # entries that may always go
# A rule is filed with the date on which it will be printed, and the eCFR never runs ahead by more.
AHEAD = timedelta(days=31)


def check_list(previous: EntryList | None, current: EntryList, *, today: date, max_loss: float) -> None:
    """Check a reading of a list against the last good one, if there is one.

    `max_loss` is the share of entries (0 to 1) that may go at once.
    Raises ImplausibleError with one sentence when it cannot be true.
    """
    entries = [entry for entry in current.entries if entry.kind is not EntryKind.RESERVED]
    if previous is not None:
        _check_against(previous, current, len(entries), max_loss)
    else:
        _check_band(current, len(entries))
    _check_citations(current, today)


def unknown_countries(current: EntryList) -> tuple[str, ...]:
    """Return the countries that we have never seen a list print, for the operator to look at."""
    return tuple(dict.fromkeys(e.country for e in current.entries if not is_known(e.country)))


def _check_band(current: EntryList, count: int) -> None:
    least, most = BANDS[current.list]
    if not least <= count <= most:
        raise ImplausibleError(
            f"the {current.list} has {count:,} entries, outside of {least:,} to {most:,}; look at it, then accept it"
        )


def _check_against(previous: EntryList, current: EntryList, count: int, max_loss: float) -> None:
    if previous.list is not current.list:
        raise ImplausibleError(
            f"the {previous.list} turned into the {current.list}; look at it, then accept it"
        )
    before = sum(entry.kind is not EntryKind.RESERVED for entry in previous.entries)
    if before - count > max(SMALL_LOSS, max_loss * before):
        raise ImplausibleError(
            f"the {current.list} fell from {before:,} to {count:,} entries, more than the {max_loss:.0%} that may go "
            "at once; look at it, then accept it"
        )
    if count > max(MOST_GROWTH * before, before + 100):
        raise ImplausibleError(
            f"the {current.list} grew from {before:,} to {count:,} entries at once; look at it, then accept it"
        )


def _check_citations(current: EntryList, today: date) -> None:
    for entry in current.entries:
        for citation in entry.citations:
            if citation.on is not None and citation.on > today + AHEAD:
                raise ImplausibleError(
                    f"the {current.list} cites {citation.volume} FR {citation.page} of {citation.on}, which is yet to "
                    f"come, for {entry.name} ({short_name(entry.country)}); look at it, then accept it"
                )
