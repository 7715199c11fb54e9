-- Statements whose periods overlap: what tells a movement again, and what an earlier statement had brought of one.

-- bank_reference: the servicing bank's own, empty when it gave none. doubt: why a person must look before it is matched.
ALTER TABLE bank_movement ADD COLUMN bank_reference TEXT NOT NULL DEFAULT '';
ALTER TABLE bank_movement ADD COLUMN doubt TEXT;
CREATE INDEX bank_movement_of_day ON bank_movement (day);

-- The sum of its movements that were known already: opening + known + its own rows = closing.
ALTER TABLE bank_statement ADD COLUMN known_cents INTEGER NOT NULL DEFAULT 0;
