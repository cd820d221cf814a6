"""The ends that the regulations print against those of the documents: followed, awaited, or said to differ."""

from datetime import date, timedelta

from msgspec.structs import replace

from monitor.deadlines.licenses.builder import Life
from monitor.deadlines.licenses.codified import PrintedLicense
from monitor.deadlines.licenses.places import slug
from monitor.deadlines.licenses.spans import ENDING, last_end, order_of, spans_of
from monitor.model.deadlines import Codified, Contradiction, Quoted
from monitor.model.eastern import long_date
from monitor.model.licenses import LicenseEvent, LicenseEventKind, Weight

# The regulations follow a document by days; what they print within this time may still be the earlier text.
LAG = timedelta(days=14)


def begin(life: Life, printed: PrintedLicense, text: Codified) -> None:
    """Begin a license that only the regulations tell of; with several ends all of them are watched."""
    first, *others = printed.ends or (None,)
    since = min(text.as_of, printed.valid_from or text.as_of)
    life.events.append(replace(printed_step(printed, text, new=first), effective_on=since))
    for other in others:
        beside = printed_step(printed, text, new=other)
        life.events.append(replace(beside, effective_on=since, weight=Weight.BESIDE))
    if others:
        days = ", ".join(long_date(end) for end in printed.ends)
        say(life, text, "several ends", f"The regulations print several ends: {days}.", *quotes_of(printed, text))


def compare(life: Life, printed: PrintedLicense, text: Codified) -> None:
    """Say where the regulations print other days than the documents, once they have had time to follow."""
    _compare_starts(life, printed, text)
    holding = [e for e in life.events if e.effective_on <= text.as_of]
    if not holding and all(event.event is not LicenseEventKind.ISSUED for event in life.events):
        begin(life, printed, text)
        return
    holding = holding or life.events
    stated = sorted((e for e in holding if e.new_expiry is not None), key=order_of)
    by_documents = {e.new_expiry for e in stated if e.document_number is not None}
    alone = bool(stated) and stated[-1].document_number is None
    if alone and len(printed.ends) == 1 and (not by_documents or printed.ends[0] in by_documents):
        _follow(life, printed, text, stated[-1])
        return
    spans = spans_of(holding)
    known = {end for span in spans[-1:] for end in span.ends}
    for end in printed.ends:
        if end not in known and not _may_be(life, end, text.as_of):
            _disagree(life, printed, text, end, last_end(spans))


def _compare_starts(life: Life, printed: PrintedLicense, text: Codified) -> None:
    start = life.starts
    if start is None or printed.valid_from is None or start == printed.valid_from:
        return
    here = long_date(printed.valid_from)
    says = f"The documents begin the license on {long_date(start)}, the regulations on {here}."
    say(life, text, f"start {start} {printed.valid_from}", says, *last_quotes(life, text), *quotes_of(printed, text))


def _follow(life: Life, printed: PrintedLicense, text: Codified, before: LicenseEvent) -> None:
    """Take the end that the regulations print now, where nothing but the regulations set the one before."""
    new = printed.ends[0]
    if new != before.new_expiry:
        life.events.append(replace(printed_step(printed, text, new=new), old_expiry=before.new_expiry))


def _may_be(life: Life, end: date, as_of: date) -> bool:
    """Whether an end is one that the documents had before and the regulations have not yet followed, or are to have."""
    for event in life.events:
        awaited = as_of <= (event.published or event.public_on) + LAG
        if awaited and (event.old_expiry == end or event.event in ENDING):
            return True
        if event.new_expiry == end and event.effective_on > as_of:
            return True
    return False


def _disagree(life: Life, printed: PrintedLicense, text: Codified, end: date, known: date | None) -> None:
    told = "no end" if known is None else long_date(known)
    says = f"The documents give the license {told}, the regulations as of {long_date(text.as_of)} {long_date(end)}."
    about = f"end {end} against {known}"
    if say(life, text, about, says, *last_quotes(life, text), *quotes_of(printed, text)) and not life.is_over:
        life.events.append(replace(printed_step(printed, text, new=end), weight=Weight.BESIDE))


def say(life: Life, text: Codified, about: str, says: str, *quotes: Quoted) -> bool:
    """Add a contradiction unless an earlier day of the regulations brought it; whether it was new."""
    key = f"contradiction:{slug(about)}:{life.place.key}:{life.starts or ''}"
    if any(earlier.key == key for earlier in life.contradictions):
        return False
    seen = max(text.as_of, text.seen_on or text.as_of)
    said = [e for e in life.events if e.document_number is not None and e.public_on <= text.as_of]
    life.contradictions.append(
        Contradiction(
            key=key,
            says=says,
            quotes=tuple(dict.fromkeys(quotes)),
            public_on=text.as_of,
            announced_on=max([seen, *(event.announced_on for event in said)]),
        )
    )
    return True


def last_quotes(life: Life, text: Codified) -> tuple[Quoted, ...]:
    """The sentence of the last document that set an end by then."""
    said = [e for e in life.events if e.document_number is not None and e.effective_on <= text.as_of and e.new_expiry]
    return (Quoted(said[-1].document_number or "", said[-1].sentence),) if said else ()


def quotes_of(printed: PrintedLicense, text: Codified) -> tuple[Quoted, ...]:
    """The sentences of the regulations that state days."""
    source = f"{printed.place.words} as of {text.as_of}"
    return tuple(Quoted(source, sentence) for sentence in printed.sentences or (printed.sentence,))


def printed_step(printed: PrintedLicense, text: Codified, *, new: date | None) -> LicenseEvent:
    """The step that the regulations make without a document that we know."""
    return LicenseEvent(
        document_number=None,
        published=None,
        event=LicenseEventKind.CODIFIED,
        new_expiry=new,
        sentence=printed.sentence,
        effective_on=text.as_of,
        public_on=text.as_of,
        announced_on=max(text.as_of, text.seen_on or text.as_of),
        valid_from=printed.valid_from,
    )
