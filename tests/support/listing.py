"""Lists and entries for tests, in the form in which the eCFR prints them."""

from collections.abc import Sequence
from html import escape

from harness import DATA

from monitor.law.citations import read_citations
from monitor.law.entities import read_entity
from monitor.law.footnotes import designations_in
from monitor.law.policies import read_policies
from monitor.model.entries import Cells, Entry

FOLDER = DATA / "lists"
COLUMNS = ("Country", "Entity", "License requirement", "License review policy", "Federal Register citation")
REQUIREMENT = "For all items subject to the EAR. (See § 744.11 of the EAR)"
POLICY = "Presumption of denial."
CITATION = "84 FR 22963, 5/21/19."


def fixture(name: str) -> bytes:
    return (FOLDER / f"{name}.xml").read_bytes()


def row(country: str, entity: str, *others: str) -> tuple[str, ...]:
    """One row; what is not given is the usual text."""
    return (country, escape(entity, quote=False), *(others or (REQUIREMENT, POLICY, CITATION)))


def supplement(rows: Sequence[Sequence[str]], *, columns: Sequence[str] = COLUMNS, after: str = "") -> bytes:
    """An Entity List with these rows of cells, which may hold markup."""
    head = "".join(f"<TH>{escape(column, quote=False)}</TH>" for column in columns)
    lines = "".join("<TR>" + "".join(f"<TD>{cell}</TD>" for cell in cells) + "</TR>\n" for cells in rows)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<DIV9 N="Supplement No. 4 to Part 744" TYPE="APPENDIX">\n'
        "<HEAD>Supplement No. 4 to Part 744—Entity List</HEAD>\n<DIV><TABLE><THEAD><TR>"
        f"{head}</TR></THEAD>\n<TBODY>\n{lines}</TBODY></TABLE></DIV>\n{after}</DIV9>\n"
    ).encode()


def entry(
    text: str,
    *,
    country: str = "IRAN",
    requirement: str = REQUIREMENT,
    policy: str = POLICY,
    citation: str = CITATION,
) -> Entry:
    """An entry as the reader would make it of these cells; `text` has its lines separated by \\n."""
    entity = read_entity(text)
    return Entry(
        country=country,
        name=entity.name,
        cells=Cells(text.replace("\n", " "), requirement, policy, citation),
        kind=entity.kind,
        aliases=entity.aliases,
        further_names=entity.further_names,
        addresses=entity.addresses,
        cross_references=entity.cross_references,
        sub_entries=entity.sub_entries,
        policies=read_policies(policy),
        footnotes=designations_in(requirement),
        citations=read_citations(citation),
        whole=entity.whole,
    )
