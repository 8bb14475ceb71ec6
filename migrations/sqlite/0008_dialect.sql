-- What only SQLite can say: rows of the audit are never changed and never go;
-- and what a usual organisation looks like, for the planner.

-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit rows are never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_never_goes BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit rows are never deleted');
END;
-- +goose StatementEnd

-- Every key begins with the organisation, of which there are few. A planner
-- that does not know walks a whole organisation for the sake of one referral.
-- Numbers of ANALYZE on a service with some thousand referrals: rows, then rows
-- for each further column of the index.
ANALYZE;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('activities', 'sqlite_autoindex_activities_1', '20 20 1'),
    ('activities', 'sqlite_autoindex_activities_2', '20 20 1'),
    ('assessment_scores', 'sqlite_autoindex_assessment_scores_1', '24000 24000 4 4 1'),
    ('assessment_versions', 'sqlite_autoindex_assessment_versions_1', '8000 8000 1 1'),
    ('assessments', 'sqlite_autoindex_assessments_1', '8000 8000 1'),
    ('assessments', 'assessments_of_referral', '8000 8000 4'),
    ('assessments', 'assessments_once_a_day', '8000 8000 4 2 1 1'),
    ('audit', 'sqlite_autoindex_audit_1', '20000 20000 1'),
    ('audit_payloads', 'sqlite_autoindex_audit_payloads_1', '20000 20000 1'),
    ('idempotency', 'sqlite_autoindex_idempotency_1', '2000 2000 200 1'),
    ('idempotency', 'idempotency_by_expiry', '2000 2000 1'),
    ('measure_versions', 'sqlite_autoindex_measure_versions_1', '10 1'),
    ('measure_versions', 'sqlite_autoindex_measure_versions_2', '10 1 1'),
    ('measure_versions', 'measure_versions_bundled', '10 1 1'),
    ('outcome_pairs', 'sqlite_autoindex_outcome_pairs_1', '26000 26000 10 2 1'),
    ('outcome_pairs', 'outcome_pairs_transitions', '26000 26000 6000 1300 600 60 60 40 20 12 11 2 1'),
    ('ot_involvements', 'sqlite_autoindex_ot_involvements_1', '600 600 1 1 1'),
    ('people', 'sqlite_autoindex_people_1', '2500 2500 1'),
    ('people', 'sqlite_autoindex_people_2', '2500 2500 1'),
    ('person_identity', 'sqlite_autoindex_person_identity_1', '2500 2500 1'),
    ('person_keys', 'sqlite_autoindex_person_keys_1', '2500 2500 1'),
    ('plan_items', 'sqlite_autoindex_plan_items_1', '40 40 4 1'),
    ('plan_items', 'sqlite_autoindex_plan_items_2', '40 40 4 2 1'),
    ('plans', 'sqlite_autoindex_plans_1', '10 10 1'),
    ('plans', 'sqlite_autoindex_plans_2', '10 10 1 1'),
    ('plans', 'sqlite_autoindex_plans_3', '10 10 2 1'),
    ('prescriptions', 'sqlite_autoindex_prescriptions_1', '3200 3200 1'),
    ('prescriptions', 'prescriptions_of_referral', '3200 3200 2'),
    ('referrals', 'sqlite_autoindex_referrals_1', '2600 2600 1'),
    ('referrals', 'sqlite_autoindex_referrals_2', '2600 2600 1 1'),
    ('referrals', 'sqlite_autoindex_referrals_3', '2600 2600 1 1 1'),
    ('referrals', 'referrals_open', '450 450 1 1'),
    ('referrals', 'referrals_newest', '2600 2600 3 1'),
    ('referrals', 'referrals_newest_of_scheme', '2600 2600 600 2 1'),
    ('schemes', 'sqlite_autoindex_schemes_1', '5 5 1'),
    ('schemes', 'sqlite_autoindex_schemes_2', '5 5 1'),
    ('schemes', 'sqlite_autoindex_schemes_3', '5 5 1'),
    ('scores', 'sqlite_autoindex_scores_1', '20 1'),
    ('scores', 'sqlite_autoindex_scores_2', '20 3 1'),
    ('scores', 'sqlite_autoindex_scores_3', '20 1 1 1'),
    ('series', 'series_bundled', '20 1');

-- +goose Down
DELETE FROM sqlite_stat1;
DROP TRIGGER audit_never_goes;
DROP TRIGGER audit_never_changes;
