-- Which occupational therapist had a part in a referral, so that figures can tell
-- whether they are of several therapists or of one.

-- +goose Up

-- NULL: not recorded. SQLite adds no reference of two columns to a table that is
-- there, so that the therapist is of the organisation is for the application to
-- see to.
ALTER TABLE ot_involvements ADD COLUMN therapist_id UUID REFERENCES accounts (id);

-- +goose Down
ALTER TABLE ot_involvements DROP COLUMN therapist_id;
