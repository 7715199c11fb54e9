-- Contractors, before any money goes to them: the numbers they are called on, the accounts they ask to be paid on, what
-- they are qualified and insured for, and how they end.

-- Every telephone number, with the day it came and from what: an account is confirmed on one that was there before.
CREATE TABLE contractor_telephone (
    id         INTEGER PRIMARY KEY,
    contractor INTEGER NOT NULL REFERENCES contractor (id),
    number     TEXT NOT NULL,
    source     TEXT NOT NULL,
    entered_by INTEGER NOT NULL REFERENCES person (id),
    entered_on TEXT NOT NULL
) STRICT;

-- An account is payable once another person has called the contractor back about it. former_end: the last four characters
-- of the account before, as the person reached said them; empty for a first account, like former_document.
CREATE TABLE account_confirmation (
    account         INTEGER PRIMARY KEY REFERENCES contractor_iban (id),
    telephone       INTEGER NOT NULL REFERENCES contractor_telephone (id),
    reached         TEXT NOT NULL,
    called_on       TEXT NOT NULL,
    former_end      TEXT NOT NULL,
    former_document TEXT NOT NULL,
    document        TEXT NOT NULL,
    confirmed_by    INTEGER NOT NULL REFERENCES person (id),
    confirmed_on    TEXT NOT NULL
) STRICT;

CREATE TRIGGER confirmer_is_another BEFORE INSERT ON account_confirmation
WHEN NEW.confirmed_by = (SELECT entered_by FROM contractor_iban WHERE id = NEW.account)
BEGIN SELECT RAISE(ABORT, 'who confirms an account did not enter it'); END;

-- What the payee's bank answered when asked whether the account is the payee's (Regulation (EU) 2024/886); the newest
-- holds. accepted_by: who took a name that is close for the payee's, and why.
CREATE TABLE payee_verification (
    id              INTEGER PRIMARY KEY,
    account         INTEGER NOT NULL REFERENCES contractor_iban (id),
    answer          TEXT NOT NULL CHECK (answer IN ('match', 'close_match', 'no_match', 'not_possible')),
    returned_name   TEXT NOT NULL,
    answered_on     TEXT NOT NULL,
    entered_by      INTEGER NOT NULL REFERENCES person (id),
    accepted_by     INTEGER REFERENCES person (id),
    accepted_reason TEXT
) STRICT;

CREATE TABLE account_rejection (
    account     INTEGER PRIMARY KEY REFERENCES contractor_iban (id),
    reason      TEXT NOT NULL,
    rejected_by INTEGER NOT NULL REFERENCES person (id),
    rejected_on TEXT NOT NULL
) STRICT;

-- The waiting time before a first payment is lifted by two persons, each with a reason.
CREATE TABLE waiting_lift (
    account   INTEGER NOT NULL REFERENCES contractor_iban (id),
    lifted_by INTEGER NOT NULL REFERENCES person (id),
    reason    TEXT NOT NULL,
    lifted_on TEXT NOT NULL,
    PRIMARY KEY (account, lifted_by)
) STRICT, WITHOUT ROWID;

-- As the national list of RGE companies tells it (domain: its name for the kind of works).
CREATE TABLE qualification (
    contractor  INTEGER NOT NULL REFERENCES contractor (id),
    domain      TEXT NOT NULL,
    code        TEXT NOT NULL,
    name        TEXT NOT NULL,
    body        TEXT NOT NULL,
    valid_from  TEXT NOT NULL,
    valid_to    TEXT NOT NULL,
    imported_on TEXT NOT NULL,
    PRIMARY KEY (contractor, domain, code, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE insurance (
    id         INTEGER PRIMARY KEY,
    contractor INTEGER NOT NULL REFERENCES contractor (id),
    insurer    TEXT NOT NULL,
    policy     TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    entered_by INTEGER NOT NULL REFERENCES person (id),
    entered_on TEXT NOT NULL
) STRICT;

-- A company that is closed, or in the hands of the court: what was confirmed before is not paid any more.
CREATE TABLE contractor_end (
    contractor INTEGER PRIMARY KEY REFERENCES contractor (id),
    kind       TEXT NOT NULL CHECK (kind IN ('closed', 'proceedings')),
    ended_on   TEXT NOT NULL,
    source     TEXT NOT NULL,
    entered_by INTEGER NOT NULL REFERENCES person (id)
) STRICT;

-- What 0005 says of who entered the account holds for who confirmed it; and none is paid that nobody confirmed.
CREATE TRIGGER approver_did_not_confirm BEFORE UPDATE OF approved_by ON payment_order
WHEN NEW.approved_by IN (
    SELECT f.confirmed_by FROM account_confirmation f JOIN contractor_iban c ON c.id = f.account
    JOIN invoice i ON i.contractor = c.contractor WHERE i.id = NEW.invoice AND c.iban = NEW.iban)
BEGIN SELECT RAISE(ABORT, 'the approver did not confirm the account'); END;

CREATE TRIGGER payer_did_not_confirm BEFORE UPDATE OF released_by ON payment_order
WHEN NEW.released_by IN (
    SELECT f.confirmed_by FROM account_confirmation f JOIN contractor_iban c ON c.id = f.account
    JOIN invoice i ON i.contractor = c.contractor WHERE i.id = NEW.invoice AND c.iban = NEW.iban)
BEGIN SELECT RAISE(ABORT, 'the payer did not confirm the account'); END;

CREATE TRIGGER account_is_confirmed BEFORE UPDATE OF released_by ON payment_order
WHEN NEW.released_by IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM account_confirmation f JOIN contractor_iban c ON c.id = f.account
    JOIN invoice i ON i.contractor = c.contractor WHERE i.id = NEW.invoice AND c.iban = NEW.iban)
BEGIN SELECT RAISE(ABORT, 'an account is confirmed before it is paid'); END;
