-- Who changed and who opened a record is asked of the audit by that record; and
-- which organisations have their due lists needs no looking for.

-- +goose Up

-- For the trail of one record, the newest rows first.
CREATE INDEX audit_of_object ON audit (org_id, object, id);

-- Whether every open referral of the organisation has its due items: those that
-- are older than due_items had none. A new organisation begins with it set.
ALTER TABLE organisations ADD COLUMN due_filled BOOLEAN NOT NULL DEFAULT FALSE;

-- +goose Down
ALTER TABLE organisations DROP COLUMN due_filled;
DROP INDEX audit_of_object;
