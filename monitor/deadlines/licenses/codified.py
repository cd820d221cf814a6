"""General licenses as the regulations print them: for whom, for what, under which conditions, until when."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from msgspec import Struct

from monitor.deadlines.licenses.places import Place, beneficiaries_of, place_of
from monitor.law.rules.days import parse_day
from monitor.law.rules.sentences import sentences
from monitor.law.rules.tokens import DATE, DATES, mask
from monitor.model.deadlines import Codified
from monitor.model.entries import EntryList, Text

_LICENSE = re.compile(r"\bgeneral licen[sc]es?\b|\bTGLs?\b|\bGLs?\b", re.IGNORECASE)
_ORDERS = re.compile(r"\bgeneral orders?\b", re.IGNORECASE)
_ORDER_BEGINS = re.compile(r"^\((?P<letter>[a-z])\)\s+(?:General Order No\. \d+|\[Reserved\])", re.IGNORECASE)
_DESIGNATED = re.compile(r"^\((?P<mark>[a-z]|\d+)\)\s*(?P<words>.*)$", re.DOTALL)
_AUTHORIZES = re.compile(
    r"\bTGL\s*[—–-]|\b(?:this|the) (?:temporary )?(?:TGL|GL|general licen[sc]e)(?: \(GL\))? (?:only )?"
    r"(?:authorizes|overcomes)|\b(?:temporary )?general licen[sc]e \(T?GL\)",
    re.IGNORECASE,
)
_TRANSACTIONS = re.compile(
    r"\b(?:transactions?|activities|exports?)\b[^.]*\b(?:are|is) authorized\b|^authorized transactions\b", re.IGNORECASE
)
_NO_CONDITION = re.compile(r"^(?:validity|identification|definitions?)\b", re.IGNORECASE)
_PERIOD = re.compile(
    rf"\b(?:as of|from|beginning|effective)\s+(?P<start>{DATE}),?\s+(?:and\s+)?(?:through|until|to)\s+(?P<end>{DATE})"
)
_END = re.compile(
    rf"\b(?:valid|effective|in effect|in force)\s+(?:only\s+)?(?:through|until)\s+(?P<end>{DATE})"
    rf"|\b(?:expires?|expired|ends?)\s+(?:on|at|at the end of)\s+(?P<also>{DATE})"
)
_NOTE = re.compile(r"^(?:\[|effective date note|editorial note|note\b|effdnot)", re.IGNORECASE)


class PrintedLicense(Struct, frozen=True, kw_only=True):
    """A general license in the regulations; `ends` has every end printed, each with its sentence."""

    place: Place
    name: str
    beneficiaries: tuple[str, ...]
    scope: tuple[str, ...]
    conditions: tuple[str, ...]
    valid_from: date | None
    ends: tuple[date, ...]
    sentence: str
    sentences: tuple[str, ...]


def printed_licenses(codified: Codified) -> tuple[PrintedLicense, ...]:
    """The general licenses that a supplement prints; none where it is a list, has other text, or does not exist."""
    if codified.body is None or isinstance(codified.body, EntryList):
        return ()
    return _licenses_in(place_of(codified.supplement).supplement, codified.body)


@lru_cache(maxsize=64)  # the regulations stay the same for months, and a reading is kept of every day
def _licenses_in(supplement: str, body: Text) -> tuple[PrintedLicense, ...]:
    if _ORDERS.search(body.heading):
        return tuple(_printed(Place(supplement, o), o, p) for o, p in _orders(body) if _grants(p))
    if not _LICENSE.search(body.heading):
        return ()
    return (_printed(Place(supplement), _title(body.heading), body.paragraphs),)


def effectivity_notes(codified: Codified) -> tuple[tuple[date, str], ...]:
    """The ends that notes of the regulations state ("effective until …"), with the notes."""
    found = []
    for paragraph in codified.body.paragraphs if codified.body is not None else ():
        if not _NOTE.search(paragraph):
            continue
        days = [*_ends(paragraph), *(end for _, end in _periods(paragraph))]
        found += [(day, paragraph) for day in dict.fromkeys(days) if day is not None]
    return tuple(found)


def _grants(paragraphs: tuple[str, ...]) -> bool:
    """Whether an order is a general license rather than one that mentions licenses."""
    return any(_AUTHORIZES.search(paragraph) or re.search(r"\bTGLs?\b", paragraph) for paragraph in paragraphs)


def _orders(body: Text) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each order by its name, with its paragraphs."""
    name, paragraphs = "", list[str]()
    for paragraph in body.paragraphs:
        if _ORDER_BEGINS.match(paragraph):
            if name:
                yield name, tuple(paragraphs)
            name, paragraphs = place_of(paragraph[:60]).general_order, []
        paragraphs.append(paragraph)
    if name:
        yield name, tuple(paragraphs)


