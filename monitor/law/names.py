"""Find where a name ends and its address begins, when nothing but a comma stands between them."""

import re

from monitor.law.addresses import DIGIT, has_address
from monitor.law.countries import is_country
from monitor.law.legal_forms import before_legal_form, is_legal_form, opens_with_english_form

PERSONAL_SUFFIX = re.compile(r"(?:(?:Jr|Sr|II|III|IV|Ph\.?D)\b[.\s]*)+(?:\([^()]*\)[\s.]*)?", re.IGNORECASE)
# A bracket that describes; one with other names is read by names_in_brackets.
NOTE = re.compile(r"\((?![afn]\.?k\.?a\b|d/?b/?a\b)[^()]*\)", re.IGNORECASE)
# A body of a larger body: "Academy of Sciences, Institute of Physics".
FIRM = re.compile(
    r"(?:joint[\s-]stock\s+company|limited\s+liability\s+company|federal\s+state|NPO|NPP)\b.*", re.IGNORECASE
)
BODY = re.compile(
    r"""
  (?:the\s+)?(?:(?:key|state|national|\w+(?:st|nd|rd|th))\s+)*
    (?:institut\w+|department|faculty|school|college|laborator\w+|academy|bureau|division|branch|directorate|cent(?:er|re))
    \s+(?:of|for)\b.*
  | .*\b(?:institut(?:e|ion)|laboratory|academy|bureau|plant|factory)(?:\s+“[^”]*”)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
LARGER_BODY = re.compile(
    r"\b(?:academy|ministry|university|corporation|concern|association|group|institute|commission|company)\b",
    re.IGNORECASE,
)
# "Institute of Physical, Technical and Radio Engineering Measurements" is one name.
LISTED = re.compile(r"\b(?:of|for)\s+\w+$")
LOCATED = re.compile(r"(?:in|near|at|off|located)\s")
ONE_WORD = re.compile(r"[A-Z][^\W\d_]+(?:['-][^\W\d_]+)*\.?")
LIST_ENDS = re.compile(r"\w+\s+and\s+\w+")


def split_name(text: str) -> tuple[str, str]:
    """Return the name at the head of a text and what follows behind its comma; empty where nothing follows.

    Legal forms and bodies of a larger body belong to the name, and a bracket is never cut in two.
    """
    comma = _next_comma(text, 0)
    while comma >= 0:
        following = _next_comma(text, comma + 1)
        segment = text[comma + 1 : following if following >= 0 else len(text)]
        if not _belongs(text[:comma], segment.strip()):
            return text[:comma], text[comma + 1 :].strip()
        comma = following
    return text, ""


def is_suffix(text: str) -> bool:
    """Return whether a text belongs to the name before it and is none itself: "Co., Ltd.", "Jr."."""
    return is_legal_form(text) or PERSONAL_SUFFIX.fullmatch(text) is not None


def is_place(name: str, rest: str) -> bool:
    """Return whether what follows a name and holds no word of an address is a place all the same."""
    return LOCATED.match(rest) is not None or (" " in name and ONE_WORD.fullmatch(rest) is not None)


def _next_comma(text: str, start: int) -> int:
    """Return where the next comma outside of brackets stands, or -1."""
    comma = text.find(",", start)
    while comma >= 0 and text.count("(", start, comma) > text.count(")", start, comma):
        comma = text.find(",", comma + 1)
    return comma


def _belongs(name: str, segment: str) -> bool:
    """Return whether what follows a comma still belongs to the name before it."""
    if not segment or is_suffix(segment) or NOTE.fullmatch(segment):
        return True
    if DIGIT.search(segment) is not None:
        return False
    if opens_with_english_form(segment):
        return True  # "Alfa Co., Ltd. Beijing Branch"
    if (firm := before_legal_form(segment)) is not None:
        return is_country(firm)  # "Hong Kong Co.": a firm's branch
    if LISTED.search(name) and LIST_ENDS.match(segment):
        return True
    is_body = FIRM.fullmatch(segment) or BODY.fullmatch(segment)
    return bool(is_body and LARGER_BODY.search(name)) and not has_address(segment)
