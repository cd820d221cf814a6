"""The regulations beside the documents: what they add, and where the two disagree."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from monitor.deadlines.licenses.builder import Life
from monitor.deadlines.licenses.codified import PrintedLicense, printed_licenses
from monitor.deadlines.licenses.codified_ends import LAG, begin, compare, last_quotes, printed_step, say
from monitor.deadlines.licenses.places import Place, place_of
from monitor.deadlines.licenses.spans import last_end, spans_of
from monitor.model.deadlines import Codified, Quoted
from monitor.model.eastern import long_date
from monitor.model.licenses import LicenseEventKind, PrintedScope, ScopeChange


def reconcile(lives: list[Life], codified: Iterable[Codified]) -> list[Life]:
    """The lives with what the regulations print put in, oldest text first; new lives for what no document told."""
    lives = list(lives)
    before: dict[Place, PrintedLicense] = {}
    for text in sorted(codified, key=lambda c: (c.as_of, c.supplement, c.seen_on or c.as_of, repr(c.body))):
        printed = printed_licenses(text)
        for one in printed:
            life = _life_of(lives, one, text.as_of)
            if life is None:
                life = Life(one.place)
                lives.append(life)
            _put_in(life, one, text, before.get(one.place))
            before[one.place] = one
        _missing(lives, text, {one.place for one in printed})
    return lives


def _life_of(lives: list[Life], printed: PrintedLicense, as_of: date) -> Life | None:
    """The life that a text is about: of the same first day, or of the same end, or else the one that has it by then."""
    here = [life for life in lives if life.place == printed.place]
    same = [life for life in here if printed.valid_from is not None and life.starts == printed.valid_from]
    begun = [life for life in here if (life.starts or _first(life)) <= as_of + LAG]
    ending = [life for life in begun if any(event.new_expiry in printed.ends for event in life.events)]
    ending = ending or [life for life in begun if _moved_from(life, printed)]
    if same or ending:
        return (same or ending)[-1]
    if begun and not (printed.valid_from is not None and _is_past(begun[-1], printed.valid_from)):
        return begun[-1]
    return _joined_late([life for life in here if life not in begun])


def _moved_from(life: Life, printed: PrintedLicense) -> bool:
    """Whether a life that the watch joined late begins with a document that moves the end which a text prints."""
    first = min(life.events, key=lambda event: event.effective_on)
    return first.event is not LicenseEventKind.ISSUED and first.old_expiry in printed.ends


def _joined_late(coming: list[Life]) -> Life | None:
    """The next life after a text, where its issue is not known: the text tells what came before."""
    following = min(coming, key=_first, default=None)
    if following is None or any(event.event is LicenseEventKind.ISSUED for event in following.events):
        return None
    return following


def _first(life: Life) -> date:
    return min(event.effective_on for event in life.events)


def _is_past(life: Life, day: date) -> bool:
    end = last_end(spans_of(life.events))
    return life.is_over or (end is not None and end < day)


def _put_in(life: Life, printed: PrintedLicense, text: Codified, before: PrintedLicense | None) -> None:
    life.name = life.name or printed.name
    life.name_beneficiaries(printed.beneficiaries)
    if before is not None and before.valid_from == printed.valid_from:
        _scope_change(life, before, printed, text)
    life.conditions = printed.conditions
    if not life.scopes or life.scopes[-1].categories != printed.scope:
        life.scopes.append(PrintedScope(as_of=text.as_of, categories=printed.scope))
    if not life.events:
        begin(life, printed, text)
    elif printed.ends:
        compare(life, printed, text)


def _missing(lives: list[Life], text: Codified, printed: set[Place]) -> None:
    """Say where a license is no longer printed and no document that we know removes it."""
    supplement = place_of(text.supplement).supplement
    for life in lives:
        if life.place.supplement != supplement or life.place in printed or life.is_over or not life.events:
            continue
        if max((e.published or e.public_on) for e in life.events) + LAG > text.as_of or _first(life) > text.as_of:
            continue
        says = f"As of {long_date(text.as_of)} the regulations do not print the license; no document removes it."
        here = Quoted(f"{supplement} as of {text.as_of}", says)
        say(life, text, "not printed", says, here, *last_quotes(life, text))


def _scope_change(life: Life, before: PrintedLicense, printed: PrintedLicense, text: Codified) -> None:
    """Put what changed in the printed text to the document that changed it, or tell it of the text alone."""
    change = ScopeChange(
        gone=tuple(w for w in _terms(before) if w not in _terms(printed)),
        new=tuple(w for w in _terms(printed) if w not in _terms(before)),
    )
    if not change.gone and not change.new:
        return
    for index, event in enumerate(life.events):
        near = event.effective_on - LAG <= text.as_of <= (event.published or event.public_on) + LAG
        if event.event is LicenseEventKind.CHANGED and event.scope is None and near:
            life.events[index] = replace(event, scope=change)
            return
    if before.scope != printed.scope:
        changed = printed_step(printed, text, new=None)
        life.events.append(replace(changed, event=LicenseEventKind.CHANGED, valid_from=None, scope=change))


def _terms(printed: PrintedLicense) -> tuple[str, ...]:
    return (*printed.beneficiaries, *printed.scope, *printed.conditions)
