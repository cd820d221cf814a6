"""The facts by which a document is classified."""

from msgspec import Struct

from monitor.law.rules.amendments import Amendment
from monitor.law.rules.text import RuleText
from monitor.model.rules import Instruction, Kind, RuleMetadata


class Evidence(Struct, frozen=True, kw_only=True):
    """The facts by which a document is classified: the metadata alone, as long as there is no text."""

    metadata: RuleMetadata
    text: RuleText | None = None
    amendments: tuple[Amendment, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    has_license: bool = False
    counted: tuple[Kind, ...] = ()  # lists for which the summary counts additions, revisions or removals

    @property
    def title(self) -> str:
        """The title, of the metadata or of the text."""
        return self.metadata.title or (self.text.title if self.text else "")

    @property
    def action(self) -> str:
        """The ACTION line."""
        return self.metadata.action or (self.text.part("ACTION") if self.text else "")

    @property
    def summary(self) -> str:
        """The summary of the text, else the abstract."""
        return (self.text.part("SUMMARY") if self.text else "") or self.metadata.abstract or ""
