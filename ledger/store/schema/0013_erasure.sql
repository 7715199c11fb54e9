-- Erasure: what may be forgotten may be null, and each forgetting is told.
--
-- The columns that hold personal data (ledger/erasure/personal_data.cpp) give up NOT NULL: null there means erased, and
-- the check of erasures asks which erasure says so. Dropping a constraint changes no stored byte; SQLite documents this
-- way for it (ALTER TABLE, "removing constraints"): a table built anew would be dropped under those that refer to it.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'name     TEXT NOT NULL', 'name     TEXT')
    WHERE type = 'table' AND name = 'person';
UPDATE sqlite_schema SET sql = replace(replace(sql, 'age_years      INTEGER NOT NULL', 'age_years      INTEGER'),
    'living_area_m2 INTEGER NOT NULL', 'living_area_m2 INTEGER') WHERE type = 'table' AND name = 'dwelling';
UPDATE sqlite_schema SET sql = replace(sql, 'number     TEXT NOT NULL', 'number     TEXT')
    WHERE type = 'table' AND name = 'quote';
UPDATE sqlite_schema SET sql = replace(sql, 'label     TEXT NOT NULL', 'label     TEXT')
    WHERE type = 'table' AND name IN ('quote_line', 'invoice_line');
UPDATE sqlite_schema SET sql = replace(replace(replace(sql, 'facts_json           TEXT NOT NULL', 'facts_json TEXT'),
    'plan_json            TEXT NOT NULL', 'plan_json TEXT'), 'explanation_json     TEXT NOT NULL', 'explanation_json TEXT')
    WHERE type = 'table' AND name = 'plan';
UPDATE sqlite_schema SET sql = replace(sql, 'motive   TEXT NOT NULL', 'motive   TEXT')
    WHERE type = 'table' AND name = 'given_aid';
UPDATE sqlite_schema SET sql = replace(sql, 'reason         TEXT NOT NULL', 'reason         TEXT')
    WHERE type = 'table' AND name = 'household_call';
UPDATE sqlite_schema SET sql = replace(replace(replace(sql, 'end_to_end_id TEXT NOT NULL', 'end_to_end_id TEXT'),
    'counterparty  TEXT NOT NULL', 'counterparty  TEXT'), 'remittance    TEXT NOT NULL', 'remittance    TEXT')
    WHERE type = 'table' AND name = 'bank_movement';
UPDATE sqlite_schema SET sql = replace(sql, 'reason       TEXT NOT NULL', 'reason       TEXT')
    WHERE type = 'table' AND name = 'funding_entry';
PRAGMA writable_schema = RESET;

-- What an entry is about is never changed, but the words a person typed may be forgotten.
DROP TRIGGER funding_entry_kept_update;
CREATE TRIGGER funding_entry_kept_update BEFORE UPDATE ON funding_entry
WHEN NEW.reason IS NOT NULL OR NEW.entry <> OLD.entry OR NEW.funder_grant <> OLD.funder_grant
    OR NEW.claim IS NOT OLD.claim
BEGIN SELECT RAISE(ABORT, 'what an entry is about is never changed'); END;

-- The entries of a signature and of an abandonment hold digests of what people told: salted, and the salt goes with it.
ALTER TABLE plan ADD COLUMN salt BLOB;
ALTER TABLE dossier ADD COLUMN end_salt BLOB;

-- Why an entry was reversed: words that a person typed, which the journal would keep for ever.
CREATE TABLE reversal (
    entry  INTEGER PRIMARY KEY REFERENCES entry (number),  -- the one that reverses
    reason TEXT
) STRICT;

-- An erasure: whose data (a dossier's household, or a person who acted), on what ground, asked when, done by whom.
-- Its entry holds the SHA-256 of all this and of its rows. Nobody's data are erased twice.
CREATE TABLE erasure (
    id         INTEGER PRIMARY KEY,
    reference  TEXT NOT NULL UNIQUE,
    subject    TEXT NOT NULL CHECK (subject IN ('dossier', 'person')),
    subject_id INTEGER NOT NULL,
    ground     TEXT NOT NULL CHECK (ground IN ('request', 'period_over')),
    asked_on   TEXT NOT NULL,
    erased_by  INTEGER NOT NULL REFERENCES person (id),
    entry      INTEGER NOT NULL UNIQUE REFERENCES entry (number),
    UNIQUE (subject, subject_id)
) STRICT;

-- A row that was erased, whole or in its personal columns, and the record whose digest is of what it held.
CREATE TABLE erased_row (
    erasure    INTEGER NOT NULL REFERENCES erasure (id),
    table_name TEXT NOT NULL,
    row_key    TEXT NOT NULL,
    record     INTEGER NOT NULL REFERENCES record (number),
    PRIMARY KEY (erasure, table_name, row_key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER erasure_kept_update BEFORE UPDATE ON erasure
BEGIN SELECT RAISE(ABORT, 'an erasure is never changed'); END;
CREATE TRIGGER erasure_kept_delete BEFORE DELETE ON erasure
BEGIN SELECT RAISE(ABORT, 'an erasure is never deleted'); END;
CREATE TRIGGER erased_row_kept_update BEFORE UPDATE ON erased_row
BEGIN SELECT RAISE(ABORT, 'an erased row is never changed'); END;
CREATE TRIGGER erased_row_kept_delete BEFORE DELETE ON erased_row
BEGIN SELECT RAISE(ABORT, 'an erased row is never deleted'); END;
