"""One alert of each kind, small and with every part filled."""

from datetime import date

from harness import ROOT, at
from msgspec import structs

from monitor.diff.documents import with_reading
from monitor.law.document import read
from monitor.model.alerts import (
    Alert,
    AlertBody,
    Announcement,
    BaselineItem,
    Difference,
    DocumentEvent,
    Link,
    ListChanged,
    MonitoringBegins,
    Notice,
    PageChanged,
    TextChanged,
)
from monitor.model.changes import Addition, FieldChange, Merger, ParagraphChange, Removal, Revision, Separation
from monitor.model.documents import Document, Kind, Stage
from monitor.model.entries import Cells, Entry

NOW = at("2019-05-21T08:46")
TODAY = NOW.date()
RULE = Link("84 FR 22961: Addition of Entities to the Entity List", "https://www.govinfo.gov/2019-10616.pdf")
PAGE = Link("Page on federalregister.gov", "https://www.federalregister.gov/d/2019-10616")

FILED = DocumentEvent(
    stage=Stage.FILED,
    kind=Kind.ENTITY_LIST_RULE,
    document_number="2019-10616",
    title="Addition of Entities to the Entity List",
    type="Rule",
    filed_at=at("2019-05-16T16:15"),
    publication_date=date(2019, 5, 21),
    editorial_note="The Office of the Federal Register notes a change of the date.",
    links=(PAGE,),
)
PUBLISHED = DocumentEvent(
    stage=Stage.PUBLISHED,
    kind=Kind.ENTITY_LIST_RULE,
    document_number="2019-10616",
    title="Addition of Entities to the Entity List",
    type="Rule",
    action="Final rule.",
    publication_date=date(2019, 5, 21),
    effective_on=date(2019, 5, 16),
    dates="This rule is effective May 16, 2019.",
    abstract="In this rule, BIS amends the EAR by adding Huawei to the Entity List.",
    citation="84 FR 22961",
    links=(Link("Official PDF (govinfo)", RULE.url), PAGE),
)
DOCUMENT = Document(
    document_number="2019-10616",
    publication_date=date(2019, 5, 21),
    title="Addition of Entities to the Entity List",
    type="Rule",
    action="Final rule.",
    abstract=PUBLISHED.abstract,
    dates=PUBLISHED.dates,
    effective_on=date(2019, 5, 16),
    citation="84 FR 22961",
    volume=84,
    start_page=22961,
    end_page=22968,
    html_url=PAGE.url,
    pdf_url=RULE.url,
    raw_text_url="https://www.federalregister.gov/2019-10616.txt",
    full_text_xml_url=None,
    cfr_references=(),
    comments_close_on=None,
    correction_of=None,
)
RULE_TEXT = ROOT / "monitor" / "commands" / "example" / "data" / "full_text" / "2019-10616.xml"
# As printed, with all that its text says; and as corrected afterwards.
READ = with_reading(PUBLISHED, read(RULE_TEXT.read_bytes(), DOCUMENT, date(2019, 5, 16)))
CHANGED = structs.replace(
    READ,
    stage=Stage.CHANGED,
    differences=(
        Difference("effective date", "May 16, 2019", "May 20, 2019"),
        Difference("entries added", "nothing", "CHINA, PEOPLE'S REPUBLIC OF: Alfa Technologies"),
    ),
)


def entry(name: str, country: str = "CHINA, PEOPLE'S REPUBLIC OF") -> Entry:
    """An entry with all cells."""
    requirement = "For all items subject to the EAR (See §744.11 of the EAR)."
    cells = Cells(f"{name}, Bantian, Shenzhen.", requirement, "Presumption of denial.", "84 FR 22963, 5/21/19.")
    return Entry(country=country, name=name, cells=cells)


ALFA, BETA = entry("Alfa Technologies"), entry("Beta Machinery", "UNITED KINGDOM")
REVISED = Revision(
    ALFA,
    entry("Alfa Technologies Co., Ltd."),
    (
        FieldChange("name", "Alfa Technologies", "Alfa Technologies Co., Ltd."),
        FieldChange("aliases", "", "", added=("Alfa Tech",), removed=("Alfa Old",)),
    ),
)
LIST = ListChanged(
    name="Entity List",
    as_of_before=date(2019, 5, 20),
    as_of=date(2019, 5, 21),
    changes=(
        Addition(entry("Gamma Optics")),
        REVISED,
        Removal(BETA),
        Merger(entry("Delta Branch"), ALFA),
        Separation(entry("Epsilon Institute"), ALFA),
    ),
    notes=(ParagraphChange("Old footnote.", "New footnote."),),
    total=1137,
    sha256="ab" * 32,
    documents=(RULE,),
    links=(Link("Supplement No. 4 to Part 744 in the eCFR", "https://www.ecfr.gov/on/2019-05-21/title-15"),),
)
TEXT = TextChanged(
    name="Supplement No. 7 to Part 744",
    heading="Supplement No. 7 to Part 744—Temporary General License",
    as_of_before=date(2019, 5, 20),
    as_of=date(2019, 5, 22),
    changes=(
        ParagraphChange("", "This license is valid until August 19, 2019."),
        ParagraphChange("Old words.", "New words."),
        ParagraphChange("Words that went.", ""),
    ),
    sha256="cd" * 32,
    documents=(RULE,),
    links=(Link("Supplement No. 7 to Part 744 in the eCFR", "https://www.ecfr.gov/on/2019-05-22/title-15"),),
)
BASELINE = MonitoringBegins(
    watched=(BaselineItem(name="Entity List", count="1,121 entries", as_of=date(2019, 5, 14), sha256="ef" * 32),),
    pending=(FILED,),
)
NOTICE = Notice(
    title="An implausible Entity List was set aside",
    reason="It has 612 entries, and 1,121 were known: more than a tenth went at once.",
    advice="Compare it with the official page, then accept it by its hash.",
)
ANNOUNCED = Announcement(
    title="Commerce Adds 37 Parties to the Entity List",
    dated="May 20, 2019",
    kinds=(Kind.ENTITY_LIST_RULE,),
    said=("The 37 parties are added to the Entity List.",),
    links=(Link("BIS press release", "https://www.bis.gov/press-release/commerce-adds-37-parties"),),
)
PAGE_CHANGED = PageChanged(
    label="“unreliable-entities”",
    heading="Unreliable entities",
    before_at=at("2019-05-20T10:00"),
    changes=(ParagraphChange("Delta Works", "Delta Works and Epsilon Works"), ParagraphChange("", "Zeta Works")),
    minor=False,
    sha256="ab" * 32,
    links=(Link("The page “unreliable-entities”", "https://example.org/list"),),
)
BODIES: dict[str, AlertBody] = {
    "filed": FILED,
    "published": PUBLISHED,
    "read": READ,
    "changed": CHANGED,
    "list": LIST,
    "text": TEXT,
    "baseline": BASELINE,
    "notice": NOTICE,
    "announced": ANNOUNCED,
    "page": PAGE_CHANGED,
}


def alert(body: AlertBody, key: str = "key") -> Alert:
    """An alert about something."""
    return Alert(key=key, thread="thread", topics=(), created_at=NOW, body=body)
