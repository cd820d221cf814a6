"""Recognize license requirements, to notice a column that holds something else."""

import re

REQUIREMENT = re.compile(r"\b(?:items?|commodit\w+|software|technology|computers?|EAR|ECCNs?)\b", re.IGNORECASE)


def is_requirement(text: str) -> bool:
    """Return whether a text says for what a license is required."""
    return REQUIREMENT.search(text) is not None
