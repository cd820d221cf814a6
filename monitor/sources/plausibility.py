"""Whether a reading is plausible: a list of thousands does not lose half its entries in a day."""

from collections import Counter
from datetime import date, timedelta

from monitor.law.countries import is_country, short_name
from monitor.law.wording import key
from monitor.model.entries import Citation, Entry, EntryKind, EntryList, ListName
from monitor.model.errors import ImplausibleError
from monitor.model.screening import Party
from monitor.model.settings import Limits

WAIT = "it is asked for again; limits.max_loss and limits.least_entries say what is believed"
ACCEPT = "look at it, then accept it or wait for a better answer"
# How many entries each list may have; it had about 3,400, 220 and 70 in the middle of 2026.
BANDS = {
    ListName.ENTITY_LIST: (500, 12_000),  # the lower bound is a setting
    ListName.UNVERIFIED_LIST: (10, 3_000),
    ListName.MILITARY_END_USER_LIST: (10, 3_000),
}
# No rule has made a list more than this many times as long.
MOST_GROWTH = 2.0
SMALL_GROWTH = 250
# One rule can move a third of a short list to another one; a loss of half of it is still implausible.
SHORT_LIST, SHORT_LIST_LOSS = 300, 0.4
SMALL_LOSS = 3  # entries that may always be removed at once
MOST_NEW_COUNTRIES = 3
# The eCFR cites days a little ahead only where a rule is effective before it is printed.
AHEAD = timedelta(days=14)


def check_list(previous: EntryList | None, current: EntryList, *, today: date, limits: Limits) -> None:
    """Check a reading of a list against the last good one, if there is one.

    Raises ImplausibleError with one sentence when it is implausible.
    """
    if previous is None:
        _check_band(current, limits)
    else:
        _check_against(previous, current, limits.max_loss)
    _check_countries(previous, current)
    _check_citations(previous, current, today)


def new_countries(previous: EntryList | None, current: EntryList) -> tuple[str, ...]:
    """Return the countries that are neither in the last good list nor known, for the operator."""
    seen = {short_name(entry.country) for entry in previous.entries} if previous is not None else set[str]()
    countries = dict.fromkeys(entry.country for entry in current.entries)
    return tuple(c for c in countries if not is_country(c) and short_name(c) not in seen)


def _entries(of: EntryList) -> list[Entry]:
    return [entry for entry in of.entries if entry.kind is not EntryKind.RESERVED]


def _check_band(current: EntryList, limits: Limits) -> None:
    least, most = BANDS[current.list]
    if current.list is ListName.ENTITY_LIST:
        least = limits.least_entries
    count = len(_entries(current))
    if not least <= count <= most:
        raise ImplausibleError(f"the {current.list} has {count:,} entries, outside of {least:,} to {most:,}; {ACCEPT}")


def _check_against(previous: EntryList, current: EntryList, max_loss: float) -> None:
    if previous.list is not current.list:
        raise ImplausibleError(f"the {previous.list} turned into the {current.list}; {ACCEPT}")
    before, after = (Counter(key(entry.name) for entry in _entries(of)) for of in (previous, current))
    _check_counts(f"the {current.list}", before, after, max_loss, ACCEPT)


def check_parties(previous: tuple[Party, ...] | None, current: tuple[Party, ...], limits: Limits) -> None:
    """Check the rows of the screening list against the last good ones, if there are any.

    Raises ImplausibleError with one sentence when they are implausible.
    """
    for name in ListName:
        before, after = (
            Counter(key(party.name) for party in of or () if party.list is name) for of in (previous, current)
        )
        if previous is None and name is ListName.ENTITY_LIST and after.total() < limits.least_entries:
            raise ImplausibleError(f"the {name} in the screening list has only {after.total():,} rows; {WAIT}")
        if before:
            _check_counts(f"the {name} in the screening list", before, after, limits.max_loss, WAIT)


def _check_counts(what: str, before: Counter[str], after: Counter[str], max_loss: float, advice: str) -> None:
    count, lost = before.total(), (before - after).total()  # by name, as entries may move between countries
    share = max_loss if count >= SHORT_LIST else max(max_loss, SHORT_LIST_LOSS)
    if lost > max(SMALL_LOSS, share * count):
        raise ImplausibleError(
            f"{what} lost {lost:,} of {count:,} entries, more than the {share:.0%} that may go at once; {advice}"
        )
    if after.total() > max(MOST_GROWTH * count, count + SMALL_GROWTH):
        raise ImplausibleError(f"{what} grew from {count:,} to {after.total():,} entries at once; {advice}")


def _check_countries(previous: EntryList | None, current: EntryList) -> None:
    countries = new_countries(previous, current)
    if len(countries) > MOST_NEW_COUNTRIES:
        raise ImplausibleError(
            f"the {current.list} has {len(countries)} countries that we have never seen, such as "
            f"{countries[0]!r}; {ACCEPT}"
        )


def _check_citations(previous: EntryList | None, current: EntryList, today: date) -> None:
    """Raise ImplausibleError for a citation of a day to come, unless the last good list has it already."""
    known = {citation for entry in previous.entries for citation in entry.citations} if previous else set[Citation]()
    for entry in current.entries:
        for citation in entry.citations:
            if citation.on is not None and citation.on > today + AHEAD and citation not in known:
                raise ImplausibleError(
                    f"the {current.list} cites {citation.volume} FR {citation.page} of {citation.on}, a "
                    f"day yet to come, for {entry.name} ({short_name(entry.country)}); {ACCEPT}"
                )
