"""The first schema: polls, evidence, alerts and deliveries."""

from sqlite_utils import Database

from monitor.store.migrations.steps import migrations

TABLES = """
-- Promises: every poll that was made, chained by hash so that silence can be proved.
CREATE TABLE poll (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    started_at TEXT NOT NULL,   -- UTC
    status TEXT NOT NULL,
    good INTEGER NOT NULL,      -- 1: the source answered and was believed
    message TEXT NOT NULL,
    as_of TEXT,                 -- the day the source spoke for
    requests INTEGER NOT NULL,
    answers_sha256 TEXT NOT NULL,
    alerts INTEGER NOT NULL,
    retry_at TEXT,              -- the source asked to be left alone until then
    chain TEXT NOT NULL         -- sha256 of the row before and of this one
) STRICT;
CREATE INDEX poll_by_source ON poll (source, id);

-- Evidence: the bytes of a supplement as of a day.
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    poll INTEGER NOT NULL REFERENCES poll (id),
    name TEXT NOT NULL,
    as_of TEXT NOT NULL,
    fetched_at TEXT NOT NULL,   -- UTC
    sha256 TEXT NOT NULL,       -- of the body as sent
    sentinel TEXT NOT NULL,     -- what the structure said of it then
    watched INTEGER NOT NULL,   -- 1: seen by the watch; 0: asked for by a person, and never compared by the watch
    body BLOB,                  -- zlib; null: the supplement did not exist
    UNIQUE (name, as_of, sha256)
) STRICT;

-- Evidence that is not believed until a person says so.
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    poll INTEGER NOT NULL REFERENCES poll (id),
    name TEXT NOT NULL,
    as_of TEXT NOT NULL,
    fetched_at TEXT NOT NULL,   -- UTC
    sha256 TEXT NOT NULL,
    sentinel TEXT NOT NULL,
    body BLOB NOT NULL,         -- zlib
    reason TEXT NOT NULL,
    accepted_at TEXT,           -- UTC
    UNIQUE (name, sha256)
) STRICT;

-- Evidence: every version of every document row that a source sent.
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    poll INTEGER NOT NULL REFERENCES poll (id),
    source TEXT NOT NULL,
    document_number TEXT NOT NULL,
    publication_date TEXT NOT NULL,  -- empty for public inspection, where it moves
    sha256 TEXT NOT NULL,
    seen_at TEXT NOT NULL,      -- UTC
    row BLOB NOT NULL           -- the JSON as sent
) STRICT;
CREATE INDEX document_versions ON document (source, document_number, publication_date, id);

-- Evidence: the text of a document, in each form in which it came.
CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    poll INTEGER NOT NULL REFERENCES poll (id),
    document_number TEXT NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('inspection', 'printed', 'xml')),
    url TEXT NOT NULL,
    fetched_at TEXT NOT NULL,   -- UTC
    sha256 TEXT NOT NULL,
    body BLOB NOT NULL,         -- zlib
    UNIQUE (document_number, form, sha256)
) STRICT;

-- Published documents that the last complete answer no longer held, and since when.
CREATE TABLE missing (
    document_number TEXT NOT NULL,
    publication_date TEXT NOT NULL,
    since TEXT NOT NULL,        -- UTC
    PRIMARY KEY (document_number, publication_date)
) STRICT;

-- Promises: what readers must be told. The key names the cause, so nothing is promised twice.
CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    thread TEXT NOT NULL,
    audience TEXT NOT NULL,     -- readers or operator
    topics TEXT NOT NULL,       -- kinds, separated by blanks; empty: for everybody of the audience
    created_at TEXT NOT NULL,   -- UTC
    body TEXT NOT NULL          -- JSON
) STRICT;

-- Promises: one row for each reader of each alert.
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    alert INTEGER NOT NULL REFERENCES alert (id),
    recipient TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('owed', 'sent', 'refused')),
    message_id TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at TEXT NOT NULL,   -- UTC
    settled_at TEXT,            -- UTC
    error TEXT,
    UNIQUE (alert, recipient)
) STRICT;
CREATE INDEX delivery_owed ON delivery (next_attempt_at) WHERE status = 'owed';

-- What was seen for the first time and has yet to be confirmed to the readers.
CREATE TABLE baseline (
    source TEXT PRIMARY KEY,
    facts TEXT NOT NULL,        -- JSON
    alert INTEGER REFERENCES alert (id)
) STRICT;
"""


@migrations()
def first_tables(db: Database) -> None:
    """Polls, evidence, alerts and deliveries."""
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute(statement)
