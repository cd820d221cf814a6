"""What a document does, told by its instructions and its own sentences before its title.

The kinds are those of monitor.model.rules.Kind; a document has one leading kind and others beside it.
"""

import re

from msgspec import Struct

from monitor.law.rules.amendments import Amendment
from monitor.law.rules.sentences import sentences
from monitor.law.rules.text import RuleText
from monitor.model.rules import Classification, Instruction, Kind, Reason, RuleMetadata

_BIS = re.compile(r"industry[ -]and[ -]security|bureau of industry and security", re.IGNORECASE)
_DENIAL = re.compile(
    r"\bden(?:ying|ial of) export privileges\b|\btemporar(?:y|ily) den(?:ying|ial)\b|^in the matter of\b"
    r"|\border (?:relating to|renewing|making|modifying|vacating)\b|\bdenied persons?\b|\bdenial order\b",
    re.IGNORECASE,
)
_ROUTINE = re.compile(
    r"\binformation collection|\bsubmission for OMB\b|\bcomment request\b|\bpaperwork\b|\b(?:open|closed) meetings?\b"
    r"|\bpartially closed\b|\badvisory committee\b|\bsubcommittee\b|\brecruitment of\b|\bprivacy act\b|\bsunshine act\b"
    r"|\bpublic briefing\b|\bwebinar\b|\bdelegation of authority\b|\bexclusions?\b.*\bsection 232\b",
    re.IGNORECASE,
)
_SUPPLY_CHAIN = re.compile(
    r"\binformation and communications technology and services\b|\bICTS\b|\bexecutive order 13873\b|\bE\.O\. 13873\b"
    r"|\bconnected vehicles?\b",
    re.IGNORECASE,
)
_CORRECTION = re.compile(r"\bcorrect(?:ion|ing amendments?|ing|ed)\b", re.IGNORECASE)
_COMMENT = re.compile(
    r"\b(?:requests? for (?:public )?comments?|notification of inquiry|notice of inquiry|reopening|extension of comment"
    r"|comment period|advance notice|proposed rule)\b",
    re.IGNORECASE,
)
_OTHER_ENTITY_LIST = re.compile(
    r"\b(?:UFLPA|Uyghur Forced Labor Prevention Act|Cuba Restricted) (?:Entity|List)", re.I
)

_ENTITY_LIST = r"\bEntity List\b"
_SUBJECTS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.GENERAL_LICENSE, re.compile(r"\btemporary general licenses?\b|\bTGLs?\b", re.IGNORECASE)),
    (
        Kind.MEU_LIST,
        re.compile(
            r"\bMilitary[- ]End[- ]Users?['’]?(?: \(MEU\))? List\b|\bMEU\b['’]?\)? List\b", re.IGNORECASE
        ),
    ),
    (Kind.UNVERIFIED_LIST, re.compile(r"\bUnverified List\b|\bUVL\b")),
    (Kind.VEU, re.compile(r"\bvalidated end[- ]users?\b|\bVEUs?\b", re.IGNORECASE)),
)
_ACTS = r"\b(?:add(?:s|ing)?|addition|remov(?:es?|ing|als?)|revis(?:es?|ing|ions?)|modif(?:y|ies|ying|ications?)|correct(?:s|ing)?|additions?|transfer(?:s|ring)?)\b"
_ENTRIES_OF_LIST = re.compile(
    rf"{_ACTS}(?:(?!\b(?:criteria|procedures?|definition)\b).){{0,220}}?(?:\b(?:entit(?:y(?! list)|ies)|entr(?:y|ies)|persons?|companies|affiliates|addresses)\b"
    rf".{{0,160}})?{_ENTITY_LIST}|{_ENTITY_LIST}\s+(?:additions?|removals?|revisions?|modifications?)\b|\bentr(?:y|ies)\b.{{0,80}}{_ENTITY_LIST}",
    re.IGNORECASE | re.DOTALL,
)
_FRAMEWORK = re.compile(
    rf"{_ENTITY_LIST}|\bforeign[- ](?:produced )?direct[- ]product\b|\bFDP rules?\b|\baffiliates rule\b|\b50[- ]percent rule\b"
    r"|\bEnd-User Review Committee\b|\bsupplement no\. [457] to part 744\b|\bfootnote \d designat|\bGeneral Order No\.",
    re.IGNORECASE,
)
_FRAMEWORK_SECTIONS = {"744.11", "744.15", "744.16", "744.20"}
_FRAMEWORK_PROVISIONS = re.compile(r"supplement [456] to part 744")
_CFR_PARTS = {734, 736, 744}
_LISTS = (
    Kind.ENTITY_LIST_RULE,
    Kind.GENERAL_LICENSE,
    Kind.MEU_LIST,
    Kind.UNVERIFIED_LIST,
    Kind.VEU,
    Kind.LIST_FRAMEWORK,
)


