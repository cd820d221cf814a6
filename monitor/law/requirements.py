"""License requirements: how to tell one from the contents of another column."""

import re

REQUIREMENT = re.compile(r"\b(?:items?|commodit\w+|software|technology|computers?|EAR|ECCNs?)\b", re.IGNORECASE)


def is_requirement(text: str) -> bool:
    """Tell whether a text says for what a license is required."""
    return REQUIREMENT.search(text) is not None
