-- Open matters: what somebody owns until it is closed or handed over.

CREATE TABLE matters (
    id           TEXT PRIMARY KEY,
    cause        TEXT    NOT NULL,
    about        TEXT    NOT NULL,                  -- the loan, visit, key or item of mail
    owner        TEXT,                              -- nobody has taken it yet where none
    opened_at_ms INTEGER NOT NULL,
    closed_at_ms INTEGER,
    -- What nobody owned cannot be over.
    CHECK (closed_at_ms IS NULL OR owner IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX one_open_matter_a_cause ON matters (cause, about) WHERE closed_at_ms IS NULL;

CREATE INDEX matters_open ON matters (opened_at_ms) WHERE closed_at_ms IS NULL;

-- personal: what was written about a matter, which may name people.
CREATE TABLE matter_notes (
    matter TEXT    NOT NULL REFERENCES matters (id),
    at_ms  INTEGER NOT NULL,
    person TEXT    NOT NULL,                        -- who wrote it
    note   TEXT    NOT NULL CHECK (length(note) > 0)
) STRICT;

CREATE INDEX matter_notes_of ON matter_notes (matter, at_ms);
