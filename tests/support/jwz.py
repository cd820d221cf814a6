"""Threads as mail programs make them: https://www.jwz.org/doc/threading.html, steps 1 to 3, without subjects."""

from collections.abc import Iterable
from email.message import Message
from itertools import pairwise


class Container:
    """A message, or the place of one that is named and was not seen."""

    def __init__(self, message_id: str) -> None:
        self.message_id = message_id
        self.message: Message | None = None
        self.parent: Container | None = None
        self.children: list[Container] = []

    def has_below(self, other: "Container") -> bool:
        return self is other or any(child.has_below(other) for child in self.children)

    def adopt(self, child: "Container") -> None:
        """Step 1 B and C: never so that something becomes its own ancestor."""
        if child.has_below(self):
            return
        if child.parent is not None:
            child.parent.children.remove(child)
        child.parent = self
        self.children.append(child)

    def messages(self) -> list[Message]:
        own = [] if self.message is None else [self.message]
        return own + [message for child in self.children for message in child.messages()]


def references_of(message: Message) -> list[str]:
    """The References, and what is answered where there are none."""
    return str(message["References"] or message["In-Reply-To"] or "").split()


def threads(messages: Iterable[Message]) -> list[Container]:
    """The roots: a message, or the empty place of one whose answers alone were seen."""
    table: dict[str, Container] = {}

    def container(message_id: str) -> Container:
        return table.setdefault(message_id, Container(message_id))

    for message in messages:
        this = container(str(message["Message-ID"]))
        this.message = message
        chain = [container(reference) for reference in references_of(message)]
        for parent, child in pairwise(chain):
            if child.parent is None:
                parent.adopt(child)
        if chain:
            chain[-1].adopt(this)
    return [one for one in table.values() if one.parent is None and one.messages()]
