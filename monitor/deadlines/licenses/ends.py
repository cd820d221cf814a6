"""The ends that documents give a license, weighed against those known before; nothing is chosen silently."""

import re
from datetime import date

from msgspec.structs import replace

from monitor.deadlines.licenses.builder import Life, sentence_of, step
from monitor.deadlines.licenses.documents import effective_on, public_on
from monitor.deadlines.licenses.faults import fault, missing_year, quote
from monitor.deadlines.licenses.spans import ONE_DAY, last_end, spans_of
from monitor.model.deadlines import Contradiction, Quoted, ReadDocument
from monitor.model.eastern import long_date
from monitor.model.licenses import LicenseEvent, LicenseEventKind, Weight
from monitor.model.rules import GeneralLicenseAction, Kind, LicenseStatus

_STATES_END = re.compile(r"\b(?:through|until|expir\w+|ends?|ending)\b", re.IGNORECASE)


def take_end(told: ReadDocument, action: GeneralLicenseAction, life: Life) -> None:
    """Add what a document says of the end, and whatever speaks against it."""
    issues = action.status is LicenseStatus.ISSUED and not life.events
    start = (action.valid_from or effective_on(told)) if issues else effective_on(told)
    weight, faults = _weigh(told, action, life, start)
    known = last_end(spans_of(life.events))
    old = action.old_expiry or (None if issues else known)
    life.contradictions += faults
    life.contradictions += missing_year(told, "license end", sentence_of(told), action.new_expiry)
    life.contradictions += _dates_differ(told, action)
    kind = _kind(told, old, action.new_expiry, issues=issues)
    if not issues and action.new_expiry is not None and action.new_expiry == known:
        kind = LicenseEventKind.RESTATED
    taken = step(told, kind, effective=start, old=old, new=action.new_expiry)
    life.events.append(replace(taken, valid_from=start if issues else action.valid_from, weight=weight))
    through = told.reading.effective_through
    if weight is Weight.REPLACES and through not in (None, action.new_expiry) and action.new_expiry is not None:
        beside = step(told, LicenseEventKind.CORRECTED, effective=start, old=old, new=through)
        life.events.append(replace(beside, weight=Weight.BESIDE))


def _kind(told: ReadDocument, old: date | None, new: date | None, *, issues: bool) -> LicenseEventKind:
    if issues:
        return LicenseEventKind.ISSUED
    if is_correction(told):
        return LicenseEventKind.CORRECTED
    shorter = old is not None and new is not None and new < old
    return LicenseEventKind.SHORTENED if shorter else LicenseEventKind.EXTENDED


def _weigh(
    told: ReadDocument, action: GeneralLicenseAction, life: Life, start: date
) -> tuple[Weight, list[Contradiction]]:
    """What the new end does to the earlier ones, and the faults that decided it."""
    new, here = action.new_expiry, quote(told, "general_license", "effective_on")
    before = life.last_with_end
    there = Quoted(before.document_number or life.place.words, before.sentence) if before is not None else None
    known = () if there is None else (there,)
    if new is None:
        if _is_open(told) or (action.status is LicenseStatus.ISSUED and not _STATES_END.search(here.sentence)):
            return Weight.REPLACES, []
        says = f"{told.document_number} gives the license an end that could not be read."
        return Weight.UNREADABLE, [fault("license end unread", told, says, here, *known, before=before)]
    first = life.starts or start
    begins = first if new < first else start
    if new < begins - ONE_DAY or new < first:
        says = (
            f"{told.document_number} ends the license on {long_date(new)}, before {long_date(begins)}, when it begins."
        )
        return Weight.UNREADABLE, [fault("license end before start", told, says, here, *known, before=before)]
    if before is None or there is None or is_correction(told):
        return Weight.REPLACES, []
    return _against(told, action, life, before)


def _against(
    told: ReadDocument, action: GeneralLicenseAction, life: Life, before: LicenseEvent
) -> tuple[Weight, list[Contradiction]]:
    """The new end against the one known before: two rules of one day, or an old end that nobody knew."""
    new, old, known = action.new_expiry, action.old_expiry, last_end(spans_of(life.events))
    here = quote(told, "general_license", "effective_on")
    there = Quoted(before.document_number or life.place.words, before.sentence)
    one_day = before.public_on == public_on(told) or before.effective_on == effective_on(told)
    if one_day and before.new_expiry not in (old, new):
        says = (
            f"{before.document_number} and {told.document_number} are of one day and give the license different ends, "
            f"{_words(before.new_expiry)} and {_words(new)}."
        )
        return Weight.BESIDE, [fault("license ends of one day", told, says, there, here, before=before)]
    if old is None or known is None or old == known or old in {e for s in spans_of(life.events) for e in s.ends}:
        return Weight.REPLACES, []
    says = (
        f"{told.document_number} replaces the end {_words(old)}, but the last one known was {_words(known)} "
        f"({before.document_number or 'the regulations'})."
    )
    # An old end later than the known one proves a document in between that we have not read.
    weight = Weight.REPLACES if old > known else Weight.BESIDE
    return weight, [fault("license old end", told, says, there, here, before=before)]


def _dates_differ(told: ReadDocument, action: GeneralLicenseAction) -> list[Contradiction]:
    """DATES and the amendment may give different ends."""
    through = told.reading.effective_through
    if through is None or action.new_expiry is None or through == action.new_expiry:
        return []
    says = (
        f"{told.document_number} is effective through {long_date(through)}, and gives the license the end "
        f"{long_date(action.new_expiry)}."
    )
    return [fault("license end and dates", told, says, quote(told, "effective_on"), quote(told, "general_license"))]


def _is_open(told: ReadDocument) -> bool:
    return any(symbolic.field == "general_license.new_expiry" for symbolic in told.reading.symbolic_dates)


def _words(day: date | None) -> str:
    return "an end that could not be read" if day is None else long_date(day)


def is_correction(told: ReadDocument) -> bool:
    """Whether a document corrects another one; a correction of dates is no new license."""
    return told.reading.corrects is not None or Kind.CORRECTION in (told.reading.kind, *told.reading.also)
