"""Show how each fact of a document was read."""

import click

from monitor.commands.options import Globals
from monitor.evidence.document_output import explanation
from monitor.evidence.documents import document_records
from monitor.evidence.readings import Readings
from monitor.model.documents import document_thread
from monitor.model.errors import MonitorError
from monitor.store.open import read_store


@click.command()
@click.argument("number")
@click.pass_obj
def explain(options: Globals, number: str) -> int:
    """Show the sentence from which each fact was read.

    NUMBER is the document number.
    """
    store = read_store(options.folder)
    found = []
    if store is not None:
        with store:
            wanted = document_thread(number.strip())
            found = list(document_records(Readings(store), threads=[wanted]))
    if not found:
        raise MonitorError(f"document {number!r} is not kept in {options.folder}; `documents` lists those that are")
    for one in found:
        for line in explanation(one):
            click.echo(line)
    return 0
