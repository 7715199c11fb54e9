-- Two dates: which entry recorded what reports say of plans, dossiers, grants and claims, so that a report quoted as
-- (value date, entry number) is read from what was known then. Periods: exercices once closed.

-- The entry that recorded the household's signature; the one that recorded the dossier's end.
ALTER TABLE plan ADD COLUMN signed_entry INTEGER REFERENCES entry (number);
ALTER TABLE dossier ADD COLUMN ended_entry INTEGER REFERENCES entry (number);

-- What an entry on a funder's money was about: a grant, and the claim when it is one's. The funder's reason where it
-- gave one.
CREATE TABLE funding_entry (
    entry        INTEGER PRIMARY KEY REFERENCES entry (number),
    funder_grant INTEGER NOT NULL REFERENCES funder_grant (id),
    claim        INTEGER REFERENCES claim (id),
    reason       TEXT NOT NULL
) STRICT;

CREATE TRIGGER funding_entry_kept_update BEFORE UPDATE ON funding_entry
BEGIN SELECT RAISE(ABORT, 'what an entry is about is never changed'); END;
CREATE TRIGGER funding_entry_kept_delete BEFORE DELETE ON funding_entry
BEGIN SELECT RAISE(ABORT, 'what an entry is about is never deleted'); END;

-- A closed exercice, for ever. result_cents: what classes 6 and 7 leave, which is not carried (debit above zero).
CREATE TABLE period (
    year         INTEGER PRIMARY KEY,
    last_entry   INTEGER NOT NULL REFERENCES entry (number),
    closed_by    INTEGER NOT NULL REFERENCES person (id),
    result_cents INTEGER NOT NULL
) STRICT;

-- The balances that the next exercice opens with.
CREATE TABLE carried_balance (
    year       INTEGER NOT NULL REFERENCES period (year),
    account    INTEGER NOT NULL REFERENCES account (id),
    programme  INTEGER NOT NULL,
    dossier    INTEGER NOT NULL,
    funder     INTEGER NOT NULL,
    contractor INTEGER NOT NULL,
    batch      INTEGER NOT NULL,
    cents      INTEGER NOT NULL CHECK (cents <> 0),
    PRIMARY KEY (year, account, programme, dossier, funder, contractor, batch)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER period_in_order BEFORE INSERT ON period
WHEN NEW.year <> (SELECT coalesce(max(year) + 1, NEW.year) FROM period)
BEGIN SELECT RAISE(ABORT, 'exercices are closed in order'); END;
CREATE TRIGGER period_kept_update BEFORE UPDATE ON period
BEGIN SELECT RAISE(ABORT, 'a closed exercice is never changed'); END;
CREATE TRIGGER period_kept_delete BEFORE DELETE ON period
BEGIN SELECT RAISE(ABORT, 'a closed exercice is never opened again'); END;
CREATE TRIGGER carried_kept_update BEFORE UPDATE ON carried_balance
BEGIN SELECT RAISE(ABORT, 'a carried balance is never changed'); END;
CREATE TRIGGER carried_kept_delete BEFORE DELETE ON carried_balance
BEGIN SELECT RAISE(ABORT, 'a carried balance is never deleted'); END;

-- Whoever writes past the program is held to it as well.
CREATE TRIGGER entry_in_open_period BEFORE INSERT ON entry
WHEN CAST(substr(NEW.day, 1, 4) AS INTEGER) <= (SELECT coalesce(max(year), 0) FROM period)
BEGIN SELECT RAISE(ABORT, 'no entry lands in a closed exercice'); END;
