"""What a document does, told by its instructions and its own sentences before its title.

The kinds are those of monitor.model.rules.Kind; a document has one leading kind and others beside it.
"""

import re

from msgspec import Struct

from monitor.law.rules.amendments import Amendment
from monitor.law.rules.counts import lists_counted
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
    r"\binformation collection|\bsubmission for OMB\b|\bcomment request\b|\bpaperwork\b|\b(?:open"
    r"|closed) meetings?\b"
    r"|\bpartially closed\b|\badvisory committee\b|\bsubcommittee\b|\brecruitment of\b|\bprivacy act\b"
    r"|\bsunshine act\b"
    r"|\bpublic briefing\b|\bwebinar\b|\bdelegation of authority\b|\bexclusions?\b.*\bsection 232\b",
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
_OTHER_ENTITY_LIST = re.compile(
    r"\b(?:UFLPA|Uyghur Forced Labor Prevention Act|Cuba Restricted) (?:Entity|List)", re.IGNORECASE
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
_NAMED_LIST = (
    r"(?P<list>Entity|Unverified|Military[- ]End[- ]Users?(?: \(MEU\))?|"
    r"(?:`Military End User' )?\(?MEU\)?) List\b"
)
_TITLE_ACTS = re.compile(
    rf"\b(?:additions?|removals?|revisions?|modifications?|amendments?|adding|removing)\b"
    rf"(?P<what>.*?)\b{_NAMED_LIST}"
    rf"|{_NAMED_LIST.replace('?P<list>', '?P<last>')}\s+(?:additions?|removals?|revisions?|modifications?)\b"
    r"|\bUnverified List\b.*(?P<uvl>\badditions?\b|\bremovals?\b)",
    re.IGNORECASE,
)
_NOT_ENTRIES = re.compile(
    r"\b(?:criteria|procedures?|clarifications?|basis|requirements?|general prohibition)\b", re.IGNORECASE
)
_SAID = re.compile(
    r"\b(?:add|remov|revis|modif|correct)(?:e|s|es|ing|y|ies|ying)?\s+(?:(?:the|an?|certain|existing"
    r"|\w+teen|[\w-]+)\s+){0,4}?"
    r"(?:entit(?:y|ies)|entr(?:y|ies)|persons?|companies|addresses)\b[^.;]{0,120}?\b(?:to|from|on"
    r"|of)\s+the\s+" + _NAMED_LIST,
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"^(?:That|The (?:prior|previous|earlier)) (?:\w+ )*rule\b|^On \w+ \d+, \d{4}\b|\bprior (?:\w+ )?"
    r"(?:amendments|rules)\b"
)
_LONGER_COMMENTS = re.compile(
    r"\b(?:extends?|reopens?|extending|reopening) the (?:\w+ ){0,2}?(?:deadline|comments? period|period)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\bno (?:entity|entities|person|persons|addition|change|changes)\b|\bnot (?:add|change|affect|amend)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\b(?:add(?:s|ing)?|remov(?:es?|ing)|revis(?:es?|ing|ions?)|modif\w+|correct(?:s|ing)?|creat\w+"
    r"|extend\w*|extension|"
    r"issu\w+|amend\w*|updat\w+)\b",
    re.IGNORECASE,
)
_FRAMEWORK = re.compile(
    rf"{_ENTITY_LIST}|\baffiliates rule\b|\b50[- ]percent rule\b|\bEnd-User Review Committee\b"
    r"|\bsupplement no\. [457] to part 744\b|\bfootnote \d designat|\bGeneral Order No\.",
    re.IGNORECASE,
)
_FDP = re.compile(r"\bforeign[- ](?:produced )?direct[- ]product\b", re.IGNORECASE)
_FRAMEWORK_SECTIONS = {"744.11", "744.15", "744.16", "744.20"}
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


class Evidence(Struct, frozen=True, kw_only=True):
    """What is known of a document when it is classified; without its text only the metadata are."""

    metadata: RuleMetadata
    text: RuleText | None = None
    amendments: tuple[Amendment, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    has_license: bool = False
    counted: tuple[Kind, ...] = ()  # lists for which the summary counts additions, revisions or removals

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
    return classify(Evidence(metadata=metadata, counted=lists_counted(metadata.abstract or "")))


def classify(evidence: Evidence) -> Classification:
    """The leading kind of a document, the others, and the sentences and instructions that say so."""
    if not _from_bis(evidence):
        return _only(
            Kind.NOT_RELEVANT, "Not a document of the Bureau of Industry and Security", evidence.title
        )
    by_form = _by_form(evidence)
    if by_form is not None:
        return _only(*by_form)
    found = _subjects(evidence)
    if not found:
        return _unclear(evidence)
    if _is_correction(evidence):
        return _correction(found, evidence)
    kinds = [kind for kind in _LISTS if kind in found]
    if evidence.metadata.type == "Proposed Rule":
        reason = Reason("A proposed rule asks for comments; it changes nothing yet", evidence.title)
        return Classification(Kind.COMMENT_REQUEST, tuple(kinds), (reason, *(found[kind] for kind in kinds)))
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


def _by_form(evidence: Evidence) -> tuple[Kind, str, str] | None:
    """What the form of a document settles, whatever it speaks of: the kind, why, and the words."""
    title = evidence.title
    is_rule = evidence.metadata.type in ("Rule", "Proposed Rule", "Correction")
    if not is_rule and _DENIAL.search(title):
        return Kind.DENIAL_ORDER, "An order against named persons", title
    if _ROUTINE.search(title) and not evidence.instructions:
        return Kind.NOT_RELEVANT, "Meetings, information collections and the like", title
    parts = {(r.title, r.part) for r in evidence.metadata.cfr_references}
    if parts & {(15, 7), (15, 791)} or _SUPPLY_CHAIN.search(title):
        return Kind.SUPPLY_CHAIN, "Information and communications technology and services", title
    asked = _asked_about(title, evidence.summary) if _asks(evidence) else ""
    if asked:
        return Kind.COMMENT_REQUEST, "Asks for comments on the lists or licenses", asked
    if not is_rule and not _speaks(evidence):
        return Kind.NOT_RELEVANT, "A notice that is neither a rule nor an order", title
    return None


def _asks(evidence: Evidence) -> bool:
    """Whether a document asks for comments and does nothing else."""
    if evidence.instructions:
        return False
    if evidence.metadata.type != "Rule" and _COMMENT.search(f"{evidence.action} {evidence.title}"):
        return True
    return not evidence.amendments and bool(_LONGER_COMMENTS.search(evidence.summary))


def _speaks(evidence: Evidence) -> bool:
    return bool(_TITLE_ACTS.search(evidence.title) or any(p.search(evidence.title) for _, p in _SUBJECTS))


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


_KIND_OF = {"entity": Kind.ENTITY_LIST_RULE, "unverified": Kind.UNVERIFIED_LIST}


def _list_named(found: re.Match[str]) -> Kind:
    groups = found.groupdict()
    name = (groups.get("list") or groups.get("last") or ("unverified" if groups.get("uvl") else "")).lower()
    return _KIND_OF.get(name, Kind.MEU_LIST)


def _by_sentences(evidence: Evidence, found: dict[Kind, Reason]) -> None:
    """What title and summary say, where they say that the document acts."""
    for part in re.split(r";\s*(?:and\s+)?|,\s+and\s+|:\s+", evidence.title):
        titled = _TITLE_ACTS.search(part)
        if titled and not _NOT_ENTRIES.search(part) and not _OTHER_ENTITY_LIST.search(part):
            found.setdefault(_list_named(titled), Reason("The title says so", part))
    for kind in evidence.counted:
        found.setdefault(kind, Reason("The summary counts what it does", evidence.summary[:300]))
    summary = [s for s in sentences(evidence.summary) if not _is_history(s) and not _NEGATED.search(s)]
    for sentence in summary:
        said = _SAID.search(sentence)
        if said and not _OTHER_ENTITY_LIST.search(sentence) and not _NOT_ENTRIES.search(said[0]):
            found.setdefault(_list_named(said), Reason("The summary says so", sentence))
    _licenses_by_sentences(evidence.title, summary, found)
    if not found:
        _framework_by_sentences(evidence, summary, found)


def _licenses_by_sentences(title: str, summary: list[str], found: dict[Kind, Reason]) -> None:
    subjects = dict(_SUBJECTS)
    if subjects[Kind.GENERAL_LICENSE].search(title):
        found.setdefault(Kind.GENERAL_LICENSE, Reason("The title says so", title))
    for sentence in (s for s in [title, *summary] if _ACTS.search(s)):
        for kind in (Kind.GENERAL_LICENSE, Kind.VEU):
            if subjects[kind].search(sentence):
                found.setdefault(kind, Reason("The summary says so", sentence))


def _framework_by_sentences(evidence: Evidence, summary: list[str], found: dict[Kind, Reason]) -> None:
    title = evidence.title
    if _FRAMEWORK.search(title) or _FDP.search(title):
        found[Kind.LIST_FRAMEWORK] = Reason("The title says so", title)
    for sentence in summary if evidence.metadata.type in ("Rule", "Correction") else ():
        if _FRAMEWORK.search(sentence) and not _OTHER_ENTITY_LIST.search(sentence):
            found.setdefault(Kind.LIST_FRAMEWORK, Reason("The summary says so", sentence))


def _is_history(sentence: str) -> bool:
    return bool(_HISTORY.search(sentence))


def _is_correction(evidence: Evidence) -> bool:
    number = evidence.metadata.document_number.upper()
    if evidence.metadata.type == "Correction" or re.match(r"[CR]\d+-", number):
        return True
    return bool(
        _CORRECTION.search(evidence.action)
        or re.search(r";\s*Corrections?\s*$", evidence.title, re.IGNORECASE)
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
    parts = {r.part for r in evidence.metadata.cfr_references if r.title == 15}
    unread = evidence.text is None or not evidence.amendments
    touches = parts & _CFR_PARTS if evidence.text is None else parts & _LIST_PARTS
    if unread and evidence.metadata.type == "Rule" and touches:
        why = "A rule on the parts of the lists whose instructions could not be read"
        if _is_correction(evidence):
            return Classification(Kind.CORRECTION, (Kind.LIST_FRAMEWORK,), (Reason(why, evidence.title),))
        return _only(Kind.LIST_FRAMEWORK, why, evidence.title)
    return _only(Kind.NOT_RELEVANT, "It says nothing of the lists or of general licenses", evidence.title)


def _asked_about(title: str, summary: str) -> str:
    """The title or the request that names a list or license as what is asked about."""
    subjects = "|".join([p.pattern for _, p in _SUBJECTS] + [_ENTITY_LIST])
    if re.search(subjects, title, re.IGNORECASE) and not _OTHER_ENTITY_LIST.search(title):
        return title
    asked = re.compile(rf"\bcomments? on\b.{{0,60}}?(?:{subjects})", re.IGNORECASE)
    return next((s for s in sentences(summary) if asked.search(s)), "")
