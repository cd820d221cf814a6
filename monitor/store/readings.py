"""What was read from the texts of documents, so that the same readers read none of them twice."""

import json
from collections.abc import Collection, Mapping

from msgspec import Struct

from monitor.store.base import Tables

READINGS = "reading"


class KeptReading(Struct, frozen=True):
    """A reading as JSON, None for a text that is not worth reading; `dated`: the deadlines need it."""

    dated: bool
    reading: str | None


class KeptReadings(Tables):
    """Readings by a key that names the readers, the text, and what else the reading depends on."""

    def kept_readings(self, keys: Collection[str]) -> dict[str, KeptReading]:
        """Those of some readings that are kept."""
        sql = "SELECT key, dated, reading FROM reading WHERE key IN (SELECT value FROM json_each(?))"
        rows = self._db.query(sql, [json.dumps(list(keys))])
        return {row["key"]: KeptReading(bool(row["dated"]), row["reading"]) for row in rows}

    def dated_readings(self, keys: Collection[str]) -> dict[str, bool]:
        """Those of some readings that are kept, and whether the deadlines need each."""
        sql = "SELECT key, dated FROM reading WHERE key IN (SELECT value FROM json_each(?))"
        return {row["key"]: bool(row["dated"]) for row in self._db.query(sql, [json.dumps(list(keys))])}

    def keep_readings(self, readings: Mapping[str, KeptReading]) -> None:
        """Keep what was read."""
        rows = [{"key": key, "dated": int(one.dated), "reading": one.reading} for key, one in readings.items()]
        self._db.insert_all(READINGS, rows, "ON CONFLICT DO NOTHING")
