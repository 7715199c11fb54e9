-- Natural persons who act, and what each may do. Four eyes are counted in persons, not in accounts.
CREATE TABLE person (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    added_on TEXT NOT NULL
) STRICT;

CREATE TABLE person_role (
    person INTEGER NOT NULL REFERENCES person (id),
    role   TEXT NOT NULL,
    since  TEXT NOT NULL,
    PRIMARY KEY (person, role)
) STRICT, WITHOUT ROWID;
