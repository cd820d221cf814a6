"""Threads that turned out to be one conversation: a document and its announcement."""

from monitor.store.base import Tables


class Threads(Tables):
    """Which thread is continued in which other one."""

    def link_thread(self, thread: str, earlier: str) -> None:
        """Continue a thread in another one from now on: a document in that of its announcement, or the other way."""
        self._db.insert("tie", {"thread": thread, "told_in": earlier})

    def conversation_of(self, thread: str) -> str:
        """The thread in which alerts of a thread are sent: itself, unless it is linked to one that began before."""
        found: str | None = self._one("SELECT told_in FROM tie WHERE thread = ?", thread)
        return thread if found is None else found

    def linked_threads(self) -> set[str]:
        """All threads that are linked to another, of documents and of announcements."""
        rows = list(self._db.query("SELECT thread, told_in FROM tie"))
        return {row["thread"] for row in rows} | {row["told_in"] for row in rows}
