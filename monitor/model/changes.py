"""What differs between two readings."""

from msgspec import Struct

from monitor.model.entries import Entry


class FieldChange(Struct, frozen=True):
    """One field before and after, as printed; for sets of things also what came and went.

    `field` is one of country, name, aliases, addresses, cross_references, sub_entries, entity (the whole
    cell, where it could not be split), license_requirement (`added` and `removed` are footnote designations),
    license_review_policy (kinds of policy), citation (citations).
    """

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
    """An entry that is there before and after and differs; renamed and moved entries are revisions, too.

    A move between countries has a FieldChange of "country", a new name one of "name".
    """

    before: Entry
    after: Entry
    fields: tuple[FieldChange, ...]


class Merger(Struct, frozen=True, tag_field="what", tag="merger"):
    """An entry that no longer stands on its own: another one now lists it, as a sub-entry or by its name."""

    entry: Entry  # as it stood before
    into: Entry  # as it stands after; its own Revision is reported beside this


class Separation(Struct, frozen=True, tag_field="what", tag="separation"):
    """An entry that now stands on its own: another one listed it before, as a sub-entry or by its name."""

    entry: Entry  # as it stands after
    out_of: Entry  # as it stood before; its own Revision is reported beside this


Change = Addition | Removal | Revision | Merger | Separation


class ParagraphChange(Struct, frozen=True):
    """A paragraph of a prose supplement; `before` is empty where it is new, `after` where it is removed."""

    before: str
    after: str
