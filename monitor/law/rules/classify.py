"""Classify a document: by its instructions and its own sentences first, and by its title after them.

The kinds are those of monitor.model.rules.Kind; a document has one leading kind and others beside it.
"""

import re

from monitor.law.rules.amendments import Amendment
from monitor.law.rules.counts import lists_counted
from monitor.law.rules.evidence import Evidence
from monitor.law.rules.title_and_summary import (
    add_stated_subjects,
    changes_reach,
    names_subject_in_title,
    request_for_comments,
)
from monitor.model.rules import Classification, Instruction, Kind, Reason, RuleMetadata

_BIS = re.compile(r"industry[ -]and[ -]security|bureau of industry and security", re.IGNORECASE)
_DENIAL = re.compile(
    r"\bden(?:ying|ial of) export privileges\b|\btemporar(?:y|ily) den(?:ying|ial)\b|^in the matter of\b"
    r"|\border (?:relating to|renewing|making|modifying|vacating)\b|\bdenied persons?\b|\bdenial order\b",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:open|closed) meetings?\b|\bpartially closed\b|\badvisory committee\b|\bsubcommittee\b"
    r"|\brecruitment of\b|\bsunshine act\b|\bpublic briefing\b|\bwebinar\b",
    re.IGNORECASE,
)
_ADMINISTRATION = re.compile(
    r"\binformation collection|\bsubmission for OMB\b|\bcomment request\b|\bpaperwork\b|\bprivacy act\b"
    r"|\bdelegation of authority\b|\bexclusions?\b.*\bsection 232\b",
    re.IGNORECASE,
)
_SUPPLY_CHAIN = re.compile(
    r"\binformation and communications technology and services\b|\bICTS\b|\bexecutive order 13873\b"
    r"|\bE\.O\. 13873\b"
    r"|\bconnected vehicles?\b",
    re.IGNORECASE,
)
_CORRECTION = re.compile(r"\bcorrect(?:ion|ing amendments?|ing|ed)\b", re.IGNORECASE)
_COMMENT = re.compile(
    r"\b(?:requests? for (?:public )?comments?|notification of inquiry|notice of inquiry|reopening"
    r"|extension of comment"
    r"|comment period|advance notice|proposed rule)\b",
    re.IGNORECASE,
)
_LONGER_COMMENTS = re.compile(
    r"\b(?:extends?|reopens?|extending|reopening) the (?:\w+ ){0,2}?(?:deadline|comments? period|period)\b",
    re.IGNORECASE,
)
_FRAMEWORK_SECTIONS = {"744.11", "744.15", "744.16", "744.20"}
_OWNERS = re.compile(
    r"\b(?:50|fifty)[- ]percent\b|\bowned\b.{0,120}\b(?:Entity List|MEU List|listed entit)", re.IGNORECASE
)
_FOOTNOTES = re.compile(r"\bfootnotes? \d", re.IGNORECASE)
_SECTIONS_OF_OTHERS = {"734.9": _FOOTNOTES, "744.8": _OWNERS, "744.21": _OWNERS}  # where they speak of the lists
_FRAMEWORK_PROVISIONS = re.compile(r"supplement [456] to part 744")
_CFR_PARTS = {734, 736, 744}
_LIST_PARTS = {744}
_LISTS = (
    Kind.ENTITY_LIST_RULE,
    Kind.GENERAL_LICENSE,
    Kind.MEU_LIST,
    Kind.UNVERIFIED_LIST,
    Kind.VEU,
    Kind.LIST_FRAMEWORK,
)


def classify_metadata(metadata: RuleMetadata) -> Classification:
    """The kind of a document whose text is not there yet.

    Cautious: a rule of BIS that may touch the lists is called `list-framework` until it is read.
    """
    return classify(Evidence(metadata=metadata, counted=lists_counted(metadata.abstract or "")))


def classify(evidence: Evidence) -> Classification:
    """The leading kind of a document, the others, and the sentences and instructions that show it."""
    if not _from_bis(evidence):
        return _single(Kind.NOT_RELEVANT, "Not a document of the Bureau of Industry and Security", evidence.title)
    by_form = _by_form(evidence)
    if by_form is not None:
        return _single(*by_form)
    found = _subjects_of(evidence)
    if not found:
        return _unclear(evidence)
    if _is_correction(evidence):
        return _correction(found, evidence)
    kinds = [kind for kind in _in_order(evidence) if kind in found]
    if evidence.metadata.type == "Proposed Rule":
        reason = Reason("A proposed rule asks for comments; it changes nothing yet", evidence.title)
        return Classification(Kind.COMMENT_REQUEST, tuple(kinds), (reason, *(found[kind] for kind in kinds)))
    return Classification(kinds[0], tuple(kinds[1:]), tuple(found[kind] for kind in kinds))


def _in_order(evidence: Evidence) -> tuple[Kind, ...]:
    """The kinds, the leading ones first: what changes the reach of a whole list leads where no entry changes."""
    changes = changes_reach(evidence) or any(map(_reaches_lists, evidence.amendments))
    if evidence.instructions or not changes:
        return _LISTS
    return (Kind.LIST_FRAMEWORK, *(kind for kind in _LISTS if kind is not Kind.LIST_FRAMEWORK))


def _reaches_lists(amendment: Amendment) -> bool:
    """Whether an instruction amends a section on what the lists mean for everyone."""
    if speaks_of_lists := _SECTIONS_OF_OTHERS.get(amendment.provision):
        put_in = " ".join([amendment.text, *(block.text for block in amendment.blocks)])
        return bool(speaks_of_lists.search(put_in) or _OWNERS.search(put_in))
    return amendment.provision in _FRAMEWORK_SECTIONS


