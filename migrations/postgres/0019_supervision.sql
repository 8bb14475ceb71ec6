-- What one practitioner did, for the page that goes to supervision.

-- +goose Up

-- For supervision: everything that is or ever was somebody's.
CREATE INDEX referral_practitioners_ever ON referral_practitioners (org_id, account_id, referral_id);

-- +goose Down
DROP INDEX referral_practitioners_ever;
