"""Compare printed texts without regard to case, blanks, punctuation, dashes and quotes."""

import re
import unicodedata
from functools import lru_cache

# A footnote designation stays apart from the digits before it: § 744.11² is not § 744.112.
APART = str.maketrans({superscript: f"|{digit}" for digit, superscript in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")})
LETTERS_AND_DIGITS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """Return the letters and digits alone, in one case; two numbers stay apart ("1-2" is not "12")."""
    plain = unicodedata.normalize("NFKC", text.translate(APART)).casefold()
    joined = ""
    for token in LETTERS_AND_DIGITS.findall(plain):
        apart = joined[-1:].isdigit() and token[0].isdigit()
        joined += f" {token}" if apart else token
    return joined


def same(one: str, other: str) -> bool:
    """Return whether two texts say the same."""
    return one == other or key(one) == key(other)


def ratio(one: str, other: str, needed: float | None = None) -> float:
    """From 0 to 100; 0 where it is less than `needed`."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - see above

    return fuzz.ratio(one, other, score_cutoff=needed)


CLOSING_BRACKET = re.compile(r"\s*\([^()]*\)\.?$")
