-- Mail with its states: intake in batches, pick-up, rounds, returns, dead letters.
--
-- The items are made anew, because SQLite cannot add a check to a table. What the first books wrote
-- goes on being read: an item that has not left waits, one that has was collected.

-- state: mail ------------------------------------------------------------------------------------

CREATE TABLE mail_batches (
    id           TEXT PRIMARY KEY,
    opened_by    TEXT    NOT NULL,
    opened_at_ms INTEGER NOT NULL,
    closed_at_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX one_open_batch_a_person ON mail_batches (opened_by) WHERE closed_at_ms IS NULL;

CREATE TABLE mail_authorities (
    id           TEXT PRIMARY KEY,
    holder       TEXT    NOT NULL,                  -- who may collect
    principal    TEXT    NOT NULL,                  -- for whom
    principal_is TEXT    NOT NULL CHECK (principal_is IN ('person', 'tenant')),
    kinds        TEXT    NOT NULL CHECK (json_array_length(kinds) > 0),
    until_ms     INTEGER,                           -- until it is taken back where none
    once         INTEGER NOT NULL CHECK (once IN (0, 1)),
    given_at_ms  INTEGER NOT NULL,
    used_at_ms   INTEGER,                           -- the latest pick-up by it
    withdrawn_at_ms INTEGER,
    CHECK (holder <> principal),
    CHECK (until_ms IS NULL OR until_ms > given_at_ms)
) STRICT, WITHOUT ROWID;

CREATE INDEX mail_authorities_held ON mail_authorities (holder) WHERE withdrawn_at_ms IS NULL;
CREATE INDEX mail_authorities_given ON mail_authorities (principal) WHERE withdrawn_at_ms IS NULL;

CREATE TRIGGER a_one_time_authority_is_used_once BEFORE UPDATE OF used_at_ms ON mail_authorities
WHEN OLD.once = 1 AND OLD.used_at_ms IS NOT NULL
BEGIN SELECT raise(ABORT, 'this authority was for one time'); END;

CREATE TABLE mail_pick_ups (
    id        TEXT PRIMARY KEY,
    at_ms     INTEGER NOT NULL,
    collector TEXT,                                 -- by whose card
    way       TEXT    NOT NULL CHECK (way IN ('card', 'code', 'override')),
    signed    INTEGER NOT NULL CHECK (signed IN (0, 1)),
    CHECK ((way = 'card') = (collector IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE mail_items_with_states (
    id             TEXT PRIMARY KEY,
    kind           TEXT    NOT NULL CHECK (kind IN ('letter', 'printed-matter',
        'registered-letter', 'registered-printed-matter', 'airmail', 'parcel-slip', 'parcel',
        'money-order', 'newspaper', 'magazine', 'express')),
    addressee      TEXT    NOT NULL,
    addressee_is   TEXT    NOT NULL CHECK (addressee_is IN ('person', 'tenant')),
    shelf          TEXT    NOT NULL,
    arrived_at_ms  INTEGER NOT NULL,
    left_at_ms     INTEGER,                         -- collected, delivered or with the post office
    state          TEXT    NOT NULL CHECK (state IN ('waiting', 'out-on-round', 'collected',
        'delivered', 'return-asked', 'return-allowed', 'return-printed', 'dead-letter',
        'handed-to-post')),
    attempts       INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    reminded_at_ms INTEGER,
    batch          TEXT    REFERENCES mail_batches (id), -- none in the first books
    device         TEXT,                            -- device, day and count are the number on it
    day            TEXT,
    count          INTEGER,
    pick_up        TEXT    REFERENCES mail_pick_ups (id),
    authority      TEXT    REFERENCES mail_authorities (id),
    CHECK ((left_at_ms IS NOT NULL) = (state IN ('collected', 'delivered', 'handed-to-post'))),
    CHECK ((device IS NULL) = (batch IS NULL) AND (day IS NULL) = (batch IS NULL)
        AND (count IS NULL) = (batch IS NULL)),
    CHECK (pick_up IS NULL OR state = 'collected'),
    CHECK (authority IS NULL OR pick_up IS NOT NULL),
    -- 盲件: only after two attempts with nobody claiming it.
    CHECK (state <> 'dead-letter' OR attempts >= 2)
) STRICT, WITHOUT ROWID;

INSERT INTO mail_items_with_states
    (id, kind, addressee, addressee_is, shelf, arrived_at_ms, left_at_ms, state)
SELECT id, kind, addressee, 'person', shelf, arrived_at_ms, left_at_ms,
    CASE WHEN left_at_ms IS NULL THEN 'waiting' ELSE 'collected' END
FROM mail_items;

DROP TABLE mail_items;

ALTER TABLE mail_items_with_states RENAME TO mail_items;

CREATE INDEX mail_items_here ON mail_items (addressee) WHERE left_at_ms IS NULL;
CREATE INDEX mail_items_by_state ON mail_items (state, arrived_at_ms) WHERE left_at_ms IS NULL;
CREATE UNIQUE INDEX mail_item_numbers ON mail_items (device, day, count) WHERE batch IS NOT NULL;
CREATE INDEX mail_items_by_batch ON mail_items (batch) WHERE batch IS NOT NULL;

CREATE TRIGGER an_item_begins_on_its_shelf BEFORE INSERT ON mail_items
WHEN NEW.state <> 'waiting' OR NEW.attempts <> 0
BEGIN SELECT raise(ABORT, 'an item begins on its shelf'); END;

CREATE TRIGGER only_an_open_batch_takes_mail_in BEFORE INSERT ON mail_items
WHEN NEW.batch IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM mail_batches WHERE id = NEW.batch AND closed_at_ms IS NULL)
BEGIN SELECT raise(ABORT, 'this batch is not open'); END;

-- The same table of moves as MailState::may_become; a test holds them together.
CREATE TRIGGER an_item_moves_by_the_table BEFORE UPDATE OF state ON mail_items
WHEN OLD.state || ' ' || NEW.state NOT IN (
    'waiting out-on-round', 'waiting collected', 'waiting return-asked', 'waiting dead-letter',
    'out-on-round waiting', 'out-on-round delivered',
    'return-asked waiting', 'return-asked return-allowed',
    'return-allowed waiting', 'return-allowed return-printed',
    'return-printed waiting', 'return-printed handed-to-post',
    'dead-letter waiting', 'dead-letter handed-to-post')
BEGIN SELECT raise(ABORT, 'mail does not move this way'); END;

CREATE TRIGGER mail_is_collected_by_a_pick_up BEFORE UPDATE OF state ON mail_items
WHEN NEW.state = 'collected' AND NEW.pick_up IS NULL
BEGIN SELECT raise(ABORT, 'nobody is named who collected it'); END;

CREATE TRIGGER what_is_signed_for_is_collected_with_a_signature BEFORE UPDATE OF state ON mail_items
WHEN NEW.state = 'collected'
    AND NEW.kind NOT IN ('letter', 'printed-matter', 'newspaper', 'magazine')
    AND NOT EXISTS (SELECT 1 FROM mail_pick_ups WHERE id = NEW.pick_up AND signed = 1)
BEGIN SELECT raise(ABORT, 'it is signed for, and nobody signed'); END;

-- Whose company somebody works for is personal and not known here; a person's own mail and what only
-- a signatory takes are.
CREATE TRIGGER nobody_collects_for_another_without_authority BEFORE UPDATE OF state ON mail_items
WHEN NEW.state = 'collected' AND NEW.authority IS NULL AND EXISTS (
    SELECT 1 FROM mail_pick_ups AS pick_up WHERE pick_up.id = NEW.pick_up AND (
        (pick_up.way = 'card' AND NEW.addressee_is = 'person'
            AND pick_up.collector <> NEW.addressee)
        OR (pick_up.way <> 'override' AND NEW.addressee_is = 'tenant'
            AND NEW.kind NOT IN ('letter', 'printed-matter', 'newspaper', 'magazine'))))
BEGIN SELECT raise(ABORT, 'nobody let them collect it'); END;

CREATE TRIGGER an_authority_opens_only_what_it_covers BEFORE UPDATE OF state ON mail_items
WHEN NEW.state = 'collected' AND NEW.authority IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM mail_authorities AS given JOIN mail_pick_ups AS pick_up ON pick_up.id = NEW.pick_up
    WHERE given.id = NEW.authority
        AND given.holder = pick_up.collector
        AND given.principal = NEW.addressee
        AND given.principal_is = NEW.addressee_is
        AND given.withdrawn_at_ms IS NULL
        AND (given.until_ms IS NULL OR given.until_ms > pick_up.at_ms)
        AND (given.once = 0 OR given.used_at_ms IS NULL)
        AND EXISTS (SELECT 1 FROM json_each(given.kinds) WHERE value = NEW.kind))
BEGIN SELECT raise(ABORT, 'this authority does not cover it'); END;

CREATE TABLE mail_rounds (
    id            TEXT PRIMARY KEY,
    device        TEXT    NOT NULL,                 -- device, day and count are the number on the list
    day           TEXT    NOT NULL,
    count         INTEGER NOT NULL,
    carrier       TEXT    NOT NULL,
    started_at_ms INTEGER NOT NULL,
    ended_at_ms   INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX mail_rounds_by_day ON mail_rounds (day);

CREATE TABLE mail_round_items (
    round    TEXT    NOT NULL REFERENCES mail_rounds (id),
    item     TEXT    NOT NULL REFERENCES mail_items (id),
    outcome  TEXT    CHECK (outcome IN ('delivered', 'failed')), -- none while it is out
    why      TEXT    CHECK (why IN
        ('nobody-there', 'room-empty', 'moved', 'left-company', 'declined')),
    signed   INTEGER NOT NULL DEFAULT 0 CHECK (signed IN (0, 1)),
    noted_ms INTEGER,
    PRIMARY KEY (round, item),
    CHECK ((outcome IS NULL) = (noted_ms IS NULL)),
    CHECK ((outcome IS NOT NULL AND outcome = 'failed') = (why IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX an_item_is_on_one_round ON mail_round_items (item) WHERE outcome IS NULL;

CREATE TRIGGER a_round_ends_when_every_item_has_its_outcome BEFORE UPDATE OF ended_at_ms ON mail_rounds
WHEN NEW.ended_at_ms IS NOT NULL
    AND EXISTS (SELECT 1 FROM mail_round_items WHERE round = NEW.id AND outcome IS NULL)
BEGIN SELECT raise(ABORT, 'an item of this round has no outcome'); END;

CREATE TRIGGER mail_is_delivered_on_a_round BEFORE UPDATE OF state ON mail_items
WHEN NEW.state = 'delivered' AND NOT EXISTS (
    SELECT 1 FROM mail_round_items WHERE item = NEW.id AND outcome = 'delivered'
        AND (signed = 1 OR NEW.kind IN ('letter', 'printed-matter', 'newspaper', 'magazine')))
BEGIN SELECT raise(ABORT, 'it was not delivered, or nobody signed for it'); END;

CREATE TABLE mail_returns (
    id            TEXT PRIMARY KEY,
    item          TEXT    NOT NULL REFERENCES mail_items (id),
    onward        TEXT    NOT NULL CHECK (onward IN ('to-sender', 'forward')),
    reason        TEXT    NOT NULL CHECK (reason IN
        ('no-such-person', 'moved-address-unknown', 'address-illegible')),
    special       INTEGER NOT NULL CHECK (special IN (0, 1)),
    asked_by      TEXT    NOT NULL,
    asked_at_ms   INTEGER NOT NULL,
    allowed_by    TEXT,
    allowed_at_ms INTEGER,
    printed_job   TEXT,                             -- the print job of the return slip
    dropped_at_ms INTEGER,                          -- the item stays after all
    CHECK ((allowed_by IS NULL) = (allowed_at_ms IS NULL)),
    -- No return slip without check or approval, and nobody approves a form of their own.
    CHECK (printed_job IS NULL OR allowed_by IS NOT NULL),
    CHECK (special = 0 OR allowed_by IS NULL OR allowed_by <> asked_by)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX one_return_an_item ON mail_returns (item) WHERE dropped_at_ms IS NULL;

CREATE TRIGGER a_return_is_special_where_its_item_is BEFORE INSERT ON mail_returns
WHEN NEW.special <> (SELECT kind IN ('registered-letter', 'registered-printed-matter', 'airmail',
    'parcel-slip', 'money-order', 'newspaper', 'magazine') FROM mail_items WHERE id = NEW.item)
BEGIN SELECT raise(ABORT, 'special mail goes back as special mail'); END;

CREATE TRIGGER what_a_return_is_never_changes
BEFORE UPDATE OF item, special, asked_by ON mail_returns
BEGIN SELECT raise(ABORT, 'a return stays what it was asked as'); END;

CREATE TRIGGER mail_goes_back_only_where_it_was_allowed BEFORE UPDATE OF state ON mail_items
WHEN NEW.state IN ('return-allowed', 'return-printed') AND NOT EXISTS (
    SELECT 1 FROM mail_returns WHERE item = NEW.id AND dropped_at_ms IS NULL
        AND allowed_by IS NOT NULL
        AND (NEW.state = 'return-allowed' OR printed_job IS NOT NULL))
BEGIN SELECT raise(ABORT, 'this return was not allowed'); END;

-- personal -----------------------------------------------------------------------------------------

-- Whoever knows a code gets the mail: it is kept only while the item is here.
CREATE TABLE mail_codes (
    item TEXT PRIMARY KEY REFERENCES mail_items (id),
    code TEXT NOT NULL UNIQUE CHECK (length(code) = 6 AND code NOT GLOB '*[^0-9]*')
) STRICT, WITHOUT ROWID;

CREATE TABLE mail_trackings (
    item     TEXT PRIMARY KEY REFERENCES mail_items (id),
    tracking TEXT NOT NULL CHECK (length(tracking) > 0) -- the carrier's number
) STRICT, WITHOUT ROWID;

CREATE INDEX mail_trackings_by_number ON mail_trackings (tracking);

CREATE TABLE mail_signatures (
    pick_up TEXT PRIMARY KEY REFERENCES mail_pick_ups (id),
    strokes TEXT NOT NULL CHECK (json_valid(strokes))
) STRICT, WITHOUT ROWID;

CREATE TABLE mail_overrides (
    pick_up  TEXT PRIMARY KEY REFERENCES mail_pick_ups (id),
    taken_by TEXT NOT NULL CHECK (length(taken_by) > 0), -- the name of who took it
    reason   TEXT NOT NULL CHECK (length(reason) > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE mail_received (
    round    TEXT NOT NULL REFERENCES mail_rounds (id),
    item     TEXT NOT NULL REFERENCES mail_items (id),
    taken_by TEXT NOT NULL CHECK (length(taken_by) > 0), -- the name of who took it
    PRIMARY KEY (round, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE mail_forwardings (
    back    TEXT PRIMARY KEY REFERENCES mail_returns (id),
    address TEXT NOT NULL CHECK (length(address) > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE mail_return_forms (
    back      TEXT PRIMARY KEY REFERENCES mail_returns (id),
    addressee TEXT NOT NULL CHECK (length(trim(addressee)) > 0),
    address   TEXT NOT NULL CHECK (length(trim(address)) > 0),
    sender    TEXT NOT NULL CHECK (length(trim(sender)) > 0),
    tracking  TEXT NOT NULL CHECK (length(trim(tracking)) > 0),
    enquiries TEXT NOT NULL CHECK (length(trim(enquiries)) > 0)
) STRICT, WITHOUT ROWID;
