"""How severe an alert is, and what a recipient can ask for beside the kinds of documents."""

from collections.abc import Iterable
from enum import StrEnum

from monitor.model.deadlines import DeadlineKind


class Severity(StrEnum):
    """How much an alert changes of what one may do; never compare them as texts."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """A number to compare by: the more severe, the larger."""
        return list(Severity).index(self)


def most_severe(found: Iterable[Severity]) -> Severity:
    """The most severe of several; low where there is none."""
    return max(found, key=lambda one: one.rank, default=Severity.LOW)


class DeadlineTopic(StrEnum):
    """The deadlines that a recipient can ask for, apart from the kinds of documents."""

    LICENSE_ENDS = "license-ends"
    SAVINGS_CLAUSES = "savings-clauses"
    EFFECTIVE_DATES = "effective-dates"
    RULE_ENDS = "rule-ends"
    COMMENT_PERIODS = "comment-periods"


NO_DEADLINES = "no-deadlines"  # among the topics of a recipient: no deadlines at all

TOPIC_OF_DEADLINE = {
    DeadlineKind.LICENSE_END: DeadlineTopic.LICENSE_ENDS,
    DeadlineKind.SAVINGS_CLAUSE: DeadlineTopic.SAVINGS_CLAUSES,
    DeadlineKind.TAKES_EFFECT: DeadlineTopic.EFFECTIVE_DATES,
    DeadlineKind.PART_TAKES_EFFECT: DeadlineTopic.EFFECTIVE_DATES,
    DeadlineKind.VALIDATED_END_USER: DeadlineTopic.EFFECTIVE_DATES,
    DeadlineKind.PART_ENDS: DeadlineTopic.RULE_ENDS,
    DeadlineKind.RULE_ENDS: DeadlineTopic.RULE_ENDS,
    DeadlineKind.SUSPENSION_ENDS: DeadlineTopic.RULE_ENDS,
    DeadlineKind.EFFECTIVITY_NOTE: DeadlineTopic.RULE_ENDS,
    DeadlineKind.COMMENTS_CLOSE: DeadlineTopic.COMMENT_PERIODS,
}
