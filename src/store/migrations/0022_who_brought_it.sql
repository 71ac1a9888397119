-- Who brought a thing back stands in the journal.
CREATE INDEX journal_of_things_back ON journal (subject)
    WHERE service = 'lending' AND kind IN ('returned', 'turned-up');
