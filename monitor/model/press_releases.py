"""What is kept of a press release of BIS."""

from datetime import date

from msgspec import Struct

from monitor.model.documents import Kind


class Release(Struct, frozen=True, kw_only=True):
    """A press release; `dated` as printed and `day` what that says; `kinds` what it is about.

    `text` is empty where its page was not asked for or did not come.
    """

    title: str
    dated: str
    day: date
    url: str
    text: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    said: tuple[str, ...] = ()  # its sentences on lists and licenses

    @property
    def slug(self) -> str:
        """The last part of its address, which it keeps when the site moves."""
        return self.url.rstrip("/").rpartition("/")[2]

    @property
    def thread(self) -> str:
        """The conversation that begins with it."""
        return f"announced:{self.slug}"

    @property
    def key(self) -> str:
        """The key of its alert; the same words can be announced again on another day."""
        return f"{self.thread}:{self.day}"
