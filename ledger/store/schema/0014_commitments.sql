-- Commitments: a works order's amount, from the day it is ordered until it is paid or returned.

-- An amendment of a works order ("avenant"), by which its amount was raised.
CREATE TABLE works_order_amendment (
    id          INTEGER PRIMARY KEY,
    works_order INTEGER NOT NULL REFERENCES works_order (id),
    reference   TEXT,                            -- null once erased
    cents       INTEGER NOT NULL CHECK (cents > 0),
    signed_on   TEXT NOT NULL,
    person      INTEGER NOT NULL REFERENCES person (id),
    UNIQUE (works_order, reference)
) STRICT;

-- The invoice says that it is the last of its works order ("décompte définitif").
ALTER TABLE invoice ADD COLUMN final INTEGER NOT NULL DEFAULT 0 CHECK (final IN (0, 1));

-- ordered: the order holds its part of the works order's commitment. Orders approved before this change hold
-- none until they are released; those released before it never will.
-- refused_on: refused, rejected or expired; the order stands in the state 'made' and is to be made again.
ALTER TABLE payment_order ADD COLUMN ordered INTEGER NOT NULL DEFAULT 0 CHECK (ordered IN (0, 1));
ALTER TABLE payment_order ADD COLUMN refused_on TEXT;
ALTER TABLE payment_order ADD COLUMN refused_by INTEGER REFERENCES person (id);
ALTER TABLE payment_order ADD COLUMN refusal TEXT;

-- A limit on an account of a programme, on a funder's agreement with it, or on the programme, from a day on. The
-- newest row of a subject and measure that has begun holds; one without an amount lifts it. Rows are never changed.
-- after_entry: the journal's last entry when it was set: `verify` holds the ones that came later to it.
CREATE TABLE spending_limit (
    id          INTEGER PRIMARY KEY,
    programme   INTEGER NOT NULL REFERENCES programme (id),
    measure     TEXT NOT NULL CHECK (measure IN ('debit', 'credit', 'engaged', 'outstanding')),
    role        TEXT,                              -- of an account
    funder      INTEGER REFERENCES funder (id),    -- of an agreement
    cents       INTEGER CHECK (cents >= 0),
    since       TEXT NOT NULL,
    reason      TEXT NOT NULL,
    set_by      INTEGER NOT NULL REFERENCES person (id),
    set_on      TEXT NOT NULL,
    after_entry INTEGER NOT NULL CHECK (after_entry >= 0),
    CHECK (role IS NULL OR funder IS NULL),
    CHECK ((measure IN ('debit', 'credit')) = (role IS NOT NULL)),
    CHECK (measure <> 'outstanding' OR funder IS NOT NULL)
) STRICT;
CREATE INDEX spending_limit_of ON spending_limit (programme, since);

CREATE TRIGGER spending_limit_kept_update BEFORE UPDATE ON spending_limit
BEGIN SELECT RAISE(ABORT, 'a limit is never changed, but followed by another'); END;
CREATE TRIGGER spending_limit_kept_delete BEFORE DELETE ON spending_limit
BEGIN SELECT RAISE(ABORT, 'a limit is never deleted, but lifted by another'); END;
