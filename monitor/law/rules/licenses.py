"""General licenses: issued, extended, narrowed, revoked or removed, with the days they hold."""

import re
from datetime import date

from msgspec import Struct

from monitor.law.rules.amendments import Amendment
from monitor.law.rules.dates import DATE, RuleDates, parse
from monitor.law.rules.sentences import sentences
from monitor.law.rules.text import RuleText
from monitor.model.rules import GeneralLicenseAction, LicenseStatus

_PLACE = re.compile(r"supplement (?:7 to part 744|1 to part 736)")
_TGL = re.compile(r"\b(?:temporary general licenses?|TGLs?|general licenses?|general order)\b", re.IGNORECASE)
_OLD_NEW = (
    re.compile(
        rf"\bremov\w+\s+(?:the\s+)?(?:expiration\s+date\s+(?:of\s+)?)?[“\"]?(?P<old>{DATE})[”\"]?,?\s*(?:wherever it appears,?\s*)?"
        rf"and\s+(?:by\s+)?(?:add|substitut|insert|replac)\w*(?:\s+it\s+with)?(?:\s+in\s+its\s+place)?\s*(?:the\s+(?:expiration\s+)?date\s+(?:of\s+)?)?[“\"]?(?P<new>{DATE})",
        re.IGNORECASE,
    ),
    re.compile(rf"\bfrom\s+(?P<old>{DATE})\s+(?:to|until|through)\s+(?P<new>{DATE})", re.IGNORECASE),
    re.compile(
        rf"\b(?:until|through|to)\s+(?P<new>{DATE}),?\s+(?:instead of|rather than|in place of)\s+(?P<old>{DATE})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bremov\w+\s+(?:the\s+)?expir\w+\s+date\s+(?:of\s+)?(?P<old>{DATE}).{{0,60}}?\b(?P<new>{DATE})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<old>{DATE})[”\"]?\s+(?:is|be)\s+(?:replaced|changed)\s+(?:with|by|to)\s+[“\"]?(?P<new>{DATE})",
        re.IGNORECASE,
    ),
)
_VALID = (
    re.compile(
        rf"\brestored\b.{{0,40}}?\bas of\s+(?P<start>{DATE}),?\s+(?:and\s+)?(?:through|until)\s+(?P<end>{DATE})",
        re.I | re.S,
    ),
    re.compile(
        rf"\bvalid\b[^.]{{0,40}}?\bfrom\s+(?P<start>{DATE}),?\s+(?:through|until|to)\s+(?P<end>{DATE})", re.I
    ),
    re.compile(rf"\b(?P<start>{DATE}),?\s+(?:and\s+)?(?:through|until)\s+(?P<end>{DATE})", re.I),
)
_EXPIRES = re.compile(rf"\bexpir(?:es?|ing|ed)\s+(?:on|at midnight on|at the end of)\s+(?P<end>{DATE})", re.I)
_STARTED = re.compile(
    rf"\b(?:On\s+(?P<on>{DATE}),?\s+BIS\s+(?:created|issued|published)|effective\s+(?P<from>{DATE}),?\s+that)\b",
    re.I,
)
_EXTENDED = re.compile(rf"\bextend\w*\b[^.]*?\b(?:until|through)\s+(?P<new>{DATE})", re.I)
_LAST = re.compile(rf"\b(?:through|until|expired on|expires on)\s+(?P<old>{DATE})", re.I)
_CHANGED = re.compile(
    r"\bno longer authoriz|\bclarif|\bamend(?:s|ing|ed) the (?:temporary )?general license|\brevis\w+ (?:the )?(?:authoriz|certif)|\bis revised to read",
    re.I,
)
_NARROWED = re.compile(
    r"\bno longer authoriz|\bnarrow|\bremov\w+ the authorization|\blimit\w* the scope", re.I
)
_REVOKED = re.compile(r"\brevok", re.I)


class LicenseReading(Struct, frozen=True):
    """What a rule does to a general license, with its sentences."""

    license: GeneralLicenseAction | None
    quotes: dict[str, str] = {}


