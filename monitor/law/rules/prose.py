"""What the discussion of a rule adds: names, the terms of a listing, its reason, what it corrects."""

import re
from collections import Counter

from msgspec import Struct

from monitor.law.rules.destinations import heading, is_destination
from monitor.law.rules.sentences import sentences
from monitor.law.rules.text import Piece, RuleText
from monitor.law.rules.tokens import COUNTRY, TokenKind, mask
from monitor.model.rules import Action, Instruction, RuleMetadata, RuleRow

_FOOTNOTE = re.compile(r"\bfootnotes?\s+(\d{1,2})\s+designat|\bnew footnote\s+(\d{1,2})\b", re.IGNORECASE)
_REASON = re.compile(
    r"\b(?:based on|because|on the basis|for (?:their|its)|have been involved|has been involved"
    r"|contrary to|support of)\b",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"\bERC\b.{0,40}\bdetermin|\bdetermined\b|\bbasis\b|\bactivit", re.IGNORECASE)
_REQUIREMENT = re.compile(r"\blicense requirement\b|\blicenses? (?:will be|are|is) required\b", re.IGNORECASE)
_POLICY = re.compile(
    r"\b(?:presumption of (?:denial|approval)|policy of (?:denial|approval)|case-by-case)\b", re.IGNORECASE
)
_EXCEPTIONS = re.compile(
    r"\bno license exceptions?\b|\blicense exceptions? .{0,60}\b(?:available|unavailable|eligible)\b",
    re.IGNORECASE,
)
_UNDER = re.compile(rf"\(under (?:the )?(?P<country>{COUNTRY})\)", re.IGNORECASE)
_CORRECTS_NUMBER = re.compile(
    r"\b(?:FR Doc\.?|rule document|document)\s+(?:No\.?\s*)?((?:[A-Z]\d?-)?\d{4}-\d{4,5}|E\d-\d{4,5})",
    re.IGNORECASE,
)
_CORRECTS_CITATION = re.compile(r"\((\d{2,3} FR \d{1,6})[^)]*\)|\b(\d{2,3} FR \d{1,6})\b")


class Terms(Struct, frozen=True):
    """The terms most of the new entries share, in the words of the table or of the discussion."""

    license_requirement: str | None
    license_review_policy: str | None
    license_exceptions: str | None
    quotes: dict[str, str]


def names_in_prose(text: RuleText, instructions: tuple[Instruction, ...]) -> dict[str, list[str]]:
    """The names given outside the tables, by country: in instructions, lists with bullets, and sentences."""
    names: dict[str, list[str]] = {}
    for instruction in instructions:
        names.setdefault(instruction.country, []).extend(instruction.names)
    country = ""
    for block in text.discussion:
        if block.piece is Piece.HEADING or is_destination(block.text):
            country = heading(block.text)
        elif block.text.startswith("•"):
            names.setdefault(country, []).extend(_bulleted(block.text))
        else:
            for named, destination in _named_with_country(block.text):
                names.setdefault(heading(destination), []).append(named)
    return names


def _bulleted(text: str) -> list[str]:
    names = (re.sub(r"[,;]?\s*(?:and|or)?\s*$", "", name.strip()) for name in text.split("•"))
    return [name.rstrip(",; ") for name in names if name]


def _named_with_country(paragraph: str) -> list[tuple[str, str]]:
    """Names that the discussion gives with their country: "X (under China), and Y (under the U.A.E.)"."""
    found: list[tuple[str, str]] = []
    if "(under " not in paragraph.lower():
        return found
    masked = mask(paragraph, TokenKind.COUNTRY)
    start = paragraph.find(": ") + 2 if ": " in paragraph else 0
    for match in _UNDER.finditer(masked.text, start):
        named = paragraph[start : match.start()].rpartition("; ")[2]
        found.append((re.sub(r"^[,;\s]*(?:and\s+)?", "", named).strip(" ,;"), masked.words(match, "country")))
        start = match.end()
    return found


def footnotes_in(text: RuleText, rows: tuple[RuleRow, ...]) -> tuple[str, ...]:
    """The footnote designations that the rows carry or the discussion gives, in order."""
    found = {mark for row in rows for mark in row.footnotes}
    found |= {a or b for p in text.prose() for a, b in _FOOTNOTE.findall(p)}
    return tuple(sorted(found, key=int))


def terms_of(text: RuleText, rows: tuple[RuleRow, ...]) -> Terms:
    """License requirement and review policy of the additions, with the sentences on them."""
    added = [row for row in rows if row.action is Action.ADD]
    quotes: dict[str, str] = {}
    for paragraph in text.prose():
        for sentence in sentences(paragraph):
            for field, pattern in (
                ("license_requirement", _REQUIREMENT),
                ("license_review_policy", _POLICY),
                ("license_exceptions", _EXCEPTIONS),
            ):
                if pattern.search(sentence) and not _is_boilerplate(sentence):
                    quotes.setdefault(field, sentence)
    return Terms(
        _shared([row.license_requirement for row in added]),
        _shared([row.license_review_policy for row in added]),
        quotes.get("license_exceptions"),
        quotes,
    )


def _shared(values: list[str]) -> str | None:
    """The value all rows share; None where they differ."""
    different = Counter(re.sub(r"[\s.]+", "", value).casefold() for value in values if value)
    return next(v for v in values if v) if len(different) == 1 else None


def _is_boilerplate(sentence: str) -> bool:
    return bool(
        re.search(
            r"\bis identified in\b|\bcolumn\b|\bfor each (?:listed )?entity\b|\bimpose additional\b",
            sentence,
            re.IGNORECASE,
        )
    )


def stated_reason_of(text: RuleText) -> str | None:
    """The first sentence that states on what grounds entries are added, revised or removed."""
    for paragraph in text.prose():
        for sentence in sentences(paragraph):
            grounds = _REASON.search(sentence) and _DETERMINED.search(sentence) and "ERC" in paragraph
            if grounds and not re.match(r"The (?:Entity List|End-User Review)|Under §", sentence):
                return sentence
    return None


def corrected_document(metadata: RuleMetadata, text: RuleText) -> str | None:
    """The document that this one corrects: its number, else the citation or date under which it appeared."""
    own = re.match(r"[CR]\d+-(.+)", metadata.document_number, re.IGNORECASE)
    if own:
        return own[1]
    stated = " ".join([text.part("SUMMARY"), metadata.abstract or "", *text.prose()])
    by_number = _CORRECTS_NUMBER.search(stated)
    if by_number:
        return by_number[1]
    by_citation = _CORRECTS_CITATION.search(stated)
    return (by_citation[1] or by_citation[2]) if by_citation else None
