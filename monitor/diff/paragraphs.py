"""What changed in a supplement that is prose, paragraph by paragraph."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from monitor.law.wording import key, ratio
from monitor.model.changes import ParagraphChange
from monitor.model.entries import Text

# From this similarity on (0 to 100) two paragraphs are the same one, reworded.
REWORDED = 60.0


def paragraph_changes(before: Text, after: Text) -> tuple[ParagraphChange, ...]:
    """Return the paragraphs that are added, removed or reworded, in printed order; the heading is the first."""
    old, new = (before.heading, *before.paragraphs), (after.heading, *after.paragraphs)
    matcher = SequenceMatcher(None, [key(p) for p in old], [key(p) for p in new], autojunk=False)
    found: list[ParagraphChange] = []
    for tag, i, to_i, j, to_j in matcher.get_opcodes():
        if tag != "equal":
            found.extend(_replaced(old[i:to_i], new[j:to_j]))
    return tuple(found)


def _replaced(old: Sequence[str], new: Sequence[str]) -> list[ParagraphChange]:
    """Pair the paragraphs of a passage that are alike, in order; the others are removed or added."""
    found: list[ParagraphChange] = []
    following = 0
    for paragraph in old:
        match = next((j for j in range(following, len(new)) if _reworded(paragraph, new[j])), None)
        if match is None:
            found.append(ParagraphChange(paragraph, ""))
            continue
        found.extend(ParagraphChange("", new[j]) for j in range(following, match))
        found.append(ParagraphChange(paragraph, new[match]))
        following = match + 1
    return found + [ParagraphChange("", paragraph) for paragraph in new[following:]]


def _reworded(one: str, other: str) -> bool:
    return ratio(key(one), key(other)) >= REWORDED
