"""Read the instructions to the lists: which entries of which country are added, revised, removed."""

import re

from msgspec import Struct

from monitor.law.rules.amendments import Amendment
from monitor.law.rules.destinations import heading, is_destination
from monitor.law.rules.instruction_clauses import Clause, clauses_of_item
from monitor.law.rules.instruction_residue import residue
from monitor.law.rules.items import Item, items_of
from monitor.law.rules.quoted import mask_names, restore_names
from monitor.model.rules import Action, Instruction, Kind

_ENTRIES = re.compile(r"\bentr(?:y|ies)\b")
_COLUMN = re.compile(r"\bcolumns?\b")
_OPENS_ITEMS = re.compile(r"\b(?:amended(?: as follows)?|by)\s*[:—]?\s*$")
_DOES = {Action.ADD: "adds", Action.REVISE: "revises", Action.REMOVE: "removes"}
_WHOLE_HEADING = re.compile(
    r"\b(?:all|every|each)\b.{0,40}\bentr(?:y|ies)\b|^\w+\s+(?:the\s+)?(?:heading|country)\b", re.DOTALL
)
_UNQUOTED = re.compile(
    r"\b(?:entr(?:y|ies)|listings?)(?:,?\s+in\s+alphabetical\s+order,?)?\s+for\s+(?!⟦)(?P<names>\S.*)$", re.DOTALL
)
_UNQUOTED_END = re.compile(
    r",?\s+(?:and\s+)?by\s+\w+ing\b|\s+under\s+(?:the\s+)?[A-Z]|\s+to read as follows|\n", re.DOTALL
)


class InstructionReading(Struct, frozen=True):
    """The instructions to the lists, and a sentence on each part that could not be read.

    `elsewhere` are the instructions that were read as concerning something else, each by its number and by what it
    concerns. `headings` are the lists from which the heading of a country goes with all its entries, which no count
    is of.
    """

    instructions: tuple[Instruction, ...]
    unread: tuple[str, ...]
    headings: frozenset[Kind] = frozenset()
    elsewhere: tuple[tuple[str, str], ...] = ()


class _Found(Struct):
    """What has been read so far."""

    instructions: list[Instruction] = []
    unread: list[str] = []
    headings: set[Kind] = set()
    elsewhere: list[tuple[str, str]] = []

    def __len__(self) -> int:
        return len(self.instructions) + len(self.unread)


def read_instructions(amendments: tuple[Amendment, ...]) -> InstructionReading:
    """The instructions to the entries of the lists, in order, and what the others concern."""
    found = _Found()
    for amendment in amendments:
        before = len(found)
        if amendment.list is None or amendment.list is Kind.VEU:
            found.unread += _entries_elsewhere(amendment)
        else:
            _read_items(amendment, amendment.list, found)
        if len(found) == before:
            found.elsewhere.append((amendment.number, amendment.provision))
    return InstructionReading(
        tuple(found.instructions), tuple(found.unread), frozenset(found.headings), tuple(found.elsewhere)
    )


def _read_items(amendment: Amendment, list_: Kind, found: _Found) -> None:
    masked, names = mask_names(amendment.text)
    items = items_of(masked)
    for item in items:
        label = ".".join(part for part in (amendment.number, *item.path) if part)
        place = f"Instruction {label} (“{_short(restore_names(item.text, names))}”)"
        for clause in clauses_of_item(item, names):
            if _complete(clause, place, found.unread) and clause.action is Action.REMOVE:
                found.headings.add(list_)
            found.instructions += _instructions(clause, list_, label, restore_names(clause.text, names))
        found.unread += _residue(item, place)
    if len(items) == 1 and _OPENS_ITEMS.search(masked):
        found.unread.append(
            f"Instruction {amendment.number} (“{_short(amendment.text)}”) opens items that do not follow."
        )


