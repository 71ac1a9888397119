-- Expected visits and work permits that the desk takes back, in somebody's name.

-- An announced visit of which nothing comes has lapsed, by closing time or by somebody's word.
ALTER TABLE visits ADD COLUMN withdrawn_by TEXT
    CHECK (withdrawn_by IS NULL OR (state = 'lapsed' AND came_at_ms IS NULL));

CREATE TRIGGER only_who_is_expected_is_taken_back BEFORE UPDATE OF withdrawn_by ON visits
WHEN NEW.withdrawn_by IS NOT NULL AND OLD.state <> 'announced'
BEGIN SELECT raise(ABORT, 'only an expected visit is taken back'); END;

-- The host finds it on My page.
CREATE INDEX visits_withdrawn ON visits (host, until_ms) WHERE withdrawn_by IS NOT NULL;

ALTER TABLE visit_permits ADD COLUMN withdrawn_by TEXT
    CHECK ((withdrawn_by IS NULL) = (withdrawn_at_ms IS NULL));

CREATE TRIGGER a_withdrawn_permit_stays_withdrawn BEFORE UPDATE ON visit_permits
WHEN OLD.withdrawn_at_ms IS NOT NULL
BEGIN SELECT raise(ABORT, 'the permit was withdrawn'); END;

CREATE TRIGGER nobody_comes_with_a_withdrawn_permit BEFORE INSERT ON visits
WHEN NEW.permit IS NOT NULL
    AND (SELECT withdrawn_at_ms FROM visit_permits WHERE id = NEW.permit) IS NOT NULL
BEGIN SELECT raise(ABORT, 'the permit was withdrawn'); END;

-- A permit that was entered wrongly is withdrawn and entered again under its number: of those that
-- hold, one has it. The table is made anew, because SQLite cannot take a UNIQUE from a column.
CREATE TABLE visit_permit_details_anew (
    permit  TEXT PRIMARY KEY,
    number  TEXT NOT NULL,                          -- as it stands on the permit
    company TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO visit_permit_details_anew (permit, number, company)
    SELECT permit, number, company FROM visit_permit_details;
DROP TABLE visit_permit_details;
ALTER TABLE visit_permit_details_anew RENAME TO visit_permit_details;

CREATE INDEX visit_permit_numbers ON visit_permit_details (number);

CREATE TRIGGER one_permit_of_a_number_holds BEFORE INSERT ON visit_permit_details
WHEN EXISTS (
    SELECT 1 FROM visit_permit_details AS other JOIN visit_permits AS permit
        ON permit.id = other.permit
    WHERE other.number = NEW.number AND permit.withdrawn_at_ms IS NULL)
BEGIN SELECT raise(ABORT, 'a permit with this number holds'); END;

-- Who reported a key lost or damaged stands in the journal: a few rows, found without reading all.
CREATE INDEX journal_of_key_reports ON journal (subject)
    WHERE service = 'keys' AND kind = 'reported';
