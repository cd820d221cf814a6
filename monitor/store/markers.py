"""What the rules about the monitor itself stand on: the kept calendar, and what sources last said of themselves."""

from collections.abc import Mapping
from datetime import date, datetime

from monitor.model.issue_calendar import IssueCalendar
from monitor.store.base import Tables, stamp

CALENDAR = "calendar"


class Markers(Tables):
    """One row for each closing and for each marker; all of it can be asked for again."""

    def keep_calendar(self, closings: Mapping[date, str], seen_at: datetime) -> None:
        """Replace the days without an issue by what the Federal Register says now."""
        self._db.execute("DELETE FROM closing")
        rows = [{"day": day.isoformat(), "name": name} for day, name in sorted(closings.items())]
        self._db.insert_all("closing", rows)
        self.note_marker(CALENDAR, str(len(closings)), seen_at)

    def calendar(self) -> IssueCalendar:
        """The calendar as last kept."""
        rows = self._db.query("SELECT day, name FROM closing ORDER BY day")
        return IssueCalendar({date.fromisoformat(row["day"]): row["name"] for row in rows})

    def calendar_read_at(self) -> datetime | None:
        """When the calendar was last kept."""
        found = self.marker(CALENDAR)
        return None if found is None else found[1]

    def note_marker(self, name: str, value: str, seen_at: datetime) -> None:
        """Keep what was last seen of something."""
        row = {"name": name, "value": value, "seen_at": stamp(seen_at)}
        self._db.insert("sign", row, "REPLACE")

    def marker(self, name: str) -> tuple[str, datetime] | None:
        """What was last seen of something, and when."""
        rows = self._db.query("SELECT value, seen_at FROM sign WHERE name = ?", [name])
        return next(((row["value"], datetime.fromisoformat(row["seen_at"])) for row in rows), None)
