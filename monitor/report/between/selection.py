"""The changes that were asked for: by name, by country, by a watchlist; with suggestions for a name not found."""

from collections.abc import Iterable, Sequence

from msgspec import structs

from monitor.law.countries import short_name
from monitor.matching.likeness import ready
from monitor.matching.suggestions import did_you_mean
from monitor.matching.watchlist import matches_of_entry
from monitor.model.changes import Change, Revision
from monitor.model.entries import Entry, EntryKind
from monitor.model.errors import BadRequestError
from monitor.model.licenses import GeneralLicense
from monitor.model.matches import Match
from monitor.model.reports import Chosen, ListReport, Report
from monitor.report.formats.wording import action_of

MOST_MEANT = 3


def chosen_of(report: Report, entries: Sequence[Entry]) -> Report:
    """The report limited to what is asked for; `entries` are those of both days.

    Raises BadRequestError when no entry of either day matches.
    """
    chosen = report.chosen
    if not chosen.some_entries:
        return report
    check_meant(chosen, [entry for entry in entries if entry.kind is not EntryKind.RESERVED])
    lists = tuple(limited(one, chosen) for one in report.lists)
    cited = {number for one in lists for entry in one.entries for number in entry.documents}
    licenses = tuple(one for one in report.licenses if concerns(one.license, chosen))
    concerned = cited | {event.document_number for one in licenses for event in one.license.history}
    return structs.replace(
        report,
        lists=lists,
        licenses=licenses,
        documents=tuple(one for one in report.documents if one.document_number in concerned),
        deadlines=tuple(one for one in report.deadlines if concerned & {move.document_number for move in one.moves}),
    )


def limited(one: ListReport, chosen: Chosen) -> ListReport:
    """A list with the changes that were asked for; the text around the list belongs to no entry."""
    found = tuple(entry for entry in one.entries if is_chosen(entry.change, chosen))
    if chosen.names:
        matched = (structs.replace(entry, matches=matched_names(chosen.names, entry.change)) for entry in found)
        found = tuple(entry for entry in matched if entry.matches)
    return structs.replace(one, entries=found, paragraphs=())


def matched_names(names: Sequence[str], change: Change) -> tuple[Match, ...]:
    """The names of the watchlist that match an entry before or after the change, each once."""
    best: dict[str, Match] = {}
    for entry in sides_of(change):
        for match in matches_of_entry(names, entry, action_of(change)):
            if match.wanted not in best or match.score > best[match.wanted].score:
                best[match.wanted] = match
    return tuple(sorted(best.values(), key=lambda match: -match.score))


def sides_of(change: Change) -> tuple[Entry, ...]:
    """The entry after a change and, for a revision, before it."""
    return (change.after, change.before) if isinstance(change, Revision) else (change.entry,)


def is_chosen(change: Change, chosen: Chosen) -> bool:
    """Whether a change touches an entry that is asked for."""
    return any(is_meant(entry, chosen) for entry in sides_of(change))


def is_meant(entry: Entry, chosen: Chosen) -> bool:
    """Whether an entry has the country and the name that were asked for."""
    if chosen.country and short_name(entry.country) != short_name(chosen.country):
        return False
    return not chosen.entity or has(entry.names, chosen.entity)


def concerns(license_: GeneralLicense, chosen: Chosen) -> bool:
    """Whether a license is for somebody who is asked for; one without beneficiaries is for all."""
    if not chosen.by_name or not license_.beneficiaries:
        return True
    if chosen.entity and not has(license_.beneficiaries, chosen.entity):
        return False
    return not chosen.names or any(ready(tuple(chosen.names)).like(name) for name in license_.beneficiaries)


def has(names: Iterable[str], text: str) -> bool:
    """Whether one of the names contains a text, in any case."""
    return any(text.casefold() in name.casefold() for name in names)


def check_meant(chosen: Chosen, entries: Sequence[Entry]) -> None:
    """Raise BadRequestError when no entry is asked for, with what could have been meant."""
    if chosen.country:
        countries = {short_name(entry.country) for entry in entries}
        if short_name(chosen.country) not in countries:
            suggestion = did_you_mean(chosen.country, quoted(countries), most=MOST_MEANT, in_part=True)
            raise BadRequestError(f"no entry of either day is listed under {chosen.country!r}{suggestion}")
    if chosen.entity and not any(is_meant(entry, chosen) for entry in entries):
        where = f" under {chosen.country!r}" if chosen.country else ""
        names = {name for entry in entries for name in entry.names}
        suggestion = did_you_mean(chosen.entity, quoted(names), most=MOST_MEANT, in_part=True)
        raise BadRequestError(f"no entry of either day is named {chosen.entity!r}{where}{suggestion}")


def quoted(names: Iterable[str]) -> dict[str, str]:
    """Names by themselves, as they are shown."""
    return {name: repr(name) for name in names}
