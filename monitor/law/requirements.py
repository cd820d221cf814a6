"""License requirements: the footnotes that a cell points to."""

import re
from functools import lru_cache

from monitor.law.wording import PLAIN_SUPERSCRIPTS

RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⸴]+")
REQUIREMENT = re.compile(r"\b(?:items?|commodit|software|technology|computers?|EAR|ECCNs?)\b", re.IGNORECASE)


def is_requirement(text: str) -> bool:
    """Tell whether a text says for what a license is required."""
    return REQUIREMENT.search(text) is not None


@lru_cache(maxsize=1024)
def designations_in(text: str) -> tuple[str, ...]:
    """Return the footnote designations of a cell in printed order, each once."""
    found = (
        part for raised in RAISED.findall(text) for part in raised.translate(PLAIN_SUPERSCRIPTS).split(",")
    )
    return tuple(dict.fromkeys(part for part in found if part))
