"""Whether what is kept still has the hash under which it was kept."""

import hashlib
import zlib
from collections.abc import Iterator

from msgspec import Struct

from monitor.store.base import Tables

# The bytes of each kind of evidence, and what a person knows it by. A supplement that did not exist has no bytes.
BODIES = {
    "snapshot": ("body", "name || ' as of ' || as_of"),
    "quarantine": ("body", "name || ' as of ' || as_of"),
    "text": ("body", "document_number || ', ' || form"),
    "document": ("row", "document_number || ', ' || source"),
}
PACKED = ("snapshot", "quarantine", "text")


class BadEvidence(Struct, frozen=True):
    """A row of evidence whose bytes are not those that were kept."""

    table: str
    id: int
    what: str
    reason: str


class Evidence(Tables):
    """Everything that was kept of what sources said."""

    def bad_evidence(self) -> Iterator[BadEvidence]:
        """Every row whose bytes do not unpack, or do not have the hash that stands beside them."""
        for table, (body, what) in BODIES.items():
            sql = f"SELECT id, sha256, {body} AS body, {what} AS what FROM {table} WHERE {body} IS NOT NULL ORDER BY id"  # noqa: S608 - constants  # nosec B608
            for row in self._db.query(sql):
                reason = fault(row["body"], row["sha256"], packed=table in PACKED)
                if reason:
                    yield BadEvidence(table, row["id"], row["what"], reason)


def fault(body: bytes, sha256: str, *, packed: bool) -> str:
    """What is wrong with kept bytes; empty where nothing is."""
    try:
        found = hashlib.sha256(zlib.decompress(body) if packed else body).hexdigest()
    except zlib.error as error:
        return f"its bytes do not unpack: {error}"
    return "" if found == sha256 else f"its bytes have the hash {found[:12]}, and {sha256[:12]} was kept"
