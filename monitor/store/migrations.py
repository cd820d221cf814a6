"""The schema as the steps that led to it. Order is important: add new steps at the end, never change an old one."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("fedreg-monitor")


def known_steps() -> set[str]:
    """The names of all steps that this version knows."""
    return {step.name for step in migrations.pending(Database(memory=True))}


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


PROJECTIONS = """
-- Projections: everything below is read out of the evidence by today's readers. `fedreg-monitor rebuild` makes it anew,
-- and it can be dropped at any time. Lists within a cell are JSON arrays.
CREATE TABLE projection (
    name TEXT PRIMARY KEY,      -- of a supplement, or "documents"
    reader TEXT NOT NULL,       -- the version of the program and a hash of its readers
    mark TEXT NOT NULL,         -- of the evidence that was read
    built_at TEXT NOT NULL      -- UTC
) STRICT;

CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    list TEXT NOT NULL,
    country TEXT NOT NULL,
    country_heading TEXT NOT NULL,
    name TEXT NOT NULL,
    aliases TEXT NOT NULL,
    known_as TEXT NOT NULL,
    addresses TEXT NOT NULL,
    license_requirement TEXT NOT NULL,
    license_review_policy TEXT NOT NULL,
    footnotes TEXT NOT NULL,
    citation TEXT NOT NULL,
    documents TEXT NOT NULL,
    text TEXT NOT NULL,
    as_of_first TEXT NOT NULL,
    from_start INTEGER NOT NULL,
    as_of_last TEXT             -- null: listed as of the newest evidence
) STRICT;
CREATE INDEX entry_by_country ON entry (list, country);

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES entry (id),
    list TEXT NOT NULL,
    day TEXT NOT NULL,
    known_until TEXT,
    country TEXT NOT NULL,
    name TEXT NOT NULL,
    action TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    came TEXT NOT NULL,
    went TEXT NOT NULL,
    document_number TEXT
) STRICT;
CREATE INDEX change_by_entry ON change (entry);
CREATE INDEX change_by_document ON change (document_number);

CREATE TABLE document_fact (
    document_number TEXT NOT NULL,
    publication_date TEXT,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    abstract TEXT NOT NULL,
    type TEXT NOT NULL,
    stage TEXT NOT NULL,
    citation TEXT,
    effective_on TEXT,
    added INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    revised INTEGER NOT NULL,
    names TEXT NOT NULL,
    url TEXT NOT NULL
) STRICT;
CREATE INDEX document_fact_by_number ON document_fact (document_number);

CREATE TABLE license_step (
    license TEXT NOT NULL,
    identifier TEXT NOT NULL,
    supplement TEXT NOT NULL,
    beneficiaries TEXT NOT NULL,
    published TEXT,
    effective_on TEXT NOT NULL,
    event TEXT NOT NULL,
    old_expiry TEXT,
    new_expiry TEXT,
    document_number TEXT,
    sentence TEXT NOT NULL
) STRICT;

CREATE TABLE deadline (
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    means TEXT NOT NULL,
    day TEXT,
    document_number TEXT NOT NULL,
    sentence TEXT NOT NULL
) STRICT;

-- What was read from the text of a document, so that it is not read again; the key names the text and the reader.
CREATE TABLE reading (
    key TEXT PRIMARY KEY,
    reading TEXT NOT NULL       -- JSON
) STRICT
"""


@migrations()
def projections(db: Database) -> None:
    """What the evidence says, laid out for questions, with full-text search."""
    for statement in PROJECTIONS.split(";\n"):
        db.execute(statement)
    db.table("entry").enable_fts(["name", "known_as", "addresses", "text"], create_triggers=True)
    db.table("document_fact").enable_fts(["document_number", "title", "abstract", "names"], create_triggers=True)


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