def _title(heading: str) -> str:
    return re.split(r"\s*[—–]\s*|\s+-\s+", heading, maxsplit=1)[-1].strip()


def _printed(place: Place, name: str, paragraphs: tuple[str, ...]) -> PrintedLicense:
    printed = [s for p in paragraphs for s in whole_sentences(p)]
    stated = [s for s in printed if _periods(s) or _ends(s)]
    periods = [period for s in stated for period in _periods(s)[:1]]
    ends = [end for _, end in periods]
    ends += [end for s in stated if not _periods(s) for end in _ends(s)]
    sentence = stated[0] if stated else (printed[0] if printed else name)
    return PrintedLicense(
        place=place,
        name=name,
        beneficiaries=beneficiaries_of(name, sentence),
        scope=tuple(_scope(paragraphs)),
        conditions=tuple(_conditions(paragraphs)),
        valid_from=periods[0][0] if periods else None,
        ends=tuple(sorted({end for end in ends if end is not None})),
        sentence=sentence,
        sentences=tuple(stated),
    )


def whole_sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph; "supplement no. 4" ends none."""
    found: list[str] = []
    for sentence in sentences(paragraph):
        if found and re.search(r"\b(?:nos?|parts?|supp)\.$", found[-1], re.IGNORECASE):
            found[-1] = f"{found[-1]} {sentence}"
        else:
            found.append(sentence)
    return found


def _scope(paragraphs: tuple[str, ...]) -> Iterator[str]:
    """The headings of what is authorized: the numbered paragraphs under the words that authorize."""
    within = False
    for mark, words in _designated(paragraphs):
        if not mark.isdigit():
            within = bool(_TRANSACTIONS.search(words))
        elif within or _AUTHORIZES.search(words):
            yield _heading(words)


def _conditions(paragraphs: tuple[str, ...]) -> Iterator[str]:
    authorized = set(_scope(paragraphs))
    for _, words in _designated(paragraphs):
        heading = _heading(words)
        if heading not in authorized and not _NO_CONDITION.match(heading) and not _TRANSACTIONS.search(words[:120]):
            yield heading


def _designated(paragraphs: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The lettered and numbered paragraphs that have words of their own; not those below them, (i), (ii), …"""
    last = ""
    for paragraph in paragraphs:
        found = _DESIGNATED.match(paragraph)
        if found is None or _ORDER_BEGINS.match(paragraph) or (last.isdigit() and found["mark"] in "ivx"):
            continue
        last = found["mark"]
        if found["words"].strip():
            yield last, found["words"]


def _heading(words: str) -> str:
    """The heading with which a paragraph begins: its first sentence."""
    return re.split(r"[.—–]\s*\((?:i|A)\)", whole_sentences(words)[0])[0].rstrip(".")


def _periods(text: str) -> list[tuple[date | None, date | None]]:
    """The first and the last day of each period in a text; None for one that is no day of the calendar."""
    masked = mask(text, *DATES)
    found = _PERIOD.finditer(masked.text)
    return [(parse_day(masked.words(m, "start")), parse_day(masked.words(m, "end"))) for m in found]


def _ends(text: str) -> list[date | None]:
    masked = mask(text, *DATES)
    return [parse_day(masked.words(m, m.lastgroup or 0)) for m in _END.finditer(masked.text)]
