"""The regulations beside the documents: what they add, and where the two disagree."""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec.structs import replace

from monitor.licenses.codified import PrintedLicense, printed_licenses
from monitor.licenses.life import Life
from monitor.licenses.places import Place, place_of, slug
from monitor.licenses.spans import last_end, spans_of
from monitor.model.deadlines import Codified, Contradiction, Quoted
from monitor.model.eastern import long_date
from monitor.model.licenses import LicenseEvent, LicenseEventKind, PrintedScope, ScopeChange, Weight

# The regulations follow a document by days; what they print within this time may still be the earlier text.
LAG = timedelta(days=14)


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
    """The life that a text is about: of the same first day, or else the one that has it by then."""
    here = [life for life in lives if life.place == printed.place]
    same = [life for life in here if printed.valid_from is not None and life.starts == printed.valid_from]
    if same:
        return same[-1]
    begun = [life for life in here if (life.starts or _first(life)) <= as_of + LAG]
    if not begun or (printed.valid_from is not None and _is_past(begun[-1], printed.valid_from)):
        return None
    return begun[-1]


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
        _begin(life, printed, text)
    elif printed.ends:
        _compare(life, printed, text)


def _begin(life: Life, printed: PrintedLicense, text: Codified) -> None:
    """A license that only the regulations tell of; with several ends all of them are watched."""
    first, *others = printed.ends or (None,)
    life.events.append(_event(text, printed, new=first, weight=Weight.REPLACES))
    for other in others:
        life.events.append(_event(text, printed, new=other, weight=Weight.BESIDE))
    if others:
        days = ", ".join(long_date(end) for end in printed.ends)
        life.contradictions.append(
            _fault(text, printed, "several ends", f"The regulations print several ends: {days}.")
        )


def _compare(life: Life, printed: PrintedLicense, text: Codified) -> None:
    """Say where the regulations print another end than the documents, once they have had time to follow."""
    start = life.starts
    if start is not None and printed.valid_from is not None and start != printed.valid_from:
        here = long_date(printed.valid_from)
        says = f"The documents begin the license on {long_date(start)}, the regulations on {here}."
        life.contradictions.append(_fault(text, printed, "start", says, *_last_quotes(life, text.as_of)))
    before = life.last_with_end
    if before is not None and before.document_number is None and len(printed.ends) == 1:
        _follow(life, printed, text, before)
        return
    holding = [e for e in life.events if e.effective_on <= text.as_of] or life.events
    spans = spans_of(holding)
    known = {end for span in spans[-1:] for end in span.ends}
    others = [end for end in printed.ends if end not in known and not _may_be(life, end, text.as_of)]
    for end in others:
        _disagree(life, printed, text, end, last_end(spans))


def _follow(life: Life, printed: PrintedLicense, text: Codified, before: LicenseEvent) -> None:
    """The end of a license that only the regulations tell of, where they print another one now."""
    new = printed.ends[0]
    if new != before.new_expiry:
        event = _event(text, printed, new=new, weight=Weight.REPLACES)
        life.events.append(replace(event, old_expiry=before.new_expiry, effective_on=text.as_of))


def _may_be(life: Life, end: date, as_of: date) -> bool:
    """Whether an end is one that the documents had before, not yet followed by the regulations, or are to have."""
    for event in life.events:
        followed = (event.published or event.public_on) + LAG
        if event.old_expiry == end and as_of <= followed:
            return True
        if event.new_expiry == end and event.effective_on > as_of:
            return True
        if event.event in (LicenseEventKind.REMOVED, LicenseEventKind.REVOKED) and as_of <= followed:
            return True
    return False


def _disagree(life: Life, printed: PrintedLicense, text: Codified, end: date, known: date | None) -> None:
    told = "no end" if known is None else long_date(known)
    says = f"The documents give the license {told}, the regulations as of {long_date(text.as_of)} {long_date(end)}."
    fault = _fault(text, printed, f"end {end}", says, *_last_quotes(life, text.as_of))
    if any(earlier.says.rpartition(" as of ")[0] == says.rpartition(" as of ")[0] for earlier in life.contradictions):
        return  # the same end of a later day of the regulations
    life.contradictions.append(fault)
    if not life.is_over:
        life.events.append(_event(text, printed, new=end, weight=Weight.BESIDE))


def _missing(lives: list[Life], text: Codified, printed: set[Place]) -> None:
    """Say where a license is no longer printed and no document that we know removes it."""
    supplement = place_of(text.supplement).supplement
    for life in lives:
        if life.place.supplement != supplement or life.place in printed or life.is_over or not life.events:
            continue
        if max((e.published or e.public_on) for e in life.events) + LAG > text.as_of or _first(life) > text.as_of:
            continue
        if any(c.key.startswith("contradiction:no-longer-printed") for c in life.contradictions):
            continue
        says = f"As of {long_date(text.as_of)} the regulations no longer print the license, and no document removes it."
        gone = Quoted(f"{supplement} as of {text.as_of}", says)
        life.contradictions.append(
            _contradiction(text, life.place, "no longer printed", says, gone, *_last_quotes(life, text.as_of))
        )


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
        life.events.append(_event(text, printed, new=None, weight=Weight.REPLACES, scope=change))


def _terms(printed: PrintedLicense) -> tuple[str, ...]:
    return (*printed.beneficiaries, *printed.scope, *printed.conditions)


def _last_quotes(life: Life, as_of: date) -> tuple[Quoted, ...]:
    said = [e for e in life.events if e.document_number is not None and e.effective_on <= as_of and e.new_expiry]
    return (Quoted(said[-1].document_number or "", said[-1].sentence),) if said else ()


def _fault(text: Codified, printed: PrintedLicense, about: str, says: str, *quotes: Quoted) -> Contradiction:
    here = [Quoted(f"{printed.place.words} as of {text.as_of}", s) for s in printed.sentences or (printed.sentence,)]
    return _contradiction(text, printed.place, about, says, *quotes, *here)


def _contradiction(text: Codified, place: Place, about: str, says: str, *quotes: Quoted) -> Contradiction:
    return Contradiction(
        key=f"contradiction:{slug(about)}:{place.key}:{text.as_of}",
        says=says,
        quotes=tuple(dict.fromkeys(quotes)),
        public_on=text.as_of,
        announced_on=max(text.as_of, text.seen_on or text.as_of),
    )


def _event(
    text: Codified, printed: PrintedLicense, *, new: date | None, weight: Weight, scope: ScopeChange | None = None
) -> LicenseEvent:
    return LicenseEvent(
        document_number=None,
        published=None,
        event=LicenseEventKind.CODIFIED if scope is None else LicenseEventKind.CHANGED,
        new_expiry=new,
        sentence=printed.sentence,
        effective_on=min(text.as_of, printed.valid_from or text.as_of) if scope is None else text.as_of,
        public_on=text.as_of,
        announced_on=max(text.as_of, text.seen_on or text.as_of),
        valid_from=printed.valid_from,
        weight=weight,
        scope=scope,
    )