def _single(kind: Kind, why: str, quote: str) -> Classification:
    return Classification(kind, (), (Reason(why, quote),))


def _from_bis(evidence: Evidence) -> bool:
    if any(_BIS.search(agency) for agency in evidence.metadata.agencies):
        return True
    issuer = f"{evidence.text.issuer} {evidence.text.part('AGENCY')}" if evidence.text else ""
    if _BIS.search(issuer):
        return True
    named = bool(evidence.metadata.agencies or issuer.strip())
    return not named and any(r.title == 15 and r.part in range(730, 775) for r in evidence.metadata.cfr_references)


def _by_form(evidence: Evidence) -> tuple[Kind, str, str] | None:
    """What the form of a document settles, whatever its subject: the kind, why, and the words."""
    title = evidence.title
    is_rule = evidence.metadata.type in ("Rule", "Proposed Rule", "Correction")
    if not is_rule and _DENIAL.search(title):
        return Kind.DENIAL_ORDER, "An order against named persons", title
    if (_MEETING.search(title) or _ADMINISTRATION.search(title)) and not evidence.instructions:
        return Kind.NOT_RELEVANT, "Meetings, information collections and the like", title
    parts = {(r.title, r.part) for r in evidence.metadata.cfr_references}
    if parts & {(15, 7), (15, 791)} or _SUPPLY_CHAIN.search(title):
        return Kind.SUPPLY_CHAIN, "Information and communications technology and services", title
    asked = request_for_comments(title, evidence.summary) if _only_asks_for_comments(evidence) else ""
    if asked:
        return Kind.COMMENT_REQUEST, "Asks for comments on the lists or licenses", asked
    if not is_rule and not names_subject_in_title(evidence):
        return Kind.NOT_RELEVANT, "A notice that is neither a rule nor an order", title
    return None


def _only_asks_for_comments(evidence: Evidence) -> bool:
    """Whether a document asks for comments and does nothing else."""
    if evidence.instructions:
        return False
    if evidence.metadata.type != "Rule" and _COMMENT.search(f"{evidence.action} {evidence.title}"):
        return True
    return not evidence.amendments and bool(_LONGER_COMMENTS.search(evidence.summary))


def _subjects_of(evidence: Evidence) -> dict[Kind, Reason]:
    """Each list, license or framework that a document acts on, with the reason."""
    found: dict[Kind, Reason] = {}
    for instruction in evidence.instructions:
        found.setdefault(instruction.list, Reason(f"Instruction {instruction.number}", instruction.quote))
    if evidence.has_license:
        place = next(
            a for a in evidence.amendments if re.match(r"supplement (?:7 to part 744|1 to part 736)", a.provision)
        )
        found.setdefault(Kind.GENERAL_LICENSE, Reason(f"Instruction {place.number}", place.text[:300]))
    for amendment in evidence.amendments:
        if amendment.list is Kind.VEU:
            found.setdefault(Kind.VEU, Reason(f"Instruction {amendment.number}", amendment.text[:300]))
        if _reaches_lists(amendment) or _amends_framework(amendment, evidence.instructions):
            found.setdefault(Kind.LIST_FRAMEWORK, Reason(f"Instruction {amendment.number}", amendment.text[:300]))
    add_stated_subjects(evidence, found)
    return found


def _amends_framework(amendment: Amendment, instructions: tuple[Instruction, ...]) -> bool:
    touches_entries = any(i.number.split(".")[0] == amendment.number for i in instructions)
    return bool(_FRAMEWORK_PROVISIONS.fullmatch(amendment.provision)) and not touches_entries


def _is_correction(evidence: Evidence) -> bool:
    number = evidence.metadata.document_number.upper()
    if evidence.metadata.type == "Correction" or re.match(r"[CR]\d+-", number):
        return True
    return bool(
        _CORRECTION.search(evidence.action) or re.search(r";\s*Corrections?\s*$", evidence.title, re.IGNORECASE)
    )


def _correction(found: dict[Kind, Reason], evidence: Evidence) -> Classification:
    """A correction leads where it corrects lists or what they mean; elsewhere its subject leads."""
    kinds = [kind for kind in _LISTS if kind in found]
    reason = Reason("It corrects an earlier document", evidence.action or evidence.title)
    reasons = (reason, *(found[kind] for kind in kinds))
    if kinds[0] is Kind.VEU:
        return Classification(Kind.VEU, (Kind.CORRECTION,), reasons)
    return Classification(Kind.CORRECTION, tuple(kinds), reasons)


def _unclear(evidence: Evidence) -> Classification:
    """A rule that does not mention the lists: without a summary and text it may still concern them."""
    if _is_correction(evidence) and evidence.metadata.type == "Correction":
        return _single(Kind.CORRECTION, "It corrects an earlier document of BIS", evidence.title)
    parts = {r.part for r in evidence.metadata.cfr_references if r.title == 15}
    unread = evidence.text is None or not evidence.amendments
    touches = parts & _CFR_PARTS if evidence.text is None else parts & _LIST_PARTS
    if unread and evidence.metadata.type == "Rule" and touches:
        why = "A rule on the parts of the lists whose instructions could not be read"
        if _is_correction(evidence):
            return Classification(Kind.CORRECTION, (Kind.LIST_FRAMEWORK,), (Reason(why, evidence.title),))
        return _single(Kind.LIST_FRAMEWORK, why, evidence.title)
    return _single(Kind.NOT_RELEVANT, "It says nothing of the lists or of general licenses", evidence.title)
