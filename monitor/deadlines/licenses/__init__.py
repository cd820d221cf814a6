"""The life of general licenses, from documents and from the regulations."""

from collections.abc import Sequence

from monitor.deadlines.licenses.builder import Life
from monitor.deadlines.licenses.documents import settled
from monitor.deadlines.licenses.faults import changed_in_print
from monitor.deadlines.licenses.lives import lives_of
from monitor.deadlines.licenses.places import short_name
from monitor.deadlines.licenses.reconcile import reconcile
from monitor.deadlines.licenses.rows import rows_on
from monitor.deadlines.licenses.spans import order_of
from monitor.deadlines.licenses.states import state_on
from monitor.model.deadlines import Codified, ReadDocument
from monitor.model.eastern import long_date
from monitor.model.licenses import GeneralLicense

__all__ = ["licenses", "rows_on", "state_on"]


def licenses(told: Sequence[ReadDocument], codified: Sequence[Codified] = ()) -> tuple[GeneralLicense, ...]:
    """Every general license that documents or the regulations tell of, the oldest first; their order is no matter."""
    lives = reconcile(lives_of(settled(told)), codified)
    in_print = changed_in_print(told)
    for life in lives:
        numbers = {event.document_number for event in life.events}
        life.contradictions += [fault for number, fault in in_print.items() if number in numbers]
    found = [_license(life) for life in lives if life.events]
    return tuple(sorted(found, key=lambda one: (one.history[0].effective_on, one.key, one.thread)))


def _license(life: Life) -> GeneralLicense:
    history = tuple(sorted(life.events, key=order_of))
    begins = life.starts or history[0].new_expiry or history[0].effective_on
    name = life.name or "General license"
    who = short_name(life.called)
    parts = (life.place.supplement, name, who or f"from {long_date(begins)}")
    return GeneralLicense(
        key=f"license:{life.place.key}",
        thread=f"license:{life.place.key}:{begins}",
        identifier=", ".join(part for part in parts if part),
        called=f"{name} ({who})" if who else name,
        name=name,
        supplement=life.place.supplement,
        general_order=life.place.general_order,
        beneficiaries=life.beneficiaries,
        scopes=tuple(life.scopes),
        conditions=life.conditions,
        history=history,
        contradictions=tuple(sorted(set(life.contradictions), key=lambda c: (c.public_on, c.key))),
    )
