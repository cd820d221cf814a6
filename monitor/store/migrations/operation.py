"""Steps for the work of years: backfill, digests and refusals, and what the rules about the monitor stand on."""

from sqlite_utils import Database

from monitor.store.migrations.steps import migrations

HISTORY = """
-- Evidence: the eCFR's lists of versions as sent, which say on which days a supplement changed.
CREATE TABLE version_list (
    id INTEGER PRIMARY KEY,
    poll INTEGER NOT NULL REFERENCES poll (id),
    part INTEGER NOT NULL,
    page INTEGER NOT NULL,
    known_through TEXT NOT NULL,     -- the last day for which the eCFR spoke then
    fetched_at TEXT NOT NULL,   -- UTC
    sha256 TEXT NOT NULL,
    body BLOB NOT NULL          -- zlib
) STRICT;

-- What a backfill finished: a supplement says the same on all of these days, or all documents of them are kept.
CREATE TABLE covered (
    name TEXT NOT NULL,         -- of the supplement, or "documents"
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    known_through TEXT NOT NULL,     -- what was issued later can have changed these days, and is not in them
    poll INTEGER NOT NULL REFERENCES poll (id),
    PRIMARY KEY (name, since, until, known_through)
) STRICT
"""


@migrations()
def history(db: Database) -> None:
    """What a backfill asked for and finished."""
    for statement in HISTORY.split(";\n"):
        db.execute(statement)


DELIVERIES = """
CREATE TABLE delivery_new (
    id INTEGER PRIMARY KEY,
    alert INTEGER NOT NULL REFERENCES alert (id),
    recipient TEXT NOT NULL,
    -- waiting: for the digest of next_attempt_at; gathered: contained in the alert `digest`, which is owed by itself
    status TEXT NOT NULL CHECK (status IN ('owed', 'waiting', 'gathered', 'sent', 'refused')),
    message_id TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    first_tried_at TEXT,        -- UTC; the first of the attempts in vain
    next_attempt_at TEXT NOT NULL,   -- UTC
    settled_at TEXT,            -- UTC
    error TEXT,
    digest INTEGER REFERENCES alert (id),
    told INTEGER NOT NULL DEFAULT 0,  -- 1: the operator knows that it was refused
    UNIQUE (alert, recipient),
    CHECK ((status = 'gathered') = (digest IS NOT NULL))
) STRICT;
INSERT INTO delivery_new (id, alert, recipient, status, message_id, attempts, next_attempt_at, settled_at, error, told)
    SELECT id, alert, recipient, status, message_id, attempts, next_attempt_at, settled_at, error, status = 'refused'
    FROM delivery;
DROP TABLE delivery;
ALTER TABLE delivery_new RENAME TO delivery;
CREATE INDEX delivery_owed ON delivery (next_attempt_at) WHERE status = 'owed';
CREATE INDEX delivery_waiting ON delivery (next_attempt_at) WHERE status = 'waiting';
CREATE INDEX delivery_refused ON delivery (id) WHERE status = 'refused' AND NOT told;
"""


@migrations()
def digests_and_refusals(db: Database) -> None:
    """Deliveries that wait for a digest or are contained in one, and refusals that the operator was told."""
    for statement in DELIVERIES.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def watch_of_the_watch(db: Database) -> None:
    """What the rules about the watch itself stand on: the calendar, and what sources said of themselves."""
    # The days without an issue, as the Federal Register named them when it was last asked.
    db.execute("CREATE TABLE closing (day TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT")
    # One value for each name: what was last seen of it, and when (UTC).
    db.execute("CREATE TABLE sign (name TEXT PRIMARY KEY, value TEXT NOT NULL, seen_at TEXT NOT NULL) STRICT")
    db.execute("CREATE INDEX poll_by_moment ON poll (started_at)")
