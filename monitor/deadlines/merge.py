"""The dates of documents, licenses and notes merged into deadlines, each with a stable key and all that moved it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from monitor.deadlines.document_dates import Dated, dates_of
from monitor.deadlines.licenses.codified import effectivity_notes
from monitor.deadlines.licenses.documents import announced_on, effective_on, public_on, settled
from monitor.deadlines.licenses.faults import changed_in_print
from monitor.deadlines.licenses.places import place_of, slug
from monitor.deadlines.licenses.spans import order_of, spans_of
from monitor.model.deadlines import Codified, Contradiction, Deadline, DeadlineKind, Move, ReadDocument
from monitor.model.eastern import long_date
from monitor.model.licenses import GeneralLicense, LicenseEvent
from monitor.model.rules import Kind

# A period reopened or prolonged within this time after its end is the same deadline.
_REOPENED = timedelta(days=60)
_LATER_TITLE = re.compile(
    r"\s*[;:]\s*(?:[\w-]+\s+){0,3}?(?:extension|reopening|delay|postponement|suspension|stay|correction)\b.*$",
    re.IGNORECASE,
)
_MOVABLE = {DeadlineKind.TAKES_EFFECT, DeadlineKind.SUSPENSION_ENDS, DeadlineKind.RULE_ENDS}


def deadlines(
    documents: Sequence[ReadDocument], licenses: Sequence[GeneralLicense] = (), codified: Sequence[Codified] = ()
) -> tuple[Deadline, ...]:
    """Every deadline of documents, licenses and notes of the regulations, sorted by day.

    Those without a day come last: their dates could not be read, and their contradictions say why.
    """
    found = [
        *_of_documents(settled(documents), changed_in_print(documents)),
        *map(_of_license, licenses),
        *_of_notes(codified),
    ]
    with_moves = [deadline for deadline in found if deadline.moves]
    return tuple(sorted(with_moves, key=lambda one: (one.day is None, one.day or date.max, one.key)))


def _of_documents(documents: tuple[ReadDocument, ...], in_print: Mapping[str, Contradiction]) -> Iterable[Deadline]:
    grouped: dict[str, list[Dated]] = {}
    for one in sorted(documents, key=lambda t: (public_on(t), effective_on(t), t.document_number)):
        for dated in dates_of(one):
            grouped.setdefault(_key(dated, documents, grouped), []).append(dated)
    return [_deadline(key, dates, in_print) for key, dates in grouped.items() if not _is_irrelevant(dates)]


def _is_irrelevant(dates: list[Dated]) -> bool:
    """Whether they are comment periods on routine matters such as information collections, of which BIS has many."""
    return all(
        one.kind is DeadlineKind.COMMENTS_CLOSE and one.document.reading.kind is Kind.NOT_RELEVANT for one in dates
    )


def _key(dated: Dated, documents: tuple[ReadDocument, ...], grouped: dict[str, list[Dated]]) -> str:
    """The key of the deadline that a date belongs to: its own, or that of the document it corrects or extends."""
    key = f"deadline:{{}}:{slug(dated.part)}"
    corrected = dated.document.reading.corrects
    if corrected is not None and any(t.document_number == corrected for t in documents):
        return key.format(slug(corrected))
    for earlier, dates in grouped.items():
        if dates[-1].kind is dated.kind and _continues(dates[-1], dated):
            return earlier
    return key.format(slug(dated.document.document_number))


def _continues(before: Dated, after: Dated) -> bool:
    """Whether a document moves the day of another one: by its title it extends, delays or reopens the same."""
    if _matter(before.document.title) != _matter(after.document.title):
        return False
    if before.document.publication_date == after.document.publication_date or before.day is None:
        return False
    if public_on(after.document) > before.day + _REOPENED:
        return False
    says_so = _LATER_TITLE.search(after.document.title) is not None and after.kind in _MOVABLE
    return says_so or after.kind is DeadlineKind.COMMENTS_CLOSE


@lru_cache(maxsize=10_000)
def _matter(title: str) -> str:
    """A title without what it says of a later step; every pair of deadlines asks for both."""
    return _LATER_TITLE.sub("", title)


def _deadline(key: str, dates: list[Dated], in_print: Mapping[str, Contradiction]) -> Deadline:
    numbers = {one.document.document_number for one in dates}
    last = next((one for one in reversed(dates) if one.day is not None), dates[-1])
    return Deadline(
        key=key,
        kind=dates[0].kind,
        title=dates[0].document.title,
        means=last.means,
        moves=tuple(_move(one) for one in dates if one.day is not None or one is dates[0]),
        contradictions=(
            *(fault for one in dates for fault in one.contradictions),
            *(fault for number, fault in in_print.items() if number in numbers),
        ),
    )


def _move(dated: Dated) -> Move:
    return Move(
        day=dated.day,
        document_number=dated.document.document_number,
        sentence=dated.sentence,
        public_on=public_on(dated.document),
        announced_on=announced_on(dated.document),
    )


def _of_license(license_: GeneralLicense) -> Deadline:
    """The end of a license as each step in its history set it; the first of several ends, the last day if removed."""
    moves: list[Move] = []
    for event in sorted(license_.history, key=lambda e: (e.public_on, *order_of(e))):
        known = [e for e in license_.history if e.public_on <= event.public_on]
        spans = spans_of(known)
        day = min(spans[-1].ends, default=None) if spans else None
        if (moves and moves[-1].day == day) or (day is None and not moves):
            continue
        moves.append(_move_by(event, day, license_.supplement))
    day = moves[-1].day if moves else None
    return Deadline(
        key=license_.thread,
        kind=DeadlineKind.LICENSE_END,
        title=license_.identifier,
        means=f"Last day of the license: {long_date(day)}." if day is not None else "The license has no last day.",
        moves=tuple(moves),
        contradictions=license_.contradictions,
    )


def _move_by(event: LicenseEvent, day: date | None, supplement: str) -> Move:
    return Move(
        day=day,
        document_number=event.document_number or supplement,
        sentence=event.sentence,
        public_on=event.public_on,
        announced_on=event.announced_on,
    )


def _of_notes(codified: Sequence[Codified]) -> Iterable[Deadline]:
    """The ends that notes of the regulations state ("effective until …")."""
    grouped: dict[str, list[Move]] = {}
    for text in sorted(codified, key=lambda c: (c.as_of, c.supplement)):
        for number, (day, note) in enumerate(effectivity_notes(text), 1):
            moves = grouped.setdefault(f"note:{place_of(text.supplement).key}:{number}", [])
            if not moves or moves[-1].day != day:
                seen = max(text.as_of, text.seen_on or text.as_of)
                source = f"{place_of(text.supplement).supplement} as of {text.as_of}"
                move = Move(day=day, document_number=source, sentence=note, public_on=text.as_of, announced_on=seen)
                moves.append(move)
    return [_note(key, moves) for key, moves in grouped.items()]


def _note(key: str, moves: list[Move]) -> Deadline:
    return Deadline(
        key=key,
        kind=DeadlineKind.EFFECTIVITY_NOTE,
        title=moves[-1].document_number.partition(" as of ")[0],
        means="The regulations note that what they print is in effect until this day.",
        moves=tuple(moves),
    )


class Fault(Struct, frozen=True):
    """A contradiction, and the thread, title and kind of what it is about."""

    thread: str
    title: str
    about: DeadlineKind
    contradiction: Contradiction


def contradictions_of(deadlines_: Sequence[Deadline], licenses: Sequence[GeneralLicense]) -> tuple[Fault, ...]:
    """Every contradiction once; one of a license belongs to the thread of the license."""
    found: dict[str, Fault] = {}
    for license_ in licenses:
        for fault in license_.contradictions:
            found.setdefault(fault.key, Fault(license_.thread, license_.identifier, DeadlineKind.LICENSE_END, fault))
    for deadline in deadlines_:
        for fault in deadline.contradictions:
            found.setdefault(fault.key, Fault(deadline.key, deadline.title, deadline.kind, fault))
    return tuple(found.values())
