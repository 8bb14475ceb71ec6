-- What an import made besides scores, so that undoing it leaves nothing of it in a
-- figure, and what the planner needs to know of that: see 0008.

-- +goose Up

-- The import that made the row; NULL: somebody did, or an import before this column.
-- No reference: it is looked up where an import is undone, and nowhere else.
ALTER TABLE people ADD COLUMN batch UUID;
ALTER TABLE referrals ADD COLUMN batch UUID;
-- How many of its versions imports made, which nobody did by hand: they moved the day
-- that stands in for its start.
ALTER TABLE referrals ADD COLUMN restarts INTEGER NOT NULL DEFAULT 0;

-- From here on a referral whose ordinal is below 0 came by an import that was undone
-- and nobody worked with it: it is in no list and in no figure.

-- For undoing: what a batch made, and to which referrals it added something.
CREATE INDEX referrals_of_batch ON referrals (org_id, batch, id) WHERE batch IS NOT NULL;
DROP INDEX assessments_of_batch;
CREATE INDEX assessments_of_batch ON assessments (org_id, batch, referral_id) WHERE batch <> '';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('referrals', 'referrals_of_batch', '2000 2000 400 1'),
    ('assessments', 'assessments_of_batch', '6000 6000 1200 3');

-- +goose Down
DELETE FROM sqlite_stat1 WHERE idx IN ('referrals_of_batch', 'assessments_of_batch');
DROP INDEX assessments_of_batch;
CREATE INDEX assessments_of_batch ON assessments (org_id, batch) WHERE batch <> '';
DROP INDEX referrals_of_batch;
ALTER TABLE referrals DROP COLUMN restarts;
ALTER TABLE referrals DROP COLUMN batch;
ALTER TABLE people DROP COLUMN batch;
