"""From documents to lives: which license each one issues, extends, changes or ends."""

import re
from collections.abc import Iterable

from monitor.deadlines.licenses.builder import Life, sentence_of, step
from monitor.deadlines.licenses.documents import effective_on, public_on
from monitor.deadlines.licenses.ends import is_correction, take_end
from monitor.deadlines.licenses.faults import unread_dates
from monitor.deadlines.licenses.places import beneficiaries_of, license_name, place_of
from monitor.deadlines.licenses.spans import last_end, spans_of
from monitor.model.deadlines import ReadDocument
from monitor.model.licenses import LicenseEvent, LicenseEventKind
from monitor.model.rules import GeneralLicenseAction, LicenseStatus

_ENDINGS = {
    LicenseStatus.REMOVED: LicenseEventKind.REMOVED,
    LicenseStatus.REVOKED: LicenseEventKind.REVOKED,
}
_CHANGES = {LicenseStatus.EXTENDED_AND_AMENDED, LicenseStatus.AMENDED, LicenseStatus.NARROWED}
# A title that says more than that the validity is extended.
_TITLED_CHANGE = re.compile(
    r"\b(?:clarif\w+|changes?|revisions?|amendments?|modifications?|narrowing)\s+(?:to|of)\b[^;:]*"
    r"\b(?:transactions?|certification|authoriz\w+|scope|general licen[sc]es?)\b",
    re.IGNORECASE,
)


def lives_of(told: Iterable[ReadDocument]) -> list[Life]:
    """The lives that the documents tell, each place in the order of the law; `told` is settled."""
    lives: list[Life] = []
    for one in told:
        action = one.reading.general_license
        if action is None:
            continue
        place = place_of(action.name)
        current = next((life for life in reversed(lives) if life.place == place), None)
        if current is None or _begins_anew(one, action, current):
            begun = Life(place)
            _supersede(current, one, action)
            lives.append(begun)
            current = begun
        _take(one, action, current)
    return lives


def _begins_anew(told: ReadDocument, action: GeneralLicenseAction, current: Life) -> bool:
    if action.status in _ENDINGS or is_correction(told):
        return False
    if action.status is LicenseStatus.ISSUED:
        return not any(_is_twin(told, action, event) for event in current.events)
    return current.is_over and effective_on(told) > max(event.effective_on for event in current.events)


def _is_twin(told: ReadDocument, action: GeneralLicenseAction, event: LicenseEvent) -> bool:
    """Whether an issue speaks of the license that an event is about: the same first day or the same day of issue."""
    same_start = event.valid_from is not None and event.valid_from == (action.valid_from or effective_on(told))
    return same_start or (event.event is LicenseEventKind.ISSUED and event.public_on == public_on(told))


def _supersede(current: Life | None, told: ReadDocument, action: GeneralLicenseAction) -> None:
    start = action.valid_from or effective_on(told)
    if current is None or current.is_over or not current.events:
        return
    end = last_end(spans_of(current.events))
    if end is None or end >= start:
        current.events.append(step(told, LicenseEventKind.SUPERSEDED, effective=start, old=end))


def _take(told: ReadDocument, action: GeneralLicenseAction, life: Life) -> None:
    sentence = sentence_of(told)
    life.name = life.name or license_name(action.name)
    life.name_beneficiaries(beneficiaries_of(action.name, sentence))
    life.contradictions += unread_dates(told)
    if action.status in _ENDINGS:
        old = action.old_expiry or last_end(spans_of(life.events))
        life.events.append(step(told, _ENDINGS[action.status], old=old))
        return
    if action.new_expiry is not None or action.status not in (LicenseStatus.AMENDED, LicenseStatus.NARROWED):
        take_end(told, action, life)
    titled = _TITLED_CHANGE.search(told.title)
    if titled or (action.status in _CHANGES and not _only_shortens(action)):
        life.events.append(step(told, LicenseEventKind.CHANGED, sentence=told.title if titled else sentence))


def _only_shortens(action: GeneralLicenseAction) -> bool:
    return action.status is LicenseStatus.NARROWED and action.new_expiry is not None
