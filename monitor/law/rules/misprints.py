"""Match the names of instructions with rows that print them otherwise by a letter or two: one entry, two spellings."""

from msgspec.structs import replace

from monitor.law.rules.names import begins_with_name, comparable
from monitor.law.wording import ratio
from monitor.model.rules import Action, Instruction, RuleRow

_NEARLY = 85.0  # of 100; two letters in a name of fourteen


def with_spelling_of_rows(
    instructions: tuple[Instruction, ...], rows: tuple[RuleRow, ...]
) -> tuple[tuple[Instruction, ...], list[str]]:
    """The instructions with the spelling of the table where it differs a little, and a sentence on each such name.

    Only a name that no row has is matched, with a row of its country that no instruction names, and each once.
    """
    free = [row for row in rows if not any(_names(i, row) for i in instructions)]
    pairs = [
        (ratio(comparable(name), comparable(row.name), _NEARLY), number, name, place)
        for number, i in enumerate(instructions)
        if i.action is not Action.REMOVE
        for name in i.names
        if not any(i.country == row.country and begins_with_name(row.entity, name) for row in rows)
        for place, row in enumerate(free)
        if row.country == i.country and row.list is i.list
    ]
    spelled: dict[tuple[int, str], RuleRow] = {}
    for alike, number, name, place in sorted(pairs, key=lambda pair: -pair[0]):
        if alike and (number, name) not in spelled and free[place] not in spelled.values():
            spelled[number, name] = free[place]
    changed = tuple(
        replace(i, names=tuple(spelled[number, n].name if (number, n) in spelled else n for n in i.names))
        for number, i in enumerate(instructions)
    )
    return changed, [_sentence(instructions[n], name, row) for (n, name), row in spelled.items()]


def _names(instruction: Instruction, row: RuleRow) -> bool:
    here = instruction.country == row.country
    return here and any(begins_with_name(row.entity, name) for name in instruction.names)


def _sentence(instruction: Instruction, name: str, row: RuleRow) -> str:
    place = f"Instruction {instruction.number} prints “{name}” under {instruction.country}"
    return f"{place}; the table prints “{row.name}”, which is taken for the same entry."
