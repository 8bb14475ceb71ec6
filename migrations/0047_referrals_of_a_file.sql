-- Which referrals a file for research had, so that a later one of another time is
-- held against it for those of whom both have the same rows.

-- +goose Up

-- Their identifiers, 16 bytes each, sorted and sealed; NULL of a file from before.
ALTER TABLE project_files ADD COLUMN referrals BYTEA;

-- +goose Down
ALTER TABLE project_files DROP COLUMN referrals;
