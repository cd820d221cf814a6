"""Compare rows, instructions and stated counts with each other; every difference is reported."""

import re

from msgspec import Struct
from msgspec.structs import replace

from monitor.law.rules.misprints import with_spelling_of_rows
from monitor.law.rules.names import begins_with_name, comparable
from monitor.law.rules.tables import cites_earlier_rule, entry_key
from monitor.model.rules import Action, Instruction, Kind, NamedEntry, RuleRow, StatedCounts

_MOVED = re.compile(
    r"\b(?:entr(?:y|ies)|listings?)\s+(?:for|of)\s+(?P<names>.+?)\s+(?:is|are|was|were|will be"
    r"|being)\s+(?:also\s+)?"
    r"(?:moved|relocated|placed|consolidated|incorporated)\b",
    re.IGNORECASE,
)
_Key = tuple[str, str]


class Entries(Struct, frozen=True, kw_only=True):
    """What happens to which entry, and the sentences about what does not fit together."""

    added: tuple[NamedEntry, ...]
    removed: tuple[NamedEntry, ...]
    revised: tuple[NamedEntry, ...]
    moved: tuple[NamedEntry, ...]
    reworded: tuple[NamedEntry, ...]
    rows: tuple[RuleRow, ...]
    instructions: tuple[Instruction, ...]
    differences: tuple[str, ...]

    def unless_contradicted(self, stated: StatedCounts, list_: Kind) -> StatedCounts:
        """The stated counts, where a zero that is only inferred does not stand against an instruction."""
        done = {i.action for i in self.instructions if i.list is list_ and not i.sweep}
        done -= set() if any(e.list is list_ for e in self.removed) else {Action.REMOVE}
        return replace(
            stated,
            added=None if stated.added == 0 and Action.ADD in done else stated.added,
            removed=None if stated.removed == 0 and Action.REMOVE in done else stated.removed,
            revised=None if stated.revised == 0 and Action.REVISE in done else stated.revised,
        )


def entries_of(instructions: tuple[Instruction, ...], rows: tuple[RuleRow, ...], prose: list[str]) -> Entries:
    """Every entry with what is done to it: instructions name or count it, rows print it, prose mentions moves.

    A name that is misprinted in an instruction stands as its row prints it.
    """
    instructions, misprints = with_spelling_of_rows(instructions, rows)
    named = {entry_key(i.country, name): i.action for i in instructions for name in i.names}
    resolved = tuple(_with_action(row, named, instructions) for row in rows)
    shown = {entry_key(row.country, row.name): row for row in resolved if row.action is not None}
    missing = [(i, name) for i in instructions for name in i.names if not _is_shown(i.country, name, shown)]
    moved_keys = _moved_keys(instructions, resolved, prose)
    added = [_entry(row) for row in resolved if row.action is Action.ADD]
    added += [NamedEntry(i.country, n, i.list) for i, n in missing if i.action is Action.ADD]
    revised = [
        _entry(row) for row in resolved if row.action is Action.REVISE and not _is_swept(row, named, instructions)
    ]
    revised += [NamedEntry(i.country, n, i.list) for i, n in missing if i.action is Action.REVISE]
    removed = [NamedEntry(i.country, n, i.list) for i in instructions if i.action is Action.REMOVE for n in i.names]
    return Entries(
        added=tuple(dict.fromkeys(added)),
        removed=tuple(e for e in dict.fromkeys(removed) if entry_key(e.country, e.name) not in moved_keys),
        revised=tuple(dict.fromkeys(revised)),
        moved=tuple(e for e in dict.fromkeys(removed) if entry_key(e.country, e.name) in moved_keys),
        reworded=tuple(
            _entry(row) for row in resolved if row.action is Action.REVISE and _is_swept(row, named, instructions)
        ),
        rows=resolved,
        instructions=instructions,
        differences=(*misprints, *_differences(instructions, resolved, missing, named)),
    )


