"""Deadlines of documents, licenses and the regulations, and the notices that are due on a day."""

from monitor.deadlines.due import DAYS, due, keys_of
from monitor.deadlines.merge import deadlines

__all__ = ["DAYS", "deadlines", "due", "keys_of"]
