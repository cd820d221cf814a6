"""The state of a license on a day."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from monitor.deadlines.licenses.spans import ENDING, Span, spans_of
from monitor.model.licenses import GeneralLicense, LicenseEvent, LicenseEventKind, LicenseState, LicenseStatus


def state_on(license_: GeneralLicense, day: date, *, known_on: date | None = None) -> LicenseState:
    """The state of a license on an Eastern calendar day, by the documents that are effective by then.

    `known_on` leaves out what was not yet public on that day. Whether an ended license is in a gap or has lapsed
    is judged with hindsight, by every document that is known.
    """
    known = [e for e in license_.history if known_on is None or e.public_on <= known_on]
    holding = [e for e in known if e.effective_on <= day]
    spans = spans_of(holding)
    state = _state(spans, holding, known, day)
    contradictions = tuple(c for c in license_.contradictions if c.public_on <= (known_on or day))
    printed = [scope.categories for scope in license_.scopes if scope.as_of <= (known_on or day)]
    return replace(state, scope=printed[-1] if printed else (), contradictions=contradictions)


def _state(
    spans: Sequence[Span], holding: Sequence[LicenseEvent], known: Sequence[LicenseEvent], day: date
) -> LicenseState:
    over = [e for e in holding if e.event in ENDING]
    span = spans[-1] if spans else None
    if over:
        superseded = over[-1].event is LicenseEventKind.SUPERSEDED
        return LicenseState(
            status=LicenseStatus.SUPERSEDED if superseded else LicenseStatus.REMOVED,
            valid_from=span.start if span is not None else None,
            ended_on=span.last if span is not None else None,
        )
    if span is None:
        return _not_yet(spans_of(known))
    return _not_yet(spans) if span.start is not None and day < span.start else _within(span, known, day)


def _not_yet(coming: Sequence[Span]) -> LicenseState:
    """A license that is issued and not yet in force, or of which nothing was known."""
    if not coming:
        return LicenseState(status=LicenseStatus.NOT_YET)
    ends = coming[-1].ends
    return LicenseState(
        status=LicenseStatus.NOT_YET, valid_from=coming[-1].start, valid_through=min(ends, default=None), ends=ends
    )


def _within(span: Span, known: Sequence[LicenseEvent], day: date) -> LicenseState:
    """A license that has begun: in force until the first of its ends, and clearly over after the last one."""
    first = min(span.ends, default=None)
    if first is None or day <= first:
        return LicenseState(
            status=LicenseStatus.UNCLEAR if first is None and span.unclear else LicenseStatus.IN_FORCE,
            valid_from=span.start,
            valid_through=first,
            days_left=None if first is None else (first - day).days,
            ends=span.ends,
        )
    status = LicenseStatus.GAP if _comes_again(known, span) else LicenseStatus.LAPSED
    if span.unclear or day <= span.ends[-1]:
        status = LicenseStatus.UNCLEAR
    return LicenseState(status=status, valid_from=span.start, ends=span.ends, ended_on=first)


def _comes_again(known: Sequence[LicenseEvent], span: Span) -> bool:
    """Whether the license is to be in force again after a span, with everything known."""
    return any(s.start is not None and span.last is not None and s.start > span.last for s in spans_of(known))
