"""What a page or a supplement seems to have become, until another answer confirms it."""

from datetime import datetime
from typing import Self

from msgspec import Struct

from monitor.store.base import Tables, stamp


class Unconfirmed(Struct, frozen=True):
    """What something seems to have become, since when, in how many polls in a row, and whether that was reported."""

    what: str
    since: datetime
    times: int = 1
    reported: bool = False

    @classmethod
    def after(cls, before: Self | None, what: str, at: datetime) -> Self:
        """The state after one more answer: the same again counts up, anything else begins anew."""
        if before is None or before.what != what:
            return cls(what, at)
        return cls(what, before.since, before.times + 1, before.reported)


class UnconfirmedStates(Tables):
    """What is seen and not yet accepted."""

    def note_unconfirmed(self, name: str, state: Unconfirmed) -> None:
        """Keep what something seems to have become, in place of what was noted before."""
        row = {"name": name, "what": state.what, "since": stamp(state.since), "times": state.times}
        self._db.insert("doubt", row | {"told": int(state.reported)}, "REPLACE")

    def unconfirmed(self, name: str) -> Unconfirmed | None:
        """What something last seemed to have become; None while its answers are accepted."""
        rows = self._db.query("SELECT what, since, times, told FROM doubt WHERE name = ?", [name])
        return next(
            (Unconfirmed(r["what"], datetime.fromisoformat(r["since"]), r["times"], bool(r["told"])) for r in rows),
            None,
        )

    def clear_unconfirmed(self, name: str) -> None:
        """Accept the answers of something again."""
        self._db.execute("DELETE FROM doubt WHERE name = ?", [name])
