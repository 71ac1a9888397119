-- The counts of a stand add up, and what is kept for somebody is there for them.

-- Triggers guard what is written from here on. What a house wrote before it had one of them may not fit, and
-- is folded by a rebuild as it stands. Later migrations with stricter triggers move this on.
CREATE TABLE rules_since (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL                            -- the last row of the journal from before
) STRICT;

INSERT INTO rules_since (one, seq) SELECT 1, coalesce(max(seq), 0) FROM journal;

-- A stand that was counted too low once may still be put right, step by step.
CREATE TRIGGER a_stand_holds_all_that_is_away BEFORE UPDATE ON lending_pools
WHEN OLD.total >= OLD.dirty + OLD.washing + (SELECT count(*) FROM lending_loans
        WHERE kind = OLD.kind AND thing IS NULL AND returned_at_ms IS NULL)
    AND NEW.total < NEW.dirty + NEW.washing + (SELECT count(*) FROM lending_loans
        WHERE kind = OLD.kind AND thing IS NULL AND returned_at_ms IS NULL)
BEGIN SELECT raise(ABORT, 'fewer than are out, not clean and at the laundry'); END;

-- Out of the house by the time somebody else has it.
CREATE TRIGGER nothing_goes_out_over_the_time_of_another BEFORE INSERT ON lending_loans
WHEN NEW.thing IS NOT NULL AND EXISTS (
    SELECT 1 FROM lending_reservations AS kept
    WHERE kept.thing = NEW.thing AND kept.ended IS NULL AND kept.person <> NEW.borrower
      AND kept.from_ms < NEW.due_ms AND NEW.lent_at_ms < kept.until_ms)
BEGIN SELECT raise(ABORT, 'it is kept for somebody else by then'); END;

CREATE TRIGGER nothing_stays_out_over_the_time_of_another BEFORE UPDATE OF due_ms ON lending_loans
WHEN NEW.thing IS NOT NULL AND NEW.due_ms > OLD.due_ms AND EXISTS (
    SELECT 1 FROM lending_reservations AS kept
    WHERE kept.thing = NEW.thing AND kept.ended IS NULL AND kept.person <> NEW.borrower
      AND kept.from_ms < NEW.due_ms AND OLD.due_ms < kept.until_ms)
BEGIN SELECT raise(ABORT, 'it is kept for somebody else by then'); END;

CREATE TRIGGER what_is_gone_is_kept_for_nobody BEFORE INSERT ON lending_reservations
WHEN (SELECT state FROM lending_things WHERE id = NEW.thing) IN ('in-repair', 'retired', 'lost')
BEGIN SELECT raise(ABORT, 'it cannot be kept for anybody'); END;

CREATE TRIGGER nothing_goes_away_that_is_kept BEFORE UPDATE OF state ON lending_things
WHEN NEW.state IN ('in-repair', 'retired', 'lost') AND OLD.state <> NEW.state AND EXISTS (
    SELECT 1 FROM lending_reservations AS kept WHERE kept.thing = NEW.id AND kept.ended IS NULL)
BEGIN SELECT raise(ABORT, 'it is kept for somebody'); END;
