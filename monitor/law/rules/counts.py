"""What a rule counts itself: entities against entries, by action and by country, in words or digits."""

import re

from msgspec import Struct

from monitor.law.rules.clauses import LIST, LISTS, Clause, clauses_of
from monitor.law.rules.destinations import heading
from monitor.law.rules.numbers import number
from monitor.law.rules.sentences import sentences
from monitor.law.rules.tokens import COUNTRY, COUNTRY_NOTE, NUMBER, Masked, TokenKind, mask
from monitor.model.rules import Action, Kind, StatedCounts

_HISTORY = re.compile(
    r"^(?:That (?:final |interim final )?rule|The (?:prior|earlier|previous) rule)\b"
    r"|\b(?:published|issued|released) (?:in|on|by|a|an|the)\b.{0,120}\b(?:rule|IFR)\b(?! (?:adds"
    r"|revises|removes))"
    r"|^(?!.*\b(?:adding|removing|amending)\b).*\b(?:was|were) added to\b",
    re.IGNORECASE,
)
_IN_TITLE = (
    (re.compile(r"\badd(?:itions?|ing)\b", re.IGNORECASE), Action.ADD),
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
_PARTS_OF_TITLE = re.compile(
    r";\s*(?:and\s+)?|,\s+and\s+|,\s+|\s+and\s+(?=(?:\w+\s+)?(?:Addition|Removal|Revision|Modification))"
)
_BY_COUNTRY = re.compile(
    rf"(?P<country>{COUNTRY})(?:\s*{COUNTRY_NOTE})?,?\s*[(\[](?P<count>{NUMBER})[)\]]", re.IGNORECASE
)
_UNDER = re.compile(
    rf"\b(?P<count>{NUMBER})\s+(?:(?:entities|entries|entity|entry|persons?)\s+)?"
    r"(?:(?:is|are|will be)\s+(?:listed\s+)?(?:on the Entity List\s+)?)?"
    rf"under(?:\s+the\s+destinations?\s+of)?\s+(?:the\s+)?(?P<country>{COUNTRY})",
    re.IGNORECASE,
)
_SOLE = re.compile(
    rf"under the destinations? of (?:the )?(?P<country>{COUNTRY})(?:\s*{COUNTRY_NOTE})?"
    r"(?=\s*(?:[.;]|and have|$|to the))",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"\b(?:adds|add|adding)\b.{0,40}\bfollowing\b|\bthis (?:final )?rule (?:adds|revises|removes)\b",
    re.IGNORECASE,
)


_LISTS_OF_ENTRIES = (Kind.ENTITY_LIST_RULE, Kind.UNVERIFIED_LIST, Kind.MEU_LIST)


_MORE = re.compile(
    r"(?:Finally|Lastly|Last|In addition|Additionally|Further|Furthermore|Moreover)\b|\w+ (?:final )?(?:rule )?also\b"
)


class CountReading(Struct, frozen=True):
    """The counts of each list that a rule mentions, what it does to each, and the sentences that state it."""

    by_list: dict[Kind, StatedCounts]
    mentioned: frozenset[tuple[Kind, Action]]
    quotes: dict[str, str]


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
    corrects = re.search(r"\bCorrections?$", title)  # it repeats the title of the rule that it corrects
    for part in () if corrects else _PARTS_OF_TITLE.split(title):
        _mention_title(part, default, mentioned)
    lists = {key[0] for key in found}
    quotes = {f"stated_counts.{action}": sentence for (kind, action), (_, sentence) in found.items() if kind is default}
    by_list = {kind: _stated_counts(kind, found, mentioned) for kind in lists}
    countries = _by_country(summary, by_list.get(default))
    if default in by_list and countries:
        by_list[default] = _with_countries(by_list[default], countries)
    return CountReading(by_list, frozenset(mentioned), quotes)


def _may_count_additions(sentence: str) -> bool:
    """Whether counts by country in a sentence can be of what is added: it adds, or does nothing to entries."""
    acting = [
        clause for clause in clauses_of(sentence) if clause.action is not None and (clause.units or clause.mentions)
    ]
    return not acting or any(clause.action is Action.ADD and not clause.of_entry for clause in acting)


def lists_counted(summary: str) -> tuple[Kind, ...]:
    """The lists for which a summary counts, by the name of the list, what it adds, revises or removes."""
    named: dict[Kind, None] = {}
    for sentence in sentences(summary):
        if not _HISTORY.search(sentence):
            for clause in clauses_of(sentence):
                if clause.action is not None and clause.list in _LISTS_OF_ENTRIES and any(clause.units.values()):
                    named[clause.list] = None
    return tuple(named)


def _mention_title(part: str, default: Kind, mentioned: set[tuple[Kind, Action]]) -> None:
    named = re.search(LIST, part)
    if named is None and not re.search(r"\b(?:entit|entr|persons?\b|compan)", part, re.IGNORECASE):
        return
    kind = default if named is None else next(LISTS[name] for name in LISTS if named[name])
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
    for clause in clauses_of(sentence):
        kind = clause.list or kind
        if clause.action is None or clause.of_entry or not (clause.units or clause.mentions):
            continue
        key = (kind, clause.action)
        mentioned.add(key)
        earlier = found.get(key, ({}, ""))[0]
        again = seen.get(key, clause.stem) != clause.stem and clause.units.keys() == earlier.keys()
        if key in seen and clause.action is Action.REVISE and earlier and not clause.units:
            found[key] = ({}, sentence)  # some are counted, others are not
        elif (again or _goes_on(sentence, key, seen, clause, earlier)) and clause.units:
            found[key] = ({unit: earlier[unit] + value for unit, value in clause.units.items()}, sentence)
        elif clause.uncounted and key not in found:
            found[key] = ({}, sentence)
        elif clause.units and (key not in found or (earlier and earlier.items() < clause.units.items())):
            found[key] = ({} if key in seen and not earlier else clause.units, sentence)
        seen.setdefault(key, clause.stem)


def _goes_on(
    sentence: str,
    key: tuple[Kind, Action],
    seen: dict[tuple[Kind, Action], str],
    clause: Clause,
    earlier: dict[str, int],
) -> bool:
    """Whether a later sentence revises more entries: "Finally, this rule amends 27 existing entries"."""
    another = key[1] is Action.REVISE and bool(earlier) and key not in seen
    return another and bool(_MORE.match(sentence)) and clause.units.keys() == earlier.keys()


def _stated_counts(
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
    of_additions = " ".join(sentence for sentence in sentences(summary) if _may_count_additions(sentence))
    masked = mask(of_additions, TokenKind.COUNTRY, TokenKind.NUMBER)
    found = _numbers_by_country(masked, _BY_COUNTRY)
    if found or counts is None:
        return found
    stated = _numbers_by_country(masked, _UNDER)
    if len(stated) > 1 and sum(stated.values()) == counts.added:
        return stated
    masked = mask(summary, TokenKind.COUNTRY)
    sole = {heading(masked.words(m, "country")) for m in _SOLE.finditer(masked.text)}
    named = {heading(country) for country in masked.all_words(TokenKind.COUNTRY)}
    return {next(iter(sole)): counts.added} if len(sole) == 1 and sole == named and counts.added else {}


def _numbers_by_country(masked: Masked, pattern: re.Pattern[str]) -> dict[str, int]:
    found = pattern.finditer(masked.text)
    return {heading(masked.words(m, "country")): number(masked.words(m, "count")) or 0 for m in found}


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
