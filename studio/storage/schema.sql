-- The project file, version 1. Later versions are steps in migrations.py.

CREATE TABLE migration (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL);

-- The next free id of a table, so that an id is never used twice, even after undo.
CREATE TABLE sequence (name TEXT PRIMARY KEY, next_id INTEGER NOT NULL) WITHOUT ROWID;

-- Facts ------------------------------------------------------------------------------------

CREATE TABLE root (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);

CREATE TABLE image (
    id          INTEGER PRIMARY KEY,
    root_id     INTEGER NOT NULL REFERENCES root (id),
    path        TEXT NOT NULL,
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    size_bytes  INTEGER NOT NULL,
    mtime_ns    INTEGER NOT NULL,
    quick_hash  TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    frames      INTEGER NOT NULL,
    problem     TEXT NOT NULL,
    auto_split  TEXT,
    UNIQUE (root_id, path)
);
CREATE INDEX image_by_path ON image (path, id);
CREATE INDEX image_by_hash ON image (quick_hash);

CREATE TABLE run (
    number      INTEGER PRIMARY KEY,
    folder      TEXT NOT NULL UNIQUE,
    task        TEXT NOT NULL,
    model       TEXT NOT NULL,
    state       TEXT NOT NULL,
    epochs      INTEGER NOT NULL,
    started_at  TEXT NOT NULL,
    metrics     TEXT NOT NULL,
    note        TEXT NOT NULL
);

CREATE TABLE proposal (
    id          INTEGER PRIMARY KEY,
    run         INTEGER NOT NULL,
    image_id    INTEGER NOT NULL,
    label       TEXT NOT NULL,
    packed      BLOB,
    score       REAL NOT NULL
);
CREATE INDEX proposal_by_image ON proposal (image_id, run);

-- What a human authored --------------------------------------------------------------------

-- Vectors and masks by the SHA-256 of their packed form; shapes and history refer to them.
CREATE TABLE geometry (hash TEXT PRIMARY KEY, packed BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE label (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL UNIQUE,
    color       TEXT NOT NULL,
    position    INTEGER NOT NULL,
    key         TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE tag_group (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    multi_label INTEGER NOT NULL
);

CREATE TABLE tag (
    image_id    INTEGER NOT NULL REFERENCES image (id),
    tag_group   INTEGER NOT NULL REFERENCES tag_group (id) DEFERRABLE INITIALLY DEFERRED,
    label       TEXT NOT NULL REFERENCES label (id) DEFERRABLE INITIALLY DEFERRED,
    run         INTEGER,
    score       REAL,
    PRIMARY KEY (image_id, tag_group, label)
) WITHOUT ROWID;
CREATE INDEX tag_by_label ON tag (label, image_id);

CREATE TABLE shape (
    id          INTEGER PRIMARY KEY,
    image_id    INTEGER NOT NULL REFERENCES image (id),
    label       TEXT NOT NULL REFERENCES label (id) DEFERRABLE INITIALLY DEFERRED,
    geometry    TEXT NOT NULL REFERENCES geometry (hash),
    z           INTEGER NOT NULL,
    locked      INTEGER NOT NULL,
    hidden      INTEGER NOT NULL,
    ignored     INTEGER NOT NULL,
    note        TEXT NOT NULL,
    attributes  TEXT NOT NULL,
    run         INTEGER,
    score       REAL,
    -- Derived from the geometry, for queries.
    kind        TEXT NOT NULL,
    x0 REAL NOT NULL, y0 REAL NOT NULL, x1 REAL NOT NULL, y1 REAL NOT NULL,
    area        REAL NOT NULL
);
CREATE INDEX shape_by_image ON shape (image_id, z, id);
CREATE INDEX shape_by_label ON shape (label, image_id);

CREATE TABLE image_status (
    image_id    INTEGER PRIMARY KEY REFERENCES image (id),
    tags        TEXT NOT NULL DEFAULT 'new',
    shapes      TEXT NOT NULL DEFAULT 'new',
    split       TEXT,
    removed     INTEGER NOT NULL DEFAULT 0,
    note        TEXT NOT NULL DEFAULT ''
);

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE verdict (
    proposal_id INTEGER PRIMARY KEY,
    image_id    INTEGER NOT NULL,
    run         INTEGER NOT NULL,
    decision    TEXT NOT NULL
);

-- History: append only. An undo is an entry too, and names the entry it takes back. ---------

CREATE TABLE history (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
    target      INTEGER REFERENCES history (seq),
    title       TEXT NOT NULL,
    at          TEXT NOT NULL
);

-- One row a changed row of a 'do' entry: whole when created or deleted, else the columns that
-- differ. An undo or redo repeats its target's rows and stores none.
CREATE TABLE history_change (
    seq         INTEGER NOT NULL REFERENCES history (seq),
    position    INTEGER NOT NULL,
    table_name  TEXT NOT NULL,
    key         TEXT NOT NULL,
    before      TEXT,
    after       TEXT,
    PRIMARY KEY (seq, position)
) WITHOUT ROWID;
CREATE INDEX history_change_by_key ON history_change (table_name, key);
