"""From the steps of a license to the days on which it is in force."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from monitor.model.licenses import LicenseEvent, LicenseEventKind, Weight

ENDING = {LicenseEventKind.REMOVED, LicenseEventKind.REVOKED, LicenseEventKind.SUPERSEDED}
_WORDS_ONLY = {LicenseEventKind.CHANGED, LicenseEventKind.RESTATED}
ONE_DAY = timedelta(days=1)


class Span(Struct, frozen=True, kw_only=True):
    """Days without a break; `ends` has every end that documents state, earliest first, none where none is stated.

    `start` is None where no document says since when. `unclear`: a document gave another end that could not be
    read. `closed_by` is the step that ends it before its own end.
    """

    start: date | None
    ends: tuple[date, ...]
    unclear: bool = False
    closed_by: LicenseEvent | None = None

    @property
    def last(self) -> date | None:
        """The last day by the latest end stated, None if it goes on."""
        return self.ends[-1] if self.ends else None


def spans_of(events: Iterable[LicenseEvent]) -> tuple[Span, ...]:
    """The spans that these steps make together, taken in the order in which they take effect."""
    spans: list[Span] = []
    for event in sorted(events, key=order_of):
        if event.event in _WORDS_ONLY:
            continue
        if event.event in ENDING:
            spans = _closed(spans, event)
        elif spans and not _resumes(spans[-1], event):
            spans[-1] = _continued(spans[-1], event)
        else:
            spans.append(_begun(event, after=spans[-1] if spans else None))
    return tuple(spans)


def order_of(event: LicenseEvent) -> tuple[date, date, bool, str, str]:
    """Steps in the order in which they take effect, then in that in which they were known."""
    return (
        event.effective_on,
        event.public_on,
        event.event in ENDING,
        event.document_number or "",
        f"{event.weight is not Weight.REPLACES}{event.new_expiry}",
    )


def last_end(spans: Sequence[Span]) -> date | None:
    """The end that is known last, None where none is stated or there is no span."""
    return spans[-1].last if spans else None


def _begun(event: LicenseEvent, *, after: Span | None) -> Span:
    readable = event.new_expiry is not None and event.weight is not Weight.UNREADABLE
    ends = (event.new_expiry,) if readable and event.new_expiry is not None else ()
    start = event.valid_from if after is None else event.effective_on
    return Span(start=start, ends=ends, unclear=event.weight is Weight.UNREADABLE)


def _resumes(span: Span, event: LicenseEvent) -> bool:
    """Whether a step begins a new span: it takes effect after the last one is over and confirms the break."""
    if span.last is None or event.new_expiry is None or event.weight is not Weight.REPLACES:
        return False
    if event.event in (LicenseEventKind.CORRECTED, LicenseEventKind.CODIFIED):
        return False  # a correction applies from the beginning, and the regulations only print what applied
    contradicted = event.old_expiry is not None and event.old_expiry + ONE_DAY >= event.effective_on
    return event.effective_on > span.last + ONE_DAY and not contradicted


def _continued(span: Span, event: LicenseEvent) -> Span:
    if event.weight is Weight.UNREADABLE:
        return replace(span, unclear=True)
    if event.new_expiry is None:
        return span
    if event.weight is Weight.BESIDE:
        return replace(span, ends=tuple(sorted({*span.ends, event.new_expiry})))
    return replace(span, ends=(event.new_expiry,), unclear=False)


def _closed(spans: list[Span], event: LicenseEvent) -> list[Span]:
    """The spans with nothing on or after the day on which the license is ended."""
    last_day = event.effective_on - ONE_DAY
    kept = [span for span in spans if span.start is None or span.start <= last_day]
    if kept and (kept[-1].last is None or kept[-1].last > last_day):
        ends = tuple(dict.fromkeys(min(end, last_day) for end in kept[-1].ends)) or (last_day,)
        kept[-1] = replace(kept[-1], ends=ends, closed_by=event, unclear=False)
    return kept