class Evidence(Struct, frozen=True, kw_only=True):
    """What is known of a document when it is classified; without its text only the metadata are."""

    metadata: RuleMetadata
    text: RuleText | None = None
    amendments: tuple[Amendment, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    has_license: bool = False

    @property
    def title(self) -> str:
        """The title, of the metadata or of the text."""
        return self.metadata.title or (self.text.title if self.text else "")

    @property
    def action(self) -> str:
        """The ACTION line."""
        return self.metadata.action or (self.text.part("ACTION") if self.text else "")

    @property
    def summary(self) -> str:
        """The summary of the text, else the abstract."""
        return (self.text.part("SUMMARY") if self.text else "") or self.metadata.abstract or ""


def classify_metadata(metadata: RuleMetadata) -> Classification:
    """The kind of a document whose text is not there yet.

    Cautious: a rule of BIS that may touch the lists is called `list-framework` until it is read.
    """
    return classify(Evidence(metadata=metadata))


def classify(evidence: Evidence) -> Classification:
    """The leading kind of a document, the others, and the sentences and instructions that say so."""
    if not _from_bis(evidence):
        return _only(
            Kind.NOT_RELEVANT, "Not a document of the Bureau of Industry and Security", evidence.title
        )
    for kind, why, quote in _by_form(evidence):
        return _only(kind, why, quote)
    found = _subjects(evidence)
    if not found:
        return _unclear(evidence)
    if _is_correction(evidence):
        return _correction(found, evidence)
    kinds = [kind for kind in _LISTS if kind in found]
    return Classification(kinds[0], tuple(kinds[1:]), tuple(found[kind] for kind in kinds))


def _only(kind: Kind, why: str, quote: str) -> Classification:
    return Classification(kind, (), (Reason(why, quote),))


def _from_bis(evidence: Evidence) -> bool:
    if any(_BIS.search(agency) for agency in evidence.metadata.agencies):
        return True
    issuer = f"{evidence.text.issuer} {evidence.text.part('AGENCY')}" if evidence.text else ""
    if _BIS.search(issuer):
        return True
    known = bool(evidence.metadata.agencies or issuer.strip())
    return not known and any(
        r.title == 15 and r.part in range(730, 775) for r in evidence.metadata.cfr_references
    )


def _by_form(evidence: Evidence) -> list[tuple[Kind, str, str]]:
    """What the form of a document settles, whatever it speaks of."""
    title, action = evidence.title, evidence.action
    is_rule = evidence.metadata.type in ("Rule", "Proposed Rule", "Correction")
    if not is_rule and _DENIAL.search(title):
        return [(Kind.DENIAL_ORDER, "An order against named persons", title)]
    if _ROUTINE.search(title) and not evidence.instructions:
        return [(Kind.NOT_RELEVANT, "Meetings, information collections and the like", title)]
    parts = {(r.title, r.part) for r in evidence.metadata.cfr_references}
    if (15, 7) in parts or (15, 791) in parts or _SUPPLY_CHAIN.search(title):
        return [(Kind.SUPPLY_CHAIN, "Information and communications technology and services", title)]
    if (
        evidence.metadata.type != "Rule"
        and _COMMENT.search(f"{action} {title}")
        and not evidence.instructions
    ):
        said = _first_sentence(
            f"{title}. {evidence.summary}", [p for _, p in _SUBJECTS] + [re.compile(_ENTITY_LIST)]
        )
        if said:
            return [(Kind.COMMENT_REQUEST, "Asks for comments on the lists or licenses", said)]
    if not is_rule:
        return (
            [(Kind.NOT_RELEVANT, "A notice that is neither a rule nor an order", title)]
            if not _speaks(evidence)
            else []
        )
    return []


def _speaks(evidence: Evidence) -> bool:
    said = f"{evidence.title}. {evidence.summary}"
    return bool(_ENTRIES_OF_LIST.search(said) or any(p.search(said) for _, p in _SUBJECTS))


def _subjects(evidence: Evidence) -> dict[Kind, Reason]:
    """Each list, license or framework that a document acts on, with the reason."""
    found: dict[Kind, Reason] = {}
    for instruction in evidence.instructions:
        found.setdefault(instruction.list, Reason(f"Instruction {instruction.number}", instruction.quote))
    if evidence.has_license:
        place = next(
            a
            for a in evidence.amendments
            if re.match(r"supplement (?:7 to part 744|1 to part 736)", a.provision)
        )
        found.setdefault(Kind.GENERAL_LICENSE, Reason(f"Instruction {place.number}", place.text[:300]))
    for amendment in evidence.amendments:
        if amendment.list is Kind.VEU:
            found.setdefault(Kind.VEU, Reason(f"Instruction {amendment.number}", amendment.text[:300]))
        if amendment.provision in _FRAMEWORK_SECTIONS or _is_frame(amendment, evidence.instructions):
            found.setdefault(
                Kind.LIST_FRAMEWORK, Reason(f"Instruction {amendment.number}", amendment.text[:300])
            )
    _by_sentences(evidence, found)
    return found


def _is_frame(amendment: Amendment, instructions: tuple[Instruction, ...]) -> bool:
    touches_entries = any(i.number.split(".")[0] == amendment.number for i in instructions)
    return bool(_FRAMEWORK_PROVISIONS.fullmatch(amendment.provision)) and not touches_entries


def _by_sentences(evidence: Evidence, found: dict[Kind, Reason]) -> None:
    """What title and summary say, where they say that the document acts."""
    said = [evidence.title, *(s for s in sentences(evidence.summary) if not _is_history(s))]
    for sentence in said:
        if _OTHER_ENTITY_LIST.search(sentence):
            continue
        if _ENTRIES_OF_LIST.search(sentence) and not re.search(
            r"\bno (?:entity|person) is\b", sentence, re.I
        ):
            found.setdefault(Kind.ENTITY_LIST_RULE, Reason("The summary says so", sentence))
        for kind, pattern in _SUBJECTS:
            if pattern.search(sentence) and (
                re.search(_ACTS, sentence, re.I) or kind in (Kind.GENERAL_LICENSE, Kind.VEU)
            ):
                found.setdefault(kind, Reason("The summary says so", sentence))
        if _FRAMEWORK.search(sentence) and not found:
            found.setdefault(Kind.LIST_FRAMEWORK, Reason("The summary says so", sentence))


def _is_history(sentence: str) -> bool:
    return bool(
        re.match(r"(?:That|The (?:prior|previous|earlier)) (?:\w+ )*rule\b|On \w+ \d+, \d{4}\b", sentence)
    )


def _is_correction(evidence: Evidence) -> bool:
    number = evidence.metadata.document_number.upper()
    if evidence.metadata.type == "Correction" or re.match(r"[CR]\d+-", number):
        return True
    return bool(
        _CORRECTION.search(evidence.action) or re.search(r";\s*Corrections?\s*$", evidence.title, re.I)
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
    """A rule that says nothing of lists: without a summary and text it may still concern them."""
    if _is_correction(evidence) and evidence.metadata.type == "Correction":
        return _only(Kind.CORRECTION, "It corrects an earlier document of BIS", evidence.title)
    touches = any(r.title == 15 and r.part in _CFR_PARTS for r in evidence.metadata.cfr_references)
    if (
        touches
        and not evidence.summary.strip()
        and not evidence.amendments
        and evidence.metadata.type == "Rule"
    ):
        return _only(
            Kind.LIST_FRAMEWORK, "A rule on parts 734, 736 or 744 that could not be read yet", evidence.title
        )
    return _only(Kind.NOT_RELEVANT, "It says nothing of the lists or of general licenses", evidence.title)


def _first_sentence(text: str, patterns: list[re.Pattern[str]]) -> str:
    return next((s for s in sentences(text) if any(p.search(s) for p in patterns)), "")
