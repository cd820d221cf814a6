"""Hints: what a page seems to have become, and which announcement belongs to which document."""

from datetime import datetime

from msgspec import Struct

from monitor.store.base import Tables, stamp


class Doubted(Struct, frozen=True):
    """What a page seems to have become, since when, in how many polls in a row, and whether the operator was told."""

    what: str
    since: datetime
    times: int
    told: bool


class Hints(Tables):
    """What is known and not yet believed."""

    def doubt(self, name: str, what: str, at: datetime) -> Doubted:
        """Note that a page seems to have become something; seen again, it counts up, else it begins anew."""
        before = self.doubted(name)
        again = before is not None and before.what == what
        since, times = (before.since, before.times + 1) if before is not None and again else (at, 1)
        told = before is not None and again and before.told
        row = {"name": name, "what": what, "since": stamp(since), "times": times, "told": int(told)}
        self._db.insert("doubt", row, "REPLACE")
        return Doubted(what, since, times, told)

    def note_doubt_told(self, name: str) -> None:
        """Remember that the operator was told what a page seems to have become."""
        self._db.execute("UPDATE doubt SET told = 1 WHERE name = ?", [name])

    def doubted(self, name: str) -> Doubted | None:
        """What a page was last said to have become; None while it is believed."""
        rows = self._db.query("SELECT what, since, times, told FROM doubt WHERE name = ?", [name])
        return next(
            (Doubted(r["what"], datetime.fromisoformat(r["since"]), r["times"], bool(r["told"])) for r in rows), None
        )

    def trust(self, name: str) -> Doubted | None:
        """Believe a page again; returns what it was said to have become."""
        before = self.doubted(name)
        self._db.execute("DELETE FROM doubt WHERE name = ?", [name])
        return before

    def tie(self, thread: str, told_in: str) -> None:
        """Tell a thread in another one from now on: a document in that of its announcement, or the other way."""
        self._db.insert("tie", {"thread": thread, "told_in": told_in})

    def conversation_of(self, thread: str) -> str:
        """The thread in which a thread is told: itself, unless it is tied to one that began before."""
        found: str | None = self._one("SELECT told_in FROM tie WHERE thread = ?", thread)
        return thread if found is None else found

    def tied(self) -> set[str]:
        """All threads that are tied to another, of documents and of announcements."""
        rows = list(self._db.query("SELECT thread, told_in FROM tie"))
        return {row["thread"] for row in rows} | {row["told_in"] for row in rows}
