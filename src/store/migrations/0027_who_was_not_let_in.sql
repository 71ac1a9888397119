-- Who came today and was not let in stands among those of today.
CREATE INDEX visits_not_let_in ON visits (came_at_ms)
    WHERE state IN ('refused', 'lapsed') AND came_at_ms IS NOT NULL;
