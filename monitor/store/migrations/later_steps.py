"""The newest steps: add new ones at the end."""

from sqlite_utils import Database

from monitor.store.migrations.steps import migrations


@migrations()
def refused_answers(db: Database) -> None:
    """The beginnings of answers that were not believed."""
    db.execute("""CREATE TABLE refused_answer (
        id INTEGER PRIMARY KEY,
        poll INTEGER NOT NULL REFERENCES poll (id),
        source TEXT NOT NULL,
        refused_at TEXT NOT NULL,   -- UTC
        url TEXT NOT NULL,
        status INTEGER NOT NULL,
        content_type TEXT NOT NULL,
        reason TEXT NOT NULL,
        body BLOB NOT NULL          -- zlib, the first 64 KB
    ) STRICT""")
    db.execute("CREATE INDEX refused_answer_by_source ON refused_answer (source, id)")


@migrations()
def validators(db: Database) -> None:
    """What sources said of the version that was believed last, to be asked only for a newer one."""
    db.execute("""CREATE TABLE validator (
        name TEXT PRIMARY KEY,      -- of the source
        etag TEXT NOT NULL,
        last_modified TEXT NOT NULL,
        sha256 TEXT NOT NULL        -- of the answer
    ) STRICT""")


@migrations()
def hints(db: Database) -> None:
    """What was seen once on a page and is not yet believed, and threads that turned out to be one."""
    db.execute("""CREATE TABLE doubt (
        name TEXT PRIMARY KEY,      -- of a page
        what TEXT NOT NULL,         -- what it seems to have become
        since TEXT NOT NULL,        -- UTC, when that was first seen
        times INTEGER NOT NULL,     -- polls in a row
        told INTEGER NOT NULL       -- 1: the operator was told
    ) STRICT""")
    db.execute("""CREATE TABLE tie (
        thread TEXT PRIMARY KEY,    -- of a document, or of a press release
        told_in TEXT NOT NULL UNIQUE  -- the thread of the other one, which began first
    ) STRICT""")


READINGS = """
DROP TABLE reading;
-- What was read from the text of a document, so that it is not read again; the key names the text and the reader.
CREATE TABLE reading (
    key TEXT PRIMARY KEY,
    dated INTEGER NOT NULL,     -- 1: it sets a date or acts on a general license, so the deadlines need it
    reading TEXT                -- JSON; null: not worth reading
) STRICT;
CREATE INDEX reading_dated ON reading (key, dated);
CREATE INDEX text_by_document ON text (document_number, id, sha256)
"""


@migrations()
def one_reading(db: Database) -> None:
    """Kept readings that say whether the deadlines need them, and the newest text of every document from an index."""
    for statement in READINGS.split(";\n"):
        db.execute(statement)
