"""Check that the XML of a document is complete."""

import re
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from monitor.model.errors import ReadError

DECLARED = re.compile(rb"""\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']*)""")
ENCODINGS = (b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252")  # for others the parser looks in Python


def check_encoding(body: bytes) -> None:
    """Raise ReadError for XML that says it is written in an encoding that no source uses, or that does not exist."""
    declared = DECLARED.match(body[:300])
    if declared is not None and declared[1].lower() not in ENCODINGS:
        raise ReadError(f"its XML is said to be written in {declared[1].decode('ascii', 'replace')[:40]!r}")


def check_complete(body: bytes) -> None:
    """Raise ReadError for XML that is not closed, not well-formed, or has entities of its own.

    The beginning of a rule can be read like a whole one, and would state less than the rule does.
    """
    check_encoding(body)
    try:
        fromstring(body, forbid_dtd=True)
    except ParseError as error:
        raise ReadError(f"its XML is not whole: {error}") from error
    except DefusedXmlException as error:
        raise ReadError(f"its XML has entities of its own: {type(error).__name__}") from error
