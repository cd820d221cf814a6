"""A recipient's own names, looked for in an alert: in entries and their aliases first, then as whole words."""

from collections.abc import Iterator, Sequence

from monitor.matching.likeness import Names, ready
from monitor.matching.parties import Party, party_of_entry
from monitor.matching.searched import parties_of, passages_of
from monitor.model.alerts import AlertBody
from monitor.model.entries import Entry
from monitor.model.matches import Match

__all__ = ["matches", "matches_of_entry"]

INSIDE = 75.0  # of a name that stands word for word in a text


def matches(names: Sequence[str], body: AlertBody) -> tuple[Match, ...]:
    """Where an alert names one of the recipient's names, the surest first; each name once for an entry.

    A text is reported for a name only where no entry is.
    """
    if not names:
        return ()
    sought = ready(tuple(names))
    found = [match for party in parties_of(body) for match in _of_party(sought, party)]
    reported = {match.wanted for match in found}
    for where, text in passages_of(body):
        for wanted in sought.named_in(text):
            if wanted not in reported:
                reported.add(wanted)
                found.append(_in_text(wanted, where))
    return tuple(sorted(dict.fromkeys(found), key=lambda match: -match.score))


def matches_of_entry(names: Sequence[str], entry: Entry, action: str = "named") -> tuple[Match, ...]:
    """Where an entry of a list has one of the recipient's names, the surest first."""
    if not names:
        return ()
    found = _of_party(ready(tuple(names)), party_of_entry(entry, action))
    return tuple(sorted(found, key=lambda match: -match.score))


def _of_party(sought: Names, party: Party) -> Iterator[Match]:
    """Each of the recipient's names once for an entry, for its best reason."""
    best: dict[str, Match] = {}
    for printed, of in party.names:
        for like in sought.like(printed):
            how = f"{of} ({like.how})" if of else like.how
            _keep(best, _match(party, like.wanted, printed, how, like.score))
    for wanted in sought.named_in(party.text):
        if wanted not in best:
            _keep(best, _match(party, wanted, party.name, "named inside this entry", INSIDE))
    yield from best.values()


def _keep(best: dict[str, Match], found: Match) -> None:
    if found.wanted not in best or found.score > best[found.wanted].score:
        best[found.wanted] = found


def _match(party: Party, wanted: str, printed: str, how: str, score: float) -> Match:
    return Match(wanted=wanted, found=printed, country=party.country, action=party.action, how=how, score=score)


def _in_text(wanted: str, where: str) -> Match:
    return Match(wanted=wanted, found=wanted, country="", action="named", how=f"named in {where}", score=INSIDE)
