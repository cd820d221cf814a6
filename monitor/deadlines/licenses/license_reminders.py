"""What the day alone does to a license: reminders, the lapse, and that no document has followed it."""

from collections.abc import Iterator, Sequence
from datetime import date

from monitor.deadlines.days import in_words, time_left
from monitor.deadlines.licenses.spans import ENDING, ONE_DAY, Span, spans_of
from monitor.deadlines.licenses.steps import Holidays
from monitor.deadlines.notices import Subject, reminder
from monitor.model.deadlines import ClockNotice, NoticeKind, Quoted
from monitor.model.eastern import short_date
from monitor.model.licenses import GeneralLicense, LicenseEvent

WEEKS = (1, 2, 3, 4)


def license_notices(
    license_: GeneralLicense, day: date, days: Sequence[int], holidays: Holidays
) -> Iterator[ClockNotice]:
    """The notices that are due on a day, by what was public by then."""
    known = [event for event in license_.history if event.public_on <= day]
    spans = spans_of(known)
    for index, span in enumerate(spans):
        for end in span.ends:
            reported_today = span.closed_by is not None and span.closed_by.public_on == day
            if (end - day).days in days and end >= day and not reported_today:
                yield _reminder(license_, known, span, end, day, holidays)
        following = spans[index + 1] if index + 1 < len(spans) else None
        yield from _after_end(license_, known, span, following, day, holidays)


def _after_end(
    license_: GeneralLicense,
    known: Sequence[LicenseEvent],
    span: Span,
    following: Span | None,
    day: date,
    holidays: Holidays,
) -> Iterator[ClockNotice]:
    """The notices once an end is past; none where a document ended the license and was reported itself."""
    if span.last is None or span.closed_by is not None:
        return
    over = next((event for event in known if event.event in ENDING), None)
    for end in span.ends:
        if day == end + ONE_DAY:
            if over is not None and over.effective_on <= day:
                continue
            yield _ended(license_, known, span, end, following, over, holidays)
    weeks, rest = divmod((day - span.last - ONE_DAY).days, 7)
    if over is None and following is None and rest == 0 and weeks in WEEKS:
        yield _still(license_, known, span.last, weeks, day, holidays)


def _reminder(
    license_: GeneralLicense,
    known: Sequence[LicenseEvent],
    span: Span,
    end: date,
    today: date,
    holidays: Holidays,
) -> ClockNotice:
    through = f"it is in force through the end of {in_words(end, holidays)}, Eastern time"
    return reminder(
        Subject(key=f"{license_.key}:end", thread=license_.thread, title=license_.identifier),
        end,
        today,
        event=f"{license_.called} ends",
        says=f"{license_.identifier} ends {time_left((end - today).days)}: {through}. {_why(span)}",
        document_number=_source(known, end).document_number,
        quote=_quote(license_, known, end),
    )


def _why(span: Span) -> str:
    if span.closed_by is not None:
        source = span.closed_by.document_number or "The regulations"
        return f"{source} ends it: {span.closed_by.event.value}."
    if len(span.ends) > 1 or span.unclear:
        return "Documents disagree about this end, or one of them could not be read."
    return "No document that we know extends it."


def _ended(
    license_: GeneralLicense,
    known: Sequence[LicenseEvent],
    span: Span,
    end: date,
    following: Span | None,
    over: LicenseEvent | None,
    holidays: Holidays,
) -> ClockNotice:
    kind, what = NoticeKind.LAPSED, "no document that we know extends it"
    if span.unclear or end != span.last:
        kind, what = NoticeKind.UNCLEAR, "but documents disagree, or one gives an end that cannot be read; read them"
    elif following is not None and following.start is not None:
        kind, what = NoticeKind.ENDED, f"it is in force again from {in_words(following.start, holidays)}"
    elif over is not None:
        kind, what = NoticeKind.ENDED, f"{over.document_number} removes it from {in_words(over.effective_on, holidays)}"
    return ClockNotice(
        key=f"{license_.key}:end:{end}:lapsed",
        thread=license_.thread,
        kind=kind,
        on=end + ONE_DAY,
        title=license_.identifier,
        headline=f"{license_.called} {kind.value}, {short_date(end)} was its last day",
        says=f"{license_.identifier} ended with {in_words(end, holidays)}; {what}.",
        day=end,
        days=-1,
        quotes=(_quote(license_, known, end),),
    )


def _still(
    license_: GeneralLicense, known: Sequence[LicenseEvent], end: date, weeks: int, day: date, holidays: Holidays
) -> ClockNotice:
    last = " This is the last time that we say so." if weeks == WEEKS[-1] else ""
    return ClockNotice(
        key=f"{license_.key}:end:{end}:lapsed:week:{weeks}",
        thread=license_.thread,
        kind=NoticeKind.STILL_LAPSED,
        on=day,
        title=license_.identifier,
        headline=f"{license_.called}: still no document, ended {short_date(end)}",
        says=f"{license_.identifier} ended with {in_words(end, holidays)}, and still no document that we know "
        f"extends or removes it.{last}",
        day=end,
        days=(end - day).days,
        quotes=(_quote(license_, known, end),),
    )


def _source(known: Sequence[LicenseEvent], end: date) -> LicenseEvent:
    """The step that set an end, or the last one known."""
    return next((event for event in reversed(known) if event.new_expiry == end), known[-1])


def _quote(license_: GeneralLicense, known: Sequence[LicenseEvent], end: date) -> Quoted:
    event = _source(known, end)
    return Quoted(event.document_number or license_.supplement, event.sentence)
