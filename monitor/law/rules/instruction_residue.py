"""The words of an instruction that no pattern took and that could carry a meaning: names, numbers, countries, verbs."""

import re

from monitor.law.rules.amendments import PROVISIONS
from monitor.law.rules.instruction_phrases import phrases_of
from monitor.law.rules.tokens import TokenKind, mask

_WORDS_THAT_CONNECT = (
    "a additional alphabetical alphabetically also an and appropriate are as at be below by correct "
    "destination destinations each effective existing following follows for from heading headings in "
    "introductory is it its law list listed listing listings name names new no numerical of on or order "
    "other place places proper read reads reserve reserved respective respectively so table that the "
    "their them therefor these this those to under which with within additions deletions modifications "
    "removals revisions addition deletion modification removal revision affiliates entity entities person "
    "persons company companies individual individuals organization "
    "well respect ear cfr title export administration regulations"
)
_CONNECTIVES = frozenset(_WORDS_THAT_CONNECT.split())
_COLUMNS = re.compile(
    r"\b(?:License Requirement|License Review Policy|Federal Register Citation|Country|Entity)\b", re.IGNORECASE
)
_HYPHENATED = re.compile(r"(?<=[a-z])[-‐‑] ?(?=[a-z])")
# Names without quotation marks are read by rules of their own.
_UNQUOTED = re.compile(
    r"\b(?:entr(?:y|ies)|listings?)(?:,?\s+in\s+alphabetical\s+order,?)?\s+for\s+(?!⟦)(?:(?!\bby\s+\w+ing\b|\bunder\b).)*",
    re.DOTALL,
)
_FOOTNOTE = re.compile(r"(?<=⟧)\s?\d{1,2}\b|\bfootnotes?(?:(?:,| and|,? and)? \d{1,2})+\b")
_LEFT = re.compile(r"\w[\w'’&.-]*")


def residue(text: str) -> list[str]:
    """What is left of an item beside its phrases and the words that only connect; `text` has its names masked."""
    masked = mask(text, TokenKind.COUNTRY, TokenKind.NUMBER, TokenKind.DATE)
    taken = [(phrase.start, phrase.end) for phrase in phrases_of(text)]
    taken += [(token.start, token.end) for token in masked.tokens if token.kind is TokenKind.DATE]
    for pattern in (*PROVISIONS, _COLUMNS, _UNQUOTED, _FOOTNOTE):
        taken += [found.span() for found in pattern.finditer(text)]
    left = list(text)
    for start, end in taken:
        left[start:end] = " " * (end - start)
    words = _LEFT.findall(_HYPHENATED.sub("", "".join(left)))
    # "The columns of all entries for …" are revised whatever their number is.
    passed = _CONNECTIVES | {"all"} if "column" in text and _COLUMNS.search(text) else _CONNECTIVES
    return [word for word in words if word.strip(".'’-&").lower() not in passed]
