-- A damaged key comes back, a check and a report stay open until they are seen to, a key retires.

-- What was reported damaged while somebody had it is still with them.
UPDATE keys SET state = 'out' WHERE state = 'damaged' AND EXISTS (
    SELECT 1 FROM key_loans WHERE key_loans.key = keys.id AND returned_at_ms IS NULL);

-- What hung on its hook again while its taking stood open was back by then.
UPDATE key_loans SET returned_at_ms = (
    SELECT min(at_ms) FROM journal
    WHERE service = 'keys' AND kind = 'hung-back' AND subject = key_loans.key
      AND at_ms >= key_loans.taken_at_ms)
WHERE returned_at_ms IS NULL AND key IN (SELECT id FROM keys WHERE state = 'on-hook');

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

-- personal: why, in writing.
CREATE TABLE key_retirements (
    key    TEXT PRIMARY KEY REFERENCES keys (id),
    reason TEXT NOT NULL CHECK (length(reason) > 0)
) STRICT, WITHOUT ROWID;
