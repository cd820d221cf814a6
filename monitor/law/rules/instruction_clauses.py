"""Cut an item of an instruction into clauses: one for each verb, with the countries, names and counts after it."""

import re

from msgspec import Struct

from monitor.law.rules.destinations import heading
from monitor.law.rules.instruction_phrases import VERBS, InstructionPhrase, phrases_of
from monitor.law.rules.items import Item
from monitor.law.rules.numbers import number
from monitor.model.rules import Action

_IN_THE_ENTRY = "in the entry"


class Clause(Struct):
    """One verb of an item with what stands after it; `parts` are countries and names in their order."""

    action: Action | None
    verb: str
    before: str  # the country that governs it from outside
    text: str = ""
    parts: list[tuple[str, str]] = []
    entries: bool = False  # its names are entries
    within: bool = False  # it changes something in an entry named before
    passed_over: bool = False  # it gives names that it does not call entries
    detail: bool = False  # it changes a part of an entry
    count: int | None = None

    @property
    def names(self) -> list[str]:
        """The entries that it names."""
        return [value for kind, value in self.parts if kind == "name"]

    @property
    def names_first(self) -> bool:
        """Whether the names precede their country, as in "remove “Alfa” under China"."""
        return not self.before and bool(self.parts) and self.parts[0][0] == "name"

    def names_by_country(self) -> list[tuple[str, str]]:
        """Each country and name, in order; the country is empty where none is given."""
        parts = list(reversed(self.parts)) if self.names_first else self.parts
        country, found = self.before, []
        for kind, value in parts:
            if kind == "country":
                country = value
            else:
                found.append((country, value))
        return list(reversed(found)) if self.names_first else found


def clauses_of_item(item: Item, names: list[str]) -> list[Clause]:
    """The clauses of an item: one for each verb, or one under the verb of the item above it."""
    country, above = _from_above(item)
    clauses: list[Clause] = []
    current = Clause(above.action, above.verb, country, entries=above.entries) if above else None
    start = 0
    for phrase in phrases_of(item.text):
        if phrase.verb:
            country = _close(current, item.text[start : phrase.start], clauses, country)
            within = current is not None and (current.within or current.verb == _IN_THE_ENTRY)
            current = _opened_by(phrase, country, within=within)
            start = phrase.start
        elif current is not None:
            _take(current, phrase, names)
        elif phrase.kind == "country":
            country = heading(phrase.word)
        elif phrase.kind == "in entry":
            current, start = Clause(Action.REVISE, _IN_THE_ENTRY, country, entries=True), phrase.start
    _close(current, item.text[start:], clauses, country)
    return clauses


def _opened_by(phrase: InstructionPhrase, country: str, *, within: bool) -> Clause:
    entries = phrase.kind == "doing to entry"
    return Clause(VERBS.get(phrase.verb), phrase.verb, country, entries=entries, within=within)


def _close(clause: Clause | None, text: str, clauses: list[Clause], country: str) -> str:
    """Append a clause with its text; the country that governs what follows."""
    if clause is None:
        return country
    clause.text = text.strip(" ,;\n")
    clauses.append(clause)
    countries = [value for kind, value in clause.parts if kind == "country"]
    return countries[-1] if countries and not clause.names_first else clause.before


def _from_above(item: Item) -> tuple[str, Clause | None]:
    """The country and the open verb that an item stands under."""
    country, clause = "", None
    for text in item.above:
        for phrase in phrases_of(text):
            if phrase.kind == "country":
                country = heading(phrase.word)
            if phrase.verb:
                clause = Clause(VERBS.get(phrase.verb), phrase.verb, country)
            elif clause is not None and phrase.kind in ("entry", "count"):
                clause.entries = True
    open_ended = clause is not None and clause.entries and bool(re.search(r"(?:for|:)\s*$", item.above[-1]))
    return country, clause if open_ended else None


def _take(clause: Clause, phrase: InstructionPhrase, names: list[str]) -> None:
    """Add a phrase other than a verb to a clause."""
    if phrase.kind == "country":
        clause.parts.append(("country", heading(phrase.word)))
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
        clause.parts.append(("name", name))
    elif not part_of_entry:
        clause.passed_over = True
