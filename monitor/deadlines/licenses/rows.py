"""A license on a day as a row for people and programs."""

from collections.abc import Sequence
from datetime import date

from monitor.deadlines.licenses.states import state_on
from monitor.model.licenses import GeneralLicense, LicenseEvent, LicenseRow, LicenseStep


def rows_on(licenses: Sequence[GeneralLicense], day: date, *, history: bool = True) -> tuple[LicenseRow, ...]:
    """Every license that was public on a day, in its state then, with the steps known by then."""
    public = [one for one in licenses if any(event.public_on <= day for event in one.history)]
    return tuple(_row(one, day, history=history) for one in public)


def _row(license_: GeneralLicense, day: date, *, history: bool) -> LicenseRow:
    state = state_on(license_, day)
    known = [event for event in license_.history if event.public_on <= day] if history else []
    return LicenseRow(
        identifier=license_.identifier,
        name=license_.name,
        beneficiaries=license_.beneficiaries,
        scope=state.scope,
        conditions=license_.conditions,
        status=state.status,
        valid_from=state.valid_from,
        valid_through=state.valid_through,
        days_left=state.days_left,
        ended_on=state.ended_on,
        contradictions=tuple(fault.says for fault in state.contradictions),
        history=tuple(map(_step, known)),
    )


def _step(event: LicenseEvent) -> LicenseStep:
    return LicenseStep(
        document_number=event.document_number,
        published=event.published,
        event=event.event,
        old_expiry=event.old_expiry,
        new_expiry=event.new_expiry,
        sentence=event.sentence,
    )
