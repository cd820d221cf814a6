"""Addresses as the lists print them: "; and" between them, and a cross reference behind the last."""

import re

from monitor.law.countries import country_at_end
from monitor.model.entries import Address

SEPARATOR = re.compile(r";\s*and\b[\s,;]*", re.IGNORECASE)
# Such as "(See alternate address under Singapore)" and "(For alternate addresses, see Kyrgyzstan.)".
REFERENCE = re.compile(
    r"\(\s*((?:see|also\s+see|for\b[^()]*\bsee)\s[^()]*(?:\([^()]*\)[^()]*)*)(?:\)|$)\.?"
    r"|(?<=[.;])\s+((?:also\s+)?see\s+(?:also\s+)?(?:alternat\w+|additional)\s+address[^()]*)$",
    re.IGNORECASE,
)
NEXT_ADDRESS = re.compile(r"\balt(?:ernate|\.)?\s+address\s*:", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
# Words for streets, buildings and parts of towns, as transcribed from the languages of the lists.
WORDS_OF_ADDRESSES = frozenset(
    WORD.findall(
        """
        address alley apartment appt apt ave avenida avenue bazaar bazar bld bldg blk block blvd
        boulevard building bulvari cad caddesi calle city compound corner county courtyard cross
        crossing dist district dom drive embankment estate fl flat floor freezone gate hangar
        highway house industrial jalan km korpus lane level litera mah mahallesi market menara
        naberezhnaya no nos number oblast obl office opposite park pereulok plaza plot po pobox
        pom port prefecture prospect prospekt province quarter raion rd region residence rm road
        room rue sanayi shop sokak sq square st str strasse street suite tower town township ul
        ulica ulitsa unit units villa village ward wisma zone
        """
    )
)
DIGIT = re.compile(r"\d")


def split_references(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without its cross references, and these as printed, without their brackets."""
    if "see " not in text and "See " not in text:
        return text, ()
    found = tuple((match[1] or match[2]).strip() for match in REFERENCE.finditer(text))
    return " ".join(REFERENCE.sub(" ", text).split()), found


def read_addresses(text: str) -> tuple[Address, ...]:
    """Return the addresses of a text, each with the country it ends with."""
    pieces = (piece.strip(" ,;") for piece in (SEPARATOR.split(text) if ";" in text else [text]))
    return tuple(Address(piece, country_at_end(piece)) for piece in pieces if piece.strip(".) "))


def runs_on(address: Address) -> bool:
    """Return whether an address seems to be several, or to hold a name, that nothing separates reliably."""
    text = address.text
    if ";" in text or text.startswith("("):
        return True
    return "ddress" in text and NEXT_ADDRESS.search(text) is not None


def has_address(text: str) -> bool:
    """Return whether there is a digit, a country at the end, or a word for a street or building in a text."""
    if DIGIT.search(text) is not None or country_at_end(text) is not None:
        return True
    return any(word.lower() in WORDS_OF_ADDRESSES for word in WORD.findall(text))