def _differences(
    instructions: tuple[Instruction, ...],
    rows: tuple[RuleRow, ...],
    missing: list[tuple[Instruction, str]],
    named: dict[_Key, Action],
) -> list[str]:
    """What instructions do without a row, and the rows that no instruction names or counts."""
    keys = {entry_key(row.country, row.name) for row in rows}
    without_row = {key: action for key, action in named.items() if key not in keys}
    return [
        *(
            f"Instruction {i.number} {_VERBS[i.action]} “{name}” under {i.country or 'no country'}; "
            "the tables show no such entry."
            for i, name in missing
            if i.action is not Action.REMOVE
        ),
        *_counts_by_instruction(instructions, rows),
        *_swept_counts(instructions, rows, named),
        *(
            f"The tables show “{row.name}” under {row.country or 'no country'}; no instruction names it."
            for row in rows
            if not _is_instructed(row, named, without_row, instructions)
        ),
        *_unexplained_citations(instructions, rows),
    ]


def _unexplained_citations(instructions: tuple[Instruction, ...], rows: tuple[RuleRow, ...]) -> list[str]:
    """Rows that are added and cite an earlier rule, though no instruction takes the entry out elsewhere."""
    removed = {comparable(name) for i in instructions if i.action is Action.REMOVE for name in i.names}
    return [
        f"The table cites an earlier rule for “{row.name}” under {row.country}, which is added and removed nowhere."
        for row in rows
        if row.action is Action.ADD and cites_earlier_rule(row) and comparable(row.name) not in removed
    ]


def _is_instructed(
    row: RuleRow, named: dict[_Key, Action], without_row: dict[_Key, Action], instructions: tuple[Instruction, ...]
) -> bool:
    """Whether an instruction names a row, by less of its name only where no other row has that name, or counts it."""
    if entry_key(row.country, row.name) in named or _by_prefix(row, without_row) is not None:
        return True
    return any(i.list is row.list and (i.sweep or (not i.names and i.country == row.country)) for i in instructions)


def _swept_counts(
    instructions: tuple[Instruction, ...], rows: tuple[RuleRow, ...], named: dict[_Key, Action]
) -> list[str]:
    counted = sum(i.count or 0 for i in instructions if i.sweep)
    swept = sum(row.action is Action.REVISE and _is_swept(row, named, instructions) for row in rows)
    return [f"The instructions reword {counted} entries; the tables show {swept}."] if counted not in (0, swept) else []


_VERBS = {Action.ADD: "adds", Action.REVISE: "revises", Action.REMOVE: "removes"}


def _entry(row: RuleRow) -> NamedEntry:
    return NamedEntry(row.country, row.name, row.list)


def _is_shown(country: str, name: str, shown: dict[_Key, RuleRow]) -> bool:
    if entry_key(country, name) in shown:
        return True
    return any(c == country and begins_with_name(row.name, name) for (c, _), row in shown.items())


def _with_action(row: RuleRow, named: dict[_Key, Action], instructions: tuple[Instruction, ...]) -> RuleRow:
    """The row with what is done to it: as an instruction names it, else by its citations and the counts."""
    action = named.get(entry_key(row.country, row.name)) or _by_prefix(row, named)
    if action is None or action is Action.REMOVE:
        here = {i.action for i in instructions if i.country in (row.country, "") and not i.names and i.list is row.list}
        action = next(iter(here)) if len(here) == 1 else _by_citation(row)
    return replace(row, action=action)


def _by_prefix(row: RuleRow, named: dict[_Key, Action]) -> Action | None:
    """An instruction may give less of a name than the table: the longest that the cell opens with."""
    here = ((name, action) for (country, name), action in named.items() if country == row.country)
    fitting = [(name, action) for name, action in here if begins_with_name(row.entity, name)]
    return max(fitting, key=lambda pair: len(pair[0]))[1] if fitting else None


def _by_citation(row: RuleRow) -> Action:
    return Action.REVISE if cites_earlier_rule(row) else Action.ADD


