-- A merge gives a referral and its assessments to another person in two
-- statements, so it looks at their agreement once, at its end. SQLite can do
-- that without being told beforehand.

-- +goose Up
ALTER TABLE assessments ALTER CONSTRAINT assessments_org_id_referral_id_person_id_fkey DEFERRABLE INITIALLY IMMEDIATE;

-- +goose Down
ALTER TABLE assessments ALTER CONSTRAINT assessments_org_id_referral_id_person_id_fkey NOT DEFERRABLE;
