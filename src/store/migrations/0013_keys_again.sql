-- A lost key that is here again; and nothing hangs on its hook before the supervisor has decided.

ALTER TABLE keys ADD COLUMN turned_up_at_ms INTEGER
    CHECK (turned_up_at_ms IS NULL OR state = 'lost');

CREATE TRIGGER nothing_hangs_again_undecided BEFORE UPDATE OF state ON keys
WHEN NEW.state = 'on-hook' AND OLD.state IN ('lost', 'damaged') AND EXISTS (
    SELECT 1 FROM key_reports WHERE key = OLD.id AND decided_at_ms IS NULL)
BEGIN SELECT raise(ABORT, 'the supervisor has not decided'); END;
