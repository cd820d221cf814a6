"""The words of a name that tell it from others: without case, accents, punctuation and legal forms."""

import re
import unicodedata
from functools import lru_cache

from monitor.law.countries import is_known
from monitor.law.legal_forms import is_legal_form

WORD = re.compile(r"[^\W_]+")
# "L.L.C." and "S.p.A." are one word each, and so is "People's".
JOINED = re.compile(r"(?<=\w)[.'’](?=\w)")
ROMAN = re.compile(r"[ivx]+")
# Legal forms that tell persons, or plants of one firm, apart.
NO_FORM = frozenset(("ii", "iii", "iv", "jr", "sr", "phd"))
# Forms that stand in front: "OOO Alfa", "JSC Beta", "PT Gamma".
IN_FRONT = frozenset(WORD.findall("ooo oao zao pao ao too jsc ojsc cjsc pjsc pt llc fgup fsue the"))
# Words that many parties of the lists share. A name made of them alone is looked for as a whole and never by its words.
COMMON = frozenset(
    WORD.findall("""
    a an and by for from in of on the to de del der di la le und y
    academy advanced aero aeronautical aerospace aviation agency air airlines and applied asia asian automation
    bank base branch bureau business capital center centre central chemical chemicals china chinese city college
    commerce commercial commission communication communications company complex components computer computing concern
    construction consulting control cooperation corporation council data defence defense department design development
    device devices digital directorate division east eastern electric electrical electro electronic electronics energy
    engineering enterprise enterprises equipment establishment europe european export exports faculty factory federal
    federation fifth finance financial first firm foreign foundation fourth freight general global group high holding
    holdings import imports industrial industries industry information innovation institute institution instrument
    instruments integrated intelligence intelligent international investment investments joint key lab laboratories
    laboratory limited logistics machine machinery management manufacturer manufacturing marine maritime material
    materials mechanical media medical metal metals microelectronics middle military mining ministry mobile national
    network networks new no north northern northwest nuclear number office oil optical optics optoelectronics
    organization pacific parts petroleum physics plant power precision private process processing procurement product
    production products program project public quality radio research resources robotics russian iranian pakistani
    school science sciences scientific second security semiconductor semiconductors service services shipbuilding
    shipping ships software solution solutions south southern space special star state steel stock studies superhigh
    supply systems system tech technical technics technique technological technologies technology telecom
    telecommunication telecommunications test testing third trade trading transport transportation travel union united
    university unmanned west western works world
    beijing shanghai shenzhen guangzhou chengdu nanjing wuhan tianjin harbin hangzhou xian kong hong moscow petersburg
    saint st tehran karachi lahore islamabad dubai istanbul ankara singapore taipei kuala lumpur london
    """)
)


@lru_cache(maxsize=32768)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in one case and without accents."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(WORD.findall(JOINED.sub("", text).casefold()))


@lru_cache(maxsize=32768)
def core_of(name: str) -> tuple[str, ...]:
    """The words of a name without legal forms at its ends; all of them where nothing would be left."""
    words = words_of(name)
    first, last = 0, len(words)
    while last > first and _is_form(words[last - 1]):
        last -= 1
    while first < last and words[first] in IN_FRONT:
        first += 1
    return words[first:last] or words


def _is_form(word: str) -> bool:
    """Tell whether a word at the end of a name is a legal form ("Co", "Ltd", "GmbH")."""
    return word == "coltd" or (is_legal_form(word) and word not in NO_FORM)


# Words of the law's own prose, in which one of them is nobody's name.
OF_THE_LAW = frozenset(
    WORD.findall("""
    action activity addition additions address administration amendment amendments applicant application authorization
    certain clarification commerce conforming controls correction country date denial denying denied destination ear
    effective end entities entity entry exception extension final footnote interest interim issuance item items license
    licenses list notice order orders part person persons policy presumption privileges proposed regulation regulations
    removal removals request requirement requirements review revision revisions rule savings section security supplement
    suspension temporary transaction unverified user users validated
    """)
)


@lru_cache(maxsize=32768)
def is_distinctive(word: str) -> bool:
    """Tell whether a word can tell one party from most others: no common word, country, number or single letter."""
    return len(word) > 1 and not word.isdecimal() and word not in COMMON and not is_known(word)


def distinctive(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that can tell a party from others."""
    return tuple(word for word in words if is_distinctive(word))


def numbered(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that count: plant 27 is not plant 28, and neither is II III."""
    return tuple(word for word in words if ROMAN.fullmatch(word) or not word.isalpha())


def is_capitalized(word: str, text: str) -> bool:
    """Tell whether a word stands in a text with a capital, as a name does."""
    return any(words_of(raw) == (word,) and not raw.islower() for raw in WORD.findall(JOINED.sub("", text)))


def stand_in(phrase: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Tell whether words stand in a text one behind another."""
    size = len(phrase)
    return any(words[start : start + size] == phrase for start in range(len(words) - size + 1))
