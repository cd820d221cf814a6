"""Put the parts of a reading together: what a rule does, to whom, from when, and whether its parts agree."""

import re

from monitor.law.rules.agreement import agreement, entries_of
from monitor.law.rules.amendments import amendments_of
from monitor.law.rules.classify import classify
from monitor.law.rules.counts import lists_counted, read_counts
from monitor.law.rules.dates import read_dates
from monitor.law.rules.evidence import Evidence
from monitor.law.rules.instructions import read_instructions
from monitor.law.rules.licenses import read_license
from monitor.law.rules.plain import read_plain
from monitor.law.rules.prose import corrected, footnotes_in, names_in_prose, reason_of, terms_of
from monitor.law.rules.savings import read_savings
from monitor.law.rules.tables import read_tables
from monitor.law.rules.text import RuleText
from monitor.law.rules.xml import read_xml
from monitor.model.rules import Kind, RuleMetadata, RuleReading, StatedCounts

_XML = re.compile(rb"^\s*(?:<\?xml|<!DOCTYPE (?!html)|<(?:RULE|PRORULE|NOTICE|CORRECT|PRESDOCU|[A-Z]{4,})\b)")
_LIST_KINDS = {Kind.ENTITY_LIST_RULE, Kind.UNVERIFIED_LIST, Kind.MEU_LIST}


def read_text(body: bytes) -> RuleText:
    """The common structure of a document in either form."""
    return read_xml(body) if _XML.match(body.removeprefix(b"\xef\xbb\xbf")) else read_plain(body)


MOST_SUMMARY = 50_000  # characters; the longest have a few thousand, and to look for counts in them takes its time
TOO_LONG = f"Only the first {MOST_SUMMARY:,} characters of the summary were read."


def read_rule(body: bytes, metadata: RuleMetadata) -> RuleReading:
    """Everything that can be read from a document; what cannot is named in `unread`, a sentence each.

    `body` is the full-text XML or the raw text of public inspection. No document is refused: where nothing
    can be read the kind comes from the metadata alone.
    """
    text = read_text(body)
    amendments = amendments_of(text)
    instructed = read_instructions(amendments)
    near = metadata.publication_date
    dates = read_dates(text.part("DATES") or metadata.dates or "", near=near)
    near = dates.effective_on or near
    license_ = read_license(text, amendments, near)
    whole_summary = text.part("SUMMARY") or metadata.abstract or ""
    summary = whole_summary[:MOST_SUMMARY]
    classification = classify(
        Evidence(
            metadata=metadata,
            text=text,
            amendments=amendments,
            instructions=instructed.instructions,
            has_license=license_.license is not None,
            counted=lists_counted(summary),
        )
    )
    kinds = (classification.kind, *classification.also)
    default = next((kind for kind in kinds if kind in _LIST_KINDS), Kind.ENTITY_LIST_RULE)
    counts = read_counts(summary, metadata.title, text.prose(), default=default)
    table = read_tables(amendments, names_in_prose(text, instructed.instructions))
    entries = entries_of(instructed.instructions, table.rows, text.prose())
    stated = counts.by_list.get(default, StatedCounts()) if set(kinds) & _LIST_KINDS else StatedCounts()
    stated = entries.unless_contradicted(stated, default)
    savings = read_savings(text.prose(), near=near)
    terms = terms_of(text, entries.rows)
    return RuleReading(
        document_number=metadata.document_number,
        kind=classification.kind,
        also=classification.also,
        reasons=classification.reasons,
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
        instructions=instructed.instructions,
        license_requirement=terms.license_requirement,
        license_review_policy=terms.license_review_policy,
        license_exceptions=terms.license_exceptions,
        footnotes=footnotes_in(text, entries.rows),
        stated_reason=reason_of(text),
        general_license=license_.license,
        savings_clause=savings.clause,
        corrects=corrected(metadata, text) if Kind.CORRECTION in kinds else None,
        agreement=agreement(entries, stated, default),
        quotes={**dates.quotes, **counts.quotes, **savings.quotes, **license_.quotes, **terms.quotes},
        unread=_unread(
            text,
            (
                *text.unread,
                *dates.unread,
                *instructed.unread,
                *table.unread,
                *savings.unread,
                *license_.unread,
                *((TOO_LONG,) if len(whole_summary) > MOST_SUMMARY else ()),
            ),
            kinds,
        ),
    )


def _unread(text: RuleText, faults: tuple[str, ...], kinds: tuple[Kind, ...]) -> tuple[str, ...]:
    """The faults, and that there is nothing to read where a rule on the lists has no amendatory text."""
    found = list(dict.fromkeys(faults))
    acts = set(kinds) & {*_LIST_KINDS, Kind.GENERAL_LICENSE, Kind.VEU, Kind.LIST_FRAMEWORK}
    if acts and not text.amendments:
        found.append("The text has no amendatory instructions; what it does was told by title and summary alone.")
    if not text.preamble and not text.amendments and not text.discussion:
        found.append("Nothing of the text could be read.")
    return tuple(found)
