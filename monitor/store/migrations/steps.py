"""The list to which every step of the schema is added, in the order in which the modules of steps are imported."""

from sqlite_utils.migrations import Migrations

migrations = Migrations("fedreg-monitor")
