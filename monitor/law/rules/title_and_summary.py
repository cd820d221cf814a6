"""What the title and the summary of a document state that it does."""

import re

from monitor.law.rules.evidence import Evidence
from monitor.law.rules.phrases import Phrase, find_phrases
from monitor.law.rules.sentences import sentences
from monitor.model.rules import Kind, Reason

_OTHER_ENTITY_LIST = re.compile(
    r"\b(?:UFLPA|Uyghur Forced Labor Prevention Act|Cuba Restricted) (?:Entity|List)", re.IGNORECASE
)
_ENTITY_LIST = r"\bEntity List\b"
_SUBJECTS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.GENERAL_LICENSE, re.compile(r"\btemporary general licenses?\b|\bTGLs?\b", re.IGNORECASE)),
    (
        Kind.MEU_LIST,
        re.compile(r"\bMilitary[- ]End[- ]Users?['’]?(?: \(MEU\))? List\b|\bMEU\b['’]?\)? List\b", re.IGNORECASE),
    ),
    (Kind.UNVERIFIED_LIST, re.compile(r"\bUnverified List\b|\bUVL\b")),
    (Kind.VEU, re.compile(r"\bvalidated end[- ]users?\b|\bVEUs?\b", re.IGNORECASE)),
)
_IN_ANY_CASE = tuple(
    re.compile(pattern, re.IGNORECASE) for pattern in [*(p.pattern for _, p in _SUBJECTS), _ENTITY_LIST]
)
_COMMENTS_ON = tuple(
    re.compile(rf"\bcomments? on\b.{{0,60}}?(?:{subject.pattern})", re.IGNORECASE) for subject in _IN_ANY_CASE
)
_NAMED_LIST = (
    r"(?P<list>Entity|Unverified|Military[- ]End[- ]Users?(?: \(MEU\))?|"
    r"(?:`Military End User' )?\(?MEU\)?) List\b"
)
_TITLE_ACTS = (
    Phrase(
        "action first",
        re.compile(
            r"\b(?:additions?|removals?|revisions?|modifications?|amendments?|adding|removing)\b.*?\b" + _NAMED_LIST,
            re.IGNORECASE,
        ),
    ),
    Phrase(
        "list first",
        re.compile(rf"{_NAMED_LIST}\s+(?:additions?|removals?|revisions?|modifications?)\b", re.IGNORECASE),
    ),
)
_LIST_FIRST = re.compile(rf"^(?:The )?{_NAMED_LIST};\s+(?:additions?|removals?|revisions?)\b", re.IGNORECASE)
_DESTINATION_ENDS = re.compile(
    r"\bremov\w+\b.{0,160}\b(?:as a separate destination|from the list of destinations)\b",
    re.IGNORECASE | re.DOTALL,
)
_NOT_ENTRIES = re.compile(
    r"\b(?:criteria|procedures?|clarifications?|basis|requirements?|general prohibition)\b", re.IGNORECASE
)
_ENTRIES_CHANGE = re.compile(
    r"\b(?:add|remov|revis|modif|correct)(?:e|s|es|ing|y|ies|ying)?\s+(?:[\w-]+\s+){0,4}?"
    r"(?:entit(?:y|ies)|entr(?:y|ies)|persons?|companies|addresses)\b[^.;]{0,120}?\b(?:to|from|on|of)\s+the\s+"
    + _NAMED_LIST,
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"^(?:That|The (?:prior|previous|earlier)) (?:\w+ )*rule\b|^On \w+ \d+, \d{4}\b|\bprior (?:\w+ )?"
    r"(?:amendments|rules)\b"
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
_REACH = re.compile(
    r"\b(?:affiliates rule|(?:fifty|\d{1,2})[- ]percent(?: (?:or more|rule|threshold))|ownership (?:threshold|rule)s?"
    r"|affiliates of (?:certain )?(?:listed|entities))\b",
    re.IGNORECASE,
)
_LISTS_NAMED = re.compile(rf"{_ENTITY_LIST}|\blisted entit|\bMEU List|\bMilitary[- ]End[- ]User List", re.IGNORECASE)
_FDP = re.compile(r"\bforeign[- ](?:produced )?direct[- ]product\b", re.IGNORECASE)


def names_subject_in_title(evidence: Evidence) -> bool:
    """Whether the title of a document names a list or license that it may act on."""
    return _acts_on_list(evidence.title) or any(p.search(evidence.title) for _, p in _SUBJECTS)


def _acts_on_list(text: str) -> bool:
    return next(find_phrases(text, _TITLE_ACTS), None) is not None


_KIND_OF = {"entity": Kind.ENTITY_LIST_RULE, "unverified": Kind.UNVERIFIED_LIST}


def _list_named(found: re.Match[str]) -> Kind:
    return _KIND_OF.get(found["list"].lower(), Kind.MEU_LIST)


def add_stated_subjects(evidence: Evidence, found: dict[Kind, Reason]) -> None:
    """Add each list or license on which the title or the summary states that the document acts, with the reason."""
    _entries_by_title(evidence.title, found)
    for kind in evidence.counted:
        found.setdefault(kind, Reason("The summary counts what it does", evidence.summary[:300]))
    summary = [s for s in sentences(evidence.summary) if not _is_history(s) and not _NEGATED.search(s)]
    for sentence in summary:
        change = _ENTRIES_CHANGE.search(sentence)
        if change and not _OTHER_ENTITY_LIST.search(sentence) and not _NOT_ENTRIES.search(change[0]):
            found.setdefault(_list_named(change), Reason("The summary says so", sentence))
    if _DESTINATION_ENDS.search(f"{evidence.title} {evidence.summary}"):
        found.setdefault(Kind.ENTITY_LIST_RULE, Reason("A destination ends; the entries under it move", evidence.title))
    _licenses_by_sentences(evidence.title, summary, found)
    if reach := _stated_reach(evidence):
        found.setdefault(Kind.LIST_FRAMEWORK, Reason("It changes whom a list reaches", reach))
    if not found:
        _framework_by_sentences(evidence, summary, found)


def _entries_by_title(title: str, found: dict[Kind, Reason]) -> None:
    if listed := _LIST_FIRST.match(title):
        found.setdefault(_list_named(listed), Reason("The title says so", title))
    for part in re.split(r";\s*(?:and\s+)?|,\s+and\s+|:\s+", title):
        titled = next(find_phrases(part, _TITLE_ACTS), None)
        if titled and not _NOT_ENTRIES.search(part) and not _OTHER_ENTITY_LIST.search(part):
            found.setdefault(_list_named(titled.match), Reason("The title says so", part))


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


def changes_reach(evidence: Evidence) -> bool:
    """Whether title or summary state that the rule changes whom a whole list reaches, such as by an ownership rule."""
    return bool(_stated_reach(evidence))


def _stated_reach(evidence: Evidence) -> str:
    if evidence.metadata.type not in ("Rule", "Correction", "Proposed Rule"):
        return ""
    stated = [s for s in [evidence.title, *sentences(evidence.summary)] if _REACH.search(s) and not _is_history(s)]
    whole = f"{evidence.title} {evidence.summary}"
    return stated[0] if stated and _LISTS_NAMED.search(whole) and not _OTHER_ENTITY_LIST.search(whole) else ""


def _is_history(sentence: str) -> bool:
    return bool(_HISTORY.search(sentence))


def request_for_comments(title: str, summary: str) -> str:
    """The title, or the sentence that asks for comments, where it names a list or license; else empty."""
    if any(subject.search(title) for subject in _IN_ANY_CASE) and not _OTHER_ENTITY_LIST.search(title):
        return title
    return next((s for s in sentences(summary) if any(request.search(s) for request in _COMMENTS_ON)), "")


_ANY_LICENSE = re.compile(r"\bgeneral licenses?\b", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(?:is|are|being|be) (?:newly )?(?:added|removed|revised|modified|extended|designated)\b", re.IGNORECASE
)
_ALLOWS = re.compile(r"\b(?:authoriz|grant|expir|revok|suspend)\w*\b", re.IGNORECASE)
_ENTRIES_MOVE = re.compile(r"\b(?:add|remov|delet|revis|modif|plac)\w*\b|\badditions?\b|\bremovals?\b", re.IGNORECASE)
_LONG_AGO = re.compile(
    r"\b(?:was|were|had been|(?:has|have) been|previously|already) (?:\w+ )?(?:added|placed|designated)\b",
    re.IGNORECASE,
)


def kinds_named(text: str) -> tuple[Kind, ...]:
    """The lists, licenses and rules on lists that a sentence names, whatever it states about them."""
    found = [kind for kind, pattern in _SUBJECTS if pattern.search(text)]
    if Kind.GENERAL_LICENSE not in found and _ANY_LICENSE.search(text):
        found.append(Kind.GENERAL_LICENSE)
    if _OTHER_ENTITY_LIST.search(text):
        return tuple(found)
    if re.search(_ENTITY_LIST, text, re.IGNORECASE):
        found.insert(0, Kind.ENTITY_LIST_RULE if _ENTRIES_MOVE.search(text) else Kind.LIST_FRAMEWORK)
    elif _FRAMEWORK.search(text) or _FDP.search(text):
        found.append(Kind.LIST_FRAMEWORK)
    return tuple(found)


def states_action(sentence: str) -> bool:
    """Whether a sentence states an action, and not that a list exists or that somebody was added to one."""
    if _LONG_AGO.search(sentence) or _is_history(sentence):
        return False
    acts = any(pattern.search(sentence) for pattern in (_ACTS, _PASSIVE, _ENTRIES_MOVE, _ALLOWS))
    return acts or _acts_on_list(sentence)
