"""Read a rule from all its parts: what it does, to whom, from when, and whether the parts agree."""

import re

from msgspec import Struct
from msgspec.structs import replace

from monitor.law.rules.agreement import Entries, agreement, counted_otherwise, entries_of
from monitor.law.rules.amendments import amendments_of
from monitor.law.rules.classify import classify
from monitor.law.rules.counts import CountReading, lists_counted, read_counts
from monitor.law.rules.dates import RuleDates, read_dates, with_suspension
from monitor.law.rules.evidence import Evidence
from monitor.law.rules.instructions import InstructionReading, read_instructions
from monitor.law.rules.licenses import LicenseReading, acts_on_license, read_license
from monitor.law.rules.plain import read_plain
from monitor.law.rules.prose import corrected_document, footnotes_in, names_in_prose, stated_reason_of, terms_of
from monitor.law.rules.savings import SavingsReading, read_savings
from monitor.law.rules.tables import TableReading, read_tables
from monitor.law.rules.text import RuleText
from monitor.law.rules.xml import read_xml
from monitor.model.rules import Classification, Kind, RuleMetadata, RuleReading, StatedCounts

_XML = re.compile(rb"^\s*(?:<\?xml|<!DOCTYPE (?!html)|<(?:RULE|PRORULE|NOTICE|CORRECT|PRESDOCU|[A-Z]{4,})\b)")
_LIST_NAMES = {
    Kind.ENTITY_LIST_RULE: "Entity List",
    Kind.UNVERIFIED_LIST: "Unverified List",
    Kind.MEU_LIST: "Military End-User List",
}
_LIST_KINDS = set(_LIST_NAMES)


def read_text(body: bytes) -> RuleText:
    """The common structure of a document in either form."""
    return read_xml(body) if _XML.match(body.removeprefix(b"\xef\xbb\xbf")) else read_plain(body)


MOST_SUMMARY = 50_000  # characters; the longest have a few thousand, and finding counts in longer ones is slow
TOO_LONG = f"Only the first {MOST_SUMMARY:,} characters of the summary were read."


