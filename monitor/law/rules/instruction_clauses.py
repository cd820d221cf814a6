"""Cut an item of an instruction into clauses: one for each verb, with the countries, names and counts of it."""

import re

from msgspec import Struct

from monitor.law.rules.instruction_phrases import VERBS, InstructionPhrase, phrases_of
from monitor.law.rules.items import Item
from monitor.law.rules.numbers import number
from monitor.model.rules import Action

_IN_THE_ENTRY = "in the entry"
_ENTRY_FOR = re.compile(r"\b(?:entr(?:y|ies)|listings?)\s+for\s+\S")
Countries = tuple[str, ...]


class Clause(Struct):
    """One verb of an item with what it governs; `parts` are countries and names in their order."""

    action: Action | None
    verb: str
    before: Countries  # those that govern it from outside
    text: str = ""
    parts: list[Countries | str] = []
    entries: bool = False  # its names are entries
    within: bool = False  # it changes something in an entry named before
    passed_over: bool = False  # it gives names that it does not call entries
    detail: bool = False  # it changes a part of an entry
    passive: bool = False  # what it acts on stands before it
    count: int | None = None

    @property
    def names(self) -> list[str]:
        """The entries that it names."""
        return [part for part in self.parts if isinstance(part, str)]

    @property
    def countries(self) -> Countries:
        """The countries that it names last, or those that govern it."""
        return next((part for part in reversed(self.parts) if not isinstance(part, str)), self.before)

    @property
    def places(self) -> Countries:
        """The countries of its entries; an empty one where it gives none."""
        found = dict.fromkeys(country for country, _ in self.names_by_country())
        return tuple(found) if self.names else self.countries or ("",)

    @property
    def names_first(self) -> bool:
        """Whether the names precede their country, as in "remove “Alfa” under China"."""
        return not self.before and bool(self.parts) and isinstance(self.parts[0], str)

    def names_by_country(self) -> list[tuple[str, str]]:
        """Each country and name, in order; the country is empty where none is given."""
        parts = list(reversed(self.parts)) if self.names_first else self.parts
        countries, found = self.before, list[tuple[Countries, str]]()
        for part in parts:
            if isinstance(part, str):
                found.append((countries, part))
            else:
                countries = part
        ordered = reversed(found) if self.names_first else found
        return [(country, name) for countries, name in ordered for country in countries or ("",)]


def clauses_of_item(item: Item, names: list[str]) -> list[Clause]:
    """The clauses of an item: one for each verb, or one under the verb of the item above it.

    What no verb governs is a clause without one.
    """
    countries, above = _from_above(item)
    clauses: list[Clause] = []
    current = (
        Clause(above.action, above.verb, countries, entries=above.entries) if above else Clause(None, "", countries)
    )
    start = 0
    for phrase in phrases_of(item.text):
        if phrase.verb and phrase.passive and not current.verb and current.names:
            current.action, current.verb, current.passive = VERBS.get(phrase.verb), phrase.verb, True
        elif phrase.verb or (current.passive and phrase.kind in ("count", "doing to entry")):
            countries = _close(current, item.text[start : phrase.start], clauses)
            within = current.within or (current.verb == _IN_THE_ENTRY and bool(current.names))
            current, start = _opened_by(phrase, countries, within=within), phrase.start
        elif phrase.kind == "in entry" and not current.verb:
            countries = _close(current, item.text[start : phrase.start], clauses)
            current, start = Clause(Action.REVISE, _IN_THE_ENTRY, countries, entries=True), phrase.start
        else:
            _take(current, phrase, names)
    _close(current, item.text[start:], clauses)
    return [c for c in clauses if c.verb or c.names or c.count is not None or _ENTRY_FOR.search(c.text)]


def _opened_by(phrase: InstructionPhrase, countries: Countries, *, within: bool) -> Clause:
    head = phrase.passive and phrase.verb == "amend"  # "Supplement no. 4 is amended" does nothing to an entry
    action = None if head else VERBS.get(phrase.verb)
    clause = Clause(action, phrase.verb, countries, within=within and bool(phrase.verb))
    clause.entries = phrase.kind == "doing to entry"
    if not phrase.verb:
        _take(clause, phrase, [])
    return clause


def _close(clause: Clause, text: str, clauses: list[Clause]) -> Countries:
    """Append a clause with its text; the countries that govern what follows."""
    clause.text = text.strip(" ,;\n")
    clauses.append(clause)
    return clause.before if clause.names_first else clause.countries


def _from_above(item: Item) -> tuple[Countries, Clause | None]:
    """The countries and the open verb that an item stands under."""
    countries: Countries = ()
    clause = None
    for text in item.above:
        for phrase in phrases_of(text):
            if phrase.kind == "country":
                countries = phrase.countries
            if phrase.verb:
                clause = Clause(VERBS.get(phrase.verb), phrase.verb, countries)
            elif clause is not None and phrase.kind in ("entry", "count"):
                clause.entries = True
    open_ended = clause is not None and clause.entries and bool(re.search(r"(?:for|:)\s*$", item.above[-1]))
    return countries, clause if open_ended else None


def _take(clause: Clause, phrase: InstructionPhrase, names: list[str]) -> None:
    """Add a phrase other than a verb to a clause."""
    if phrase.kind == "country":
        clause.parts.append(phrase.countries)
    elif phrase.kind == "detail":
        clause.detail, clause.entries = True, False
    elif phrase.kind == "in entry":
        clause.action, clause.entries, clause.detail = Action.REVISE, True, False
    elif phrase.kind == "count":
        clause.entries, clause.detail = True, False
        clause.count = number(phrase.word)
    elif phrase.kind in ("entry", "doing to entry"):
        clause.entries, clause.detail = True, False
    elif phrase.kind == "name":
        _take_name(clause, names[int(phrase.word)])


def _take_name(clause: Clause, name: str) -> None:
    part_of_entry = clause.detail or clause.within
    if clause.entries or (clause.action is Action.ADD and not part_of_entry):
        clause.parts.append(name)
    elif not part_of_entry:
        clause.passed_over = True
