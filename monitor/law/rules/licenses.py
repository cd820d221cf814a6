"""General licenses: issued, extended, narrowed, revoked or removed, with the days they hold."""

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from monitor.law.rules import license_phrases as phrases
from monitor.law.rules.amendments import Amendment
from monitor.law.rules.days import parse_day, symbolic_date
from monitor.law.rules.sentences import sentences
from monitor.law.rules.text import Piece, RuleText
from monitor.law.rules.tokens import DATES, mask
from monitor.model.rules import GeneralLicenseAction, LicenseStatus, SymbolicDate

_SUPPLEMENT_7 = "supplement 7 to part 744"  # until 2020 that of the temporary general license
_GENERAL_ORDERS = "supplement 1 to part 736"
_EXTENSIONS = (LicenseStatus.EXTENDED, LicenseStatus.EXTENDED_AND_AMENDED)


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
    about = [s for p in paragraphs for s in sentences(p) if phrases.LICENSE.search(s) or "General Order" in s]
    name = _name(amendment, put_in, paragraphs)
    if _ends_license(amendment):
        return _end(name, amendment, about, near)
    left = None if phrases.ADDS.search(amendment.text) else next(filter(_leaves_end, about), None)
    about = [sentence for sentence in about if sentence != left]
    replaced = _replaced([amendment.text, *about])
    found = replaced or _period([put_in, *about])
    if replaced:
        found.start = _first_date(paragraphs, phrases.STARTED)
    elif left is not None and (end := _last_date(left)):
        found = _Found(old=end, new=end, quote=left)
    status = _status(amendment, about, replaces=replaced is not None)
    if replaced is None and status in _EXTENSIONS:
        found.new = _first_date(about, phrases.EXTENDED) or found.new
    reading = _reading(name, status, found, near)
    license_ = reading.license
    if license_ is not None and license_.status is LicenseStatus.ISSUED and not found.start:
        reading = replace(reading, license=replace(license_, valid_from=effective_on))
    faults = (*_several_ends(put_in), *_lost_end(amendment), *_no_end(status, found, amendment))
    return replace(reading, unread=(*reading.unread, *faults))


def _ends_license(amendment: Amendment) -> bool:
    return bool(phrases.ENDS.search(amendment.text) or phrases.SUSPENDS.search(amendment.text))


def _end(name: str, amendment: Amendment, about: list[str], near: date | None) -> LicenseReading:
    """A license that is removed, revoked or suspended: the day from which it no longer holds is that of the rule."""
    revoked = any(phrases.REVOKED.search(s) for s in about)
    reading = _reading(
        name, LicenseStatus.REVOKED if revoked else LicenseStatus.REMOVED, _ended(about, amendment.text), near
    )
    return replace(reading, unread=(*reading.unread, *_open_after_end(name, amendment, about)))


def _open_after_end(name: str, amendment: Amendment, about: list[str]) -> Iterator[str]:
    """What an instruction that takes text out leaves open: whether a license stood there, and whether it returns."""
    if not any(phrases.LICENSE.search(words) for words in (amendment.text, *about)):
        yield f"The document does not tell whether a general license stood in what it removes: “{amendment.text}”"
    if not phrases.ENDS.search(amendment.text):
        yield f"{name} is suspended and given as removed; when it returns is for the text to tell: “{amendment.text}”"


def _leaves_end(sentence: str) -> bool:
    """Whether a sentence states that the end of the license stays as it is."""
    if not phrases.SPEAKS_OF_END.search(sentence):
        return False
    stays = phrases.STAYS.search(sentence) and not re.search(r"\bextend", sentence, re.IGNORECASE)
    return bool(stays or phrases.NOT_CHANGED.search(sentence))


def _last_date(sentence: str) -> str:
    """The words of the last date of a sentence; empty where it has none."""
    tokens = mask(sentence, *DATES).tokens
    return sentence[tokens[-1].start : tokens[-1].end] if tokens else ""


def _lost_end(amendment: Amendment) -> Iterator[str]:
    """That an instruction exchanges a date for another, which is not there."""
    dates = {amendment.text[token.start : token.end] for token in mask(amendment.text, *DATES).tokens}
    if len(dates) == 1 and phrases.EXCHANGES.search(amendment.text) and _replaced([amendment.text]) is None:
        yield f"The new end of the general license was not found: “{amendment.text}”"


