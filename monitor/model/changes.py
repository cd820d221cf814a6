"""What differs between two readings."""

from msgspec import Struct

from monitor.model.entries import Entry


class FieldChange(Struct, frozen=True):
    """One field before and after; for sets of things (aliases, addresses) also what came and went."""

    field: str
    before: str
    after: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class Addition(Struct, frozen=True, tag_field="what", tag="addition"):
    """An entry that was not there before."""

    entry: Entry


class Removal(Struct, frozen=True, tag_field="what", tag="removal"):
    """An entry that is no longer there."""

    entry: Entry


class Revision(Struct, frozen=True, tag_field="what", tag="revision"):
    """An entry that is there before and after and differs; renamed and moved entries are revisions, too."""

    before: Entry
    after: Entry
    fields: tuple[FieldChange, ...]


Change = Addition | Removal | Revision


class ParagraphChange(Struct, frozen=True):
    """A paragraph of a prose supplement; `before` is empty where it is new, `after` where it is gone."""

    before: str
    after: str
