"""Whether a rule's counts, instructions and tables agree: every difference is said, in either direction."""

import pytest

from monitor.law.rules.reading import read_rule
from monitor.model.rules import RuleMetadata

METADATA = RuleMetadata(
    document_number="2031-04321",
    title="Additions to the Entity List",
    type="Rule",
    agencies=("industry-and-security-bureau",),
)
NAMES = ("Alfa Trading", "Beta Industrial", "Gamma Optics")
WORDS = {1: "one entity", 2: "two entities", 3: "three entities", 4: "four entities"}


def rule(stated: int, names: tuple[str, ...] = NAMES) -> bytes:
    """A rule that states so many additions and makes those of these names."""
    quoted = ", ".join(f"“{name}”" for name in names)
    rows = "".join(
        f"<ROW><ENT I='01'>BURMA</ENT><ENT>{name}, Road {number}, Yangon, Burma.</ENT><ENT>For all items subject to "
        "the EAR (See § 744.11 of the EAR)</ENT><ENT>Presumption of denial</ENT><ENT>96 FR [INSERT FR PAGE NUMBER], "
        "4/1/2031.</ENT></ROW>"
        for number, name in enumerate(names)
    )
    heads = ("Country", "Entity", "License requirement", "License review policy", "Federal Register citation")
    head = "".join(f"<CHED H='1'>{one}</CHED>" for one in heads)
    return f"""<RULE><PREAMB><AGENCY TYPE="S">DEPARTMENT OF COMMERCE</AGENCY>
<SUBJECT>Additions to the Entity List</SUBJECT>
<SUM><HD SOURCE="HED">SUMMARY:</HD><P>This rule amends the EAR by adding {WORDS[stated]} to the Entity List.</P></SUM>
<EFFDATE><HD SOURCE="HED">DATES:</HD><P>This rule is effective April 1, 2031.</P></EFFDATE></PREAMB>
<SUPLINF><REGTEXT TITLE="15" PART="744"><AMDPAR>1. Supplement No. 4 to part 744 is amended under BURMA by adding, in
alphabetical order, entries for {quoted}.</AMDPAR><GPOTABLE COLS="5"><BOXHD>{head}</BOXHD>{rows}</GPOTABLE></REGTEXT>
</SUPLINF></RULE>""".encode()


def test_counts_that_agree_are_no_difference() -> None:
    reading = read_rule(rule(3), METADATA)
    assert [entry.name for entry in reading.added] == list(NAMES)
    assert reading.agreement == ()


@pytest.mark.parametrize("stated", [1, 2, 4])
def test_fewer_or_more_than_stated_is_said(stated: int) -> None:
    reading = read_rule(rule(stated), METADATA)
    assert reading.stated_counts.added == stated
    assert len(reading.added) == 3
    assert len([sentence for sentence in reading.agreement if f"States {stated} entit" in sentence]) == 1
