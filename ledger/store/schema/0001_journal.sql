-- The journal: append-only, balanced, chained. Amounts are signed cents: debits above zero, credits below.

-- An account as a role met it: the chart decides the number at the entry's date.
CREATE TABLE account (
    id     INTEGER PRIMARY KEY,
    role   TEXT NOT NULL,
    number TEXT NOT NULL,
    label  TEXT NOT NULL,
    UNIQUE (role, number)
) STRICT;

-- 0 in a column of postings or balances means "none": these columns are part of a key.
CREATE TABLE posting (
    entry      INTEGER NOT NULL,
    line       INTEGER NOT NULL,
    account    INTEGER NOT NULL REFERENCES account (id),
    dossier    INTEGER NOT NULL,
    funder     INTEGER NOT NULL,
    contractor INTEGER NOT NULL,
    batch      INTEGER NOT NULL,
    cents      INTEGER NOT NULL CHECK (cents <> 0 AND abs(cents) <= 10000000000000),
    PRIMARY KEY (entry, line)
) STRICT, WITHOUT ROWID;

CREATE INDEX posting_by_account ON posting (account, entry, cents);
CREATE INDEX posting_by_dossier ON posting (dossier, entry);

-- number is the entry's place in recording order, without holes. The row is written after its postings, so that
-- the trigger below can see the whole entry.
CREATE TABLE entry (
    number      INTEGER PRIMARY KEY,
    day         TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    journal     TEXT NOT NULL,
    event       TEXT NOT NULL,
    label       TEXT NOT NULL,
    piece       TEXT NOT NULL,
    programme   INTEGER NOT NULL,
    person      INTEGER NOT NULL,
    reverses    INTEGER NOT NULL,
    digest      BLOB NOT NULL,
    hash        BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE UNIQUE INDEX entry_reversed_once ON entry (reverses) WHERE reverses <> 0;
CREATE INDEX entry_by_day ON entry (day, number);

-- Kept balances, recomputable from the postings at any time.
CREATE TABLE balance (
    account    INTEGER NOT NULL REFERENCES account (id),
    programme  INTEGER NOT NULL,
    dossier    INTEGER NOT NULL,
    funder     INTEGER NOT NULL,
    contractor INTEGER NOT NULL,
    batch      INTEGER NOT NULL,
    cents      INTEGER NOT NULL,
    PRIMARY KEY (account, programme, dossier, funder, contractor, batch)
) STRICT, WITHOUT ROWID;

CREATE INDEX balance_by_dossier ON balance (dossier, account, cents);

CREATE TRIGGER entry_balanced BEFORE INSERT ON entry
WHEN (SELECT coalesce(sum(cents), 0) FROM posting WHERE entry = NEW.number) <> 0
BEGIN SELECT RAISE(ABORT, 'an entry sums to zero'); END;

CREATE TRIGGER entry_follows BEFORE INSERT ON entry
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM entry)
BEGIN SELECT RAISE(ABORT, 'entries are numbered without holes'); END;

CREATE TRIGGER posting_before_entry BEFORE INSERT ON posting
WHEN EXISTS (SELECT 1 FROM entry WHERE number = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'a recorded entry takes no further posting'); END;

CREATE TRIGGER entry_kept_update BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER entry_kept_delete BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;
CREATE TRIGGER posting_kept_update BEFORE UPDATE ON posting
BEGIN SELECT RAISE(ABORT, 'a posting is never changed'); END;
CREATE TRIGGER posting_kept_delete BEFORE DELETE ON posting
BEGIN SELECT RAISE(ABORT, 'a posting is never deleted'); END;
