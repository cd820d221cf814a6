"""What a rule counts itself: entities against entries, by action and by country, in words or digits."""

import re

from msgspec import Struct

from monitor.law.rules.destinations import DESTINATION, heading
from monitor.law.rules.numbers import NUMBER, number
from monitor.law.rules.sentences import sentences
from monitor.model.rules import Action, Kind, StatedCounts

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
_LIST = (
    r"(?P<entity_list>\bEntity [Ll]ist\b)|(?P<uvl>\bUnverified List\b|\bUVL\b)"
    r"|(?P<meu>\bMilitary[- ]End[- ]Users?(?: \(MEU\))? List\b|\bMEU\b['’]?\)? List\b|\bMEU List\b)"
)
_EVENT = re.compile(
    rf"{_VERB}|(?P<moved>{_MOVED})|(?P<them>\b(?:adding|removing) them\b)|(?P<list>{_LIST})"
    rf"|\b(?P<total>a total of\s+)?(?P<count>{NUMBER}|no|an?(?=\s+(?:inadvertently|additional|existing"
    rf"|new|entity|entry|person|address)\b))"
    rf"\s+{_FILLER}{_UNIT}\b"
    rf"|(?P<more>\band\s+(?P<more_count>{NUMBER})\s+(?:(?:entit(?:y|ies)|entr(?:y|ies)|persons?)\s+)?(?="
    rf"(?:located\s+)?(?:in|under)\b))"
    r"|(?P<the_entry>\bthe (?:existing |Entity List )*entry (?:of|for)\b(?! (?:one|1)\b))|"
    r"(?P<entries>\bentr(?:y|ies)\b)",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"^(?:That (?:final |interim final )?rule|The (?:prior|earlier|previous) rule)\b"
    r"|\b(?:published|issued|released) (?:in|on|by|a|an|the)\b.{0,120}\b(?:rule|IFR)\b(?! (?:adds"
    r"|revises|removes))"
    r"|^(?!.*\b(?:adding|removing|amending)\b).*\b(?:was|were) added to\b",
    re.IGNORECASE,
)
_OF_ENTRIES = re.compile(r"\s+(?:the\s+)?(?:existing\s+)?(?:Entity List\s+)?entr(?:y|ies)\b", re.IGNORECASE)
_IN_TITLE = (
    (re.compile(r"\baddi(?:tion|ng)", re.IGNORECASE), Action.ADD),
    (re.compile(r"\bremov", re.IGNORECASE), Action.REMOVE),
    (
        re.compile(
            r"\b(?:revis|modif|correct)\w*\s+(?:of|to|on)\s+(?!the (?:Entity|Unverified|Military))"
            r"|additions and (?:revis|modif)"
            r"|\bentr(?:y|ies) (?:modified|revised|corrected)",
            re.IGNORECASE,
        ),
        Action.REVISE,
    ),
)
_BY_COUNTRY = re.compile(
    rf"(?P<country>{DESTINATION})(?:\s*\([A-Za-z.' ]+\))?,?\s*\((?P<count>\d+)\)", re.IGNORECASE
)
_UNDER = re.compile(
    rf"\b(?P<count>{NUMBER})\s+(?:(?:entities|entries|entity|entry|persons?)\s+)?(?:(?:is|are"
    rf"|will be listed)\s+)?"
    rf"under(?:\s+the\s+destinations?\s+of)?\s+(?:the\s+)?(?P<country>{DESTINATION})",
    re.IGNORECASE,
)
_SOLE = re.compile(
    rf"under the destinations? of (?:the )?(?P<country>{DESTINATION})(?:\s*\([A-Za-z.' ]+\))?(?=\s*"
    rf"(?:[.;]|and have|$|to the))",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"\b(?:adds|add|adding)\b.{0,40}\bfollowing\b|\bthis (?:final )?rule (?:adds|revises|removes)\b",
    re.IGNORECASE,
)
_LISTS = {"entity_list": Kind.ENTITY_LIST_RULE, "uvl": Kind.UNVERIFIED_LIST, "meu": Kind.MEU_LIST}


