"""Which fields of an entry differ, before and after."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from monitor.diff.meaning import citation_meaning, same_cell, sub_meaning
from monitor.law.wording import key, same
from monitor.model.changes import FieldChange
from monitor.model.entries import Citation, Entry, SubEntry


def field_changes(before: Entry, after: Entry) -> tuple[FieldChange, ...]:
    """Return the fields that differ in meaning, in the order of the columns."""
    found = [
        _text("country", before.country, after.country),
        *_entity(before, after),
        _requirement(before, after),
        _policy(before, after),
        _citation(before, after),
    ]
    return tuple(change for change in found if change is not None)


def _entity(before: Entry, after: Entry) -> list[FieldChange | None]:
    if same_cell(before, after):
        return []
    if _is_unsplit(before) or _is_unsplit(after):
        return [_text("entity", before.cells.entity, after.cells.entity)]
    return [
        _text("name", before.name, after.name),
        _set("aliases", before.aliases, after.aliases),
        _set("addresses", [a.text for a in before.addresses], [a.text for a in after.addresses]),
        _set("cross_references", before.cross_references, after.cross_references),
        _sub_entries(before.sub_entries, after.sub_entries),
    ]


def _is_unsplit(entry: Entry) -> bool:
    """Tell whether the whole cell was read as the name, so that a change in it need not be one of the name."""
    return entry.whole and not (entry.aliases or entry.addresses or entry.sub_entries)


def _text(field: str, before: str, after: str) -> FieldChange | None:
    return None if same(before, after) else FieldChange(field, before, after)


def _set(field: str, before: Sequence[str], after: Sequence[str]) -> FieldChange | None:
    added, removed = _come(before, after, key), _come(after, before, key)
    if not added and not removed:
        return None
    return FieldChange(field, "; ".join(before), "; ".join(after), added, removed)


def _come(before: Iterable[str], after: Iterable[str], of: Callable[[str], object]) -> tuple[str, ...]:
    """Return what is in `after` beyond what is in `before`, as printed; two spellings count twice."""
    texts, printed = tuple(dict.fromkeys(after)), frozenset(before)
    left = Counter(of(text) for text in printed)
    new: set[str] = set()
    for text in sorted(texts, key=lambda text: text not in printed):
        left[of(text)] -= 1
        if left[of(text)] < 0:
            new.add(text)
    return tuple(text for text in texts if text in new)


def _sub_entries(before: Sequence[SubEntry], after: Sequence[SubEntry]) -> FieldChange | None:
    old, new = ({sub_meaning(sub): sub_entry_text(sub) for sub in subs} for subs in (before, after))
    added = tuple(text for what, text in new.items() if what not in old)
    removed = tuple(text for what, text in old.items() if what not in new)
    if not added and not removed:
        return None
    return FieldChange("sub_entries", "; ".join(old.values()), "; ".join(new.values()), added, removed)


def sub_entry_text(sub: SubEntry) -> str:
    """Return a sub-entry in one line: name, aliases, addresses."""
    aliases = f" (a.k.a. {', '.join(sub.aliases)})" if sub.aliases else ""
    places = "; ".join(address.text for address in sub.addresses)
    return f"{sub.name}{aliases}{', ' if places else ''}{places}"


def _requirement(before: Entry, after: Entry) -> FieldChange | None:
    old, new = before.cells.license_requirement, after.cells.license_requirement
    if same(old, new):
        return None
    added, removed = (
        _come(before.footnotes, after.footnotes, str),
        _come(after.footnotes, before.footnotes, str),
    )
    return FieldChange("license_requirement", old, new, added, removed)


def _policy(before: Entry, after: Entry) -> FieldChange | None:
    old, new = before.cells.license_review_policy, after.cells.license_review_policy
    if same(old, new):
        return None
    kinds_before, kinds_after = (
        [p.kind.value for p in before.policies],
        [p.kind.value for p in after.policies],
    )
    added, removed = _come(kinds_before, kinds_after, str), _come(kinds_after, kinds_before, str)
    return FieldChange("license_review_policy", old, new, added, removed)


def _citation(before: Entry, after: Entry) -> FieldChange | None:
    old, new = before.cells.citation, after.cells.citation
    if same(old, new) or citation_meaning(before) == citation_meaning(after):
        return None
    lines_before = [citation_text(c) for c in before.citations]
    lines_after = [citation_text(c) for c in after.citations]
    added, removed = _come(lines_before, lines_after, str), _come(lines_after, lines_before, str)
    return FieldChange("citation", old, new, added, removed)


def citation_text(citation: Citation) -> str:
    """Return a citation in the usual form, such as "99 FR 1234, 3/2/31"."""
    on = citation.on
    day = f", {on.month}/{on.day}/{on:%y}" if on is not None else ""
    return f"{citation.volume} FR {citation.page}{day}"
