"""Cut prose into sentences without tripping over the abbreviations of the law and of company names."""

import re

from monitor.law.legal_forms import ends_in_abbreviated_form

_ABBREVIATION = re.compile(
    r"(?:\b(?:[Nn]o|[Nn]os|U\.S|U\.K|U\.S\.C|U\.A\.E|E\.O|i\.e|e\.g|a\.k\.a|f\.k\.a"
    r"|n\.k\.a|et seq"
    r"|Mr|Dr|St|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|vs|Sec|Pub|Stat|cf|approx)|\b[A-Z])\.$"
)
_HOUR = re.compile(r"\d\s*[ap]\.m\.$")
_ZONE = re.compile(r"\s+\(?(?:UTC|GMT|E[SD]?T\b|U\.S\.|[Ee]astern\b|[Ll]ocal\b|\w+day\b)")
_END = re.compile(r"[.?!][\"”’')\]]*(?=\s+[\"“‘(\[]?[A-Z0-9§•])")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, in order, each with its full stop."""
    found, start = [], 0
    for end in _END.finditer(text):
        before = text[start : end.start() + 1]
        if _ABBREVIATION.search(before) or ends_in_abbreviated_form(before):
            continue
        if _HOUR.search(before) and _ZONE.match(text, end.end()):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found