class CountReading(Struct, frozen=True):
    """The counts of each list a rule speaks of, what it does to each, and the sentences that say so."""

    by_list: dict[Kind, StatedCounts]
    mentioned: frozenset[tuple[Kind, Action]]
    quotes: dict[str, str]


class _Clause(Struct):
    """A verb of a sentence with the counts that follow it, by unit."""

    action: Action | None
    list: Kind | None = None
    units: dict[str, int] = {}
    breakdown: bool = False
    stem: str = ""
    speaks: bool = False  # of entries or a list, without a count


def read_counts(summary: str, title: str, prose: list[str], *, default: Kind) -> CountReading:
    """The counts stated in the summary; where it has none for an action, those of the discussion.

    `default` is the list that is meant where a sentence names none.
    """
    found: dict[tuple[Kind, Action], tuple[dict[str, int], str]] = {}
    mentioned: set[tuple[Kind, Action]] = set()
    for sentence in sentences(summary):
        _read_sentence(sentence, default, found, mentioned)
    for paragraph in prose:
        for sentence in sentences(paragraph) if _FOLLOWING.search(paragraph) else ():
            if _FOLLOWING.search(sentence):
                _read_sentence(sentence, default, found, mentioned)
    for part in re.split(r";\s*(?:and\s+)?|,\s+and\s+", title):
        _mention_title(part, default, mentioned)
    lists = {key[0] for key in found}
    quotes = {
        f"stated_counts.{action}": sentence
        for (kind, action), (_, sentence) in found.items()
        if kind is default
    }
    by_list = {kind: _stated(kind, found, mentioned) for kind in lists}
    countries = _by_country(summary, by_list.get(default))
    if default in by_list and countries:
        by_list[default] = _with_countries(by_list[default], countries)
    return CountReading(by_list, frozenset(mentioned), quotes)


def lists_counted(summary: str) -> tuple[Kind, ...]:
    """The lists for which a summary counts, by the name of the list, what it adds, revises or removes."""
    named: dict[Kind, None] = {}
    for sentence in sentences(summary):
        if not _HISTORY.search(sentence):
            for clause in _clauses(sentence):
                if clause.action is not None and clause.list is not None and any(clause.units.values()):
                    named[clause.list] = None
    return tuple(named)


def _mention_title(part: str, default: Kind, mentioned: set[tuple[Kind, Action]]) -> None:
    named = re.search(_LIST, part)
    kind = default if named is None else next(_LISTS[name] for name in _LISTS if named[name])
    for pattern, action in _IN_TITLE:
        if pattern.search(part):
            mentioned.add((kind, action))


def _read_sentence(
    sentence: str,
    default: Kind,
    found: dict[tuple[Kind, Action], tuple[dict[str, int], str]],
    mentioned: set[tuple[Kind, Action]],
) -> None:
    if _HISTORY.search(sentence):
        return
    kind = default
    seen: dict[tuple[Kind, Action], str] = {}
    for clause in _clauses(sentence):
        kind = clause.list or kind
        if clause.action is None or not (clause.units or clause.speaks):
            continue
        key = (kind, clause.action)
        mentioned.add(key)
        known = found.get(key, ({}, ""))[0]
        again = seen.get(key, clause.stem) != clause.stem and clause.units.keys() == known.keys()
        if again and clause.units:
            found[key] = ({unit: known[unit] + value for unit, value in clause.units.items()}, sentence)
        elif clause.units and (key not in found or known.items() < clause.units.items()):
            found[key] = (clause.units, sentence)
        seen.setdefault(key, clause.stem)


def _clauses(sentence: str) -> list[_Clause]:
    clauses: list[_Clause] = []
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


def _take_other(event: re.Match[str], clauses: list[_Clause]) -> None:
    if event["them"]:
        action = Action.ADD if event["them"].lower().startswith("add") else Action.REMOVE
        clauses.append(_Clause(action, units=dict(clauses[-1].units) if clauses else {}))
    elif event["moved"]:  # from one list to another
        clauses.append(_Clause(Action.ADD, stem="transfer"))
    elif clauses and event["list"]:
        clauses[-1].list = clauses[-1].list or next(_LISTS[name] for name in _LISTS if event[name])
        clauses[-1].speaks = True
    elif clauses and event["the_entry"]:
        clauses[-1].units = clauses[-1].units or {"entries": 1}
    elif clauses and event["entries"]:
        clauses[-1].speaks = True


