-- ● Whoever goes along with a contractor answers for the key until it is back or reported lost.
CREATE TRIGGER who_goes_along_answers_until_the_key_is_back BEFORE UPDATE OF closed_at_ms ON matters
WHEN NEW.closed_at_ms IS NOT NULL AND OLD.cause = 'contractor-with-key'
    AND EXISTS (SELECT 1 FROM key_loans WHERE id = OLD.about AND returned_at_ms IS NULL)
    AND NOT EXISTS (SELECT 1 FROM key_reports JOIN key_loans ON key_loans.key = key_reports.key
        WHERE key_loans.id = OLD.about AND harm = 'lost' AND decided_at_ms IS NULL)
BEGIN SELECT raise(ABORT, 'the contractor has the key'); END;

-- What is in repair, lost, retired or not looked at yet goes out to nobody.
CREATE TRIGGER only_what_is_on_its_shelf_goes_out BEFORE INSERT ON lending_loans
WHEN (SELECT state FROM lending_things WHERE id = NEW.thing)
    IN ('awaiting-check', 'in-repair', 'retired', 'lost')
BEGIN SELECT raise(ABORT, 'it is not on its shelf'); END;

-- ● What is asked at a return is answered before the thing is there for the next: a PC's data above all.
CREATE TRIGGER nothing_goes_on_its_shelf_unasked BEFORE UPDATE OF state ON lending_things
WHEN NEW.state = 'available' AND OLD.state <> 'available' AND EXISTS (
    SELECT 1 FROM lending_questions AS asked
    WHERE asked.yes IS NULL AND asked.loan = (
        SELECT id FROM lending_loans WHERE thing = NEW.id ORDER BY lent_at_ms DESC LIMIT 1))
BEGIN SELECT raise(ABORT, 'a question of its return is open'); END;

-- Only the card of whoever a visitor is for says yes: the host's, or that of whoever answers for the work.
DROP TRIGGER a_card_says_yes_for_its_holder;
CREATE TRIGGER a_card_says_yes_for_its_holder BEFORE UPDATE OF approval ON visits
WHEN NEW.approval = 'host-card' AND NEW.said_yes IS NOT
    coalesce(NEW.host, (SELECT answers FROM visit_permits WHERE id = NEW.permit))
BEGIN SELECT raise(ABORT, 'it is not the host who said yes'); END;

CREATE INDEX visits_by_permit ON visits (permit) WHERE state IN ('announced', 'waiting');
