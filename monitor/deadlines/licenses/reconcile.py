"""The regulations compared with the documents: what they add, and where the two disagree."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from monitor.deadlines.licenses.builder import LicenseBuilder
from monitor.deadlines.licenses.codified import PrintedLicense, printed_licenses
from monitor.deadlines.licenses.codified_ends import LAG, begin, compare, contradict, last_quotes, printed_step
from monitor.deadlines.licenses.places import Place, place_of
from monitor.deadlines.licenses.spans import last_end, spans_of
from monitor.model.deadlines import Codified, Quoted
from monitor.model.eastern import long_date
from monitor.model.licenses import LicenseEventKind, PrintedScope, ScopeChange


def reconcile(builders: list[LicenseBuilder], codified: Iterable[Codified]) -> list[LicenseBuilder]:
    """Add what the regulations print, oldest text first; a license that no document mentions is begun."""
    builders = list(builders)
    before: dict[Place, PrintedLicense] = {}
    for text in sorted(codified, key=lambda c: (c.as_of, c.supplement, c.seen_on or c.as_of, repr(c.body))):
        printed = printed_licenses(text)
        for one in printed:
            builder = _builder_of(builders, one, text.as_of)
            if builder is None:
                builder = LicenseBuilder(one.place)
                builders.append(builder)
            _put_in(builder, one, text, before.get(one.place))
            before[one.place] = one
        _missing(builders, text, {one.place for one in printed})
    return builders


def _builder_of(builders: list[LicenseBuilder], printed: PrintedLicense, as_of: date) -> LicenseBuilder | None:
    """The license that a text is about: of the same first day or end, or else the newest one begun by then."""
    here = [builder for builder in builders if builder.place == printed.place]
    same = [builder for builder in here if printed.valid_from is not None and builder.starts == printed.valid_from]
    begun = [builder for builder in here if (builder.starts or _first(builder)) <= as_of + LAG]
    ending = [builder for builder in begun if any(event.new_expiry in printed.ends for event in builder.events)]
    ending = ending or [builder for builder in begun if _moved_from(builder, printed)]
    if same or ending:
        return (same or ending)[-1]
    if begun and not (printed.valid_from is not None and _is_past(begun[-1], printed.valid_from)):
        return begun[-1]
    return _joined_late([builder for builder in here if builder not in begun])


def _moved_from(builder: LicenseBuilder, printed: PrintedLicense) -> bool:
    """Whether a license without its earlier documents begins with one that moves the end that a text prints."""
    first = min(builder.events, key=lambda event: event.effective_on)
    return first.event is not LicenseEventKind.ISSUED and first.old_expiry in printed.ends


def _joined_late(coming: list[LicenseBuilder]) -> LicenseBuilder | None:
    """The next license after a text, where its issue is not kept: the text shows what came before."""
    following = min(coming, key=_first, default=None)
    if following is None or any(event.event is LicenseEventKind.ISSUED for event in following.events):
        return None
    return following


def _first(builder: LicenseBuilder) -> date:
    return min(event.effective_on for event in builder.events)


def _is_past(builder: LicenseBuilder, day: date) -> bool:
    end = last_end(spans_of(builder.events))
    return builder.is_over or (end is not None and end < day)


def _put_in(builder: LicenseBuilder, printed: PrintedLicense, text: Codified, before: PrintedLicense | None) -> None:
    builder.name = builder.name or printed.name
    builder.name_beneficiaries(printed.beneficiaries)
    if before is not None and before.valid_from == printed.valid_from:
        _scope_change(builder, before, printed, text)
    builder.conditions = printed.conditions
    if not builder.scopes or builder.scopes[-1].categories != printed.scope:
        builder.scopes.append(PrintedScope(as_of=text.as_of, categories=printed.scope))
    if not builder.events:
        begin(builder, printed, text)
    elif printed.ends:
        compare(builder, printed, text)


def _missing(builders: list[LicenseBuilder], text: Codified, printed: set[Place]) -> None:
    """Add a contradiction where a license is no longer printed and no known document removes it."""
    supplement = place_of(text.supplement).supplement
    for builder in builders:
        if builder.place.supplement != supplement or builder.place in printed or builder.is_over or not builder.events:
            continue
        if max((e.published or e.public_on) for e in builder.events) + LAG > text.as_of or _first(builder) > text.as_of:
            continue
        says = f"As of {long_date(text.as_of)} the regulations do not print the license; no document removes it."
        here = Quoted(f"{supplement} as of {text.as_of}", says)
        contradict(builder, text, "not printed", says, here, *last_quotes(builder, text))


def _scope_change(builder: LicenseBuilder, before: PrintedLicense, printed: PrintedLicense, text: Codified) -> None:
    """Attach a change of the printed text to the document that made it, or else make it a step of the regulations."""
    change = ScopeChange(
        gone=tuple(w for w in _terms(before) if w not in _terms(printed)),
        new=tuple(w for w in _terms(printed) if w not in _terms(before)),
    )
    if not change.gone and not change.new:
        return
    for index, event in enumerate(builder.events):
        near = event.effective_on - LAG <= text.as_of <= (event.published or event.public_on) + LAG
        if event.event is LicenseEventKind.CHANGED and event.scope is None and near:
            builder.events[index] = replace(event, scope=change)
            return
    if before.scope != printed.scope:
        changed = printed_step(printed, text, new=None)
        builder.events.append(replace(changed, event=LicenseEventKind.CHANGED, valid_from=None, scope=change))


def _terms(printed: PrintedLicense) -> tuple[str, ...]:
    return (*printed.beneficiaries, *printed.scope, *printed.conditions)
