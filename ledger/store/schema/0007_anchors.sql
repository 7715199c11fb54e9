-- Anchors: what the ledger held, sealed where nobody here can change it. The statement's canonical bytes are in
-- ledger/audit/statement.h; a signature is ours, a time stamp (RFC 3161) is another's.
CREATE TABLE anchor (
    number     INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('signature', 'time_stamp')),
    made_at    INTEGER NOT NULL,
    statement  BLOB NOT NULL,
    public_key BLOB CHECK (length(public_key) = 32),
    signature  BLOB CHECK (length(signature) = 64),
    request    BLOB,
    CHECK ((kind = 'signature') = (public_key IS NOT NULL AND signature IS NOT NULL)),
    CHECK ((kind = 'time_stamp') = (request IS NOT NULL))
) STRICT;

-- The authority's answer to a request, and the certificates (PEM) that it was checked against.
CREATE TABLE anchor_response (
    anchor      INTEGER PRIMARY KEY REFERENCES anchor (number),
    response    BLOB NOT NULL,
    authority   TEXT NOT NULL,
    attached_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER anchor_kept_update BEFORE UPDATE ON anchor
BEGIN SELECT RAISE(ABORT, 'an anchor is never changed'); END;
CREATE TRIGGER anchor_kept_delete BEFORE DELETE ON anchor
BEGIN SELECT RAISE(ABORT, 'an anchor is never deleted'); END;
CREATE TRIGGER anchor_response_kept_update BEFORE UPDATE ON anchor_response
BEGIN SELECT RAISE(ABORT, 'a time stamp is never changed'); END;
CREATE TRIGGER anchor_response_kept_delete BEFORE DELETE ON anchor_response
BEGIN SELECT RAISE(ABORT, 'a time stamp is never deleted'); END;
