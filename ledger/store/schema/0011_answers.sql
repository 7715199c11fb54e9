-- What a request was answered, for ever: the same key of the same person with the same body gets it again.
-- code, field and message are those of a refusal; answer is null then.
CREATE TABLE answer (
    person      INTEGER NOT NULL,
    request_key TEXT NOT NULL,
    body_sha256 BLOB NOT NULL CHECK (length(body_sha256) = 32),
    answered_at INTEGER NOT NULL,
    answer      BLOB,
    code        TEXT,
    field       TEXT,
    message     TEXT,
    PRIMARY KEY (person, request_key),
    CHECK ((answer IS NULL) <> (code IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE answer_fact (
    person      INTEGER NOT NULL,
    request_key TEXT NOT NULL,
    ordinal     INTEGER NOT NULL,
    name        TEXT NOT NULL,
    value       TEXT NOT NULL,
    PRIMARY KEY (person, request_key, ordinal),
    FOREIGN KEY (person, request_key) REFERENCES answer (person, request_key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER answer_kept_update BEFORE UPDATE ON answer
BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;
CREATE TRIGGER answer_kept_delete BEFORE DELETE ON answer
BEGIN SELECT RAISE(ABORT, 'an answer is never deleted'); END;
CREATE TRIGGER answer_fact_kept_update BEFORE UPDATE ON answer_fact
BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;
CREATE TRIGGER answer_fact_kept_delete BEFORE DELETE ON answer_fact
BEGIN SELECT RAISE(ABORT, 'an answer is never deleted'); END;
