"""Cut a sentence into its verbs with the counts that follow each: "adding two entities"."""

import re

from msgspec import Struct

from monitor.law.rules.numbers import number
from monitor.law.rules.phrases import Found, Phrase, find_phrases
from monitor.law.rules.tokens import NUMBER, Masked, TokenKind, mask
from monitor.model.rules import Action, Kind

_STEMS = {
    "add": Action.ADD,
    "remov": Action.REMOVE,
    "delet": Action.REMOVE,
    "revis": Action.REVISE,
    "modif": Action.REVISE,
    "correct": Action.REVISE,
    "amend": None,
    "mov": None,
    "creat": None,
    "impos": None,
    "expand": None,
    "issu": None,
    "identif": None,
}
_VERB = rf"\b(?P<verb>{'|'.join(_STEMS)})(?:e|es|s|y|ies|ing|ying|ed|ied)?\b"
_FILLER = r"(?:(?!(?:and|or|under|to|from|of|for|in|on|with|by)\b)[\w.'’-]+\s+){0,4}?"
_UNIT = (
    r"(?P<unit>entit(?:y|ies)|entr(?:y|ies)|persons?|companies|company|affiliates?|address(?:es)?|alias(?:es)?"
    r"|individuals?|parties|organizations?)"
)
LIST = (
    r"(?P<entity_list>\bEntity [Ll]ist\b)|(?P<uvl>\bUnverified List\b|\bUVL\b)"
    r"|(?P<meu>\bMilitary[- ]End[- ]Users?(?: \(MEU\))? List\b|\bMEU\b['’]?\)? List\b|\bMEU List\b)"
    r"|(?P<veu>\b[Vv]alidated [Ee]nd[- ][Uu]sers?\b|\bVEUs?\b)"
)
_AN = r"an?(?=\s+(?:inadvertently|additional|existing|new|entity|entry|person|address|alias)\b)"
_AND_MORE = (
    rf"\band\s+(?P<count>{NUMBER})\s+(?:(?:entit(?:y|ies)|entr(?:y|ies)|persons?)\s+)?"
    r"(?=(?:located\s+)?(?:in|under)\b)"
)
_PHRASES = (
    Phrase("them", re.compile(r"\b(?:adding|removing) them\b", re.IGNORECASE)),
    Phrase("verb", re.compile(_VERB, re.IGNORECASE)),
    Phrase("transfer", re.compile(rf"\btransfer(?:s|ring)?(?=\s+{NUMBER}\s)", re.IGNORECASE)),
    Phrase("list", re.compile(LIST, re.IGNORECASE)),
    Phrase(
        "count",
        re.compile(rf"\b(?P<total>a total of\s+)?(?P<count>{NUMBER}|no|{_AN})\s+", re.IGNORECASE),
        (re.compile(rf"{_FILLER}{_UNIT}\b", re.IGNORECASE),),
    ),
    Phrase("and more", re.compile(_AND_MORE, re.IGNORECASE)),
    Phrase("the entry", re.compile(r"\bthe (?:existing |Entity List )*entry(?= (?:of|for)\b)", re.IGNORECASE)),
    Phrase("entries", re.compile(r"\bentr(?:y|ies)\b", re.IGNORECASE)),
)
_OF_ENTRIES = re.compile(r"\s+(?:the\s+)?(?:existing\s+)?(?:Entity List\s+)?entr(?:y|ies)\b", re.IGNORECASE)
_OF_ONE = re.compile(r" (?:of|for) (?:one|1)\b", re.IGNORECASE)
_SAME_ENTRIES = re.compile(r"\b(?:these|those|such|each|both)\s+(?:\w+\s+)?$", re.IGNORECASE)
LISTS = {"entity_list": Kind.ENTITY_LIST_RULE, "uvl": Kind.UNVERIFIED_LIST, "meu": Kind.MEU_LIST, "veu": Kind.VEU}
_PARTS_OF_ENTRIES = {"addresses", "aliases"}
_OF_AN_ENTRY = re.compile(r"\b(?:from|to|of|for|in|on)\s+(?:the\s+)?$")


class Clause(Struct):
    """A verb of a sentence with the counts that follow it, by unit."""

    action: Action | None
    list: Kind | None = None
    units: dict[str, int] = {}
    breakdown: bool = False
    stem: str = ""
    mentions: bool = False  # entries or a list, without a count
    uncounted: bool = False  # it has entries that it does not count
    entries_end: int = 0
    of_entry: bool = False  # it changes parts of entries, and no entry


