"""The schema as the steps that led to it. Order is important: add new steps at the end, never change an old one."""

from sqlite_utils import Database

from monitor.store.migrations.steps import migrations

# Importing these modules adds their steps, in this order.
from monitor.store.migrations import first_schema, operation, projections, later_steps  # isort: skip

__all__ = ["first_schema", "known_steps", "later_steps", "migrations", "operation", "projections"]


def known_steps() -> set[str]:
    """The names of all steps that this version knows."""
    return {step.name for step in migrations.pending(Database(memory=True))}