def _take_verb(event: re.Match[str], sentence: str, clauses: list[_Clause], pending: dict[str, int]) -> None:
    action = _STEMS[event["verb"].lower()]
    passive = re.search(r"\b(?:is|are|were|was|been|being|be)\s+(?:also\s+)?$", sentence[: event.start()])
    if action is None and _OF_ENTRIES.match(sentence, event.end()):
        action = Action.REVISE
    if event[0].lower().endswith("ed") and not passive:
        action = None  # "the entities added in this rule" tell nothing new
    clause = _Clause(action, stem=event["verb"].lower())
    if passive and pending:
        clause.units = dict(pending) if 0 in pending.values() or not clauses else {}
    elif passive:
        zero = next((c for c in clauses if c.action is not None and 0 in c.units.values()), None)
        clause.units = (
            dict(zero.units) if zero and re.search(r"\bor\s+(?:\w+\s+)?$", sentence[: event.start()]) else {}
        )
    if event[0].lower().endswith("ed") and clauses and 0 in clauses[-1].units.values():
        clause.action, clause.units = _STEMS[event["verb"].lower()], dict(clauses[-1].units)
    clauses.append(clause)


def _take_count(event: re.Match[str], clauses: list[_Clause], pending: dict[str, int]) -> dict[str, int]:
    value = number(event["count"])
    if value is None:
        return pending
    unit = _unit(event["unit"])
    if clauses and clauses[-1].stem == "expand" and "existing" in event[0]:
        clauses[-1].action = Action.REVISE  # a control is laid on entries that stand already
    if clauses and clauses[-1].action is not None:
        clauses[-1].units.setdefault(unit, value)
        clauses[-1].breakdown = clauses[-1].breakdown or bool(event["total"])
        return pending
    return {**pending, unit: value}


def _take_more(event: re.Match[str], between: str, clauses: list[_Clause]) -> None:
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


def _stated(
    kind: Kind,
    found: dict[tuple[Kind, Action], tuple[dict[str, int], str]],
    mentioned: set[tuple[Kind, Action]],
) -> StatedCounts:
    units = {action: found.get((kind, action), ({}, ""))[0] for action in Action}
    added = units[Action.ADD]
    silent = {action: 0 if (kind, action) not in mentioned else None for action in Action}
    largest = max(added.values()) if added else silent[Action.ADD]
    removed, revised = units[Action.REMOVE], units[Action.REVISE]
    return StatedCounts(
        entities=None if kind is Kind.UNVERIFIED_LIST else added.get("entities", 0 if largest == 0 else None),
        entries=added.get("entries"),
        addresses=added.get("addresses"),
        added=largest,
        removed=removed.get("entities", removed.get("entries", silent[Action.REMOVE])),
        revised=revised.get("entries", revised.get("entities", silent[Action.REVISE])),
    )


def _by_country(summary: str, counts: StatedCounts | None) -> dict[str, int]:
    found = {heading(m["country"]): int(m["count"]) for m in _BY_COUNTRY.finditer(summary)}
    if found or counts is None:
        return found
    stated = {heading(m["country"]): number(m["count"]) or 0 for m in _UNDER.finditer(summary)}
    if len(stated) > 1 and sum(stated.values()) == counts.added:
        return stated
    sole = {heading(m["country"]) for m in _SOLE.finditer(summary)}
    named = {heading(m[0]) for m in re.finditer(rf"\b{DESTINATION}\b", summary, re.IGNORECASE)}
    return {next(iter(sole)): counts.added} if len(sole) == 1 and sole == named and counts.added else {}


def _with_countries(counts: StatedCounts, countries: dict[str, int]) -> StatedCounts:
    return StatedCounts(
        entities=counts.entities,
        entries=counts.entries,
        addresses=counts.addresses,
        added=counts.added,
        removed=counts.removed,
        revised=counts.revised,
        by_country=countries,
    )
