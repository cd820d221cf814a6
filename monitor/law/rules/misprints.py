"""Match the names of instructions with rows that print them otherwise by a letter or two: one entry, two spellings."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from monitor.law.rules.names import begins_with_name, comparable
from monitor.law.wording import ratio
from monitor.model.rules import Action, Instruction, RuleRow

_NEARLY = 85.0  # of 100; two letters in a name of fourteen


class _Name(Struct, frozen=True):
    """A name of an instruction, with the place of the instruction and the form that is compared."""

    place: int
    name: str
    form: str
    instruction: Instruction


def with_spelling_of_rows(
    instructions: tuple[Instruction, ...], rows: tuple[RuleRow, ...]
) -> tuple[tuple[Instruction, ...], list[str]]:
    """The instructions with the spelling of the table where it differs a little, and a sentence on each such name.

    Only a name that no row has is matched, with a row of its country that no instruction names, and each once.
    """
    names = [_Name(place, name, comparable(name), i) for place, i in enumerate(instructions) for name in i.names]
    forms = [comparable(row.entity) for row in rows]
    named: set[int] = set()
    lacking: list[_Name] = []
    for name in names:
        found = [n for n, form in enumerate(forms) if form.startswith(name.form) and _names(name, rows[n])]
        named.update(found)
        if not found and name.instruction.action is not Action.REMOVE:
            lacking.append(name)
    free = [row for n, row in enumerate(rows) if n not in named]
    spelled = dict(_nearest(lacking, free))
    changed = tuple(
        replace(i, names=tuple(spelled[place, n].name if (place, n) in spelled else n for n in i.names))
        for place, i in enumerate(instructions)
    )
    return changed, [_sentence(instructions[place], name, row) for (place, name), row in spelled.items()]


def _names(name: _Name, row: RuleRow) -> bool:
    return name.instruction.country == row.country and begins_with_name(row.entity, name.name)


def _nearest(lacking: list[_Name], free: list[RuleRow]) -> Iterator[tuple[tuple[int, str], RuleRow]]:
    """The pairs of a name and a row that are nearly equal, the nearest first, each name and each row once."""
    rows = [(row, comparable(row.name)) for row in free]
    pairs = [
        (alike, number, place)
        for number, name in enumerate(lacking)
        for place, (row, form) in enumerate(rows)
        if row.country == name.instruction.country and row.list is name.instruction.list
        if (alike := ratio(name.form, form, _NEARLY))
    ]
    taken_names: set[int] = set()
    taken_rows: set[int] = set()
    for _, number, place in sorted(pairs, key=lambda pair: -pair[0]):
        if number not in taken_names and place not in taken_rows:
            taken_names.add(number)
            taken_rows.add(place)
            yield (lacking[number].place, lacking[number].name), rows[place][0]


def _sentence(instruction: Instruction, name: str, row: RuleRow) -> str:
    place = f"Instruction {instruction.number} prints “{name}” under {instruction.country}"
    return f"{place}; the table prints “{row.name}”, which is taken for the same entry."
