"""Read what a rule does, to whom and from when, out of its own text."""

from monitor.law.rules.classify import classify_metadata
from monitor.law.rules.open_dates import with_days_known
from monitor.law.rules.reading import read_rule

__all__ = ["classify_metadata", "read_rule", "with_days_known"]
