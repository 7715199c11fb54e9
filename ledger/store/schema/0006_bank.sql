CREATE TABLE bank_statement (
    id            INTEGER PRIMARY KEY,
    programme     INTEGER NOT NULL REFERENCES programme (id),
    identification TEXT NOT NULL,
    opening_cents INTEGER NOT NULL,
    closing_cents INTEGER NOT NULL,
    closing_on    TEXT NOT NULL,
    content_hash  BLOB NOT NULL UNIQUE,
    imported_on   TEXT NOT NULL
) STRICT;

-- A movement is booked once, against one thing; its entry says so.
CREATE TABLE bank_movement (
    id            INTEGER PRIMARY KEY,
    statement     INTEGER NOT NULL REFERENCES bank_statement (id),
    ordinal       INTEGER NOT NULL,
    day           TEXT NOT NULL,
    cents         INTEGER NOT NULL,
    end_to_end_id TEXT NOT NULL,
    return_reason TEXT NOT NULL,
    counterparty  TEXT NOT NULL,
    remittance    TEXT NOT NULL,
    matched_kind  TEXT CHECK (matched_kind IN
        ('fund', 'transfer', 'returned_transfer', 'claim', 'household_call', 'household_early')),
    matched_id    INTEGER,
    entry         INTEGER REFERENCES entry (number),
    UNIQUE (statement, ordinal),
    CHECK ((matched_kind IS NULL) = (entry IS NULL))
) STRICT;
