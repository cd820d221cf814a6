"""Read license review policies: which kinds a cell states, and for what."""

import re
from functools import lru_cache

from monitor.model.entries import Policy, PolicyKind

MENTION = re.compile(
    r"(?P<presumption>presumption\s+(?:of|for)\s+denial)"
    r"|(?P<approval>presumption\s+(?:of|for)\s+approval)"
    r"|(?P<denial>(?:general\s+)?policy\s+of\s+denial)"
    r"|(?P<case>cas\w[\s–-]*by[\s–-]*case)(?:\s+(?:review|basis))?",
    re.IGNORECASE,
)
KINDS = {
    "presumption": PolicyKind.PRESUMPTION_OF_DENIAL,
    "approval": PolicyKind.PRESUMPTION_OF_APPROVAL,
    "denial": PolicyKind.POLICY_OF_DENIAL,
    "case": PolicyKind.CASE_BY_CASE,
}
# "... which will be reviewed on a case-by-case basis": what is reviewed so stands before.
REVIEWED = re.compile(
    r"(?P<what>[^;]*?),?\s*\b(?:which|that)?\s*(?:will\s+be|are|is|shall\s+be)\s+"
    r"(?:reviewed|considered|subject)\s+(?:on|under|to|with)\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
EXCEPTED = re.compile(
    r"\b(?:apart\s+from|except(?:ing)?(?:\s+for)?|other\s+than|with\s+the\s+exception\s+of)\s+", re.IGNORECASE
)
REFERENCE = re.compile(r"\(?\bsee\s+§.*", re.IGNORECASE | re.DOTALL)
# Where the words about one policy end and those about the next begin.
LINK = re.compile(r"[\s;,.]*(?:\band\b)?[\s;,.]*(?:\b(?:a|an|under|with|on)\b\s*)*$", re.IGNORECASE)
SENTENCE = re.compile(r";|(?<!\b[A-Z])\.\s+(?=[A-Z])")


def is_policy(text: str) -> bool:
    """Return whether a text states a policy or refers to the section that does."""
    return MENTION.search(text) is not None or REFERENCE.match(text) is not None


@lru_cache(maxsize=1024)
def read_policies(text: str) -> tuple[Policy, ...]:
    """Return the policies that a cell states, in printed order; none where it only refers to a section."""
    mentions = list(MENTION.finditer(text))
    if not mentions:
        return ()
    ends = [m.start() for m in mentions[1:]] + [len(text)]
    starts = [0] + [m.end() for m in mentions[:-1]]
    return tuple(
        Policy(KINDS[mention.lastgroup or ""], _scope(text[start : mention.start()], text[mention.end() : end]))
        for mention, start, end in zip(mentions, starts, ends, strict=True)
    )


def _scope(before: str, after: str) -> str:
    """Return what a policy holds for: mostly the words after it, or those before "will be reviewed on a"."""
    if reviewed := REVIEWED.search(before):
        what = EXCEPTED.split(reviewed["what"])[-1]
        return _plain(SENTENCE.split(what)[-1])
    ended = SENTENCE.split(after, maxsplit=1)[0]
    if later := REVIEWED.search(ended):
        ended = later["what"]
    return _plain(ended)


def _plain(words: str) -> str:
    without = LINK.sub("", REFERENCE.sub("", words)).strip(" ,;.")
    return re.sub(r"^(?:for|of)\s+", "", without, flags=re.IGNORECASE)
