-- What was answered before its time: it is asked again while a score in time can
-- still be had, and no more when that is over.

-- +goose Up

-- NULL where nothing was answered early.
ALTER TABLE due_items ADD COLUMN early_on DATE;

DROP INDEX due_items_of_scheme;
DROP INDEX due_items_of_practitioner;
-- For the due list of some schemes and of some practitioners, and for counting
-- both: the columns after the first ones spare it the rows themselves.
CREATE INDEX due_items_of_scheme ON due_items
    (org_id, scheme_id, due_on, opens_on, closes_on, rests_until, early_on, occasion, referral_id, measure_key, practitioner_id);
CREATE INDEX due_items_of_practitioner ON due_items
    (org_id, practitioner_id, due_on, opens_on, closes_on, rests_until, early_on, occasion, referral_id, measure_key, scheme_id);

-- The rows are derived, and the rule that derives them changed: the program
-- makes them anew when it starts.
DELETE FROM due_items;

-- +goose Down
DROP INDEX due_items_of_practitioner;
DROP INDEX due_items_of_scheme;
ALTER TABLE due_items DROP COLUMN early_on;
CREATE INDEX due_items_of_scheme ON due_items
    (org_id, scheme_id, due_on, opens_on, closes_on, rests_until, occasion, referral_id, measure_key, practitioner_id);
CREATE INDEX due_items_of_practitioner ON due_items
    (org_id, practitioner_id, due_on, opens_on, closes_on, rests_until, occasion, referral_id, measure_key, scheme_id);
