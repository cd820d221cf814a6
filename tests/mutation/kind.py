"""A kind of variation: how the Federal Register may print a rule otherwise, and what may become of its facts."""

from collections.abc import Callable
from enum import StrEnum
from hashlib import sha256
from random import Random

from msgspec import Struct

Vary = Callable[[str, Random], str | None]
_QUARTERS = 4


class Form(StrEnum):
    """The form of the text that a kind varies."""

    XML = "xml"
    PLAIN = "pi"


class Expected(StrEnum):
    """What may become of the facts of a rule under a kind that keeps the information."""

    UNCHANGED = "unchanged"
    TWO_SPELLINGS = "two spellings"  # counts by country stay, a name may stand in either spelling, and that is said


class Kind(Struct, frozen=True):
    """One kind: a pure function of text and chance, None where it does not apply."""

    name: str
    practice: str  # a sentence: how rules really print it
    vary: Vary
    keeps: bool  # whether a competent lawyer still gets everything
    form: Form
    expected: Expected

    @property
    def held_out(self) -> bool:
        """Whether the kind belongs to the quarter that is run only when the fixes are done."""
        return int(sha256(self.name.encode()).hexdigest(), 16) % _QUARTERS == 0

    def __call__(self, text: str, random: Random) -> str | None:
        """The varied text; None where the kind does not apply or changes nothing."""
        varied = self.vary(text, random)
        return None if varied == text else varied


REGISTERED: dict[str, Kind] = {}


def kind(
    practice: str, *, keeps: bool = True, form: Form = Form.XML, expected: Expected = Expected.UNCHANGED
) -> Callable[[Vary], Vary]:
    """Register a function as a kind under its own name."""

    def register(vary: Vary) -> Vary:
        name: str = vary.__name__
        if name in REGISTERED:
            raise ValueError(f"Two kinds are named {name}.")
        REGISTERED[name] = Kind(name, practice, vary, keeps, form, expected)
        return vary

    return register
