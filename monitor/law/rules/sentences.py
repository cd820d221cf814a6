"""Cut prose into sentences without tripping over the abbreviations of the law and of company names."""

import re

_ABBREVIATION = re.compile(
    r"(?:\b(?:[Nn]o|[Nn]os|Co|Ltd|Inc|Corp|Pvt|Pte|U\.S|U\.K|U\.S\.C|U\.A\.E|E\.O|i\.e|e\.g|a\.k\.a|f\.k\.a"
    r"|n\.k\.a|et seq"
    r"|Mr|Dr|St|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|vs|Sec|Pub|Stat|cf|approx)|\b[A-Z])\.$"
)
_END = re.compile(r"[.?!][\"”’')\]]*(?=\s+[\"“‘(\[]?[A-Z0-9§•])")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, in order, each with its full stop."""
    found, start = [], 0
    for end in _END.finditer(text):
        if _ABBREVIATION.search(text[start : end.start() + 1]):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found
