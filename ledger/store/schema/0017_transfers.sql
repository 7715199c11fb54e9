-- How a programme's payments leave: which file, in which address form, until which hour. The newest row of a programme
-- holds; none is ever changed. Texts are empty and numbers 0 where the format has no use for them.
CREATE TABLE payment_channel (
    id              INTEGER PRIMARY KEY,
    programme       INTEGER NOT NULL REFERENCES programme (id),
    set_at          INTEGER NOT NULL,
    set_by          INTEGER NOT NULL REFERENCES person (id),
    format          TEXT NOT NULL CHECK (format IN ('pain.001.001.03', 'pain.001.001.09', 'PES_Aller')),
    address         TEXT NOT NULL CHECK (address IN ('none', 'town_and_country', 'hybrid', 'structured')),
    cut_off_minute  INTEGER NOT NULL CHECK (cut_off_minute BETWEEN 1 AND 1440),  -- of the day, in Paris
    settlement_days INTEGER NOT NULL CHECK (settlement_days BETWEEN 0 AND 10),
    initiator_name  TEXT NOT NULL,
    bic             TEXT NOT NULL,
    siret           TEXT NOT NULL,
    post            TEXT NOT NULL,
    collectivity    TEXT NOT NULL,
    budget          TEXT NOT NULL,
    budget_label    TEXT NOT NULL,
    first_bordereau INTEGER NOT NULL CHECK (first_bordereau >= 1),
    first_mandate   INTEGER NOT NULL CHECK (first_mandate >= 1)
) STRICT;

-- What a file is rendered from, frozen when it is made: whatever becomes of names and channels, it has the same bytes.
CREATE TABLE transfer_file_content (
    file            INTEGER PRIMARY KEY REFERENCES transfer_file (id),
    format          TEXT NOT NULL,
    address         TEXT NOT NULL,
    initiator_name  TEXT NOT NULL,
    debtor_name     TEXT NOT NULL,
    debtor_iban     TEXT NOT NULL,
    debtor_bic      TEXT NOT NULL,
    siret           TEXT NOT NULL,
    post            TEXT NOT NULL,
    collectivity    TEXT NOT NULL,
    budget          TEXT NOT NULL,
    budget_label    TEXT NOT NULL,
    year            INTEGER NOT NULL,
    bordereau       INTEGER NOT NULL,
    issued_on       TEXT NOT NULL,
    earlier_cents   INTEGER NOT NULL  -- of the year's bordereaux before this one
) STRICT;
CREATE UNIQUE INDEX one_bordereau ON transfer_file_content (siret, budget, year, bordereau) WHERE bordereau > 0;

CREATE TABLE transfer_content (
    transfer         INTEGER PRIMARY KEY REFERENCES transfer (id),
    creditor_name    TEXT NOT NULL,
    creditor_town    TEXT NOT NULL,
    creditor_country TEXT NOT NULL,
    creditor_siret   TEXT NOT NULL,
    remittance       TEXT NOT NULL,
    invoice_number   TEXT NOT NULL,
    retention        INTEGER NOT NULL CHECK (retention IN (0, 1)),
    account          TEXT NOT NULL,
    siret            TEXT NOT NULL,  -- with budget and year: whose numbering the mandat is in
    budget           TEXT NOT NULL,
    year             INTEGER NOT NULL,
    mandate          INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_mandate ON transfer_content (siret, budget, year, mandate) WHERE mandate > 0;

-- The bytes as they were rendered: kept as their hash, in the command that makes the file.
CREATE TABLE transfer_file_sent (
    file    INTEGER PRIMARY KEY REFERENCES transfer_file (id),
    sha256  BLOB NOT NULL CHECK (length(sha256) = 32),
    bytes   INTEGER NOT NULL CHECK (bytes > 0),
    count   INTEGER NOT NULL CHECK (count > 0),
    cents   INTEGER NOT NULL CHECK (cents > 0)
) STRICT;

-- Each time that the bytes were handed to somebody: the first is the sending, others are asked about.
CREATE TABLE transfer_file_handed (
    id        INTEGER PRIMARY KEY,
    file      INTEGER NOT NULL REFERENCES transfer_file (id),
    person    INTEGER NOT NULL REFERENCES person (id),
    handed_at INTEGER NOT NULL
) STRICT;

-- An order is never in two files that live: the one before was returned, or rejected.
CREATE UNIQUE INDEX one_live_transfer ON transfer (payment_order) WHERE state <> 'returned';

-- What banks and the public accountant's software said, file by file; and where each transfer then stood.
CREATE TABLE status_report (
    id             INTEGER PRIMARY KEY,
    format         TEXT NOT NULL,
    identification TEXT NOT NULL,
    content_hash   BLOB NOT NULL UNIQUE,
    imported_at    INTEGER NOT NULL,
    imported_by    INTEGER NOT NULL REFERENCES person (id)
) STRICT;

CREATE TABLE transfer_status (
    id       INTEGER PRIMARY KEY,
    report   INTEGER NOT NULL REFERENCES status_report (id),
    transfer INTEGER NOT NULL REFERENCES transfer (id),
    stage    TEXT NOT NULL CHECK (stage IN
        ('received', 'technically_accepted', 'accepted', 'taken_in_charge', 'announced_paid', 'rejected')),
    code     TEXT NOT NULL,
    reason   TEXT NOT NULL,  -- the first reason's code
    told     TEXT NOT NULL,  -- all reasons, in French
    told_on  TEXT,           -- the day of visa, rejection or payment, where the sender says it
    UNIQUE (report, transfer)
) STRICT;
CREATE INDEX status_of_transfer ON transfer_status (transfer);

CREATE TRIGGER payment_channel_kept BEFORE UPDATE ON payment_channel
BEGIN SELECT RAISE(ABORT, 'a channel is replaced by a newer one, never changed'); END;
CREATE TRIGGER transfer_file_content_kept BEFORE UPDATE ON transfer_file_content
BEGIN SELECT RAISE(ABORT, 'what a file was rendered from is never changed'); END;
CREATE TRIGGER transfer_content_kept BEFORE UPDATE ON transfer_content
BEGIN SELECT RAISE(ABORT, 'what a transfer was rendered from is never changed'); END;
CREATE TRIGGER transfer_file_sent_kept BEFORE UPDATE ON transfer_file_sent
BEGIN SELECT RAISE(ABORT, 'the hash of a file is never changed'); END;
CREATE TRIGGER transfer_status_kept BEFORE UPDATE ON transfer_status
BEGIN SELECT RAISE(ABORT, 'a status is followed by another, never changed'); END;
