"""The step that made the projections."""

from sqlite_utils import Database

from monitor.store.migrations.steps import migrations

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
