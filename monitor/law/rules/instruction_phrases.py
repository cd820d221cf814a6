"""The phrases of instructions to the lists: verbs, countries, counts, and what is called an entry."""

import re
from collections.abc import Iterator

from msgspec import Struct

from monitor.law.rules.destinations import heading
from monitor.law.rules.phrases import Found, Phrase, find_phrases
from monitor.law.rules.quoted import NAME
from monitor.law.rules.tokens import COUNTRY, COUNTRY_NOTE, NUMBER, Masked, TokenKind, mask
from monitor.model.rules import Action

VERBS = {
    "add": Action.ADD,
    "insert": Action.ADD,
    "revis": Action.REVISE,
    "modif": Action.REVISE,
    "correct": Action.REVISE,
    "amend": Action.REVISE,
    "updat": Action.REVISE,
    "remov": Action.REMOVE,
    "delet": Action.REMOVE,
}
_STEM = "|".join(VERBS)
_VERB = rf"(?P<word>(?i:{_STEM}))(?:e|ing|ed|es|s|y|ying)?"
_ENTRY = r"(?:entr(?:y|ies)|listings?)"
_IN_ENTRY = rf"\b(?i:in|to|from|of|within) the (?:existing )?{_ENTRY}\b"
_COUNT = (
    rf"\b(?P<word>an?|{NUMBER})\s+(?:(?:new|existing|additional|other|more)\s+)*"
    rf"(?:{_ENTRY}|entities|entity|persons?)\b"
)
_BY_DOING = r"\bby\s+(?P<word>[a-z]+ing)\b"
_DOING = rf"\b(?P<word>[A-Za-z]+)\s+(?:the|an|a)\s+(?:\w+\s+)?{_ENTRY}\b(?<!in the entry)(?<!in the entries)"
_DETAIL = (
    r"\b(?:alias(?:es)?|address(?:es)?|phrases?|words?|text|columns?|citations?|references?|footnotes?"
    r"|in its place|sentences?|paragraphs?|dates?)\b"
)
_UNDER = (
    r"\b(?:[Uu]nder|[Ff]or the (?:country|destinations?) of)\s+(?:(?:each of|both|all of)\s+)?(?:the\s+)?"
    r"(?:(?:headings?|countr(?:y|ies)|destinations?)\s+(?:(?:of|for)\s+)?)?(?:the\s+)?[“]?"
)
_NOTED = rf"{COUNTRY}(?:\s*{COUNTRY_NOTE})?"
_COUNTRIES = rf"(?P<word>{_NOTED}(?:(?:,\s*(?:and\s+)?|\s+and\s+)(?:the\s+)?{_NOTED})+)"  # "CANADA, INDIA, and JAPAN"
_AFTER_COUNTRY = rf"(?=\s*(?:[,:;.\n⟦{TokenKind.NUMBER}—–-]|$|\b(?:(?:by|and|to|in|an?|the)\b|entr|{_STEM})))"
# A heading that no list of countries has: words in capitals, or capitalized ones before a comma or colon.
_SMALL = r"(?:(?i:of|the|and)\s+)*"
_GAP = r"[ ,.\-]+"
_CAPITALS = r"[A-Z][A-Z'’]+"
_CAPITALIZED = rf"[A-Z{TokenKind.COUNTRY}][\w'’\-]+"
_NO_HEADING = r"(?!Supplement|Part|Section|License|Federal|General|Country)"
_HEADINGS = (
    re.compile(_COUNTRIES),
    re.compile(rf"(?P<word>{COUNTRY})(?:\s*{COUNTRY_NOTE})?(?:(?=\)|\s+for\b)|{_AFTER_COUNTRY})", re.MULTILINE),
    re.compile(
        rf"(?P<word>(?:{COUNTRY}{_GAP})?{_CAPITALS}(?:{_GAP}{_SMALL}{_CAPITALS})*(?:{_GAP}{_SMALL}{COUNTRY})?)"
        rf"(?:\s*{COUNTRY_NOTE})?{_AFTER_COUNTRY}",
        re.MULTILINE,
    ),
    re.compile(rf"(?P<word>{_NO_HEADING}{_CAPITALIZED}(?:\s+{_SMALL}{_CAPITALIZED})*)(?=\s*[,:])"),
)
# A known country that opens an item in other words: "In CHINA, by adding".
_OPENS_ITEM = re.compile(
    r"^\s*(?:In|For|With respect to|As to|At)\s+(?:the\s+)?(?:(?:heading|destination)s?\s+(?:of\s+)?)?"
)
_KNOWN = (
    re.compile(rf"{_COUNTRIES}(?=\s*[,:—–-])"),
    re.compile(rf"(?P<word>{COUNTRY})(?:\s*{COUNTRY_NOTE})?(?=\s*[,:—–-])"),
)
_PASSIVE = re.compile(r"\b(?:is|are|be|being)\s+(?:also\s+)?$")
_PHRASES = (
    Phrase("name", re.compile(NAME.pattern.replace("(", "(?P<word>", 1))),
    Phrase("in entry", re.compile(rf"(?P<word>{_IN_ENTRY})")),
    Phrase("verb", re.compile(rf"\b{_VERB}\b")),
    Phrase("count", re.compile(_COUNT)),
    Phrase("by doing", re.compile(_BY_DOING)),
    Phrase("doing to entry", re.compile(_DOING)),
    Phrase("country", re.compile(_UNDER), _HEADINGS),
    Phrase("country", _OPENS_ITEM, _KNOWN),
    Phrase("detail", re.compile(rf"(?P<word>{_DETAIL})")),
    Phrase("entry", re.compile(rf"\b(?P<word>{_ENTRY})\b")),
)
# What stands where an unknown verb could, and is none.
_NO_VERBS = frozenset(
    (
        "following",
        "according",
        "referencing",
        "using",
        "including",
        "in",
        "to",
        "from",
        "of",
        "under",
        "for",
        "with",
        "order",
        "table",
        "list",
        "place",
        "and",
        "or",
        "as",
        "is",
        "are",
    )
)


