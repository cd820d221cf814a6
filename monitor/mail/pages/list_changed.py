"""A list that says something else."""

from collections.abc import Iterator, Sequence

from monitor.diff import subject as entry_of
from monitor.diff.country_totals import by_country
from monitor.mail.pages.blocks import (
    Bullets,
    Detail,
    Fact,
    Facts,
    Hash,
    Links,
    Page,
    Prose,
    View,
    listed,
    named,
    redlined,
    section,
    shorten,
)
from monitor.mail.pages.csv_rows import WORDS, changes_table
from monitor.mail.pages.entries import cells_of, headline, items, places
from monitor.model.alerts import ListChanged, Rule
from monitor.model.changes import Addition, Change
from monitor.model.eastern import count, long_date, short_date

UNEXPLAINED = "No document that we know is cited by these changes; it may be older, or a technical amendment."
MOST_REPORTED = 30  # names of entries that were reported before


def list_page(body: ListChanged, view: View) -> Page:
    """What a rule stated and is now codified, in short; what was not reported before, in full."""
    detail = view.detail
    new = body.changes[: len(body.changes) - body.as_told]
    reported = body.changes[len(new) :]
    shared = shared_terms(new)
    facts = (*who(body.changes), *shared, Fact("List", f"{body.name} as of {long_date(body.as_of)}, before as of "
             f"{long_date(body.as_of_before)}; it now has {count(body.total, 'entry')}"))  # fmt: skip
    whole = body.rule is not None and body.rule.agreeing == body.rule.expected
    caveats = () if whole else listed(body.agreements, 10, 2 * detail.cell)
    notes = [redlined("", note.before, note.after, 2 * detail.cell) for note in body.notes[: detail.items]]
    sources = body.documents + body.links
    return Page(
        subject=subject(body),
        lead=lead(body),
        blocks=(
            Facts(tuple(shortened(fact, detail) for fact in facts)),
            *items(new, detail, common={fact.label for fact in shared}),
            *section(
                reported_heading(reported),
                named(((entry_of(c).country, entry_of(c).name) for c in reported), min(detail.names, MOST_REPORTED)),
            ),
            *section("The words around the list", notes),
            *section("How sure this is", (Bullets(caveats),) if caveats else ()),
            *((Prose(UNEXPLAINED),) if body.rule is None and not body.documents and body.changes else ()),
            *section("Official pages", (Links(sources),) if sources else ()),
            Hash("Evidence, the list as answered", body.sha256),
        ),
        essentials=(Facts(tuple(shortened(fact, detail) for fact in who(body.changes))), Links(sources[:1])),
        table=changes_table(body),
        cut=len(new) > detail.items or len(reported) > 0 or any(len(text) > detail.cell for text in cells_of(new)),
    )


def shortened(fact: Fact, detail: Detail) -> Fact:
    """A fact within bounds."""
    return Fact(fact.label, shorten(fact.value, detail.fact))


# -- what happened


def subject(body: ListChanged) -> str:
    """Of what is explained, what its rule does; of the rest, what happened."""
    rule = body.rule
    if rule is not None and rule.expected and rule.agreeing is not None:
        return f"In the eCFR, {rule.agreeing:,} of {rule.expected:,} agree: {rule.in_short}"
    if rule is not None:
        return f"In the eCFR: {rule.in_short}"
    where = f" in {places(body.changes)}" if body.changes else ""
    return f"{body.name} in the eCFR: {headline(body.changes)}{where}, as of {short_date(body.as_of)}"


def lead(body: ListChanged) -> str:
    """Who reads nothing else knows whether the list says what the rule states."""
    rule = body.rule
    day = long_date(body.as_of)
    if rule is None:
        where = f" in {places(body.changes)}" if body.changes else ""
        return f"The {body.name} in the eCFR has changed as of {day}: {headline(body.changes)}{where}."
    name = rule.citation or rule.document_number
    if rule.expected and rule.agreeing is not None:
        agree = f"{rule.agreeing:,} of {count(rule.expected, 'entry')} agree with {name}."
        return f"Now in the eCFR as of {day}: {agree} {what_follows(body, rule)}"
    return f"Now in the eCFR as of {day}: {name} ({headline(body.changes)})."


def what_follows(body: ListChanged, rule: Rule) -> str:
    """Whether there is anything to read on for."""
    if rule.agreeing != rule.expected:
        return "What differs stands below."
    if body.as_told < len(body.changes) or body.notes:
        return "Below is what no mail told before."
    return "Nothing differs from what was told."


def who(changes: Sequence[Change]) -> Iterator[Fact]:
    """How many of each kind, and where."""
    for kind, word in WORDS.items():
        found = [entry_of(change).country for change in changes if isinstance(change, kind)]
        if found:
            yield Fact(word[:1].upper() + word[1:], by_country(found))


def reported_heading(reported: Sequence[Change]) -> str:
    """Over the names of what was reported before."""
    return f"As the rule said: {headline(reported)}" if reported else ""


def shared_terms(changes: Sequence[Change]) -> tuple[Fact, ...]:
    """The license requirement and the review policy of all new entries, where it is the same, once."""
    cells = [change.entry.cells for change in changes if isinstance(change, Addition)]
    found = []
    for label, texts in (
        ("License requirement", {cell.license_requirement for cell in cells}),
        ("License review policy", {cell.license_review_policy for cell in cells}),
    ):
        if len(cells) > 1 and len(texts) == 1 and (text := next(iter(texts))):
            found.append(Fact(label, text))
    return tuple(found)
