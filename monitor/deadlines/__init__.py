"""Deadlines of documents, licenses and the regulations, and what the day makes of them."""

from monitor.deadlines.due import DAYS, due, keys_of
from monitor.deadlines.gather import deadlines

__all__ = ["DAYS", "deadlines", "due", "keys_of"]