class InstructionPhrase(Struct, frozen=True):
    """A phrase of an instruction.

    `verb` is a stem of `VERBS`, another word that is used as a verb, or empty; `passive` where it follows what it
    acts on ("is added"); `countries` are the headings that a phrase names.
    """

    kind: str
    word: str
    verb: str
    start: int
    end: int
    passive: bool = False
    countries: tuple[str, ...] = ()


def phrases_of(text: str) -> Iterator[InstructionPhrase]:
    """The phrases of an instruction in order; `text` has its quoted names masked."""
    masked = mask(text, TokenKind.COUNTRY, TokenKind.NUMBER)
    for found in find_phrases(masked.text, _PHRASES):
        word = masked.words(found.match, "word")
        kind = found.kind
        if kind == "count" and word != word.lower():  # it begins a sentence about entries, and instructs nothing
            kind = "entry" if re.search(rf"{_ENTRY}$", found.match[0]) else ""
        if kind:
            verb, passive = (
                _verb(found, word.lower()),
                bool(_PASSIVE.search(text[max(0, found.start - 12) : found.start])),
            )
            countries = _countries(masked, found, word) if kind == "country" else ()
            yield InstructionPhrase(kind, word, verb, found.start, found.end, passive, countries)


def _countries(masked: Masked, found: Found, word: str) -> tuple[str, ...]:
    """The headings of a phrase: one, whether a list of countries has it or not, or several known ones."""
    start, end = found.match.span("word")
    known = [
        masked.original[t.start : t.end]
        for t in masked.tokens
        if t.kind is TokenKind.COUNTRY and start <= t.start < end
    ]
    several = found.match.re.pattern.startswith(_COUNTRIES)
    return tuple(dict.fromkeys(map(heading, known))) if several else (heading(word),)


def _verb(found: Found, word: str) -> str:
    if found.kind == "verb":
        return word
    if found.kind not in ("by doing", "doing to entry") or word in _NO_VERBS:
        return ""
    verb = re.fullmatch(_VERB, word)
    return verb["word"] if verb else word
