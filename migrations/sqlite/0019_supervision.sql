-- What one practitioner did, for the page that goes to supervision, and what the
-- planner needs to know of the tables that it reads: see 0008.

-- +goose Up

-- For supervision: everything that is or ever was somebody's.
CREATE INDEX referral_practitioners_ever ON referral_practitioners (org_id, account_id, referral_id);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('contacts', 'sqlite_autoindex_contacts_1', '9000 9000 1'),
    ('contacts', 'contacts_of_referral', '9000 9000 4'),
    ('not_done', 'sqlite_autoindex_not_done_1', '2000 2000 1'),
    ('not_done', 'not_done_of_referral', '2000 2000 2 2 1'),
    ('referral_practitioners', 'sqlite_autoindex_referral_practitioners_1', '2800 2800 1 1'),
    ('referral_practitioners', 'referral_practitioners_now', '2600 2600 1'),
    ('referral_practitioners', 'referral_practitioners_of', '2600 2600 250 1'),
    ('referral_practitioners', 'referral_practitioners_ever', '2800 2800 270 1');

-- +goose Down
DELETE FROM sqlite_stat1 WHERE tbl IN ('contacts', 'not_done', 'referral_practitioners');
DROP INDEX referral_practitioners_ever;