def _entries_elsewhere(amendment: Amendment) -> list[str]:
    """A sentence on an instruction that speaks of entries under countries where no list is named."""
    if amendment.part not in ("", "744") or not _ENTRIES.search(amendment.text):
        return []
    masked, names = mask_names(amendment.text)
    clauses = [clause for item in items_of(masked) for clause in clauses_of_item(item, names)]
    unnamed = amendment.provision.startswith("part") and bool(_UNQUOTED.search(masked))
    if not unnamed and not any(c.countries and (c.names or c.count is not None) for c in clauses):
        return []
    place = f"Instruction {amendment.number}".strip()
    return [f"{place} (“{_short(amendment.text)}”) speaks of entries and does not say of which list."]


def _residue(item: Item, place: str) -> list[str]:
    left = residue(item.text)
    return [f"{place} has words that were not read: “{'”, “'.join(left)}”."] if left else []


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:119].rsplit(" ", 1)[0] + " …"


def _complete(clause: Clause, place: str, unread: list[str]) -> bool:
    """Supply names without quotation marks, report what of a clause cannot be read; whether it names a heading."""
    unquoted = _UNQUOTED.search(clause.text)
    if not clause.names and clause.action is not None and unquoted is not None:
        _take_unquoted(clause, unquoted["names"], place, unread)
    names_heading = _set_headings_apart(clause, place, unread)
    concerns_entries = bool(clause.names) or clause.count is not None or clause.entries
    if not clause.verb:
        unread.append(f"{place} does not say what is done with the entries that it names.")
    elif clause.action is None and concerns_entries:
        unread.append(f"{place} uses a verb this reader does not know: “{clause.verb}”.")
    elif clause.passed_over and clause.before and clause.verb != "amend":
        unread.append(f"{place} gives names in quotation marks and does not call them entries.")
    elif (clause.names or (clause.count is not None and not _COLUMN.search(clause.text))) and not all(clause.places):
        unread.append(f"{place} names entries without a country.")
    unread += [
        f"{place} names “{country}”, which is no country that this reader knows."
        for country in clause.places
        if country and not is_destination(country)
    ]
    return names_heading


def _set_headings_apart(clause: Clause, place: str, unread: list[str]) -> bool:
    """Say what is done under the whole heading of a destination, which is the name of no entry; whether it is."""
    headings = [name for name in clause.names if is_destination(name)]
    if not clause.names and clause.action is Action.REMOVE and _WHOLE_HEADING.search(clause.text):
        headings = list(clause.countries)
    clause.parts = [part for part in clause.parts if part not in headings or not isinstance(part, str)]
    done = _DOES[clause.action] if clause.action else "concerns"
    every = " with every entry under it" if clause.action is Action.REMOVE else ""
    unread += [f"{place} {done} the heading {heading(name)}{every}, and names no entry." for name in headings]
    return bool(headings)


def _take_unquoted(clause: Clause, text: str, place: str, unread: list[str]) -> None:
    end = _UNQUOTED_END.search(text)
    names = [name.strip(" ,.") for name in re.split(r";\s*(?:and\s+)?", text[: end.start() if end else None])]
    names = [re.sub(r"\s+and$", "", name).strip(" ,") for name in names if name.strip(" ,.")]
    plural = bool(re.search(r"\bentries\s+for\b", clause.text))
    if plural and len(names) == 1 and re.search(r",| and ", names[0]):
        unread.append(f"{place} lists names without quotation marks; where one ends cannot be told.")
        return
    clause.parts[:0] = names


def _instructions(clause: Clause, list_: Kind, label: str, quote: str) -> list[Instruction]:
    if clause.action is None:
        return []
    by_country: dict[str, list[str]] = {}
    for country, name in clause.names_by_country():
        by_country.setdefault(country, []).append(name)
    if not by_country and clause.count is None:
        return []
    by_country = by_country or {country: [] for country in clause.countries or ("",)}
    return [
        Instruction(
            number=label,
            list=list_,
            action=clause.action,
            country=country,
            names=tuple(names),
            count=None if names else clause.count,
            sweep=not names and bool(_COLUMN.search(clause.text)),
            quote=quote,
        )
        for country, names in by_country.items()
    ]
