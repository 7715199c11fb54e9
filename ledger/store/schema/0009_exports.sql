-- Every export of the journal: who took it (0: the command line, which knows nobody), when, what, the last entry it
-- covers, and the SHA-256 of its bytes. Rows are never changed.
CREATE TABLE journal_export (
    id       INTEGER PRIMARY KEY,
    made_at  INTEGER NOT NULL,
    person   INTEGER NOT NULL,
    format   TEXT NOT NULL,
    year     INTEGER NOT NULL,  -- of a FEC; 0 for the whole journal
    up_to    INTEGER NOT NULL,
    bytes    INTEGER NOT NULL CHECK (bytes > 0),
    sha256   BLOB NOT NULL CHECK (length(sha256) = 32)
) STRICT;

CREATE TRIGGER journal_export_kept_update BEFORE UPDATE ON journal_export
BEGIN SELECT RAISE(ABORT, 'a registered export is never changed'); END;
CREATE TRIGGER journal_export_kept_delete BEFORE DELETE ON journal_export
BEGIN SELECT RAISE(ABORT, 'a registered export is never deleted'); END;
