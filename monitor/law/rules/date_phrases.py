"""How the DATES of a rule state that it takes effect, ends, is put off, or asks for comments, as short patterns."""

import re
from datetime import date

from monitor.law.rules.days import parse_day
from monitor.law.rules.ends import BY
from monitor.law.rules.phrases import Phrase, find_phrases
from monitor.law.rules.tokens import DATE, Masked

_TO = r"(?:through|thru|(?:up\s+)?to|until|till)(?:\s+and\s+including)?,?\s+(?:on\s+)?"
_STOPS = r"ceas(?:es?|ing)\sto\s(?:be\s(?:in\s)?|have\s)effect(?:ive)?"
_ENDS = (
    rf"(?:will\s+|shall\s+)?(?:end(?:s|ing)?|expir(?:es?|ing)|sunsets?|terminat(?:es?|ing)|{_STOPS})"
    r"\s+(?:(?:on|at|after)\s+)?"
)
_REMAINS = r"(?:will\s+|shall\s+)?(?:remains?|continues?|be|is)\s+(?:in\s+effect|in\s+force|effective)\s+"
_ON, _THROUGH = rf"(?:the\s+)?(?P<on>{DATE})", rf"(?P<through>{DATE})"
_PERIODS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_ON},?\s+(?:and\s+)?{_TO}{_THROUGH}",
        rf"{_ON},?\s(?:and\s|for\sthe\speriod\s)?{_ENDS}{_THROUGH}",
        rf"{_ON},?\s+and\s+{_REMAINS}{_TO}{_THROUGH}",
        rf"{_ON}\s*[–—‑-]\s*{_THROUGH}",
        rf"{_ON}(?P<through>)",
        rf"(?P<on>){_TO}{_THROUGH}",
    )
)
_FROM = (
    r"(?:(?:immediately|on(?:\s+and\s+after)?|as\s+of|from|beginning|starting|upon|at"
    r"|for\s+the\s+period(?:\s+(?:from|of))?)\s+){0,3}"
)
_IN_EFFECT = (
    r"(?:(?:is|becomes?|(?:will|shall)\s+be(?:come)?)\s+effective|(?:(?:will|shall)\s+)?takes?\s+effect"
    r"|is\s+(?:the|its)\s+effective\s+date)"
)
TAKES_EFFECT = (
    Phrase("between", re.compile(rf"\beffective\s+between\s+{_ON}\s+and\s+{_THROUGH}", re.IGNORECASE)),
    Phrase(
        "day first",
        re.compile(
            rf"(?:\b(?:on|beginning|starting|as\s+of|from)\s+)?(?P<on>{DATE})(?P<through>),?\s+"
            rf"(?:th(?:is|e)\s+(?:[\w-]+\s+){{0,3}}(?:rule|action)\s+)?{_IN_EFFECT}\b",
            re.IGNORECASE,
        ),
    ),
    Phrase(
        "effective date of",
        re.compile(
            r"\beffective\s+dates?\s+(?:of|for)\s+th(?:is|e)\s+(?:[\w-]+\s+){1,4}?(?:is|(?:shall|will)\s+be)\s+"
            rf"{_FROM}",
            re.IGNORECASE,
        ),
        _PERIODS,
    ),
    Phrase(
        "effective",
        re.compile(
            rf"\beffective\b(?:\s+dates?(?:\s+(?:is|(?:shall|will)\s+be)\b)?)?\s*[:.]?\s*{_FROM}", re.IGNORECASE
        ),
        _PERIODS,
    ),
    Phrase(
        "takes effect",
        re.compile(
            rf"\b(?:tak(?:es?|ing)\s+effect|(?:go(?:es)?|comes?|enters?)\s+into\s+(?:effect|force))\s*:?\s*{_FROM}",
            re.IGNORECASE,
        ),
        _PERIODS,
    ),
)
EFFECT = re.compile(r"\beffective\b|\b(?:takes?|into)\s+effect\b|\binto\s+force\b", re.IGNORECASE)
RULE_ENDS = Phrase(
    "ends",
    re.compile(
        r"(?:\b(?:this|the)\s+(?:[\w-]+\s+){0,4}?(?:rule|suspension|stay|action|amendments?)|\bit)\s+", re.IGNORECASE
    ),
    tuple(
        re.compile(pattern, re.IGNORECASE) for pattern in (rf"{_ENDS}(?P<on>{DATE})", rf"{_REMAINS}{_TO}(?P<on>{DATE})")
    ),
)
EXPIRATION = re.compile(rf"\bexpir\w+\s+date(?:\s+of\s+this\s+rule)?(?:\s+is|\s*:)\s*(?P<on>{DATE})", re.IGNORECASE)
END_EXTENDED = re.compile(
    rf"\b(?:expiration|end)\b.*?\b(?:is|are)\s+extended\s+(?:until|to|through)\s+(?P<on>{DATE})", re.IGNORECASE
)
APPLICABLE = re.compile(
    r"(?i:\bapplicab(?:le|ility)\b)(?i:\s+dates?)?\s*:?\s*"
    rf"(?:(?i:as of|on|beginning|from|to|starting)\s+)*(?P<on>{DATE})"
)
COMMENTS = re.compile(rf"\bcomments?\b[^;]*?{BY}(?P<on>{DATE})", re.IGNORECASE)
COMMENTS_CLOSE = re.compile(
    rf"\bcomments?\b[^;]*?\b(?:clos\w+|ends?|due|extended\s+to|expires?)\s+(?:on\s+|at\s+)?(?P<on>{DATE})",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"\bcomments?\b.*\b(?:must\s+be|are\s+due|due|clos\w+|deadline|extended|reopened|no\s+later|within)\b",
    re.IGNORECASE,
)
PUTS_OFF = re.compile(
    r"\b(?P<verb>(?:delay|stay|postpon|defer)(?:e?d|s|ing|ement)?|suspen(?:ds?|ded|ding|sion))\b", re.IGNORECASE
)
PUT_OFF_UNTIL = re.compile(rf".*?\b{_TO}(?P<on>{DATE})", re.IGNORECASE)
IS_PUT_OFF = re.compile(
    r"\b(?:is|are|be)\s+(?:\w+\s+)?(?:delayed|stayed|suspended|postponed|deferred)\b|\bsuspends\b", re.IGNORECASE
)
SUSPENDS = re.compile(
    r"\b(?:suspen(?:ds?|ded|ding)|stay(?:s|ed|ing))\b.*?(?:§|\b(?:section|paragraph|supplement|rule|amendment|effect))"
    r"|(?:§|\b(?:sections?|paragraphs?|supplement|rule|amendments?)\b).*?\b(?:is|are|be)\s+(?:\w+\s+)?(?:stayed|suspended)\b",
    re.IGNORECASE,
)
OWN_DAY = re.compile(r"(?i:\s*(?:effective\b|this (?:\w+ ){0,3}rule is effective\b))")
PART = re.compile(
    r"(?i:\b(?:amendatory )?(?:instructions?|amendments?|paragraphs?|revisions? (?:to|of)|additions? "
    r"(?:to|of)|changes to|"
    r"sections?|§§?|removal of|supplement)\b)"
)
REST = re.compile(r"(?i:\b(?:all|any) other|\bremainder|\brest of)")
WHOLE = re.compile(
    r"(?i:\b(?:this|the) (?:[\w-]+ ){0,4}(?:rule|action|notice|document|order|correction|amendments?"
    r"|regulations?)\b)"
)
EARLIER = re.compile(r"(?i:\bpublished\b|\bwas\b|\bwere\b|\bbecame\b|\bhad been\b)")
HISTORY = re.compile(r"(?i:\b(?:was|were|became|originally|had been)\s*$)")


def find_first_day(masked: Masked, end: int, near: date | None) -> date | None:
    """The day on which a rule takes effect by words before a place ("Effective DAY, ..."); None without any."""
    found = next(find_phrases(masked.text[:end], TAKES_EFFECT), None)
    return parse_day(masked.words(found.match, "on"), near=near) if found is not None else None
