"""The ends that the regulations print compared with those of the documents: followed, awaited, or contradicted."""

from datetime import date, timedelta

from msgspec.structs import replace

from monitor.deadlines.licenses.builder import LicenseBuilder
from monitor.deadlines.licenses.codified import PrintedLicense
from monitor.deadlines.licenses.places import slug
from monitor.deadlines.licenses.spans import ENDING, last_end, order_of, spans_of
from monitor.model.deadlines import Codified, Contradiction, Quoted
from monitor.model.eastern import long_date
from monitor.model.licenses import LicenseEvent, LicenseEventKind, Weight

# The regulations follow a document by days; what they print within this time may still be the earlier text.
LAG = timedelta(days=14)


def begin(builder: LicenseBuilder, printed: PrintedLicense, text: Codified) -> None:
    """Begin a license that only the regulations print; of several ends all are kept."""
    first, *others = printed.ends or (None,)
    since = min(text.as_of, printed.valid_from or text.as_of)
    builder.events.append(replace(printed_step(printed, text, new=first), effective_on=since))
    for other in others:
        beside = printed_step(printed, text, new=other)
        builder.events.append(replace(beside, effective_on=since, weight=Weight.BESIDE))
    if others:
        days = ", ".join(long_date(end) for end in printed.ends)
        contradict(
            builder, text, "several ends", f"The regulations print several ends: {days}.", *quotes_of(printed, text)
        )


def compare(builder: LicenseBuilder, printed: PrintedLicense, text: Codified) -> None:
    """Add a contradiction where the regulations print other days than the documents and have had time to follow."""
    _compare_starts(builder, printed, text)
    holding = [e for e in builder.events if e.effective_on <= text.as_of]
    if not holding and all(event.event is not LicenseEventKind.ISSUED for event in builder.events):
        begin(builder, printed, text)
        return
    holding = holding or builder.events
    stated = sorted((e for e in holding if e.new_expiry is not None), key=order_of)
    by_documents = {e.new_expiry for e in stated if e.document_number is not None}
    alone = bool(stated) and stated[-1].document_number is None
    if alone and len(printed.ends) == 1 and (not by_documents or printed.ends[0] in by_documents):
        _follow(builder, printed, text, stated[-1])
        return
    spans = spans_of(holding)
    known = {end for span in spans[-1:] for end in span.ends}
    for end in printed.ends:
        if end not in known and not _may_be(builder, end, text.as_of):
            _disagree(builder, printed, text, end, last_end(spans))


def _compare_starts(builder: LicenseBuilder, printed: PrintedLicense, text: Codified) -> None:
    start = builder.starts
    if start is None or printed.valid_from is None or start == printed.valid_from:
        return
    here = long_date(printed.valid_from)
    says = f"The documents begin the license on {long_date(start)}, the regulations on {here}."
    contradict(
        builder,
        text,
        f"start {start} {printed.valid_from}",
        says,
        *last_quotes(builder, text),
        *quotes_of(printed, text),
    )


def _follow(builder: LicenseBuilder, printed: PrintedLicense, text: Codified, before: LicenseEvent) -> None:
    """Take the end that the regulations print now, where nothing but the regulations set the one before."""
    new = printed.ends[0]
    if new != before.new_expiry:
        builder.events.append(replace(printed_step(printed, text, new=new), old_expiry=before.new_expiry))


def _may_be(builder: LicenseBuilder, end: date, as_of: date) -> bool:
    """Whether an end is one that the documents had before and the regulations have not yet followed, or are to have."""
    for event in builder.events:
        awaited = as_of <= (event.published or event.public_on) + LAG
        if awaited and (event.old_expiry == end or event.event in ENDING):
            return True
        if event.new_expiry == end and event.effective_on > as_of:
            return True
    return False


def _disagree(builder: LicenseBuilder, printed: PrintedLicense, text: Codified, end: date, known: date | None) -> None:
    by_documents = "no end" if known is None else long_date(known)
    as_of = long_date(text.as_of)
    says = f"The documents give the license {by_documents}, the regulations as of {as_of} {long_date(end)}."
    about = f"end {end} against {known}"
    if (
        contradict(builder, text, about, says, *last_quotes(builder, text), *quotes_of(printed, text))
        and not builder.is_over
    ):
        builder.events.append(replace(printed_step(printed, text, new=end), weight=Weight.BESIDE))


def contradict(builder: LicenseBuilder, text: Codified, about: str, says: str, *quotes: Quoted) -> bool:
    """Add a contradiction unless an earlier day of the regulations brought it; returns whether it is new."""
    key = f"contradiction:{slug(about)}:{builder.place.key}:{builder.starts or ''}"
    if any(earlier.key == key for earlier in builder.contradictions):
        return False
    seen = max(text.as_of, text.seen_on or text.as_of)
    by_then = [e for e in builder.events if e.document_number is not None and e.public_on <= text.as_of]
    builder.contradictions.append(
        Contradiction(
            key=key,
            says=says,
            quotes=tuple(dict.fromkeys(quotes)),
            public_on=text.as_of,
            announced_on=max([seen, *(event.announced_on for event in by_then)]),
        )
    )
    return True


def last_quotes(builder: LicenseBuilder, text: Codified) -> tuple[Quoted, ...]:
    """The sentence of the last document that set an end by then."""
    by_then = [
        e for e in builder.events if e.document_number is not None and e.effective_on <= text.as_of and e.new_expiry
    ]
    return (Quoted(by_then[-1].document_number or "", by_then[-1].sentence),) if by_then else ()


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
