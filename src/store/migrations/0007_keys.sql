-- Keys by the rule book: hooks, groups and grants, sign-out in detail, the keeper's check, reports.

-- state: keys ------------------------------------------------------------------------------------

CREATE TABLE keys (
    id        TEXT PRIMARY KEY,
    hook      TEXT    NOT NULL UNIQUE,              -- never what it opens
    tag       TEXT    NOT NULL UNIQUE,              -- the code on it, as scanned
    kind      TEXT    NOT NULL CHECK (kind IN ('ordinary', 'master', 'sealed-spare')),
    key_group TEXT    NOT NULL,
    tenant    TEXT,                                 -- whose unit it opens
    pieces    INTEGER NOT NULL CHECK (pieces > 0),  -- lent and brought back as one
    state     TEXT    NOT NULL CHECK (state IN ('on-hook', 'out', 'lost', 'damaged', 'retired'))
) STRICT, WITHOUT ROWID;

CREATE INDEX keys_by_group ON keys (key_group);

CREATE TABLE key_grants (
    id              TEXT PRIMARY KEY,
    key_group       TEXT    NOT NULL,
    person          TEXT    NOT NULL,
    from_ms         INTEGER NOT NULL,
    until_ms        INTEGER,                        -- until it is withdrawn where none
    withdrawn_at_ms INTEGER,
    CHECK (until_ms IS NULL OR until_ms > from_ms)
) STRICT, WITHOUT ROWID;

CREATE INDEX key_grants_of ON key_grants (person) WHERE withdrawn_at_ms IS NULL;

-- The first books knew only the hook of what was taken.
ALTER TABLE key_loans ADD COLUMN key TEXT REFERENCES keys (id);
ALTER TABLE key_loans ADD COLUMN purpose TEXT;
ALTER TABLE key_loans ADD COLUMN work_order TEXT;
ALTER TABLE key_loans ADD COLUMN second TEXT;
ALTER TABLE key_loans ADD COLUMN goes_along INTEGER CHECK (goes_along IN (0, 1));
ALTER TABLE key_loans ADD COLUMN by_another INTEGER CHECK (by_another IN (0, 1));
ALTER TABLE key_loans ADD COLUMN denied TEXT;        -- the points answered with no, JSON
ALTER TABLE key_loans ADD COLUMN told_at_ms INTEGER; -- when the tenant was told

CREATE INDEX key_loans_by_key ON key_loans (key, taken_at_ms) WHERE key IS NOT NULL;

CREATE TRIGGER a_key_is_signed_out_in_detail BEFORE INSERT ON key_loans
WHEN NEW.key IS NOT NULL AND (NEW.purpose IS NULL OR NEW.goes_along IS NULL)
BEGIN SELECT raise(ABORT, 'who, which, for what, until when'); END;

CREATE TRIGGER no_key_stays_out_overnight BEFORE INSERT ON key_loans
WHEN NEW.key IS NOT NULL AND
    (NEW.due_ms <= NEW.taken_at_ms OR NEW.due_ms - NEW.taken_at_ms >= 86400000)
BEGIN SELECT raise(ABORT, 'a key is due the same day'); END;

CREATE TRIGGER only_what_hangs_on_its_hook_goes_out BEFORE INSERT ON key_loans
WHEN NEW.key IS NOT NULL AND (SELECT state FROM keys WHERE id = NEW.key) <> 'on-hook'
BEGIN SELECT raise(ABORT, 'the key is not on its hook'); END;

CREATE TRIGGER a_second_person_is_another_person BEFORE INSERT ON key_loans
WHEN NEW.second IS NOT NULL AND NEW.second = NEW.holder
BEGIN SELECT raise(ABORT, 'the second person is another person'); END;

CREATE TABLE key_reports (
    id             TEXT PRIMARY KEY,
    device         TEXT    NOT NULL,                -- device, day and count are the report's number
    day            TEXT    NOT NULL,
    count          INTEGER NOT NULL,
    key            TEXT    NOT NULL REFERENCES keys (id),
    harm           TEXT    NOT NULL CHECK (harm IN ('lost', 'damaged')),
    reported_at_ms INTEGER NOT NULL,
    decision       TEXT CHECK (decision IN ('re-key', 'copy', 'nothing')),
    amount_fen     INTEGER CHECK (amount_fen >= 0),
    decided_at_ms  INTEGER,
    CHECK ((decision IS NULL) = (decided_at_ms IS NULL)),
    CHECK ((decision IS NULL) = (amount_fen IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX one_open_report_a_key ON key_reports (key) WHERE decided_at_ms IS NULL;

CREATE TRIGGER a_decision_stands BEFORE UPDATE ON key_reports WHEN OLD.decided_at_ms IS NOT NULL
BEGIN SELECT raise(ABORT, 'the supervisor has decided'); END;

CREATE TABLE key_checks (
    id           TEXT PRIMARY KEY,
    day          TEXT    NOT NULL UNIQUE,           -- YYYY-MM-DD in the building's zone
    begun_at_ms  INTEGER NOT NULL,
    closed_at_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE key_findings (
    check_id   TEXT    NOT NULL REFERENCES key_checks (id),
    key        TEXT    NOT NULL REFERENCES keys (id),
    finding    TEXT    NOT NULL CHECK (finding IN ('here', 'out', 'not-back')),
    has_reason INTEGER NOT NULL CHECK (has_reason IN (0, 1)),
    PRIMARY KEY (check_id, key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER no_check_closes_with_an_open_line BEFORE UPDATE OF closed_at_ms ON key_checks
WHEN NEW.closed_at_ms IS NOT NULL AND EXISTS (
    SELECT 1 FROM keys LEFT JOIN key_findings
        ON key_findings.key = keys.id AND key_findings.check_id = NEW.id
    WHERE keys.state <> 'retired'
      AND (finding IS NULL OR (finding = 'not-back' AND has_reason = 0)))
BEGIN SELECT raise(ABORT, 'a line of the check is open'); END;

CREATE TRIGGER a_closed_check_stands BEFORE INSERT ON key_findings
WHEN (SELECT closed_at_ms FROM key_checks WHERE id = NEW.check_id) IS NOT NULL
BEGIN SELECT raise(ABORT, 'the check is closed'); END;

-- personal, or not for everybody's eyes ------------------------------------------------------------

-- What a key opens: shown only to those who may.
CREATE TABLE key_openings (
    key   TEXT PRIMARY KEY REFERENCES keys (id),
    opens TEXT NOT NULL CHECK (length(opens) > 0)
) STRICT, WITHOUT ROWID;

-- With whom the holder goes along.
CREATE TABLE key_contractors (
    loan       TEXT PRIMARY KEY REFERENCES key_loans (id),
    contractor TEXT NOT NULL CHECK (length(contractor) > 0)
) STRICT, WITHOUT ROWID;

-- Why a key is not back, and what happened to one, in writing.
CREATE TABLE key_reasons (
    check_id TEXT NOT NULL REFERENCES key_checks (id),
    key      TEXT NOT NULL REFERENCES keys (id),
    reason   TEXT NOT NULL CHECK (length(reason) > 0),
    PRIMARY KEY (check_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE key_report_texts (
    report TEXT PRIMARY KEY REFERENCES key_reports (id),
    text   TEXT NOT NULL CHECK (length(text) > 0)
) STRICT, WITHOUT ROWID;
