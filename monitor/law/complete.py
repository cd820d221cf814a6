"""Whether the text of a document came whole."""

from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from monitor.errors import ReadError


def check_complete(body: bytes) -> None:
    """Raise ReadError for XML that is not closed, not well-formed, or has entities of its own.

    A prefix of a rule still reads, and would seem to say less than the rule does.
    """
    try:
        fromstring(body, forbid_dtd=True)
    except ParseError as error:
        raise ReadError(f"its XML is not whole: {error}") from error
    except DefusedXmlException as error:
        raise ReadError(f"its XML has entities of its own: {type(error).__name__}") from error
