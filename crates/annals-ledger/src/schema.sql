-- The truth: what was done, and what came in. Rows are added; only a withdrawal blanks them.
CREATE TABLE operations (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,            -- microseconds since 1970, never before the row above
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL           -- JSON
);
CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,      -- sha256:…
    received BLOB                   -- packed bytes as received; NULL when not handed over, or withdrawn
);
CREATE TABLE codings (
    report INTEGER NOT NULL REFERENCES reports (id),
    seq INTEGER NOT NULL REFERENCES operations (seq),
    body BLOB,                      -- packed JSON of the coded report; NULL when withdrawn
    PRIMARY KEY (report, seq)
);
