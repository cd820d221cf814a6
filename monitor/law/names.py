"""Where a name ends and its address begins, when nothing but a comma stands between them."""

import re

from monitor.law.addresses import DIGIT, has_address
from monitor.law.countries import is_known
from monitor.law.legal_forms import is_legal_form

OPENING_FORM = re.compile(r"(?:Co|Corp|Inc|Ltd|Limited|LLC)\b")
CLOSING_FORM = re.compile(r"\s+(?:Co|Corp|Inc|Ltd|Limited|LLC)\.?$")
# A bracket that describes; one with other names is told apart by names_in_brackets.
NOTE = re.compile(r"\((?![afn]\.?k\.?a\b|d/?b/?a\b)[^()]*\)", re.IGNORECASE)
# A body of a larger body: "Academy of Sciences, Institute of Physics".
BODIES = (
    re.compile(
        r"(?:joint[\s-]stock\s+company|limited\s+liability\s+company|federal\s+state|NPO|NPP)\b.*", re.IGNORECASE
    ),
    re.compile(
        r"(?:the\s+)?(?:(?:key|state|national|\w+(?:st|nd|rd|th))\s+)*(?:institut\w+|department|faculty|school|college"
        r"|laborator\w+|academy|bureau|division|branch|directorate|cent(?:er|re))\s+(?:of|for)\b.*",
        re.IGNORECASE,
    ),
    re.compile(r".*\b(?:institut(?:e|ion)|laboratory|academy|bureau|plant|factory)(?:\s+“[^”]*”)?", re.IGNORECASE),
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


def is_place(name: str, rest: str) -> bool:
    """Tell whether what follows a name and holds no word of an address is a place all the same."""
    return LOCATED.match(rest) is not None or (" " in name and ONE_WORD.fullmatch(rest) is not None)


def _next_comma(text: str, start: int) -> int:
    """Return where the next comma outside of brackets stands, or -1."""
    comma = text.find(",", start)
    while comma >= 0 and text.count("(", start, comma) > text.count(")", start, comma):
        comma = text.find(",", comma + 1)
    return comma


def _belongs(name: str, segment: str) -> bool:
    """Tell whether what follows a comma still belongs to the name before it."""
    if not segment or is_legal_form(segment) or NOTE.fullmatch(segment):
        return True
    if DIGIT.search(segment) is not None:
        return False
    if OPENING_FORM.match(segment):
        return True  # "Alfa Co., Ltd. Beijing Branch"
    if (form := CLOSING_FORM.search(segment)) is not None:
        return is_known(segment[: form.start()])  # "Hong Kong Co.": a firm's branch
    if LISTED.search(name) and LIST_ENDS.match(segment):
        return True
    is_body = any(body.fullmatch(segment) for body in BODIES)
    return is_body and LARGER_BODY.search(name) is not None and not has_address(segment)
