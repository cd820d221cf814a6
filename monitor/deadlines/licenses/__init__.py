"""The history of general licenses, from documents and from the regulations."""

from collections.abc import Sequence

from monitor.deadlines.licenses.actions import builders_of
from monitor.deadlines.licenses.builder import LicenseBuilder
from monitor.deadlines.licenses.documents import settled
from monitor.deadlines.licenses.faults import changed_in_print
from monitor.deadlines.licenses.places import short_name
from monitor.deadlines.licenses.reconcile import reconcile
from monitor.deadlines.licenses.rows import rows_on
from monitor.deadlines.licenses.spans import order_of
from monitor.deadlines.licenses.states import state_on
from monitor.model.deadlines import Codified, ReadDocument
from monitor.model.eastern import long_date
from monitor.model.licenses import GeneralLicense

__all__ = ["licenses", "rows_on", "state_on"]


def licenses(documents: Sequence[ReadDocument], codified: Sequence[Codified] = ()) -> tuple[GeneralLicense, ...]:
    """Every general license that documents or the regulations mention, the oldest first."""
    builders = reconcile(builders_of(settled(documents)), codified)
    in_print = changed_in_print(documents)
    for builder in builders:
        numbers = {event.document_number for event in builder.events}
        builder.contradictions += [fault for number, fault in in_print.items() if number in numbers]
    found = [_license(builder) for builder in builders if builder.events]
    return tuple(sorted(found, key=lambda one: (one.history[0].effective_on, one.key, one.thread)))


def _license(builder: LicenseBuilder) -> GeneralLicense:
    history = tuple(sorted(builder.events, key=order_of))
    begins = builder.starts or history[0].new_expiry or history[0].effective_on
    name = builder.name or "General license"
    who = short_name(builder.called)
    parts = (builder.place.supplement, name, who or f"from {long_date(begins)}")
    return GeneralLicense(
        key=f"license:{builder.place.key}",
        thread=f"license:{builder.place.key}:{begins}",
        identifier=", ".join(part for part in parts if part),
        called=f"{name} ({who})" if who else name,
        name=name,
        supplement=builder.place.supplement,
        general_order=builder.place.general_order,
        beneficiaries=builder.beneficiaries,
        scopes=tuple(builder.scopes),
        conditions=builder.conditions,
        history=history,
        contradictions=tuple(sorted(set(builder.contradictions), key=lambda c: (c.public_on, c.key))),
    )