def _is_swept(row: RuleRow, named: dict[_Key, Action], instructions: tuple[Instruction, ...]) -> bool:
    by_name = named.get(entry_key(row.country, row.name)) or _by_prefix(row, named)
    return by_name is None and any(i.sweep for i in instructions)


def _moved_keys(instructions: tuple[Instruction, ...], rows: tuple[RuleRow, ...], prose: list[str]) -> set[_Key]:
    """The removals that only move an entry: under another country, or into another one's entry."""
    mentioned = comparable(" ".join(m["names"] for p in prose for m in _MOVED.finditer(p)))
    arriving = {comparable(name) for i in instructions if i.action is Action.ADD for name in i.names}
    arriving |= {comparable(row.name) for row in rows if row.action is Action.ADD and cites_earlier_rule(row)}
    moved: set[_Key] = set()
    for instruction in instructions:
        if instruction.action is Action.REMOVE:
            names = {comparable(name) for name in instruction.names}
            moved |= {(instruction.country, name) for name in names if name in arriving or (name and name in mentioned)}
    return moved


def _counts_by_instruction(instructions: tuple[Instruction, ...], rows: tuple[RuleRow, ...]) -> list[str]:
    found: list[str] = []
    for i in instructions:
        if i.count is None or i.sweep or i.action is Action.REMOVE:
            continue
        read = sum(row.action is i.action and row.country == i.country and row.list is i.list for row in rows)
        if read != i.count:
            stated = f"Instruction {i.number} {_VERBS[i.action]} {i.count} entries under {i.country}"
            found.append(f"{stated}; the tables show {read}.")
    return found


def agreement(entries: Entries, stated: StatedCounts, list_: Kind) -> tuple[str, ...]:
    """The differences between rows and instructions, and between what is stated of a list and what was read."""
    found = [*entries.differences, *counted_otherwise(entries, stated, list_)]
    read = _by_verb(entries, list_)
    for verb, count in _stated_by_verb(stated).items():
        if count is None and read[verb] and (verb != "revises" or len(read[verb]) == sum(map(len, read.values()))):
            found.append(f"States no number of what it {verb}; read {len(read[verb])} entries.")
    for country, count in (stated.by_country or {}).items():
        here = sum(e.country == country for e in read["adds"])
        if here != count:
            found.append(f"States {count} under {country}; read {here}.")
    return tuple(dict.fromkeys(found))


def counted_otherwise(entries: Entries, stated: StatedCounts, list_: Kind, place: str = "") -> list[str]:
    """The stated counts of a list that are not those of what was read; `place` names it: " on the MEU List"."""
    read = _by_verb(entries, list_)
    return [
        _difference(verb, count, read[verb], stated, place)
        for verb, count in _stated_by_verb(stated).items()
        if count is not None and count not in _counted(read[verb])
    ]


def _stated_by_verb(stated: StatedCounts) -> dict[str, int | None]:
    return {"adds": stated.added, "removes": stated.removed, "revises": stated.revised}


def _by_verb(entries: Entries, list_: Kind) -> dict[str, list[NamedEntry]]:
    return {
        "adds": [e for e in entries.added if e.list is list_],
        "removes": [e for e in entries.removed if e.list is list_],
        "revises": [e for e in entries.revised if e.list is list_],
    }


def _counted(read: list[NamedEntry]) -> set[int]:
    """What a count of entries can be: one by one, or the entities that stand under several countries once."""
    return {len(read), len({comparable(entry.name) for entry in read})}


def _difference(verb: str, count: int, read: list[NamedEntry], stated: StatedCounts, place: str) -> str:
    different = len({comparable(entry.name) for entry in read})
    what = f"States that it {verb} {count}"
    if verb == "adds" and stated.entities is not None:
        under = f" under {stated.entries} entries" if stated.entries is not None else ""
        also = f" and {stated.addresses} addresses" if stated.addresses else ""
        what = f"States {stated.entities} entities{also}{under}"
    return f"{what}{place}; read {len(read)} entries of {different} names."
