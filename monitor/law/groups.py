"""Entries that list others inside them: "and the following seven subordinate institutions:"."""

import re

# What opens a group at the end of a line. The words before it may be a name, or the last alias of one.
GROUP_OPENS = re.compile(
    r"[;,]?\s*(?:\band\s+)?(?:to\s+include\s+)?(?:the\s+following\s+addresses\s+and\s+)?"
    r"\b(?:the\s+following|its|their|including(?:\s+the\s+following)?)\s+(?:[\w,-]+\s+){0,6}?"
    r"(?:institut\w+|entit(?:y|ies)|subsidiar\w+|affiliates?|compan(?:y|ies)|organi[sz]ations?|factor(?:y|ies)|units?)\s*:$",
    re.IGNORECASE,
)
# A line that only says what the next line or lines are.
LABEL = re.compile(
    r"(?:(?:subordinate|affiliated|subsidiary)\s+)?(?:institu\w+|entit(?:y|ies)|subsidiar\w+|affiliates?|compan(?:y|ies))\s*:?",
    re.IGNORECASE,
)
# Such as "The following addresses apply to the entity and to the two subordinate institutions: 1 Alfa Road".
OWN_ADDRESSES = re.compile(
    r"(?:the\s+following\s+)?address(?:es)?\s+(?:apply|applies|for|of)\b[^:]*:\s*", re.IGNORECASE
)
