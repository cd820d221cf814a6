"""How rules state what they do to a general license and until when it holds, as short patterns."""

import re

from monitor.law.rules.tokens import DATE

ENDS = re.compile(
    r"\b(?:is|are)\s+removed\b|\bremov\w+ (?:and reserv\w+ )?(?:supplement|paragraph)|^remove\b",
    re.IGNORECASE,
)
ADDS = re.compile(r"\badd(?:ing)?\s+(?:an?\s+(?:new\s+)?|new\s+)?(?:supplement|paragraph)", re.IGNORECASE)
ISSUES = re.compile(r"\b(?:creat|issu|establish|authoriz)\w*", re.IGNORECASE)
GENERAL_ORDERS = re.compile(r"\bpart 736\b|\bGeneral Orders?\b", re.IGNORECASE)
TEMPORARY = re.compile(r"\b(?:temporary general licenses?|TGLs?)\b", re.IGNORECASE)
LICENSE = re.compile(
    r"\bsupplement no\. 7 to part 744\b|\b(?:temporary general licenses?|TGLs?|general licenses?)\b",
    re.IGNORECASE,
)
_DATE_OF = r"(?:(?:the|expiration|date|of)\s)*[“\"]?"
_OLD, _NEW = rf"{_DATE_OF}(?P<old>{DATE})[”\"]?", rf"{_DATE_OF}(?P<new>{DATE})"
_AND_ADD = r"[^.]{0,60}?\band\s(?:by\s|\(?\w{1,2}[.)]\s)?(?:add|substitut|insert|replac)\w*"
OLD_AND_NEW = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bremov\w+\s+{_OLD}{_AND_ADD}(?:\s+it\s+with|,?\s+in\s+its\s+place)?,?\s*{_NEW}",
        rf"\b(?:replac|chang|revis|amend)\w+\s+{_OLD}[^.;]{{0,40}}?\s(?:with|by|to(?:\s+read)?)\s+{_NEW}",
        rf"\b(?:add|insert|substitut)\w*\s+{_NEW}[”\"]?\s+(?:in\s+(?:place|lieu)\s+of|for)\s+{_OLD}",
        rf"\bfrom\s+(?P<old>{DATE})\s+(?:to|until|through)\s+(?P<new>{DATE})",
        rf"\b(?:until|through|to)\s+(?P<new>{DATE}),?\s+(?:instead of|rather than|in place of)\s+(?P<old>{DATE})",
        rf"\bremov\w+\s+(?:the\s+)?expir\w+\s+date\s+(?:of\s+)?(?P<old>{DATE}).{{0,60}}?\b(?P<new>{DATE})",
        rf"\b(?P<old>{DATE})[”\"]?\s+(?:is|be)\s+(?:replaced|changed)\s+(?:with|by|to)\s+[“\"]?(?P<new>{DATE})",
    )
)
EXCHANGES = re.compile(
    r"\b(?:in\s+(?:its|their)\s+place|in\s+(?:place|lieu)\s+of|(?:replac|chang|substitut)\w*|to\s+read)\b",
    re.IGNORECASE,
)
NOT_CHANGED = re.compile(
    r"\b(?:does|do|did|will)\s+not\s+(?:change|extend|affect|alter|modify|amend|revise)\b|\b(?:is|are)\s+(?:unchanged"
    r"|not\s+(?:changed|extended))\b|\bwithout\s+(?:chang|extend)ing\b",
    re.IGNORECASE,
)
STAYS = re.compile(
    r"\b(?:remains?|continues?)\s+(?:to\s+(?:be|expire)|in\s+(?:effect|force)|valid|effective|through|until|unchanged)\b|"
    r"\b(?:date|end|expiration)\b.{0,80}?\bremains\b",
    re.IGNORECASE,
)
SPEAKS_OF_END = re.compile(r"\b(?:expir\w+|end|ends|valid\w*|effect|date)\b", re.IGNORECASE)
SUSPENDS = re.compile(r"\b(?:suspend|stay)(?:s|ed|ing)?\b", re.IGNORECASE)
VALID = (
    re.compile(
        rf"\brestored\b.{{0,40}}?\bas of\s+(?P<start>{DATE}),?\s+(?:and\s+)?(?:through|until)\s+"
        rf"(?P<end>{DATE})",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        rf"\bvalid\b[^.]{{0,40}}?\bfrom\s+(?P<start>{DATE}),?\s+(?:through|until|to)\s+(?P<end>{DATE})",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<start>{DATE}),?\s+(?:and\s+)?(?:through|until)\s+(?P<end>{DATE})", re.IGNORECASE),
)
EXPIRES = re.compile(rf"\bexpir(?:es?|ing|ed)\s+(?:(?:on|at|at the end of)\s+)?(?P<end>{DATE})", re.IGNORECASE)
STARTED = re.compile(
    rf"\b(?:On\s+(?P<on>{DATE}),?\s+BIS\s+(?:created|issued|published)|effective\s+(?P<from>{DATE}),?\s+that)\b",
    re.IGNORECASE,
)
EXTENDED = re.compile(rf"\bextend\w*\b[^.]*?\b(?:until|through)\s+(?P<new>{DATE})", re.IGNORECASE)
LAST = re.compile(rf"\b(?:through|until|expired on|expires on)\s+(?P<old>{DATE})", re.IGNORECASE)
CHANGED = re.compile(
    r"\bno longer authoriz|\bclarif|\bamend(?:s|ing|ed) the (?:temporary )?general license|\brevis\w+ "
    r"(?:the )?(?:authoriz|certif)|\bis revised to read",
    re.IGNORECASE,
)
NARROWED = re.compile(r"\bno longer authoriz|\bnarrow|\bremov\w+ the authorization|\blimit\w* the scope", re.IGNORECASE)
REVOKED = re.compile(r"\brevok", re.IGNORECASE)
RULE_ACTS = re.compile(
    r"\bthis (?:\w+ ){0,2}?(?:rule|action) (?:also |hereby )?"
    r"(?:remov|extend|revok|suspend|amend|revis|creat|establish)\w*\s(?:(?:and reserves|the|an?|validity of)\s)*"
    r"(?:supplement no\. 7 to part 744|(?:temporary )?general licenses?|TGLs?)\b",
    re.IGNORECASE,
)
