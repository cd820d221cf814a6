"""From documents to licenses: which license each one issues, extends, changes or ends."""

import re
from collections.abc import Iterable

from monitor.deadlines.licenses.builder import LicenseBuilder, sentence_of, step
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
# A title that announces more than an extension of the validity.
_TITLED_CHANGE = re.compile(
    r"\b(?:clarif\w+|changes?|revisions?|amendments?|modifications?|narrowing)\s+(?:to|of)\b[^;:]*"
    r"\b(?:transactions?|certification|authoriz\w+|scope|general licen[sc]es?)\b",
    re.IGNORECASE,
)


def builders_of(documents: Iterable[ReadDocument]) -> list[LicenseBuilder]:
    """The licenses of the documents, each place in the order of effect; `documents` are settled."""
    builders: list[LicenseBuilder] = []
    for one in documents:
        action = one.reading.general_license
        if action is None:
            continue
        place = place_of(action.name)
        current = next((builder for builder in reversed(builders) if builder.place == place), None)
        if current is None or _begins_anew(one, action, current):
            begun = LicenseBuilder(place)
            _supersede(current, one, action)
            builders.append(begun)
            current = begun
        _take(one, action, current)
    return builders


def _begins_anew(document: ReadDocument, action: GeneralLicenseAction, current: LicenseBuilder) -> bool:
    if action.status in _ENDINGS or is_correction(document):
        return False
    if action.status is LicenseStatus.ISSUED:
        return not any(_is_twin(document, action, event) for event in current.events)
    return current.is_over and effective_on(document) > max(event.effective_on for event in current.events)


def _is_twin(document: ReadDocument, action: GeneralLicenseAction, event: LicenseEvent) -> bool:
    """Whether an issue is of the license that an event is about: the same first day or the same day of issue."""
    same_start = event.valid_from is not None and event.valid_from == (action.valid_from or effective_on(document))
    return same_start or (event.event is LicenseEventKind.ISSUED and event.public_on == public_on(document))


def _supersede(current: LicenseBuilder | None, document: ReadDocument, action: GeneralLicenseAction) -> None:
    start = action.valid_from or effective_on(document)
    if current is None or current.is_over or not current.events:
        return
    end = last_end(spans_of(current.events))
    if end is None or end >= start:
        current.events.append(step(document, LicenseEventKind.SUPERSEDED, effective=start, old=end))


def _take(document: ReadDocument, action: GeneralLicenseAction, builder: LicenseBuilder) -> None:
    sentence = sentence_of(document)
    builder.name = builder.name or license_name(action.name)
    builder.name_beneficiaries(beneficiaries_of(action.name, sentence))
    builder.contradictions += unread_dates(document)
    if action.status in _ENDINGS:
        old = action.old_expiry or last_end(spans_of(builder.events))
        builder.events.append(step(document, _ENDINGS[action.status], old=old))
        return
    if action.new_expiry is not None or action.status not in (LicenseStatus.AMENDED, LicenseStatus.NARROWED):
        take_end(document, action, builder)
    titled = _TITLED_CHANGE.search(document.title)
    if titled or (action.status in _CHANGES and not _only_shortens(action)):
        builder.events.append(step(document, LicenseEventKind.CHANGED, sentence=document.title if titled else sentence))


def _only_shortens(action: GeneralLicenseAction) -> bool:
    return action.status is LicenseStatus.NARROWED and action.new_expiry is not None
