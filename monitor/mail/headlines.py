"""What an alert is about, in one line of plain words, and as what alike ones are counted together."""

from monitor.model.alerts import DocumentEvent, ListChanged, TextChanged


def document_headline(event: DocumentEvent) -> str:
    """The title of a document with its stage and number."""
    return f"{event.title} ({event.stage.value}, {event.document_number})"


def dated_headline(body: ListChanged | TextChanged) -> str:
    """The name of a list or supplement, and of which day it is."""
    return f"{body.name} as of {body.as_of}"


def documents_alike(event: DocumentEvent) -> str:
    """Documents of one kind at one stage."""
    return f"documents {event.stage.value}, {event.kind.value.replace('-', ' ')}"
