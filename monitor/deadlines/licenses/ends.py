"""The ends that documents give a license, compared with those known before; nothing is chosen silently."""

import re
from datetime import date

from msgspec.structs import replace

from monitor.deadlines.licenses.builder import LicenseBuilder, sentence_of, step
from monitor.deadlines.licenses.documents import effective_on, public_on
from monitor.deadlines.licenses.faults import fault, missing_year, quote
from monitor.deadlines.licenses.spans import ONE_DAY, last_end, spans_of
from monitor.model.deadlines import Contradiction, Quoted, ReadDocument
from monitor.model.eastern import long_date
from monitor.model.licenses import LicenseEvent, LicenseEventKind, Weight
from monitor.model.rules import GeneralLicenseAction, Kind, LicenseStatus

_STATES_END = re.compile(r"\b(?:through|until|expir\w+|ends?|ending)\b", re.IGNORECASE)


def take_end(document: ReadDocument, action: GeneralLicenseAction, builder: LicenseBuilder) -> None:
    """Add the end that a document states, and every contradiction to it."""
    issues = action.status is LicenseStatus.ISSUED and not builder.events
    start = (action.valid_from or effective_on(document)) if issues else effective_on(document)
    weight, faults = _weigh(document, action, builder, start)
    known = last_end(spans_of(builder.events))
    old = action.old_expiry or (None if issues else known)
    builder.contradictions += faults
    builder.contradictions += missing_year(document, "license end", sentence_of(document), action.new_expiry)
    builder.contradictions += _dates_differ(document, action)
    kind = _kind(document, old, action.new_expiry, issues=issues)
    if not issues and action.new_expiry is not None and action.new_expiry == known:
        kind = LicenseEventKind.RESTATED
    taken = step(document, kind, effective=start, old=old, new=action.new_expiry)
    builder.events.append(replace(taken, valid_from=start if issues else action.valid_from, weight=weight))
    through = document.reading.effective_through
    if weight is Weight.REPLACES and through not in (None, action.new_expiry) and action.new_expiry is not None:
        beside = step(document, LicenseEventKind.CORRECTED, effective=start, old=old, new=through)
        builder.events.append(replace(beside, weight=Weight.BESIDE))


def _kind(document: ReadDocument, old: date | None, new: date | None, *, issues: bool) -> LicenseEventKind:
    if issues:
        return LicenseEventKind.ISSUED
    if is_correction(document):
        return LicenseEventKind.CORRECTED
    shorter = old is not None and new is not None and new < old
    return LicenseEventKind.SHORTENED if shorter else LicenseEventKind.EXTENDED


def _weigh(
    document: ReadDocument, action: GeneralLicenseAction, builder: LicenseBuilder, start: date
) -> tuple[Weight, list[Contradiction]]:
    """What the new end does to the earlier ones, and the faults that decided it."""
    new, here = action.new_expiry, quote(document, "general_license", "effective_on")
    before = builder.last_with_end
    there = Quoted(before.document_number or builder.place.words, before.sentence) if before is not None else None
    known = () if there is None else (there,)
    if new is None:
        if _is_open(document) or (action.status is LicenseStatus.ISSUED and not _STATES_END.search(here.sentence)):
            return Weight.REPLACES, []
        says = f"{document.document_number} gives the license an end that could not be read."
        return Weight.UNREADABLE, [fault("license end unread", document, says, here, *known, before=before)]
    first = builder.starts or start
    begins = first if new < first else start
    if new < begins - ONE_DAY or new < first:
        days = f"on {long_date(new)}, before {long_date(begins)}, when it begins"
        says = f"{document.document_number} ends the license {days}."
        return Weight.UNREADABLE, [fault("license end before start", document, says, here, *known, before=before)]
    if before is None or there is None or is_correction(document):
        return Weight.REPLACES, []
    return _against(document, action, builder, before)


def _against(
    document: ReadDocument, action: GeneralLicenseAction, builder: LicenseBuilder, before: LicenseEvent
) -> tuple[Weight, list[Contradiction]]:
    """The new end against the one known before: two rules of one day, or an old end that nobody knew."""
    new, old, known = action.new_expiry, action.old_expiry, last_end(spans_of(builder.events))
    here = quote(document, "general_license", "effective_on")
    there = Quoted(before.document_number or builder.place.words, before.sentence)
    one_day = before.public_on == public_on(document) or before.effective_on == effective_on(document)
    if one_day and before.new_expiry not in (old, new):
        says = (
            f"{before.document_number} and {document.document_number} are of one day and give the license "
            f"different ends, {_words(before.new_expiry)} and {_words(new)}."
        )
        return Weight.BESIDE, [fault("license ends of one day", document, says, there, here, before=before)]
    if old is None or known is None or old == known or old in {e for s in spans_of(builder.events) for e in s.ends}:
        return Weight.REPLACES, []
    says = (
        f"{document.document_number} replaces the end {_words(old)}, but the last one known was {_words(known)} "
        f"({before.document_number or 'the regulations'})."
    )
    # An old end later than the known one proves a document in between that we have not read.
    weight = Weight.REPLACES if old > known else Weight.BESIDE
    return weight, [fault("license old end", document, says, there, here, before=before)]


def _dates_differ(document: ReadDocument, action: GeneralLicenseAction) -> list[Contradiction]:
    """DATES and the amendment may give different ends."""
    through = document.reading.effective_through
    if through is None or action.new_expiry is None or through == action.new_expiry:
        return []
    says = (
        f"{document.document_number} is effective through {long_date(through)}, and gives the license the end "
        f"{long_date(action.new_expiry)}."
    )
    return [
        fault(
            "license end and dates", document, says, quote(document, "effective_on"), quote(document, "general_license")
        )
    ]


def _is_open(document: ReadDocument) -> bool:
    return any(symbolic.field == "general_license.new_expiry" for symbolic in document.reading.symbolic_dates)


def _words(day: date | None) -> str:
    return "an end that could not be read" if day is None else long_date(day)


def is_correction(document: ReadDocument) -> bool:
    """Whether a document corrects another one; a correction of dates is no new license."""
    return document.reading.corrects is not None or Kind.CORRECTION in (document.reading.kind, *document.reading.also)
