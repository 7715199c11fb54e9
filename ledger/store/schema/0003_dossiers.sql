-- A programme: an operation with its own fund, ceiling, bank account and perimeter.
CREATE TABLE programme (
    id            INTEGER PRIMARY KEY,
    code          TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    operation     TEXT NOT NULL UNIQUE,
    iban          TEXT NOT NULL UNIQUE,
    ceiling_cents INTEGER NOT NULL CHECK (ceiling_cents > 0),
    opened_on     TEXT NOT NULL
) STRICT;

CREATE TABLE programme_epci (
    programme INTEGER NOT NULL REFERENCES programme (id),
    siren     TEXT NOT NULL,
    since     TEXT NOT NULL,
    PRIMARY KEY (programme, siren)
) STRICT, WITHOUT ROWID;

-- version rises with every change that figures are computed from.
CREATE TABLE dossier (
    id         INTEGER PRIMARY KEY,
    reference  TEXT NOT NULL UNIQUE,
    programme  INTEGER NOT NULL REFERENCES programme (id),
    adviser    INTEGER NOT NULL REFERENCES person (id),
    opened_on  TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'abandoned', 'closed')),
    ended_on   TEXT,
    end_reason TEXT,
    version    INTEGER NOT NULL
) STRICT;

-- Personal data live here and nowhere in the journal.
CREATE TABLE household (
    dossier              INTEGER PRIMARY KEY REFERENCES dossier (id),
    name                 TEXT NOT NULL,
    persons              INTEGER NOT NULL,
    reference_income_eur INTEGER NOT NULL,
    commune_insee        TEXT NOT NULL,
    owner_status         TEXT NOT NULL
) STRICT;

CREATE TABLE dwelling (
    dossier        INTEGER PRIMARY KEY REFERENCES dossier (id),
    commune_insee  TEXT NOT NULL,
    type           TEXT NOT NULL,
    age_years      INTEGER NOT NULL,
    main_residence INTEGER NOT NULL,
    living_area_m2 INTEGER NOT NULL,
    dpe_before     TEXT NOT NULL,
    dpe_after      TEXT NOT NULL,
    energy_gain_pct INTEGER NOT NULL
) STRICT;

CREATE TABLE quote (
    id         INTEGER PRIMARY KEY,
    dossier    INTEGER NOT NULL REFERENCES dossier (id),
    contractor INTEGER NOT NULL REFERENCES contractor (id),
    number     TEXT NOT NULL,
    issued_on  TEXT NOT NULL,
    UNIQUE (contractor, number)
) STRICT;

CREATE TABLE quote_line (
    quote     INTEGER NOT NULL REFERENCES quote (id),
    line      INTEGER NOT NULL,
    trade     TEXT NOT NULL,
    label     TEXT NOT NULL,
    ht_cents  INTEGER NOT NULL,
    vat_bp    INTEGER NOT NULL,
    ttc_cents INTEGER NOT NULL,
    eligible  INTEGER NOT NULL,
    PRIMARY KEY (quote, line)
) STRICT, WITHOUT ROWID;

-- A kept plan: the figures, the facts they came from, the rules' version, and the explanation.
CREATE TABLE plan (
    id                   INTEGER PRIMARY KEY,
    dossier              INTEGER NOT NULL REFERENCES dossier (id),
    dossier_version      INTEGER NOT NULL,
    kept_on              TEXT NOT NULL,
    person               INTEGER NOT NULL REFERENCES person (id),
    rules_version        TEXT NOT NULL,
    facts_json           TEXT NOT NULL,
    plan_json            TEXT NOT NULL,
    explanation_json     TEXT NOT NULL,
    works_ttc_cents      INTEGER NOT NULL,
    total_aid_cents      INTEGER NOT NULL,
    remaining_cost_cents INTEGER NOT NULL CHECK (remaining_cost_cents >= 0),
    signed_on            TEXT,
    CHECK (total_aid_cents + remaining_cost_cents = works_ttc_cents)
) STRICT;

CREATE TABLE plan_aid (
    plan          INTEGER NOT NULL REFERENCES plan (id),
    aid           TEXT NOT NULL,
    funder        TEXT NOT NULL,
    label         TEXT NOT NULL,
    cents         INTEGER NOT NULL,
    advance_cents INTEGER NOT NULL,
    motive        TEXT,
    PRIMARY KEY (plan, aid)
) STRICT, WITHOUT ROWID;

-- Aids decided outside the rules, with the motive: they enter the next plan as given.
CREATE TABLE given_aid (
    dossier  INTEGER NOT NULL REFERENCES dossier (id),
    aid      TEXT NOT NULL,
    funder   TEXT NOT NULL REFERENCES funder (code),
    label    TEXT NOT NULL,
    cents    INTEGER NOT NULL CHECK (cents > 0),
    motive   TEXT NOT NULL,
    person   INTEGER NOT NULL REFERENCES person (id),
    given_on TEXT NOT NULL,
    PRIMARY KEY (dossier, aid)
) STRICT, WITHOUT ROWID;
