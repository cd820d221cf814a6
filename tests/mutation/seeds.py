"""The real rules that are varied: list rules, licenses and corrections of the corpus, and the cases of the issue."""

from datetime import date
from functools import cache

from harness import SHARED
from kind import Form
from msgspec import Struct
from rules_agreement import CORPUS, documents, forms_of, kinds

from monitor.law.rules.open_dates import set_open_dates
from monitor.law.rules.reading import read_rule
from monitor.model.rules import CfrReference, RuleMetadata, RuleReading

_VARIED = {"entity-list-rule", "unverified-list", "meu-list", "general-license", "correction"}
_CASES = SHARED / "cases" / "rules"


class Seed(Struct, frozen=True):
    """A document in one form."""

    number: str
    form: Form
    text: str
    metadata: RuleMetadata

    def read(self, text: str) -> RuleReading:
        """The reading of a text of this document, its open dates set by the day of publication."""
        return set_open_dates(read_rule(text.encode(), self.metadata), published=self.metadata.publication_date)


@cache
def seeds() -> tuple[Seed, ...]:
    """Every document that is varied, in every form it is kept in."""
    metadata = documents()
    found = [
        Seed(number, Form(form), path.read_text(encoding="utf-8"), metadata[number])
        for number, kind in kinds().items()
        if kind in _VARIED
        for form, path in forms_of(number)
    ]
    return (*found, *_cases())


def _cases() -> list[Seed]:
    return [
        Seed(path.stem, Form.XML, path.read_text(encoding="utf-8"), _metadata(path.stem))
        for path in sorted(_CASES.glob("*.xml"))
    ]


def _metadata(number: str) -> RuleMetadata:
    return RuleMetadata(
        document_number=number,
        title="Additions to the Entity List",
        type="Rule",
        publication_date=date(2025, 9, 16),
        agencies=("industry-and-security-bureau",),
        cfr_references=(CfrReference(15, 744),),
    )


def corpus_is_here() -> bool:
    """Whether the shared corpus stands beside this checkout."""
    return CORPUS.exists()
