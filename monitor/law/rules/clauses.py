"""Cut a sentence into its verbs with the counts that follow each: "adding two entities"."""

import re

from msgspec import Struct

from monitor.law.rules.numbers import NUMBER, number
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
_MOVED = rf"\btransfer(?:s|ring)?(?=\s+{NUMBER}\s)"
_FILLER = r"(?:(?!(?:and|or|under|to|from|of|for|in|on|with|by)\b)[\w.'’-]+\s+){0,4}?"
_UNIT = (
    r"(?P<unit>entit(?:y|ies)|entr(?:y|ies)|persons?|companies|company|affiliates?|address(?:es)?"
    r"|individuals?|parties|organizations?)"
)
LIST = (
    r"(?P<entity_list>\bEntity [Ll]ist\b)|(?P<uvl>\bUnverified List\b|\bUVL\b)"
    r"|(?P<meu>\bMilitary[- ]End[- ]Users?(?: \(MEU\))? List\b|\bMEU\b['’]?\)? List\b|\bMEU List\b)"
)
_EVENT = re.compile(
    rf"(?P<them>\b(?:adding|removing) them\b)|{_VERB}|(?P<moved>{_MOVED})|(?P<list>{LIST})"
    rf"|\b(?P<total>a total of\s+)?(?P<count>{NUMBER}|no|an?(?=\s+(?:inadvertently|additional|existing"
    rf"|new|entity|entry|person|address)\b))"
    rf"\s+{_FILLER}{_UNIT}\b"
    rf"|(?P<more>\band\s+(?P<more_count>{NUMBER})\s+(?:(?:entit(?:y|ies)|entr(?:y|ies)|persons?)\s+)?(?="
    rf"(?:located\s+)?(?:in|under)\b))"
    r"|(?P<the_entry>\bthe (?:existing |Entity List )*entry (?:of|for)\b(?! (?:one|1)\b))|"
    r"(?P<entries>\bentr(?:y|ies)\b)",
    re.IGNORECASE,
)
_OF_ENTRIES = re.compile(r"\s+(?:the\s+)?(?:existing\s+)?(?:Entity List\s+)?entr(?:y|ies)\b", re.IGNORECASE)
_SAME_ENTRIES = re.compile(r"\b(?:these|those|such|each|both)\s+(?:\w+\s+)?$", re.IGNORECASE)
LISTS = {"entity_list": Kind.ENTITY_LIST_RULE, "uvl": Kind.UNVERIFIED_LIST, "meu": Kind.MEU_LIST}


class Clause(Struct):
    """A verb of a sentence with the counts that follow it, by unit."""

    action: Action | None
    list: Kind | None = None
    units: dict[str, int] = {}
    breakdown: bool = False
    stem: str = ""
    speaks: bool = False  # of entries or a list, without a count
    uncounted: bool = False  # of entries that it does not count
    entries_end: int = 0


def clauses_of(sentence: str) -> list[Clause]:
    """The clauses of a sentence in order: one for each verb that adds, revises, removes, or does neither."""
    clauses: list[Clause] = []
    pending: dict[str, int] = {}
    first_count_ends = 0
    for event in _EVENT.finditer(sentence):
        if event["verb"]:
            _take_verb(event, sentence, clauses, pending)
            pending = {}
        elif event["count"]:
            first_of_clause = bool(clauses) and not clauses[-1].units
            pending = _take_count(event, clauses, pending)
            first_count_ends = event.end() if first_of_clause else first_count_ends
        elif event["more_count"]:
            _take_more(event, sentence[first_count_ends : event.start()], clauses)
        else:
            _take_other(event, clauses)
    return clauses


def _take_other(event: re.Match[str], clauses: list[Clause]) -> None:
    if event["them"]:
        action = Action.ADD if event["them"].lower().startswith("add") else Action.REMOVE
        clauses.append(Clause(action, units=dict(clauses[-1].units) if clauses else {}))
    elif event["moved"]:  # from one list to another
        clauses.append(Clause(Action.ADD, stem="transfer"))
    elif clauses and event["list"]:
        named = next(LISTS[name] for name in LISTS if event[name])
        clauses[-1].list = named if clauses[-1].stem == "transfer" else clauses[-1].list or named
        clauses[-1].speaks = True
    elif clauses and event["the_entry"]:
        clauses[-1].units = clauses[-1].units or {"entries": 1}
    elif clauses and event["entries"] and not _SAME_ENTRIES.search(event.string[: event.start()]):
        clauses[-1].speaks = True
        clauses[-1].uncounted = not clauses[-1].units
        clauses[-1].entries_end = event.end()


def _take_verb(event: re.Match[str], sentence: str, clauses: list[Clause], pending: dict[str, int]) -> None:
    action = _STEMS[event["verb"].lower()]
    passive = re.search(r"\b(?:is|are|were|was|been|being|be)\s+(?:also\s+)?$", sentence[: event.start()])
    if action is None and _OF_ENTRIES.match(sentence, event.end()):
        action = Action.REVISE
    if event[0].lower().endswith("ed") and not passive:
        action = None  # "the entities added in this rule" tell nothing new
    clause = Clause(action, stem=event["verb"].lower())
    if passive and pending:
        clause.units = dict(pending) if 0 in pending.values() or not clauses else {}
    elif passive:
        zero = next((c for c in clauses if c.action is not None and 0 in c.units.values()), None)
        clause.units = dict(zero.units) if zero and re.search(r"\bor\s+(?:\w+\s+)?$", sentence[: event.start()]) else {}
    if event[0].lower().endswith("ed") and clauses and 0 in clauses[-1].units.values():
        clause.action, clause.units = _STEMS[event["verb"].lower()], dict(clauses[-1].units)
    clauses.append(clause)


def _take_count(event: re.Match[str], clauses: list[Clause], pending: dict[str, int]) -> dict[str, int]:
    value = number(event["count"])
    if value is None:
        return pending
    unit = _unit(event["unit"])
    if clauses and clauses[-1].stem == "expand" and "existing" in event[0]:
        clauses[-1].action = Action.REVISE  # a control is laid on entries that stand already
    if clauses and clauses[-1].action is not None:
        clause = clauses[-1]
        between = event.string[clause.entries_end : event.start()]
        if clause.uncounted and not re.match(r"\s*(?:of|for)\s+(?:the\s+)?$", between):
            return pending  # "the entries for A and three of its affiliates" are not three
        clause.uncounted = False
        clauses[-1].units.setdefault(unit, value)
        clauses[-1].breakdown = clauses[-1].breakdown or bool(event["total"])
        return pending
    return {**pending, unit: value}


def _take_more(event: re.Match[str], between: str, clauses: list[Clause]) -> None:
    """ "One person located in X and one under Y" is two; what follows a comma only tells where they are."""
    clause = clauses[-1] if clauses else None
    value = number(event["more_count"])
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
    return "addresses" if lower.startswith("address") else "entities"
