-- The record chain: what every row outside the journal came to hold, command after command. Written by
-- ledger/store/records.h, which has the bytes that are hashed.
--
-- entry: the journal's last entry then. previous: the record of the same row before this one, 0 for none. columns:
-- how many of the table's columns the digest covers. digest: empty once the row is gone.
CREATE TABLE record (
    number      INTEGER PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    entry       INTEGER NOT NULL,
    table_name  TEXT NOT NULL,
    row_key     TEXT NOT NULL,
    previous    INTEGER NOT NULL,
    columns     INTEGER NOT NULL,
    digest      BLOB NOT NULL CHECK (length(digest) IN (0, 32)),
    hash        BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- Of each row that exists: its newest record and the salt of its digest. An erased row takes its salt with it: what
-- it held can then no longer be guessed from the chain.
CREATE TABLE record_salt (
    table_name TEXT NOT NULL,
    row_key    TEXT NOT NULL,
    record     INTEGER NOT NULL REFERENCES record (number),
    salt       BLOB NOT NULL CHECK (length(salt) = 32),
    PRIMARY KEY (table_name, row_key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER record_follows BEFORE INSERT ON record
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM record)
BEGIN SELECT RAISE(ABORT, 'records are numbered without holes'); END;
CREATE TRIGGER record_kept_update BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END;
CREATE TRIGGER record_kept_delete BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'a record is never deleted'); END;