class _Parts(Struct, frozen=True, kw_only=True):
    """The parts of a document, each read by its own module."""

    text: RuleText
    classification: Classification
    dates: RuleDates
    license: LicenseReading
    counts: CountReading
    instructed: InstructionReading
    table: TableReading
    savings: SavingsReading
    whole_summary: bool

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The leading kind and the others."""
        return (self.classification.kind, *self.classification.also)

    @property
    def unread(self) -> tuple[str, ...]:
        """The sentences on what could not be read, in the order of the document."""
        parts = (self.text, self.dates, self.instructed, self.table, self.savings, self.license)
        found = [sentence for part in parts for sentence in part.unread]
        return (*found, *(() if self.whole_summary else (TOO_LONG,)))


def read_rule(body: bytes, metadata: RuleMetadata) -> RuleReading:
    """Everything that can be read from a document; what cannot is named in `unread`, a sentence each.

    `body` is the full-text XML or the raw text of public inspection. No document is refused: where nothing
    can be read the kind comes from the metadata alone.
    """
    return _reading(metadata, _parts_of(read_text(body), metadata))


def _parts_of(text: RuleText, metadata: RuleMetadata) -> _Parts:
    amendments = amendments_of(text)
    instructed = read_instructions(amendments)
    dates = read_dates(text.part("DATES") or metadata.dates or "", near=metadata.publication_date)
    near = dates.effective_on or metadata.publication_date
    summary = text.part("SUMMARY") or metadata.abstract or ""
    dates = with_suspension(dates, [summary[:MOST_SUMMARY], *(a.text for a in amendments)], near=near)
    license_ = read_license(text, amendments, near)
    classification = classify(
        Evidence(
            metadata=metadata,
            text=text,
            amendments=amendments,
            instructions=instructed.instructions,
            has_license=license_.license is not None,
            counted=lists_counted(summary[:MOST_SUMMARY]),
        )
    )
    default = _list_meant((classification.kind, *classification.also))
    return _Parts(
        text=text,
        classification=classification,
        dates=dates,
        license=license_,
        counts=read_counts(summary[:MOST_SUMMARY], metadata.title, text.prose(), default=default),
        instructed=instructed,
        table=read_tables(amendments, names_in_prose(text, instructed.instructions)),
        savings=read_savings(text.prose(), near=near, effective_on=dates.effective_on),
        whole_summary=len(summary) <= MOST_SUMMARY,
    )


def _list_meant(kinds: tuple[Kind, ...]) -> Kind:
    """The list that a document of these kinds means where it names none."""
    return next((kind for kind in kinds if kind in _LIST_KINDS), Kind.ENTITY_LIST_RULE)


def _stated_counts(parts: _Parts, entries: Entries) -> StatedCounts:
    default = _list_meant(parts.kinds)
    none = StatedCounts()
    stated = parts.counts.by_list.get(default, none) if set(parts.kinds) & _LIST_KINDS else none
    return entries.unless_contradicted(stated, default)


def _reading(metadata: RuleMetadata, parts: _Parts) -> RuleReading:
    text, dates, license_, savings = parts.text, parts.dates, parts.license, parts.savings
    entries = entries_of(parts.instructed.instructions, parts.table.rows, text.prose())
    stated = _stated_counts(parts, entries)
    terms = terms_of(text, entries.rows)
    return RuleReading(
        document_number=metadata.document_number,
        kind=parts.classification.kind,
        also=parts.classification.also,
        reasons=parts.classification.reasons,
        effective_on=dates.effective_on,
        applicable_on=dates.applicable_on,
        effective_through=dates.effective_through,
        delayed_until=dates.delayed_until,
        partial_dates=dates.partial,
        symbolic_dates=(*dates.symbolic, *savings.symbolic, *license_.symbolic),
        comments_close_on=dates.comments_close_on,
        stated_counts=stated,
        added=entries.added,
        removed=entries.removed,
        revised=entries.revised,
        moved=entries.moved,
        reworded=entries.reworded,
        rows=entries.rows,
        instructions=parts.instructed.instructions,
        license_requirement=terms.license_requirement,
        license_review_policy=terms.license_review_policy,
        license_exceptions=terms.license_exceptions,
        footnotes=footnotes_in(text, entries.rows),
        stated_reason=stated_reason_of(text),
        general_license=license_.license,
        savings_clause=savings.clause,
        corrects=corrected_document(metadata, text) if Kind.CORRECTION in parts.kinds else None,
        agreement=_agreement(parts, entries, stated) if text.amendments else (),
        quotes={**dates.quotes, **parts.counts.quotes, **savings.quotes, **license_.quotes, **terms.quotes},
        unread=_unread(text, (*parts.unread, *_not_found(parts, metadata)), parts.kinds),
    )


def _agreement(parts: _Parts, entries: Entries, stated: StatedCounts) -> tuple[str, ...]:
    """The differences of the list that is meant, and of any other for which the summary states a count."""
    default = _list_meant(parts.kinds)
    uncounted = parts.instructed.headings
    found = list(agreement(entries, replace(stated, removed=None) if default in uncounted else stated, default))
    for list_, name in _LIST_NAMES.items():
        if list_ is not default and (counts := parts.counts.by_list.get(list_)) is not None:
            counts = replace(counts, removed=None) if list_ in uncounted else counts
            found += counted_otherwise(entries, counts, list_, f" on the {name}")
    return tuple(dict.fromkeys(found))


def _not_found(parts: _Parts, metadata: RuleMetadata) -> tuple[str, ...]:
    """What rules of its kind have and this one was not found to have: a day of effect, an instruction on a license."""
    found = list(_license_without_instruction(parts))
    acts = parts.classification.kind in {*_LIST_KINDS, Kind.GENERAL_LICENSE, Kind.VEU, Kind.LIST_FRAMEWORK}
    has_day = "effective_on" in parts.dates.quotes or parts.dates.partial or parts.dates.delayed_until
    if acts and metadata.type == "Rule" and not has_day and not parts.dates.unread:
        found.append("The day on which the rule takes effect was not found in the text.")
    return tuple(found)


def _license_without_instruction(parts: _Parts) -> tuple[str, ...]:
    """That the document states what becomes of a general license, and no instruction does."""
    if parts.license.license is not None or not parts.text.amendments:
        return ()
    stated = acts_on_license(parts.text.prose()) if set(parts.kinds) & _LIST_KINDS else ""
    if Kind.GENERAL_LICENSE in parts.kinds and parts.classification.kind is not Kind.COMMENT_REQUEST:
        stated = parts.classification.reasons[parts.kinds.index(Kind.GENERAL_LICENSE)].quote
    return (f"No instruction on the general license was found; it is mentioned alone: “{stated}”",) if stated else ()


def _unread(text: RuleText, faults: tuple[str, ...], kinds: tuple[Kind, ...]) -> tuple[str, ...]:
    """The faults, and that there is nothing to read where a rule on the lists has no amendatory text."""
    found = list(dict.fromkeys(faults))
    acts = set(kinds) & {*_LIST_KINDS, Kind.GENERAL_LICENSE, Kind.VEU, Kind.LIST_FRAMEWORK}
    if acts and not text.amendments:
        found.append("The text has no amendatory instructions; what it does was told by title and summary alone.")
    if not text.preamble and not text.amendments and not text.discussion:
        found.append("Nothing of the text could be read.")
    return tuple(found)
