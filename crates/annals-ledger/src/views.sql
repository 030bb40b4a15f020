-- The views: all of it is made from the truth, and can be made again.
CREATE TABLE undone (seq INTEGER PRIMARY KEY);
-- People's decisions by the tellings that they hold on to.
CREATE TABLE touches (
    anchor TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (anchor, seq)
) WITHOUT ROWID;
CREATE TABLE documents (
    report INTEGER PRIMARY KEY,
    doc TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT,
    published TEXT,
    language TEXT,
    learned INTEGER NOT NULL,       -- when it was first coded
    coding INTEGER NOT NULL,        -- the operation whose coding counts
    n_events INTEGER NOT NULL,
    n_statements INTEGER NOT NULL
);
CREATE TABLE prints (
    report INTEGER PRIMARY KEY,
    signature BLOB NOT NULL,
    published TEXT,
    original INTEGER NOT NULL       -- the report that this one copies, or itself
);
CREATE INDEX prints_by_original ON prints (original);
CREATE TABLE bands (
    band INTEGER NOT NULL,
    report INTEGER NOT NULL,
    PRIMARY KEY (band, report)
) WITHOUT ROWID;
CREATE TABLE tellings (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL,
    event TEXT NOT NULL,
    anchor TEXT NOT NULL,           -- within the report: 120-128
    born INTEGER NOT NULL,          -- the operation that first told it
    component INTEGER NOT NULL,
    incident TEXT NOT NULL
);
CREATE INDEX tellings_by_report ON tellings (report);
CREATE INDEX tellings_by_component ON tellings (component);
CREATE TABLE keys (
    key INTEGER NOT NULL,
    telling INTEGER NOT NULL,
    PRIMARY KEY (key, telling)
) WITHOUT ROWID;
-- Pairs that may be one happening, for a person to judge; a is the lesser.
CREATE TABLE proposals (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    score REAL NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX proposals_by_b ON proposals (b);
-- Each row is the account of an incident as it stood from operation `since` until operation `until`.
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    incident TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,         -- 2^62 while it stands
    day INTEGER NOT NULL,           -- first day since 1970; -2^40 when unknown
    last_day INTEGER NOT NULL,
    changed INTEGER NOT NULL,       -- microseconds since 1970
    type TEXT NOT NULL,
    scope TEXT NOT NULL,
    realis TEXT NOT NULL,
    review TEXT NOT NULL,
    killed INTEGER,                 -- best, over all sides
    killed_low INTEGER,
    killed_high INTEGER,
    lat REAL,
    lon REAL,
    radius REAL,                    -- kilometres
    precision TEXT,                 -- of the place
    cell INTEGER,                   -- square degree
    iso3 TEXT,
    adm1 TEXT,
    adm2 TEXT,
    place TEXT,
    n_tellings INTEGER NOT NULL,
    n_independent INTEGER NOT NULL
);
CREATE INDEX accounts_by_incident ON accounts (incident, since);
CREATE INDEX accounts_by_day ON accounts (day, incident, since, until);
CREATE INDEX accounts_by_changed ON accounts (changed, incident);
CREATE INDEX accounts_by_type ON accounts (type, day, incident);
CREATE INDEX accounts_by_review ON accounts (review, day, incident);
CREATE INDEX accounts_by_unit ON accounts (iso3, adm1, day, incident, since, until);
CREATE INDEX accounts_by_place ON accounts (place, day, incident);
CREATE INDEX accounts_by_cell ON accounts (cell, day, incident);
CREATE INDEX accounts_by_killed ON accounts (COALESCE(killed, -1), incident);
CREATE INDEX accounts_by_span ON accounts (last_day - day);
CREATE INDEX accounts_by_since ON accounts (since);
CREATE INDEX accounts_by_end ON accounts (until) WHERE until < 4611686018427387904;
-- Packed JSON of each account, apart so that filters read little.
CREATE TABLE bodies (
    account INTEGER PRIMARY KEY,
    body BLOB NOT NULL
);
CREATE TABLE parties (
    actor TEXT NOT NULL,            -- registry id, else the name
    on_day INTEGER NOT NULL,
    account INTEGER NOT NULL,
    sides INTEGER NOT NULL,         -- 1 among the agents, 2 among the targets, 3 both
    PRIMARY KEY (actor, on_day, account)
) WITHOUT ROWID;
CREATE INDEX parties_by_account ON parties (account);
CREATE VIRTUAL TABLE words USING fts5 (text, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2");
-- The text of each report, and the accounts that its tellings are part of.
CREATE VIRTUAL TABLE texts USING fts5 (text, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2");
CREATE TABLE sources (
    report INTEGER NOT NULL,
    account INTEGER NOT NULL,
    PRIMARY KEY (report, account)
) WITHOUT ROWID;
CREATE INDEX sources_by_account ON sources (account);
-- Standing facts: who holds, leads, wants what, as one report says.
CREATE TABLE statements (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,          -- registry id, else the name in small letters
    place TEXT NOT NULL,            -- name of the object, else of the subject, in small letters
    day INTEGER,                    -- when it held, else when it was published
    body BLOB NOT NULL
);
CREATE INDEX statements_by_report ON statements (report);
CREATE INDEX statements_by_place ON statements (place, kind);
CREATE INDEX statements_by_subject ON statements (subject, kind);
