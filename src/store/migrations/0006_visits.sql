-- Visitors: who is expected, who waits for a yes, who is inside, and who has left.

-- state: visits ----------------------------------------------------------------------------------

CREATE TABLE visit_permits (
    id           TEXT PRIMARY KEY,
    answers      TEXT    NOT NULL,                  -- the member of staff who answers for the work
    from_day     TEXT    NOT NULL,                  -- YYYY-MM-DD, both days included
    until_day    TEXT    NOT NULL,
    withdrawn_at_ms INTEGER,
    CHECK (until_day >= from_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE visits (
    id            TEXT PRIMARY KEY,
    type          TEXT    NOT NULL CHECK (type IN
        ('guest', 'contractor', 'courier', 'prospective-tenant', 'interview')),
    visitor       TEXT    NOT NULL,
    host          TEXT,
    tenant        TEXT,
    permit        TEXT REFERENCES visit_permits (id),
    state         TEXT    NOT NULL CHECK (state IN
        ('announced', 'waiting', 'admitted', 'refused', 'inside', 'left', 'lapsed')),
    from_ms       INTEGER,                          -- the window of an announced visit
    until_ms      INTEGER,
    device        TEXT,                             -- device, day and count are the visit's number
    day           TEXT,
    count         INTEGER,
    came_at_ms    INTEGER,                          -- registered at the lodge
    approval      TEXT CHECK (approval IN ('invitation', 'host-card', 'desk-phone')),
    said_yes      TEXT,                             -- who said yes or no
    inside_at_ms  INTEGER,
    left_at_ms    INTEGER,
    leaving       TEXT CHECK (leaving IN ('slip', 'card', 'desk', 'not-confirmed')),
    carries       INTEGER NOT NULL DEFAULT 0 CHECK (carries IN (0, 1)),
    carried_out   TEXT CHECK (carried_out IN ('nothing', 'all', 'not-all', 'not-asked')),
    CHECK ((from_ms IS NULL) = (until_ms IS NULL) AND (until_ms IS NULL OR until_ms > from_ms)),
    CHECK ((device IS NULL) = (came_at_ms IS NULL) AND (day IS NULL) = (device IS NULL)
        AND (count IS NULL) = (device IS NULL)),
    CHECK (state <> 'announced' OR (came_at_ms IS NULL AND from_ms IS NOT NULL)),
    CHECK (state NOT IN ('waiting', 'admitted', 'inside', 'left') OR came_at_ms IS NOT NULL),
    CHECK (state NOT IN ('inside', 'left') OR inside_at_ms IS NOT NULL),
    CHECK (inside_at_ms IS NULL OR state IN ('inside', 'left')),
    CHECK ((state = 'left') = (left_at_ms IS NOT NULL)),
    CHECK ((left_at_ms IS NULL) = (leaving IS NULL) AND (leaving IS NULL) = (carried_out IS NULL)),
    CHECK (carried_out IS NULL OR (carried_out = 'nothing') = (carries = 0)),
    -- ● Contractors need a work permit.
    CHECK (type <> 'contractor' OR came_at_ms IS NULL OR permit IS NOT NULL),
    -- Whoever was let in by a host or by phone was let in by somebody with a name.
    CHECK (approval IS NULL OR approval = 'invitation' OR said_yes IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX one_open_visit_a_visitor ON visits (visitor)
    WHERE state IN ('waiting', 'admitted', 'inside');
CREATE UNIQUE INDEX visit_numbers ON visits (device, day, count) WHERE device IS NOT NULL;
CREATE INDEX visits_open ON visits (state, came_at_ms)
    WHERE state IN ('announced', 'waiting', 'admitted', 'inside');
CREATE INDEX visits_of_host ON visits (host) WHERE state IN ('announced', 'waiting');
CREATE INDEX visits_of_visitor ON visits (visitor);
CREATE INDEX visits_left ON visits (left_at_ms) WHERE left_at_ms IS NOT NULL;

CREATE TRIGGER a_visit_that_is_over_stays_over BEFORE UPDATE OF state ON visits
WHEN OLD.state IN ('left', 'refused', 'lapsed')
BEGIN SELECT raise(ABORT, 'this visit is over'); END;

CREATE TRIGGER nobody_gets_in_past_a_question BEFORE UPDATE OF state ON visits
WHEN NEW.state = 'inside' AND OLD.state NOT IN ('announced', 'admitted')
BEGIN SELECT raise(ABORT, 'nobody has said yes'); END;

CREATE TABLE visit_cards (
    visit          TEXT    NOT NULL REFERENCES visits (id),
    card           TEXT    NOT NULL,
    issued_at_ms   INTEGER NOT NULL,
    returned_at_ms INTEGER,
    PRIMARY KEY (visit, card)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX one_visitor_a_temporary_card ON visit_cards (card) WHERE returned_at_ms IS NULL;
CREATE UNIQUE INDEX one_temporary_card_a_visit ON visit_cards (visit) WHERE returned_at_ms IS NULL;

CREATE TABLE do_not_admit (
    id             TEXT PRIMARY KEY,
    entered_at_ms  INTEGER NOT NULL,
    lifted_at_ms   INTEGER
) STRICT, WITHOUT ROWID;

-- Who was sent to the desk because of the list; about the attempt, which is no visit.
CREATE TABLE visit_alerts (
    id        TEXT PRIMARY KEY,
    entry     TEXT    NOT NULL REFERENCES do_not_admit (id),
    certainty TEXT    NOT NULL CHECK (certainty IN ('certain', 'possible')),
    at_ms     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE visit_messages (
    id    TEXT PRIMARY KEY,
    host  TEXT    NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- personal ---------------------------------------------------------------------------------------

-- What a visitor is known by again. The document's number is never kept, only a keyed digest.
CREATE TABLE visitors (
    person   TEXT PRIMARY KEY REFERENCES persons (id) ON DELETE CASCADE,
    phone    TEXT NOT NULL,                         -- digits; empty where none was given
    document TEXT,
    company  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX visitors_by_phone ON visitors (phone) WHERE phone <> '';
CREATE UNIQUE INDEX visitors_by_document ON visitors (document) WHERE document IS NOT NULL;

CREATE TABLE visit_details (
    visit     TEXT PRIMARY KEY,
    purpose   TEXT NOT NULL,
    things    TEXT NOT NULL,                        -- what is carried in; empty for nothing
    signature TEXT CHECK (signature IS NULL OR json_valid(signature))
) STRICT, WITHOUT ROWID;

-- Whoever knows a code may come in, so codes stay out of the journal.
CREATE TABLE visit_codes (
    visit TEXT PRIMARY KEY,
    code  TEXT NOT NULL UNIQUE CHECK (length(code) = 8)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit_message_texts (
    message TEXT PRIMARY KEY,
    sender  TEXT NOT NULL,
    text    TEXT NOT NULL CHECK (length(text) > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit_permit_details (
    permit  TEXT PRIMARY KEY,
    number  TEXT NOT NULL UNIQUE,                   -- as it stands on the permit
    company TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE do_not_admit_details (
    entry        TEXT PRIMARY KEY,
    document     TEXT,
    phone        TEXT NOT NULL,
    name_chinese TEXT,
    name_latin   TEXT,
    reason       TEXT NOT NULL CHECK (length(reason) > 0)
) STRICT, WITHOUT ROWID;

-- The key under which numbers of documents are digested; it never leaves the books.
CREATE TABLE visit_digest_key (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key TEXT    NOT NULL
) STRICT;
