CREATE TABLE contractor (
    id      INTEGER PRIMARY KEY,
    siret   TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    town    TEXT NOT NULL,
    country TEXT NOT NULL
) STRICT;

-- Every account a contractor ever gave, and who entered it: neither the approver nor the payer may be that person.
CREATE TABLE contractor_iban (
    id         INTEGER PRIMARY KEY,
    contractor INTEGER NOT NULL REFERENCES contractor (id),
    iban       TEXT NOT NULL,
    entered_by INTEGER NOT NULL REFERENCES person (id),
    entered_on TEXT NOT NULL
) STRICT;

-- given_up_cents: what was ordered and will not be invoiced, once the works are finished.
CREATE TABLE works_order (
    id         INTEGER PRIMARY KEY,
    reference  TEXT NOT NULL UNIQUE,
    dossier    INTEGER NOT NULL REFERENCES dossier (id),
    quote      INTEGER NOT NULL UNIQUE REFERENCES quote (id),
    contractor INTEGER NOT NULL REFERENCES contractor (id),
    cents      INTEGER NOT NULL CHECK (cents > 0),
    signed_on  TEXT NOT NULL,
    finished_on    TEXT,
    given_up_cents INTEGER NOT NULL DEFAULT 0 CHECK (given_up_cents BETWEEN 0 AND cents)
) STRICT;

CREATE TABLE invoice (
    id              INTEGER PRIMARY KEY,
    works_order     INTEGER NOT NULL REFERENCES works_order (id),
    contractor      INTEGER NOT NULL REFERENCES contractor (id),
    number          TEXT NOT NULL,
    issued_on       TEXT NOT NULL,
    received_on     TEXT NOT NULL,
    retention_cents INTEGER NOT NULL CHECK (retention_cents >= 0),
    UNIQUE (contractor, number)
) STRICT;

CREATE TABLE invoice_line (
    invoice   INTEGER NOT NULL REFERENCES invoice (id),
    line      INTEGER NOT NULL,
    label     TEXT NOT NULL,
    ht_cents  INTEGER NOT NULL,
    vat_bp    INTEGER NOT NULL,
    ttc_cents INTEGER NOT NULL,
    PRIMARY KEY (invoice, line)
) STRICT, WITHOUT ROWID;

-- Works accepted ("service fait"): signed by the household and by the PETR's technician.
CREATE TABLE acceptance (
    invoice     INTEGER PRIMARY KEY REFERENCES invoice (id),
    accepted_on TEXT NOT NULL,
    technician  INTEGER NOT NULL REFERENCES person (id),
    household_signed_on TEXT NOT NULL
) STRICT;

CREATE TABLE payment_order (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL UNIQUE,
    invoice    INTEGER NOT NULL REFERENCES invoice (id),
    purpose    TEXT NOT NULL CHECK (purpose IN ('works', 'retention')),
    cents      INTEGER NOT NULL CHECK (cents > 0),
    iban       TEXT NOT NULL,
    attempt    INTEGER NOT NULL,
    made_by    INTEGER NOT NULL REFERENCES person (id),
    made_on    TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('made', 'approved', 'released', 'sent', 'paid', 'returned')),
    approved_by INTEGER REFERENCES person (id),
    approved_on TEXT,
    approved_hash BLOB,
    released_by INTEGER REFERENCES person (id),
    released_on TEXT,
    taken_in_charge INTEGER NOT NULL DEFAULT 0,
    UNIQUE (invoice, purpose)
) STRICT;

-- Four eyes, a second time: the same sentences as in code, where no code can forget them.
CREATE TRIGGER approver_is_another BEFORE UPDATE OF approved_by ON payment_order
WHEN NEW.approved_by IS NOT NULL AND (NEW.approved_by = NEW.made_by OR NEW.approved_by IN (
    SELECT entered_by FROM contractor_iban c JOIN invoice i ON i.contractor = c.contractor
    WHERE i.id = NEW.invoice AND c.iban = NEW.iban))
BEGIN SELECT RAISE(ABORT, 'the approver neither made the order nor entered the account'); END;

CREATE TRIGGER payer_is_another BEFORE UPDATE OF released_by ON payment_order
WHEN NEW.released_by IS NOT NULL AND (NEW.released_by IN (NEW.made_by, NEW.approved_by)
    OR NEW.approved_by IS NULL OR NEW.released_by IN (
    SELECT entered_by FROM contractor_iban c JOIN invoice i ON i.contractor = c.contractor
    WHERE i.id = NEW.invoice AND c.iban = NEW.iban))
BEGIN SELECT RAISE(ABORT, 'the payer neither made nor approved the order nor entered the account'); END;

CREATE TRIGGER order_made_plain BEFORE INSERT ON payment_order
WHEN NEW.approved_by IS NOT NULL OR NEW.released_by IS NOT NULL OR NEW.state <> 'made'
BEGIN SELECT RAISE(ABORT, 'an order is made before it is approved'); END;

CREATE TABLE transfer_file (
    id           INTEGER PRIMARY KEY,
    message_id   TEXT NOT NULL UNIQUE,
    programme    INTEGER NOT NULL REFERENCES programme (id),
    execution_on TEXT NOT NULL,
    made_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE transfer (
    id            INTEGER PRIMARY KEY,
    file          INTEGER NOT NULL REFERENCES transfer_file (id),
    payment_order INTEGER NOT NULL REFERENCES payment_order (id),
    attempt       INTEGER NOT NULL,
    end_to_end_id TEXT NOT NULL UNIQUE,
    iban          TEXT NOT NULL,
    cents         INTEGER NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('sent', 'paid', 'returned')),
    paid_on       TEXT,
    returned_on   TEXT,
    return_reason TEXT,
    UNIQUE (payment_order, attempt)
) STRICT;
