-- The first lane: who there is, what is lent, what is printed, and the journal before all of it.
--
-- Tables below "state" are a fold over the journal and can be rebuilt from it. Tables below
-- "personal" hold what may be erased one day; the journal names persons by id only.

-- journal ---------------------------------------------------------------------------------------

CREATE TABLE journal (
    seq     INTEGER PRIMARY KEY,                    -- 1, 2, 3 … without a gap
    id      TEXT    NOT NULL CHECK (length(id) = 36),
    at_ms   INTEGER NOT NULL,                       -- UTC milliseconds
    device  TEXT    NOT NULL CHECK (length(device) = 1),
    person  TEXT,                                   -- who acted, where a card told
    card    TEXT,
    service TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    payload TEXT    NOT NULL CHECK (json_valid(payload)),
    prev    BLOB    NOT NULL CHECK (length(prev) = 32),
    hash    BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;

CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
BEGIN SELECT raise(ABORT, 'the journal is never deleted'); END;

-- personal --------------------------------------------------------------------------------------

CREATE TABLE tenants (
    id      TEXT PRIMARY KEY,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    state   TEXT NOT NULL CHECK (state IN ('moving-in', 'in', 'moving-out', 'moved'))
) STRICT, WITHOUT ROWID;

CREATE TABLE tenant_rooms (
    tenant   TEXT    NOT NULL REFERENCES tenants (id),
    position INTEGER NOT NULL,                      -- the first one stands on My page
    room     TEXT    NOT NULL,
    PRIMARY KEY (tenant, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE persons (
    id           TEXT PRIMARY KEY,
    tenant       TEXT REFERENCES tenants (id),      -- none for the property office
    language     TEXT NOT NULL CHECK (language IN ('chinese', 'english')),
    name_chinese TEXT,
    name_latin   TEXT,
    CHECK (name_chinese IS NOT NULL OR name_latin IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE person_roles (
    person TEXT NOT NULL REFERENCES persons (id),
    role   TEXT NOT NULL,
    PRIMARY KEY (person, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE cards (
    id         TEXT PRIMARY KEY,
    person     TEXT NOT NULL REFERENCES persons (id),
    technology TEXT NOT NULL CHECK (technology IN ('em4100')),
    number     TEXT NOT NULL,                       -- normalised, upper-case hexadecimal
    state      TEXT NOT NULL CHECK (state IN ('active', 'lost', 'expired')),
    UNIQUE (technology, number)
) STRICT, WITHOUT ROWID;

-- state: lending --------------------------------------------------------------------------------

CREATE TABLE lending_things (
    id    TEXT PRIMARY KEY,
    kind  TEXT NOT NULL,
    tag   TEXT NOT NULL UNIQUE,                     -- the code on it, as scanned
    label TEXT NOT NULL,                            -- what people call it
    state TEXT NOT NULL CHECK (state IN
        ('available', 'on-loan', 'awaiting-check', 'reserved', 'in-repair', 'retired'))
) STRICT, WITHOUT ROWID;

CREATE TABLE lending_pools (
    kind  TEXT PRIMARY KEY,
    total INTEGER NOT NULL CHECK (total >= 0)       -- in the stand and out together
) STRICT, WITHOUT ROWID;

CREATE TABLE lending_loans (
    id             TEXT PRIMARY KEY,
    device         TEXT    NOT NULL,                -- device, day and count are the slip number
    day            TEXT    NOT NULL,
    count          INTEGER NOT NULL,
    kind           TEXT    NOT NULL,
    thing          TEXT    REFERENCES lending_things (id), -- none for one out of a stand
    borrower       TEXT    NOT NULL,
    lent_at_ms     INTEGER NOT NULL,
    due_ms         INTEGER NOT NULL CHECK (due_ms > lent_at_ms),
    returned_at_ms INTEGER,
    brought_by     TEXT CHECK (brought_by IN ('borrower', 'another-person', 'unknown')),
    CHECK ((returned_at_ms IS NULL) = (brought_by IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX lending_loan_numbers ON lending_loans (device, day, count);

CREATE UNIQUE INDEX one_open_loan_a_thing ON lending_loans (thing)
    WHERE returned_at_ms IS NULL AND thing IS NOT NULL;

CREATE INDEX lending_loans_open ON lending_loans (borrower) WHERE returned_at_ms IS NULL;

CREATE INDEX lending_loans_by_thing ON lending_loans (thing, lent_at_ms) WHERE thing IS NOT NULL;

CREATE TRIGGER no_more_go_out_than_the_stand_holds BEFORE INSERT ON lending_loans
WHEN NEW.thing IS NULL AND
    (SELECT count(*) FROM lending_loans
      WHERE kind = NEW.kind AND thing IS NULL AND returned_at_ms IS NULL)
    >= coalesce((SELECT total FROM lending_pools WHERE kind = NEW.kind), 0)
BEGIN SELECT raise(ABORT, 'the stand is empty'); END;

-- state: keys and mail, as far as a person's own page shows them ---------------------------------

CREATE TABLE key_loans (
    id             TEXT PRIMARY KEY,
    hook           TEXT    NOT NULL,                -- never what it opens
    holder         TEXT    NOT NULL,
    taken_at_ms    INTEGER NOT NULL,
    due_ms         INTEGER NOT NULL,
    returned_at_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX one_open_loan_a_hook ON key_loans (hook) WHERE returned_at_ms IS NULL;

CREATE INDEX key_loans_open ON key_loans (holder) WHERE returned_at_ms IS NULL;

CREATE TABLE mail_items (
    id            TEXT PRIMARY KEY,
    kind          TEXT    NOT NULL,
    addressee     TEXT    NOT NULL,
    shelf         TEXT    NOT NULL,
    arrived_at_ms INTEGER NOT NULL,
    left_at_ms    INTEGER                           -- collected, returned or forwarded
) STRICT, WITHOUT ROWID;

CREATE INDEX mail_items_waiting ON mail_items (addressee) WHERE left_at_ms IS NULL;

-- state: slips ----------------------------------------------------------------------------------

CREATE TABLE slip_numbers (
    device TEXT    NOT NULL,
    day    TEXT    NOT NULL,                        -- YYYY-MM-DD in the building's zone
    last   INTEGER NOT NULL,
    PRIMARY KEY (device, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE print_jobs (
    id       TEXT PRIMARY KEY,
    device   TEXT    NOT NULL,
    day      TEXT    NOT NULL,
    count    INTEGER NOT NULL,
    state    TEXT    NOT NULL CHECK (state IN
        ('queued', 'sending', 'confirmed', 'unknown', 'failed')),
    moved_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX print_jobs_open ON print_jobs (state) WHERE state IN ('queued', 'sending', 'unknown');

-- What a job prints. A document, not state: the journal says that it was printed, not what it read.
CREATE TABLE slips (
    job     TEXT PRIMARY KEY REFERENCES print_jobs (id),
    content TEXT NOT NULL CHECK (json_valid(content))
) STRICT, WITHOUT ROWID;