def clauses_of(sentence: str) -> list[Clause]:
    """The clauses of a sentence in order: one for each verb that adds, revises, removes, or does neither."""
    clauses: list[Clause] = []
    pending: dict[str, int] = {}
    first_count_ends = 0
    masked = mask(sentence, TokenKind.NUMBER)
    for phrase in find_phrases(masked.text, _PHRASES):
        if phrase.kind == "verb":
            _take_verb(phrase, sentence, clauses, pending)
            pending = {}
        elif phrase.kind == "count":
            first_of_clause = bool(clauses) and not clauses[-1].units
            pending = _take_count(phrase, masked, clauses, pending)
            first_count_ends = phrase.end if first_of_clause else first_count_ends
        elif phrase.kind == "and more":
            value = number(masked.words(phrase.match, "count"))
            _take_more(value, sentence[first_count_ends : phrase.start], clauses)
        else:
            _take_other(phrase, sentence, clauses)
    return clauses


def _take_other(phrase: Found, sentence: str, clauses: list[Clause]) -> None:
    if phrase.kind == "them":
        action = Action.ADD if phrase.match[0].lower().startswith("add") else Action.REMOVE
        clauses.append(Clause(action, units=dict(clauses[-1].units) if clauses else {}))
    elif phrase.kind == "transfer":  # from one list to another
        clauses.append(Clause(Action.ADD, stem="transfer"))
    elif clauses and phrase.kind == "list":
        named = next(LISTS[name] for name in LISTS if phrase.match[name])
        clauses[-1].list = named if clauses[-1].stem == "transfer" else clauses[-1].list or named
        clauses[-1].mentions = True
    elif clauses and phrase.kind == "the entry" and not _OF_ONE.match(sentence, phrase.end):
        clauses[-1].units = clauses[-1].units or {"entries": 1}
    elif clauses and phrase.kind in ("entries", "the entry") and not _SAME_ENTRIES.search(sentence[: phrase.start]):
        clauses[-1].mentions = True
        clauses[-1].uncounted = not clauses[-1].units
        clauses[-1].entries_end = phrase.end


def _take_verb(phrase: Found, sentence: str, clauses: list[Clause], pending: dict[str, int]) -> None:
    stem, participle = phrase.match["verb"].lower(), phrase.match[0].lower().endswith("ed")
    action = _STEMS[stem]
    before = sentence[: phrase.start]
    passive = re.search(r"\b(?:is|are|were|was|been|being|be)\s+(?:also\s+)?$", before)
    if action is None and _OF_ENTRIES.match(sentence, phrase.end):
        action = Action.REVISE
    if participle and not passive:
        action = None  # "the entities added in this rule" are mentioned, not added
    clause = Clause(action, stem=stem)
    if passive and pending:
        clause.units = dict(pending) if 0 in pending.values() or not clauses else {}
    elif passive:
        zero = next((c for c in clauses if c.action is not None and 0 in c.units.values()), None)
        clause.units = dict(zero.units) if zero and re.search(r"\bor\s+(?:\w+\s+)?$", before) else {}
    if participle and clauses and 0 in clauses[-1].units.values():
        clause.action, clause.units = _STEMS[stem], dict(clauses[-1].units)
    clauses.append(clause)


def _take_count(phrase: Found, masked: Masked, clauses: list[Clause], pending: dict[str, int]) -> dict[str, int]:
    value = number(masked.words(phrase.opening, "count"))
    if value is None:
        return pending
    unit = _unit(phrase.match["unit"])
    if clauses and clauses[-1].stem in ("expand", "amend") and "existing" in masked.original[phrase.start : phrase.end]:
        clauses[-1].action = Action.REVISE  # a control is imposed on entries that are listed already
    if clauses and clauses[-1].action is not None:
        clause = clauses[-1]
        of_entry = clause.units and clause.units.keys() <= _PARTS_OF_ENTRIES
        if of_entry and _OF_AN_ENTRY.search(masked.original[: phrase.start]):
            clause.of_entry = True  # "removing two addresses from one entity"
            return pending
        between = masked.original[clause.entries_end : phrase.start]
        if clause.uncounted and not re.match(r"\s*(?:of|for)\s+(?:the\s+)?$", between):
            return pending  # "the entries for A and three of its affiliates" are not three
        clause.uncounted = False
        clauses[-1].units.setdefault(unit, value)
        clauses[-1].breakdown = clauses[-1].breakdown or bool(phrase.opening["total"])
        return pending
    return {**pending, unit: value}


def _take_more(value: int | None, between: str, clauses: list[Clause]) -> None:
    """Add to a count: "one person located in X and one under Y" is two; after a comma stand only their places."""
    clause = clauses[-1] if clauses else None
    if clause is None or value is None or not clause.units or clause.breakdown:
        return
    if not re.match(r"\s*(?:located in|under|from)\b", between) or "," in between:
        return
    unit = next(reversed(clause.units))
    clause.units[unit] += value


def _unit(word: str) -> str:
    lower = word.lower()
    if lower.startswith("entr"):
        return "entries"
    if lower.startswith("alias"):
        return "aliases"
    return "addresses" if lower.startswith("address") else "entities"
