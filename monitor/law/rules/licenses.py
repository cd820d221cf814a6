"""General licenses: issued, extended, narrowed, revoked or removed, with the days they hold."""

import re
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from monitor.law.rules.amendments import Amendment
from monitor.law.rules.days import parse_day, symbolic_date
from monitor.law.rules.sentences import sentences
from monitor.law.rules.text import Piece, RuleText
from monitor.law.rules.tokens import DATE, DATES, mask
from monitor.model.rules import GeneralLicenseAction, LicenseStatus, SymbolicDate

_SUPPLEMENT_7 = "supplement 7 to part 744"  # until 2020 that of the temporary general license
_GENERAL_ORDERS = "supplement 1 to part 736"
_ENDS = re.compile(
    r"\b(?:is|are)\s+removed\b|\bremov\w+ (?:and reserv\w+ )?(?:supplement|paragraph)|^remove\b",
    re.IGNORECASE,
)
_ADDS = re.compile(r"\badd(?:ing)?\s+(?:an?\s+(?:new\s+)?|new\s+)?(?:supplement|paragraph)", re.IGNORECASE)
_ISSUES = re.compile(r"\b(?:creat|issu|establish|authoriz)\w*", re.IGNORECASE)
_LICENSE = re.compile(
    r"\bsupplement no\. 7 to part 744\b|\b(?:temporary general licenses?|TGLs?|general licenses?)\b",
    re.IGNORECASE,
)
_DATE_OF = r"(?:(?:the|expiration|date|of)\s+)*[“\"]?"
_OLD_AND_NEW = (
    re.compile(
        rf"\bremov\w+\s+{_DATE_OF}(?P<old>{DATE})[”\"]?,?\s*(?:wherever it appears,?\s*)?"
        r"and\s+(?:by\s+)?(?:add|substitut|insert|replac)\w*(?:\s+(?:it\s+with|in\s+its\s+place))?\s*"
        rf"{_DATE_OF}(?P<new>{DATE})",
        re.IGNORECASE,
    ),
    re.compile(rf"\bfrom\s+(?P<old>{DATE})\s+(?:to|until|through)\s+(?P<new>{DATE})", re.IGNORECASE),
    re.compile(
        rf"\b(?:until|through|to)\s+(?P<new>{DATE}),?\s+(?:instead of|rather than|in place of)\s+"
        rf"(?P<old>{DATE})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bremov\w+\s+(?:the\s+)?expir\w+\s+date\s+(?:of\s+)?(?P<old>{DATE}).{{0,60}}?\b(?P<new>{DATE})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<old>{DATE})[”\"]?\s+(?:is|be)\s+(?:replaced|changed)\s+(?:with|by|to)\s+[“\"]?"
        rf"(?P<new>{DATE})",
        re.IGNORECASE,
    ),
)
_VALID = (
    re.compile(
        rf"\brestored\b.{{0,40}}?\bas of\s+(?P<start>{DATE}),?\s+(?:and\s+)?(?:through|until)\s+"
        rf"(?P<end>{DATE})",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        rf"\bvalid\b[^.]{{0,40}}?\bfrom\s+(?P<start>{DATE}),?\s+(?:through|until|to)\s+(?P<end>{DATE})",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<start>{DATE}),?\s+(?:and\s+)?(?:through|until)\s+(?P<end>{DATE})", re.IGNORECASE),
)
_EXPIRES = re.compile(rf"\bexpir(?:es?|ing|ed)\s+(?:on|at midnight on|at the end of)\s+(?P<end>{DATE})", re.IGNORECASE)
_STARTED = re.compile(
    rf"\b(?:On\s+(?P<on>{DATE}),?\s+BIS\s+(?:created|issued|published)|effective\s+(?P<from>{DATE}),?\s+that)\b",
    re.IGNORECASE,
)
_EXTENDED = re.compile(rf"\bextend\w*\b[^.]*?\b(?:until|through)\s+(?P<new>{DATE})", re.IGNORECASE)
_LAST = re.compile(rf"\b(?:through|until|expired on|expires on)\s+(?P<old>{DATE})", re.IGNORECASE)
_CHANGED = re.compile(
    r"\bno longer authoriz|\bclarif|\bamend(?:s|ing|ed) the (?:temporary )?general license|\brevis\w+ "
    r"(?:the )?(?:authoriz|certif)|\bis revised to read",
    re.IGNORECASE,
)
_NARROWED = re.compile(
    r"\bno longer authoriz|\bnarrow|\bremov\w+ the authorization|\blimit\w* the scope", re.IGNORECASE
)
_REVOKED = re.compile(r"\brevok", re.IGNORECASE)


class LicenseReading(Struct, frozen=True):
    """What a rule does to a general license, with its sentences, open dates and faults."""

    license: GeneralLicenseAction | None
    quotes: dict[str, str] = {}
    symbolic: tuple[SymbolicDate, ...] = ()
    unread: tuple[str, ...] = ()


class _Found(Struct):
    """The words of the dates of a license, as they stand in the document."""

    start: str = ""
    old: str = ""
    new: str = ""
    quote: str = ""


