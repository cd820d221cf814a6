"""The notice of what a document did to a license, due once, on the day the document was received."""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from monitor.deadlines.days import added_in_words, days_added, in_words
from monitor.deadlines.licenses.places import slug
from monitor.deadlines.licenses.spans import last_end, spans_of
from monitor.model.deadlines import ClockNotice, NoticeKind, Quoted
from monitor.model.eastern import short_date
from monitor.model.licenses import GeneralLicense, LicenseEvent, LicenseEventKind, Weight

Holidays = Mapping[date, str]
_KINDS = {
    LicenseEventKind.ISSUED: NoticeKind.ISSUED,
    LicenseEventKind.EXTENDED: NoticeKind.EXTENDED,
    LicenseEventKind.SHORTENED: NoticeKind.SHORTENED,
    LicenseEventKind.CORRECTED: NoticeKind.CORRECTED,
    LicenseEventKind.CHANGED: NoticeKind.CHANGED,
    LicenseEventKind.REMOVED: NoticeKind.REMOVED,
    LicenseEventKind.REVOKED: NoticeKind.REMOVED,
    LicenseEventKind.SUPERSEDED: NoticeKind.SUPERSEDED,
    LicenseEventKind.CODIFIED: NoticeKind.CODIFIED,
}  # a step that only restates what was known is reported with its document and has no notice of its own
_WORDS_OF_KEYS = {
    LicenseEventKind.CHANGED: "changed",
    LicenseEventKind.REMOVED: "removed",
    LicenseEventKind.REVOKED: "removed",
    LicenseEventKind.SUPERSEDED: "superseded",
}  # every other step sets the end


def steps_announced(license_: GeneralLicense, day: date, holidays: Holidays) -> Iterator[ClockNotice]:
    """The steps that the monitor knows from a day on; an end that contradicts others is reported as a contradiction."""
    for event in license_.history:
        contradicted = event.weight is not Weight.REPLACES and event.event is not LicenseEventKind.ISSUED
        if event.announced_on == day and event.event in _KINDS and not contradicted:
            readable = event if event.weight is Weight.REPLACES else replace(event, new_expiry=None)
            yield _step(license_, readable, holidays)


def step_key(license_: GeneralLicense, event: LicenseEvent) -> str:
    """The key of a step: which document does what, but not the days, which a document found late can change."""
    source = slug(event.document_number or f"regulations {event.public_on}")
    return f"{license_.key}:{_WORDS_OF_KEYS.get(event.event, 'end')}:{source}"


def _step(license_: GeneralLicense, event: LicenseEvent, holidays: Holidays) -> ClockNotice:
    old = event.old_expiry
    days = days_added(old, event.new_expiry)
    return ClockNotice(
        key=step_key(license_, event),
        thread=license_.thread,
        kind=_KINDS[event.event],
        on=event.public_on,
        title=license_.identifier,
        headline=_headline(license_, event, days),
        says=_says(license_, event, holidays),
        day=event.new_expiry if event.new_expiry is not None else _ending_day(event),
        old_day=old,
        days=days,
        document_number=event.document_number,
        quotes=(Quoted(event.document_number or license_.supplement, event.sentence),),
    )


def _ending_day(event: LicenseEvent) -> date | None:
    ends = (LicenseEventKind.REMOVED, LicenseEventKind.REVOKED, LicenseEventKind.SUPERSEDED)
    return event.effective_on if event.event in ends else None


def _headline(license_: GeneralLicense, event: LicenseEvent, days: int | None) -> str:
    name = license_.called
    if event.new_expiry is None:
        suffix = "" if event.event is LicenseEventKind.CHANGED else f" on {short_date(event.effective_on)}"
        return f"{name} {event.event.value}{suffix}"
    if event.old_expiry is None:
        return f"{name} {event.event.value}, through {short_date(event.new_expiry)}"
    more = added_in_words(days)
    arrow = f"{short_date(event.old_expiry)} → {short_date(event.new_expiry)}"
    return f"{name} {event.event.value}, {arrow}{f' ({more})' if more else ''}"


def _says(license_: GeneralLicense, event: LicenseEvent, holidays: Holidays) -> str:
    who = f"{license_.identifier}: "
    if event.event is LicenseEventKind.CHANGED:
        return who + _changes(event)
    if event.event is LicenseEventKind.SUPERSEDED:
        return f"{who}superseded by another license of the same place from {in_words(event.effective_on, holidays)}."
    if event.new_expiry is None:
        return who + _without_end(license_, event, holidays)
    through = f"in force through the end of {in_words(event.new_expiry, holidays)}, Eastern time"
    if event.old_expiry is None:
        since = f"from {in_words(event.effective_on, holidays)}, " if event.event is LicenseEventKind.ISSUED else ""
        return f"{who}{since}{through}."
    more = added_in_words(days_added(event.old_expiry, event.new_expiry)) or "no change"
    after = _break(license_, event, holidays)
    return f"{who}{through}, before through {in_words(event.old_expiry, holidays)}: {more}.{after}"


def _break(license_: GeneralLicense, event: LicenseEvent, holidays: Holidays) -> str:
    """A sentence on the days before an extension on which the license was not in force, if there are any."""
    before = spans_of(e for e in license_.history if e.effective_on < event.effective_on)
    spans = spans_of(e for e in license_.history if e.effective_on <= event.effective_on)
    end = last_end(before)
    if end is None or len(spans) == len(before):
        return ""
    return f" It was not in force between {in_words(end, holidays)} and {in_words(event.effective_on, holidays)}."


def _changes(event: LicenseEvent) -> str:
    if event.scope is None:
        return "the document changes what the license covers or asks; read it."
    gone = f" No longer: {'; '.join(event.scope.gone)}." if event.scope.gone else ""
    new = f" New: {'; '.join(event.scope.new)}." if event.scope.new else ""
    return f"what the license covers or asks has changed.{gone}{new}"


def _without_end(license_: GeneralLicense, event: LicenseEvent, holidays: Holidays) -> str:
    if event.event not in (LicenseEventKind.REMOVED, LicenseEventKind.REVOKED):
        return (
            f"{event.event.value} as of {in_words(event.effective_on, holidays)}; it states no end that could be read."
        )
    end = last_end(spans_of(e for e in license_.history if e.effective_on < event.effective_on))
    lapsed = f" It had ended on {in_words(end, holidays)}." if end is not None and end < event.effective_on else ""
    return f"{event.event.value} as of {in_words(event.effective_on, holidays)}.{lapsed}"
