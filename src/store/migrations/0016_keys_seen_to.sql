-- A damaged key comes back, a check and a report stay open until they are seen to, a key retires.

-- What came before what stands in the order of the journal, also where the clock was set back.
CREATE INDEX journal_of_key_takings ON journal (subject)
    WHERE service = 'keys' AND kind = 'signed-out';

-- A taking ends with a return, or with the loss of its key.
ALTER TABLE key_loans ADD COLUMN lost INTEGER NOT NULL DEFAULT 0 CHECK (lost IN (0, 1)
    AND (lost = 0 OR (returned_at_ms IS NOT NULL AND by_another IS NULL)));

UPDATE key_loans SET lost = 1
WHERE key IS NOT NULL AND returned_at_ms IS NOT NULL AND by_another IS NULL;

-- Keys hung on their hooks again while their takings stood open, which were over by then.
UPDATE key_loans SET returned_at_ms = again.at_ms, lost = 0
FROM (
    SELECT loan.id AS loan, hung.at_ms AS at_ms, min(hung.seq)
    FROM key_loans AS loan
    JOIN journal AS taken ON taken.service = 'keys' AND taken.kind = 'signed-out'
        AND taken.subject = loan.id
    JOIN journal AS hung ON hung.service = 'keys' AND hung.kind = 'hung-back'
        AND hung.subject = loan.key AND hung.seq > taken.seq
    WHERE loan.by_another IS NULL AND NOT EXISTS (
        SELECT 1 FROM key_reports AS loss
        JOIN journal AS said ON said.service = 'keys' AND said.kind = 'reported'
            AND said.subject = loss.id
        WHERE loss.key = loan.key AND loss.harm = 'lost'
          AND said.seq BETWEEN taken.seq AND hung.seq)
    GROUP BY loan.id) AS again
WHERE again.loan = key_loans.id;

-- What was reported damaged while somebody had it is still with them.
UPDATE keys SET state = 'out' WHERE state = 'damaged' AND EXISTS (
    SELECT 1 FROM key_loans WHERE key_loans.key = keys.id AND returned_at_ms IS NULL);

CREATE TRIGGER what_is_out_hangs_on_no_hook BEFORE UPDATE OF state ON keys
WHEN NEW.state = 'on-hook' AND EXISTS (
    SELECT 1 FROM key_loans WHERE key = OLD.id AND returned_at_ms IS NULL)
BEGIN SELECT raise(ABORT, 'somebody has the key'); END;

DROP TRIGGER nothing_hangs_again_undecided;
CREATE TRIGGER nothing_hangs_again_undecided BEFORE UPDATE OF state ON keys
WHEN NEW.state = 'on-hook' AND OLD.state IN ('out', 'lost', 'damaged') AND EXISTS (
    SELECT 1 FROM key_reports WHERE key = OLD.id AND decided_at_ms IS NULL)
BEGIN SELECT raise(ABORT, 'the supervisor has not decided'); END;

-- ● A lost or damaged key stays a matter until the supervisor has decided about its report.
CREATE TRIGGER a_keys_matter_is_over_with_its_decision BEFORE UPDATE OF closed_at_ms ON matters
WHEN NEW.closed_at_ms IS NOT NULL
    AND EXISTS (SELECT 1 FROM key_reports
        WHERE id = OLD.about AND 'key-' || harm = OLD.cause AND decided_at_ms IS NULL)
BEGIN SELECT raise(ABORT, 'the supervisor has not decided'); END;

-- ● A check closes with no line open: what was noted and is otherwise by now is open again.
DROP TRIGGER no_check_closes_with_an_open_line;
CREATE TRIGGER no_check_closes_with_an_open_line BEFORE UPDATE OF closed_at_ms ON key_checks
WHEN NEW.closed_at_ms IS NOT NULL AND EXISTS (
    SELECT 1 FROM keys
    LEFT JOIN key_findings ON key_findings.key = keys.id AND key_findings.check_id = NEW.id
    LEFT JOIN key_loans AS loan ON loan.key = keys.id AND loan.returned_at_ms IS NULL
    WHERE keys.state <> 'retired' AND (
        finding IS NULL
        OR (finding = 'not-back' AND has_reason = 0)
        OR NOT CASE finding
            WHEN 'here' THEN keys.state IN ('on-hook', 'damaged')
                OR keys.turned_up_at_ms IS NOT NULL
            WHEN 'out' THEN keys.state = 'out'
                AND NEW.closed_at_ms <= coalesce(loan.due_ms, 0)
            ELSE keys.state IN ('lost', 'damaged')
                OR (keys.state = 'out' AND NEW.closed_at_ms > coalesce(loan.due_ms, 0))
        END))
BEGIN SELECT raise(ABORT, 'a line of the check is open'); END;

