"""Supplement No. 4 to part 744 as the eCFR prints it on a day."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from xml.sax.saxutils import escape

import msgspec

from monitor.commands.example import material
from monitor.commands.example.material import SampleEntry, Wording

NAME = "Supplement No. 4 to Part 744"
PATH = "/on/_SUBSTITUTE_DATE_/title-15/subtitle-B/chapter-VII/subchapter-C/part-744/appendix-" + NAME.replace(
    " ", "%20"
)
METADATA = f'{{"path":"{PATH}","citation":"{NAME}, Title 15"}}'.replace('"', "&quot;")
OPENING = f'<DIV9 N="{NAME}" TYPE="APPENDIX" hierarchy_metadata="{METADATA}">'
COLUMNS = ("Country", "Entity", "License requirement", "License review policy", "Federal Register citation")
TABLE = (
    '<DIV width="100%"><DIV class="gpotbl_div"><TABLE border="1" cellpadding="1" cellspacing="1" '
    'class="gpotbl_table" frame="void" width="100%"><THEAD><TR>'
)
CELL = '<TD align="left" class="gpotbl_cell">'


@cache
def issues_of_the_list() -> tuple[date, ...]:
    """The publication dates on which the list changed, oldest first."""
    content = material.entity_list()
    days = {amendment.since for amendment in content.history} | {sweep.since for sweep in content.sweeps}
    for entry in content.entries:
        days |= {wording.since for wording in entry.versions} | ({entry.until} if entry.until else set())
    return tuple(sorted(days))


def wording_on(entry: SampleEntry, day: date) -> Wording | None:
    """How an entry reads on a day; None where it is not on the list."""
    if entry.until is not None and entry.until <= day:
        return None
    newest = max((w for w in entry.versions if w.since <= day), key=lambda w: w.since, default=None)
    if newest is None or not entry.swept:
        return newest
    for sweep in material.entity_list().sweeps:
        if newest.since < sweep.since <= day:  # a newer wording has it already
            newest = msgspec.structs.replace(
                newest,
                license_requirement=sweep.license_requirement,
                citation=f"{newest.citation}<br/>{sweep.citation}",
            )
    return newest


def entity_list_xml(day: date) -> str:
    """The whole supplement, one row a line."""
    content = material.entity_list()
    heads = "".join(f'<TH class="gpotbl_colhed" scope="col">{column}</TH>' for column in COLUMNS)
    lines = [OPENING, f"<HEAD>{content.heading}</HEAD>", f"<P>{content.introduction}</P>"]
    lines += [f"{TABLE}{heads}</TR></THEAD>", "<TBODY>", *_rows(day), "</TBODY></TABLE></DIV></DIV>"]
    notes = [footnote.text for footnote in content.footnotes if footnote.since <= day]
    lines += [f'<P class="gpotbl_note">{note}</P>' for note in notes]
    cited = [amendment.citation for amendment in content.history if amendment.since <= day]
    lines += [f'<CITA TYPE="N">[{"; ".join(cited)}]</CITA>', "", "</DIV9>"]
    return "\n".join(lines) + "\n"


def _rows(day: date) -> Iterator[str]:
    """Rows in printed order; a country is printed only in the first row of its block."""
    country = ""
    for entry in material.entity_list().entries:
        wording = wording_on(entry, day)
        if wording is None:
            continue
        printed = escape(entry.country) if entry.country != country else ""
        country = entry.country
        cells = (wording.entity, wording.license_requirement, wording.license_review_policy, wording.citation)
        first = f'<TR><TD align="left" class="gpotbl_cell" scope="row">{printed}</TD>'
        yield first + "".join(f"{CELL}{cell}</TD>" for cell in cells) + "</TR>"
