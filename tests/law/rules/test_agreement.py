"""Agreement is earned: whatever rows, instructions and stated counts leave open or contradict is said."""

from datetime import date

import pytest

from monitor.law.rules.reading import read_rule
from monitor.model.rules import CfrReference, NamedEntry, RuleMetadata, RuleReading

CHINA = "CHINA, PEOPLE'S REPUBLIC OF"
HEADS = ("Country", "Entity", "License requirement", "License review policy", "Federal Register citation")
TERMS = ("For all items subject to the EAR.", "Presumption of denial", "96 FR [INSERT FR PAGE NUMBER], 3/3/2031.")
QUILL, TERN = (CHINA, "Quill Harbor Co., Ltd."), ("", "Tern Supply Institute")
Row = tuple[str, str]


def table(*rows: Row, heads: tuple[str, ...] = HEADS) -> str:
    def cells(texts: tuple[str, ...]) -> str:
        return "<ROW>" + "".join(f"<ENT>{text}</ENT>" for text in texts) + "</ROW>"

    printed = "".join(cells((country, f"{entity}, 1 Road." if entity else "", *TERMS)) for country, entity in rows)
    return f"<GPOTABLE>{cells(heads)}{printed}</GPOTABLE>"


def rule(
    summary: str, *items: str, table: str = "", head: str = "2. Supplement no. 4 to part 744 is amended by:"
) -> str:
    amended = "".join(f"<AMDPAR>{text}</AMDPAR>" for text in ([head] if head else []) + list(items))
    authority = "<AMDPAR>1. The authority citation for 15 CFR part 744 continues to read as follows:</AMDPAR>"
    return (
        f"<RULE><PREAMB><SUM><P>{summary}</P></SUM><EFFDATE><P>This rule is effective April 1, 2031.</P></EFFDATE>"
        "</PREAMB><SUPLINF><P>Text.</P>"
        f'<REGTEXT TITLE="15" PART="744">{authority}{amended}{table}</REGTEXT></SUPLINF></RULE>'
    )


def read(xml: str) -> RuleReading:
    metadata = RuleMetadata(
        document_number="2031-04321",
        title="Additions to the Entity List",
        type="Rule",
        publication_date=date(2031, 3, 3),
        agencies=("industry-and-security-bureau",),
        cfr_references=(CfrReference(15, 744),),
    )
    return read_rule(xml.encode(), metadata)


def said(reading: RuleReading) -> str:
    return "\n".join((*reading.agreement, *reading.unread))


TWO = "BIS is adding two entities to the Entity List."
ADDS_TWO = f"a. Under {CHINA}, by adding, in alphabetical order, entries for “{QUILL[1]}” and “{TERN[1]}”;"


def test_a_rule_whose_parts_agree_says_nothing() -> None:
    reading = read(rule(TWO, ADDS_TWO, table=table(QUILL, TERN)))
    assert reading.added == (NamedEntry(*QUILL), NamedEntry(CHINA, TERN[1]))
    assert said(reading) == ""


LOST = {
    "a name": (
        rule(TWO, f"a. Under {CHINA}, by adding an entry for “{QUILL[1]}”;", table=table(QUILL, TERN)),
        f"The tables show “{TERN[1]}” under {CHINA}; no instruction names it.",
    ),
    "a row": (
        rule(TWO, ADDS_TWO, table=table(QUILL)),
        f"adds “{TERN[1]}” under {CHINA}; the tables show no such entry.",
    ),
    "the table": (rule(TWO, ADDS_TWO), f"adds “{QUILL[1]}” under {CHINA}; the tables show no such entry."),
    "the table of counted entries": (
        rule(TWO, f"a. Under {CHINA}, by adding, in alphabetical order, two entries;"),
        f"adds 2 entries under {CHINA}; the tables show 0.",
    ),
    "all instructions": (rule(TWO, "a. Revising the introductory text."), "States 2 entities; read 0 entries"),
    "the number": (
        rule("BIS is adding entities to the Entity List.", ADDS_TWO, table=table(QUILL, TERN)),
        "States no number of what it adds; read 2 entries.",
    ),
    "the verb": (
        rule(TWO, f"a. Under {CHINA}, in alphabetical order, entries for “{QUILL[1]}” and “{TERN[1]}”;"),
        "does not say what is done with the entries that it names",
    ),
    "the country": (
        rule("BIS removes one entity.", f"a. By removing the entry for “{QUILL[1]}”."),
        "names entries without a country",
    ),
    "the head": (
        rule(TWO, ADDS_TWO, table=table(QUILL, TERN), head=""),
        "speaks of entries and does not say of which list",
    ),
    "an entity": (
        rule(TWO, ADDS_TWO, table=table(QUILL, ("", ""))),
        f"has a row under {CHINA} whose entity is missing",
    ),
    "the heads of the table": (
        rule(TWO, ADDS_TWO, table=table(QUILL, TERN, heads=("A", "B", "C", "D", "E"))),
        "has no heading this reader knows",
    ),
}


@pytest.mark.parametrize(("xml", "sentence"), LOST.values(), ids=LOST)
def test_what_is_lost_is_said(xml: str, sentence: str) -> None:
    assert sentence in said(read(xml))


def test_entities_that_stand_under_several_countries_are_counted_once_or_each_time() -> None:
    removes = f"a. Under CANADA, INDIA, and JAPAN, removing the entry for “{QUILL[1]}”."
    for count in ("one entity", "three entries"):
        assert said(read(rule(f"BIS removes {count} from the Entity List.", removes))) == ""
    assert "removes 2; read 3" in said(read(rule("BIS removes two entities from the Entity List.", removes)))


def test_a_country_that_goes_on_over_the_page_is_no_other_country() -> None:
    for word in (" (continued)", "—Continued", " (Cont.)"):
        rows = table(QUILL, (f"{CHINA}{word}", TERN[1]))
        reading = read(rule(TWO, ADDS_TWO, table=rows))
        assert {entry.country for entry in reading.added} == {CHINA}
        assert said(reading) == ""


@pytest.mark.parametrize("heads", [("Destination", "Listed entity", *HEADS[2:]), ("COUNTRIES", "ENTITIES", *HEADS[2:])])
def test_heads_of_a_table_in_other_words_are_known(heads: tuple[str, ...]) -> None:
    assert said(read(rule(TWO, ADDS_TWO, table=table(QUILL, TERN, heads=heads)))) == ""


MISPRINTS = ["Quil Harbor Co., Ltd.", "Quill Habror Co., Ltd.", "Quill Harbour Co., Ltd."]


@pytest.mark.parametrize("misprint", MISPRINTS)
def test_a_misprinted_name_is_one_entry_and_both_spellings_are_said(misprint: str) -> None:
    reading = read(rule(TWO, ADDS_TWO.replace(QUILL[1], misprint), table=table(QUILL, TERN)))
    assert reading.added == (NamedEntry(*QUILL), NamedEntry(CHINA, TERN[1]))
    (sentence,) = reading.agreement
    assert f"“{misprint}”" in sentence
    assert f"“{QUILL[1]}”" in sentence


def test_two_names_that_are_alike_and_both_have_rows_stay_two() -> None:
    other = "Quill Harbors Co., Ltd."
    rows = table(QUILL, ("", other))
    reading = read(rule(TWO, ADDS_TWO.replace(TERN[1], other), table=rows))
    assert len(reading.added) == 2
    assert said(reading) == ""
