-- ● Nobody takes a key that was not granted to them: the grant of its group holds as it goes out.
CREATE TRIGGER a_key_goes_to_whom_it_was_granted BEFORE INSERT ON key_loans
WHEN NEW.key IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM key_grants AS given JOIN keys ON keys.key_group = given.key_group
    WHERE keys.id = NEW.key AND given.person = NEW.holder AND given.withdrawn_at_ms IS NULL
      AND given.from_ms <= NEW.taken_at_ms
      AND (given.until_ms IS NULL OR NEW.taken_at_ms < given.until_ms))
BEGIN SELECT raise(ABORT, 'the key was not granted to them'); END;
