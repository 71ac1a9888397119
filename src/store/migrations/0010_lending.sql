-- Lending with everything around it: questions at a return, renewals, loss, deposits, things kept for
-- somebody, the laundry, what is given away, and rain.

-- A thing may be lost, and a loan ends without anybody bringing it ('nobody'). Both tables are made
-- anew, because SQLite cannot change a CHECK.

CREATE TABLE lending_things_before AS SELECT * FROM lending_things;
CREATE TABLE lending_loans_before AS SELECT * FROM lending_loans;
DROP TABLE lending_loans;
DROP TABLE lending_things;

CREATE TABLE lending_things (
    id    TEXT PRIMARY KEY,
    kind  TEXT NOT NULL,
    tag   TEXT NOT NULL UNIQUE,                     -- the code on it, as scanned
    label TEXT NOT NULL,                            -- what people call it
    state TEXT NOT NULL CHECK (state IN
        ('available', 'on-loan', 'awaiting-check', 'reserved', 'in-repair', 'retired', 'lost'))
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
    brought_by     TEXT CHECK (brought_by IN ('borrower', 'another-person', 'unknown', 'nobody')),
    renewals       INTEGER NOT NULL DEFAULT 0 CHECK (renewals >= 0),
    CHECK ((returned_at_ms IS NULL) = (brought_by IS NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO lending_things (id, kind, tag, label, state)
    SELECT id, kind, tag, label, state FROM lending_things_before;
INSERT INTO lending_loans (id, device, day, count, kind, thing, borrower, lent_at_ms, due_ms,
        returned_at_ms, brought_by)
    SELECT id, device, day, count, kind, thing, borrower, lent_at_ms, due_ms, returned_at_ms,
        brought_by FROM lending_loans_before;
DROP TABLE lending_things_before;
DROP TABLE lending_loans_before;

CREATE UNIQUE INDEX lending_loan_numbers ON lending_loans (device, day, count);

CREATE UNIQUE INDEX one_open_loan_a_thing ON lending_loans (thing)
    WHERE returned_at_ms IS NULL AND thing IS NOT NULL;

CREATE INDEX lending_loans_open ON lending_loans (borrower) WHERE returned_at_ms IS NULL;

CREATE INDEX lending_loans_by_thing ON lending_loans (thing, lent_at_ms) WHERE thing IS NOT NULL;

CREATE INDEX lending_loans_by_time ON lending_loans (lent_at_ms);

-- What was asked at a return; `yes` is empty until somebody answers.
CREATE TABLE lending_questions (
    loan     TEXT NOT NULL REFERENCES lending_loans (id),
    question TEXT NOT NULL CHECK (question IN ('whole', 'wiped') OR question GLOB 'part-[0-9]*'),
    yes      INTEGER CHECK (yes IN (0, 1)),
    PRIMARY KEY (loan, question)
) STRICT, WITHOUT ROWID;

-- Amounts, in fen. Nothing is deleted; a mistake is another entry.
CREATE TABLE lending_bookings (
    id         TEXT PRIMARY KEY,
    loan       TEXT    NOT NULL REFERENCES lending_loans (id),
    of         TEXT    NOT NULL CHECK (of IN
        ('deposit-taken', 'deposit-returned', 'deposit-kept', 'damage', 'loss')),
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    at_ms      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX lending_bookings_by_loan ON lending_bookings (loan);

CREATE TRIGGER an_amount_stays_as_it_was_entered BEFORE UPDATE ON lending_bookings
BEGIN SELECT raise(ABORT, 'an amount stays as it was entered'); END;

CREATE TRIGGER no_amount_is_deleted BEFORE DELETE ON lending_bookings
BEGIN SELECT raise(ABORT, 'no amount is deleted'); END;

CREATE TRIGGER no_more_of_a_deposit_goes_out_than_came_in BEFORE INSERT ON lending_bookings
WHEN NEW.of IN ('deposit-returned', 'deposit-kept') AND NEW.amount_fen >
    coalesce((SELECT sum(CASE of WHEN 'deposit-taken' THEN amount_fen
                                 WHEN 'deposit-returned' THEN -amount_fen
                                 WHEN 'deposit-kept' THEN -amount_fen ELSE 0 END)
              FROM lending_bookings WHERE loan = NEW.loan), 0)
BEGIN SELECT raise(ABORT, 'no more of a deposit goes out than came in'); END;

-- Things kept for somebody.
CREATE TABLE lending_reservations (
    id       TEXT PRIMARY KEY,
    thing    TEXT    NOT NULL REFERENCES lending_things (id),
    person   TEXT    NOT NULL,
    from_ms  INTEGER NOT NULL,
    until_ms INTEGER NOT NULL CHECK (until_ms > from_ms),
    ended    TEXT CHECK (ended IN ('fetched', 'cancelled', 'lapsed'))
) STRICT, WITHOUT ROWID;

CREATE INDEX lending_reservations_open ON lending_reservations (thing, from_ms) WHERE ended IS NULL;

CREATE TRIGGER a_thing_is_kept_for_one_at_a_time BEFORE INSERT ON lending_reservations
WHEN EXISTS (SELECT 1 FROM lending_reservations AS other
    WHERE other.thing = NEW.thing AND other.ended IS NULL
      AND other.from_ms < NEW.until_ms AND NEW.from_ms < other.until_ms)
BEGIN SELECT raise(ABORT, 'it is kept for somebody else then'); END;

-- The laundry: back and not clean, and away to be washed. They belong to the stand all the time.
ALTER TABLE lending_pools ADD COLUMN dirty INTEGER NOT NULL DEFAULT 0 CHECK (dirty >= 0);
ALTER TABLE lending_pools ADD COLUMN washing INTEGER NOT NULL DEFAULT 0 CHECK (washing >= 0);

CREATE TRIGGER no_more_go_out_than_the_stand_holds BEFORE INSERT ON lending_loans
WHEN NEW.thing IS NULL AND
    (SELECT count(*) FROM lending_loans
      WHERE kind = NEW.kind AND thing IS NULL AND returned_at_ms IS NULL)
    >= coalesce((SELECT total - dirty - washing FROM lending_pools WHERE kind = NEW.kind), 0)
BEGIN SELECT raise(ABORT, 'the stand is empty'); END;

CREATE TABLE lending_washes (
    seq   INTEGER PRIMARY KEY,
    kind  TEXT    NOT NULL,
    how   TEXT    NOT NULL CHECK (how IN ('sent', 'back', 'written-off')),
    count INTEGER NOT NULL CHECK (count > 0),
    at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX lending_washes_by_time ON lending_washes (at_ms);

-- Given away: nothing comes back.
CREATE TABLE lending_given (
    seq    INTEGER PRIMARY KEY,
    kind   TEXT    NOT NULL,
    person TEXT    NOT NULL,
    at_ms  INTEGER NOT NULL
) STRICT;

CREATE INDEX lending_given_by_person ON lending_given (person, kind, at_ms);

CREATE TRIGGER no_more_is_given_than_the_box_holds BEFORE INSERT ON lending_given
WHEN coalesce((SELECT total FROM lending_pools WHERE kind = NEW.kind), 0) <= 0
BEGIN SELECT raise(ABORT, 'the box is empty'); END;

-- Rain mode; one row.
CREATE TABLE lending_rain (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    falls INTEGER NOT NULL CHECK (falls IN (0, 1))
) STRICT;