def read_license(
    text: RuleText, amendments: tuple[Amendment, ...], dates: RuleDates, *, near: date | None
) -> LicenseReading:
    """What the rule does to a general license in the regulations; None where it touches none."""
    amendment = next((a for a in amendments if _is_license(a, text)), None)
    if amendment is None:
        return LicenseReading(None)
    put_in = " ".join(block.text for block in amendment.blocks)
    prose = [text.part("SUMMARY"), *text.prose()]
    about = [s for p in prose for s in sentences(p) if _TGL.search(s)]
    name = _name(amendment, put_in, text)
    if re.search(
        r"\b(?:is|are)\s+removed\b|\bremoved and reserved\b|\bremov\w+ (?:and reserv\w+ )?(?:supplement|paragraph)",
        amendment.text,
        re.I,
    ):
        return _ended(name, about, near, amendment.text)
    old_new = _old_new([amendment.text, *about], near)
    status = _status(amendment, about, bool(old_new))
    start, end, quote = _period(put_in, about, near)
    if old_new:
        old, new, quote = old_new
        started = next(
            (parse(m["on"] or m["from"], near=near) for s in prose if (m := _STARTED.search(s))), start
        )
        return _reading(name, status, started, old, new, quote)
    if status is not LicenseStatus.ISSUED:
        old = None
        return _reading(name, status, start, old, _extended(about, near) or end, quote)
    return _reading(name, status, start or dates.effective_on, None, end or dates.effective_through, quote)


def _is_license(amendment: Amendment, text: RuleText) -> bool:
    if not _PLACE.match(amendment.provision) or amendment.list is not None:
        return False
    around = " ".join(
        [amendment.text, *(b.text for b in amendment.blocks), text.title, text.part("SUMMARY"), *text.prose()]
    )
    return bool(_TGL.search(around))


def _name(amendment: Amendment, put_in: str, text: RuleText) -> str:
    place = amendment.provision.replace("supplement ", "Supplement No. ")
    order = re.search(r"General Order No\. \d+", " ".join([put_in, *text.prose()]))
    if "736" in place and order:
        return f"{order[0]}, {place}"
    return f"Temporary General License, {place}"


def _status(amendment: Amendment, about: list[str], replaces: bool) -> LicenseStatus:
    issued = re.search(r"\badd(?:ing)?\s+(?:a\s+(?:new\s+)?)?(?:supplement|paragraph)", amendment.text, re.I)
    said = " ".join(about)
    if issued and not re.search(r"\bextend", said, re.I):
        return LicenseStatus.ISSUED
    extends = replaces or bool(_EXTENDED.search(said))
    if extends:
        changed = _CHANGED.search(said) and not replaces
        return LicenseStatus.EXTENDED_AND_AMENDED if changed else LicenseStatus.EXTENDED
    return LicenseStatus.NARROWED if _NARROWED.search(said) else LicenseStatus.ISSUED


def _ended(name: str, about: list[str], near: date | None, quote: str) -> LicenseReading:
    removed = [s for s in about if re.search(r"\bremov", s, re.I)] or about
    old = next((parse(m["old"], near=near) for s in [*removed, *about] if (m := _LAST.search(s))), None)
    status = LicenseStatus.REVOKED if any(_REVOKED.search(s) for s in about) else LicenseStatus.REMOVED
    return _reading(name, status, None, old, None, removed[0] if removed else quote)


def _old_new(texts: list[str], near: date | None) -> tuple[date | None, date | None, str] | None:
    for text in texts:
        for pattern in _OLD_NEW:
            if found := pattern.search(text):
                return parse(found["old"], near=near), parse(found["new"], near=near), text
    return None


def _extended(about: list[str], near: date | None) -> date | None:
    return next((parse(m["new"], near=near) for s in about if (m := _EXTENDED.search(s))), None)


def _period(put_in: str, about: list[str], near: date | None) -> tuple[date | None, date | None, str]:
    for text in (put_in, *about):
        for pattern in _VALID:
            if found := pattern.search(text):
                quote = next((s for s in sentences(text) if found["end"] in s), text)
                return parse(found["start"], near=near), parse(found["end"], near=near), quote
    for text in (put_in, *about):
        if found := _EXPIRES.search(text):
            quote = next((s for s in sentences(text) if found["end"] in s), text)
            return None, parse(found["end"], near=near), quote
    return None, None, ""


def _reading(
    name: str, status: LicenseStatus, start: date | None, old: date | None, new: date | None, quote: str
) -> LicenseReading:
    license_ = GeneralLicenseAction(
        name=name, status=status, valid_from=start, old_expiry=old, new_expiry=new
    )
    return LicenseReading(license_, {"general_license": quote} if quote else {})