def read_license(text: RuleText, amendments: tuple[Amendment, ...], effective_on: date | None) -> LicenseReading:
    """What the rule does to a general license in the regulations; None where it touches none.

    A license that the rule issues holds from `effective_on` where it names no day of its own.
    """
    near = effective_on
    amendment = next((a for a in amendments if _is_license(a, text)), None)
    if amendment is None:
        return LicenseReading(None)
    put_in = " ".join(block.text for block in amendment.blocks)
    paragraphs = [text.part("SUMMARY"), *text.prose()]
    about = [s for p in paragraphs for s in sentences(p) if _LICENSE.search(s) or "General Order" in s]
    name = _name(amendment, put_in, paragraphs)
    if _ENDS.search(amendment.text):
        revoked = any(_REVOKED.search(s) for s in about)
        status = LicenseStatus.REVOKED if revoked else LicenseStatus.REMOVED
        return _reading(name, status, _ended(about, amendment.text), near)
    replaced = _replaced([amendment.text, *about])
    found = replaced or _period([put_in, *about])
    if replaced:
        found.start = _first_date(paragraphs, _STARTED)
    status = _status(amendment, about, replaces=replaced is not None)
    if replaced is None and status in (LicenseStatus.EXTENDED, LicenseStatus.EXTENDED_AND_AMENDED):
        found.new = _first_date(about, _EXTENDED) or found.new
    reading = _reading(name, status, found, near)
    license_ = reading.license
    if license_ is not None and license_.status is LicenseStatus.ISSUED and not found.start:
        reading = replace(reading, license=replace(license_, valid_from=effective_on))
    return replace(reading, unread=_several_ends(put_in))


def _is_license(amendment: Amendment, text: RuleText) -> bool:
    if amendment.provision == _SUPPLEMENT_7:
        return amendment.list is None
    if amendment.provision != _GENERAL_ORDERS:
        return False
    put_in = [block.text for block in amendment.blocks]
    put_in += [block.text for block in text.discussion if block.piece is Piece.HEADING]
    return any(_LICENSE.search(t) for t in [amendment.text, *put_in, text.title, text.part("SUMMARY")])


def _name(amendment: Amendment, put_in: str, paragraphs: list[str]) -> str:
    place = amendment.provision.replace("supplement ", "Supplement No. ")
    order = re.search(r"General Order No\. \d+", " ".join([amendment.text, put_in, *paragraphs]))
    kind = order[0] if order and amendment.provision == _GENERAL_ORDERS else "Temporary General License"
    return f"{kind}, {place}"


def _status(amendment: Amendment, about: list[str], *, replaces: bool) -> LicenseStatus:
    stated = " ".join(about)
    extends = replaces or bool(_first_date([stated], _EXTENDED))
    if _ADDS.search(amendment.text) and not extends:
        return LicenseStatus.ISSUED
    if extends:
        changed = not replaces and _CHANGED.search(f"{stated} {amendment.text}")
        return LicenseStatus.EXTENDED_AND_AMENDED if changed else LicenseStatus.EXTENDED
    if _NARROWED.search(stated):
        return LicenseStatus.NARROWED
    return LicenseStatus.AMENDED if not _ISSUES.search(stated) else LicenseStatus.ISSUED


def _ended(about: list[str], quote: str) -> _Found:
    removed = [s for s in about if re.search(r"\bremov", s, re.IGNORECASE)]
    for sentence in (*removed, *about):
        if last := _first_date([sentence], _LAST):
            return _Found(old=last, quote=sentence)
    return _Found(quote=removed[0] if removed else quote)


def _replaced(texts: list[str]) -> _Found | None:
    """The old and the new expiry of a license, in whichever order the sentence gives them."""
    for text in texts:
        masked = mask(text, *DATES)
        for pattern in _OLD_AND_NEW:
            if found := pattern.search(masked.text):
                return _Found(old=masked.words(found, "old"), new=masked.words(found, "new"), quote=text)
    return None


def _period(texts: list[str]) -> _Found:
    for text in texts:
        masked = mask(text, *DATES)
        for pattern in _VALID:
            if found := pattern.search(masked.text):
                end = masked.words(found, "end")
                return _Found(start=masked.words(found, "start"), new=end, quote=_sentence_with(end, text))
    for text in texts:
        if end := _first_date([text], _EXPIRES):
            return _Found(new=end, quote=_sentence_with(end, text))
    return _Found()


def _first_date(texts: list[str], pattern: re.Pattern[str]) -> str:
    """The words of the first date that a pattern finds in a text; empty where it finds none."""
    for text in texts:
        masked = mask(text, *DATES)
        if found := pattern.search(masked.text):
            return masked.words(found, found.lastgroup or 0)
    return ""


def _sentence_with(words: str, text: str) -> str:
    return next((s for s in sentences(text) if words in s), text)


def _several_ends(put_in: str) -> tuple[str, ...]:
    masked = mask(put_in, *DATES)
    ends = list(dict.fromkeys(masked.words(m, "end") for m in _EXPIRES.finditer(masked.text)))
    if len(ends) < 2:
        return ()
    return (f"The general license has several ends ({', '.join(ends)}); only the first is given.",)


def _reading(name: str, status: LicenseStatus, found: _Found, near: date | None) -> LicenseReading:
    words = {"valid_from": found.start, "old_expiry": found.old, "new_expiry": found.new}
    days = {field: parse_day(text, near=near) if text else None for field, text in words.items()}
    old, new = days["old_expiry"], days["new_expiry"]
    if old is not None and new is not None and new < old:
        status = LicenseStatus.NARROWED
    symbolic = [symbolic_date(f"general_license.{field}", text) for field, text in words.items() if text]
    return LicenseReading(
        GeneralLicenseAction(name=name, status=status, **days),
        {"general_license": found.quote} if found.quote else {},
        tuple(s for s in symbolic if s is not None),
    )