CREATE TRIGGER one_check_after_the_other BEFORE INSERT ON key_checks
WHEN EXISTS (SELECT 1 FROM key_checks WHERE closed_at_ms IS NULL)
BEGIN SELECT raise(ABORT, 'an older check is open'); END;

-- Who brought a key back stands in the journal.
CREATE INDEX journal_of_key_returns ON journal (subject)
    WHERE service = 'keys' AND kind = 'returned';

CREATE INDEX key_loans_taken ON key_loans (taken_at_ms);

-- ● Whoever was reported as on the list goes in once the desk has answered for it, or the entry is lifted.
CREATE TRIGGER nobody_goes_in_whom_the_list_names BEFORE UPDATE OF state ON visits
WHEN NEW.state = 'inside' AND EXISTS (
    SELECT 1 FROM visit_alerts AS alert JOIN do_not_admit AS entry ON entry.id = alert.entry
    WHERE alert.id = OLD.id AND alert.cleared_by IS NULL AND entry.lifted_at_ms IS NULL)
BEGIN SELECT raise(ABORT, 'they may be on the list'); END;

-- Whoever answers for the work reads on My page that its permit was taken back.
CREATE INDEX visit_permits_taken_back ON visit_permits (answers, until_day)
    WHERE withdrawn_at_ms IS NOT NULL;

-- A key that is no longer kept gives its hook and its tag free: they move beside, and its identifier
-- takes their places, because SQLite cannot take a UNIQUE from a column.
ALTER TABLE keys ADD COLUMN was_hook TEXT CHECK ((state = 'retired') = (was_hook IS NOT NULL));
ALTER TABLE keys ADD COLUMN was_tag TEXT CHECK ((state = 'retired') = (was_tag IS NOT NULL));

CREATE TRIGGER a_key_retires_from_the_house BEFORE UPDATE OF state ON keys
WHEN NEW.state = 'retired' AND (OLD.state = 'out'
    OR EXISTS (SELECT 1 FROM key_loans WHERE key = OLD.id AND returned_at_ms IS NULL)
    OR EXISTS (SELECT 1 FROM key_reports WHERE key = OLD.id AND decided_at_ms IS NULL))
BEGIN SELECT raise(ABORT, 'the key is out, or the supervisor has not decided'); END;

CREATE TRIGGER a_retired_key_stays_retired BEFORE UPDATE ON keys WHEN OLD.state = 'retired'
BEGIN SELECT raise(ABORT, 'the key is retired'); END;

-- ● One code is on one thing or on one key, in whatever case it was typed. Older books may hold the same
-- twice; nobody is given it once more.
CREATE INDEX keys_by_tag ON keys (upper(tag));

CREATE INDEX lending_things_by_tag ON lending_things (upper(tag));

CREATE TRIGGER a_keys_tag_is_on_nothing_else BEFORE INSERT ON keys
WHEN EXISTS (SELECT 1 FROM keys WHERE upper(tag) = upper(NEW.tag))
    OR EXISTS (SELECT 1 FROM lending_things WHERE upper(tag) = upper(NEW.tag))
BEGIN SELECT raise(ABORT, 'the tag is in use'); END;

CREATE TRIGGER a_keys_new_tag_is_on_nothing_else BEFORE UPDATE OF tag ON keys
WHEN upper(NEW.tag) <> upper(OLD.tag)
    AND (EXISTS (SELECT 1 FROM keys WHERE upper(tag) = upper(NEW.tag))
        OR EXISTS (SELECT 1 FROM lending_things WHERE upper(tag) = upper(NEW.tag)))
BEGIN SELECT raise(ABORT, 'the tag is in use'); END;

CREATE TRIGGER a_things_tag_is_on_nothing_else BEFORE INSERT ON lending_things
WHEN EXISTS (SELECT 1 FROM lending_things WHERE upper(tag) = upper(NEW.tag))
    OR EXISTS (SELECT 1 FROM keys WHERE upper(tag) = upper(NEW.tag))
BEGIN SELECT raise(ABORT, 'the tag is in use'); END;

CREATE TRIGGER a_things_new_tag_is_on_nothing_else BEFORE UPDATE OF tag ON lending_things
WHEN upper(NEW.tag) <> upper(OLD.tag)
    AND (EXISTS (SELECT 1 FROM lending_things WHERE upper(tag) = upper(NEW.tag))
        OR EXISTS (SELECT 1 FROM keys WHERE upper(tag) = upper(NEW.tag)))
BEGIN SELECT raise(ABORT, 'the tag is in use'); END;

-- Since when there are keys to go through.
CREATE INDEX journal_of_hung_keys ON journal (subject)
    WHERE service = 'keys' AND kind = 'hung';

-- personal: why, in writing.
CREATE TABLE key_retirements (
    key    TEXT PRIMARY KEY REFERENCES keys (id),
    reason TEXT NOT NULL CHECK (length(reason) > 0)
) STRICT, WITHOUT ROWID;