def _no_end(status: LicenseStatus, found: _Found, amendment: Amendment) -> Iterator[str]:
    """That a license is issued or extended and no end was found for it."""
    if not found.new and status in (LicenseStatus.ISSUED, *_EXTENSIONS):
        yield f"The last day of the general license was not found: “{found.quote or amendment.text}”"


def acts_on_license(paragraphs: list[str]) -> str:
    """The first sentence that states that this rule does something to a general license; empty without one."""
    stated = (s for p in paragraphs if phrases.LICENSE.search(p) for s in sentences(p))
    return next((s for s in stated if phrases.LICENSE.search(s) and phrases.RULE_ACTS.search(s)), "")


def _is_license(amendment: Amendment, text: RuleText) -> bool:
    if amendment.provision == _SUPPLEMENT_7:
        return amendment.list is None
    if amendment.provision != _GENERAL_ORDERS:
        return False
    if _ends_license(amendment):
        return True
    put_in = [block.text for block in amendment.blocks]
    put_in += [block.text for block in text.discussion if block.piece is Piece.HEADING]
    texts = [amendment.text, *put_in, text.title, text.part("SUMMARY")]
    if not phrases.GENERAL_ORDERS.search(amendment.text):
        # Known by its markup alone, a general order is followed where it is temporary: others are about items.
        return any(phrases.TEMPORARY.search(one) for one in texts)
    return any(phrases.LICENSE.search(one) for one in texts)


def _name(amendment: Amendment, put_in: str, paragraphs: list[str]) -> str:
    place = amendment.provision.replace("supplement ", "Supplement No. ")
    order = re.search(r"General Order No\. \d+", " ".join([amendment.text, put_in, *paragraphs]))
    kind = order[0] if order and amendment.provision == _GENERAL_ORDERS else "Temporary General License"
    return f"{kind}, {place}"


def _status(amendment: Amendment, about: list[str], *, replaces: bool) -> LicenseStatus:
    stated = " ".join(about)
    extends = replaces or bool(_first_date([stated], phrases.EXTENDED))
    if phrases.ADDS.search(amendment.text) and not extends:
        return LicenseStatus.ISSUED
    if extends:
        changed = not replaces and phrases.CHANGED.search(f"{stated} {amendment.text}")
        return LicenseStatus.EXTENDED_AND_AMENDED if changed else LicenseStatus.EXTENDED
    if phrases.NARROWED.search(stated):
        return LicenseStatus.NARROWED
    return LicenseStatus.AMENDED if not phrases.ISSUES.search(stated) else LicenseStatus.ISSUED


def _ended(about: list[str], quote: str) -> _Found:
    removed = [s for s in about if re.search(r"\bremov", s, re.IGNORECASE)]
    for sentence in (*removed, *about):
        if last := _first_date([sentence], phrases.LAST):
            return _Found(old=last, quote=sentence)
    return _Found(quote=removed[0] if removed else quote)


def _replaced(texts: list[str]) -> _Found | None:
    """The old and the new expiry of a license, in whichever order the sentence gives them."""
    for text in texts:
        masked = mask(text, *DATES)
        for pattern in phrases.OLD_AND_NEW:
            if found := pattern.search(masked.text):
                return _Found(old=masked.words(found, "old"), new=masked.words(found, "new"), quote=text)
    return None


def _period(texts: list[str]) -> _Found:
    for text in texts:
        masked = mask(text, *DATES)
        for pattern in phrases.VALID:
            if found := pattern.search(masked.text):
                end = masked.words(found, "end")
                return _Found(start=masked.words(found, "start"), new=end, quote=_sentence_with(end, text))
    for text in texts:
        if end := _first_date([text], phrases.EXPIRES):
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
    ends = list(dict.fromkeys(masked.words(m, "end") for m in phrases.EXPIRES.finditer(masked.text)))
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
    open_ = {s.field.removeprefix("general_license.") for s in symbolic if s is not None}
    impossible = [text for field, text in words.items() if text and days[field] is None and field not in open_]
    return LicenseReading(
        GeneralLicenseAction(name=name, status=status, **days),
        {"general_license": found.quote} if found.quote else {},
        tuple(s for s in symbolic if s is not None),
        tuple(f"The date “{text}” is none the calendar has: “{found.quote}”" for text in impossible),
    )
