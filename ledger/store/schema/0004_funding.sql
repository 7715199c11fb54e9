CREATE TABLE funder (
    id     INTEGER PRIMARY KEY,
    code   TEXT NOT NULL UNIQUE,
    name   TEXT NOT NULL,
    family INTEGER NOT NULL
) STRICT;

-- The household lets the PETR receive a funder's money for it.
CREATE TABLE mandate (
    id         INTEGER PRIMARY KEY,
    dossier    INTEGER NOT NULL REFERENCES dossier (id),
    funder     INTEGER NOT NULL REFERENCES funder (id),
    signed_on  TEXT NOT NULL,
    revoked_on TEXT
) STRICT;
CREATE INDEX mandate_of ON mandate (dossier, funder);

-- One line of a signed plan asked of its funder: requested, then notified or refused.
CREATE TABLE funder_grant (
    id              INTEGER PRIMARY KEY,
    dossier         INTEGER NOT NULL REFERENCES dossier (id),
    funder          INTEGER NOT NULL REFERENCES funder (id),
    plan            INTEGER NOT NULL REFERENCES plan (id),
    aid             TEXT NOT NULL,
    label           TEXT NOT NULL,
    motive          TEXT,
    requested_cents INTEGER NOT NULL,
    requested_on    TEXT NOT NULL,
    reference       TEXT,
    notified_on     TEXT,
    notified_cents  INTEGER,
    advance_cents   INTEGER NOT NULL,
    refused_on      TEXT,
    refused_cents   INTEGER NOT NULL DEFAULT 0,
    UNIQUE (dossier, aid)
) STRICT;

CREATE TABLE claim (
    id             INTEGER PRIMARY KEY,
    reference      TEXT NOT NULL UNIQUE,
    funder_grant   INTEGER NOT NULL REFERENCES funder_grant (id),
    kind           TEXT NOT NULL CHECK (kind IN ('advance', 'instalment', 'balance')),
    cents          INTEGER NOT NULL CHECK (cents > 0),
    filed_on       TEXT NOT NULL,
    title          TEXT UNIQUE,
    titled_on      TEXT,
    received_cents INTEGER NOT NULL DEFAULT 0,
    received_on    TEXT,
    reduced_cents  INTEGER NOT NULL DEFAULT 0,
    reduced_on     TEXT,
    reduced_reason TEXT,
    CHECK (received_cents + reduced_cents <= cents)
) STRICT;

-- claim: the reduced claim whose difference the household bears; null for its signed share.
CREATE TABLE household_call (
    id             INTEGER PRIMARY KEY,
    reference      TEXT NOT NULL UNIQUE,
    dossier        INTEGER NOT NULL REFERENCES dossier (id),
    cents          INTEGER NOT NULL CHECK (cents > 0),
    called_on      TEXT NOT NULL,
    reason         TEXT NOT NULL,
    claim          INTEGER REFERENCES claim (id),
    received_cents INTEGER NOT NULL DEFAULT 0,
    received_on    TEXT,
    CHECK (received_cents <= cents)
) STRICT;
