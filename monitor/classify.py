"""What a document is about, as far as its metadata tell (its text is read elsewhere)."""

import re

from monitor.model.documents import Kind

# In this order: an order denying privileges may cite the Entity List, a correction may correct a general license.
# Words of BIS titles since 1994; a rule that says none of them is some other rule, never "not relevant".
TITLES: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            Kind.DENIAL_ORDER,
            r"\bin the matter of\b|\bden(?:ying|ial of)\b.{0,40}\bexport privileges\b|\bdenial orders?\b",
        ),
        (
            Kind.NOT_RELEVANT,
            r"\badvisory committee\b|\binformation collection\b|\bOMB review\b|\bpaperwork reduction\b",
        ),
        (Kind.CORRECTION, r"\bcorrect(?:ion|ing|ed)s?\b"),
        (Kind.GENERAL_LICENSE, r"\bgeneral licenses?\b|\bgeneral orders?\b"),
        (Kind.UNVERIFIED_LIST, r"\bunverified list\b|\bUVL\b"),
        (Kind.MEU_LIST, r"\bmilitary[- ]end[- ]users?\b"),
        (Kind.VEU, r"\bvalidated end[- ]users?\b"),
        (
            Kind.LIST_FRAMEWORK,
            r"\bforeign[- ](?:produced )?direct[- ]product\b|\baffiliates? of\b|\blicense review polic",
        ),
        (
            Kind.ENTITY_LIST_RULE,
            r"\bentity list\b|\bentities\b.{0,40}\b(?:add|remov|revis)|\bend-user review committee\b",
        ),
        (Kind.SUPPLY_CHAIN, r"\bsupply chain\b"),
        (Kind.COMMENT_REQUEST, r"\b(?:request|reopening).{0,40}\bcomments?\b.{0,80}\b(?:listed|license review)\b"),
    )
)
SENTENCE = re.compile(r"(?<=[.;])\s+")
NEGATED = re.compile(r"\b(?:no|not|nor)\b", re.IGNORECASE)  # "No entity is added to the Entity List by this rule"
RULES = ("Rule", "Proposed Rule", "Correction")


def classify(title: str, document_type: str, summary: str | None = None) -> Kind:
    """The kind of a document by its title and, for rules, by its summary where the title names nothing."""
    found = first_match(title)
    if found is None and document_type in RULES:
        found = first_match(" ".join(s for s in SENTENCE.split(summary or "") if not NEGATED.search(s)))
    if found in (None, Kind.DENIAL_ORDER, Kind.NOT_RELEVANT) and document_type in RULES:
        return Kind.OTHER_RULE
    return Kind.NOT_RELEVANT if found is None else found


def first_match(text: str) -> Kind | None:
    """The first kind whose words the text says."""
    return next((kind for kind, pattern in TITLES if pattern.search(text)), None)
