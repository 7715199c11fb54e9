-- What holds payments back whoever approves them: limits on what is paid, and the suspension of all payments.

-- The most that one order may be, that a payee or an approver may have approved in a day, or the programme in a day.
-- The latest decision on a scope that has begun holds; one without an amount lifts it. What lowers a limit is decided
-- at once; what raises or lifts one is when another person confirms it, and holds from the day after.
CREATE TABLE payment_limit (
    id           INTEGER PRIMARY KEY,
    programme    INTEGER NOT NULL REFERENCES programme (id),
    scope        TEXT NOT NULL CHECK (scope IN ('order', 'payee_day', 'approver_day', 'programme_day')),
    cents        INTEGER CHECK (cents > 0),
    reason       TEXT NOT NULL,
    proposed_by  INTEGER NOT NULL REFERENCES person (id),
    proposed_on  TEXT NOT NULL,
    confirmed_by INTEGER REFERENCES person (id),
    decision     INTEGER UNIQUE,   -- the order of decisions, with since; null while another person is awaited
    since        TEXT,
    CHECK ((decision IS NULL) = (since IS NULL)),
    CHECK (confirmed_by IS NULL OR (confirmed_by <> proposed_by AND since IS NOT NULL))
) STRICT;
CREATE INDEX payment_limit_of ON payment_limit (programme, scope);

-- The day an approval was recorded, whatever day it bears: what is approved in a day is counted by it.
ALTER TABLE payment_order ADD COLUMN approval_recorded_on TEXT;
CREATE INDEX payment_order_approved ON payment_order (approval_recorded_on) WHERE approval_recorded_on IS NOT NULL;

CREATE TRIGGER payment_limit_kept_update BEFORE UPDATE ON payment_limit
WHEN OLD.since IS NOT NULL OR NEW.cents IS NOT OLD.cents OR NEW.scope <> OLD.scope OR NEW.proposed_by <> OLD.proposed_by
BEGIN SELECT RAISE(ABORT, 'a payment limit is never changed, but confirmed once'); END;
CREATE TRIGGER payment_limit_kept_delete BEFORE DELETE ON payment_limit
BEGIN SELECT RAISE(ABORT, 'a payment limit is never deleted, but lifted by another'); END;

-- All payments of the body are stopped, by one person, until two others have lifted it.
CREATE TABLE payment_suspension (
    id              INTEGER PRIMARY KEY,
    reason          TEXT NOT NULL,
    suspended_by    INTEGER NOT NULL REFERENCES person (id),
    suspended_on    TEXT NOT NULL,
    first_lifted_by INTEGER REFERENCES person (id),
    first_lifted_on TEXT,
    lifted_by       INTEGER REFERENCES person (id),
    lifted_on       TEXT,
    CHECK (lifted_by IS NULL OR (first_lifted_by IS NOT NULL AND lifted_by <> first_lifted_by))
) STRICT;
CREATE UNIQUE INDEX payment_suspension_one ON payment_suspension (lifted_on IS NULL) WHERE lifted_on IS NULL;

-- A second time, where no code can forget it.
CREATE TRIGGER no_approval_while_suspended BEFORE UPDATE OF approved_by ON payment_order
WHEN NEW.approved_by IS NOT NULL AND OLD.approved_by IS NULL
    AND EXISTS (SELECT 1 FROM payment_suspension WHERE lifted_on IS NULL)
BEGIN SELECT RAISE(ABORT, 'payments are suspended'); END;
CREATE TRIGGER no_release_while_suspended BEFORE UPDATE OF released_by ON payment_order
WHEN NEW.released_by IS NOT NULL AND OLD.released_by IS NULL
    AND EXISTS (SELECT 1 FROM payment_suspension WHERE lifted_on IS NULL)
BEGIN SELECT RAISE(ABORT, 'payments are suspended'); END;
CREATE TRIGGER no_transfer_while_suspended BEFORE INSERT ON transfer
WHEN EXISTS (SELECT 1 FROM payment_suspension WHERE lifted_on IS NULL)
BEGIN SELECT RAISE(ABORT, 'payments are suspended'); END;
