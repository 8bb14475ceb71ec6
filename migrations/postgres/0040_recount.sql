-- Of what an import fills, the columns that rows are found by are counted and no
-- others: all of them were an eighth of what a first import took. PostgreSQL counts
-- the rest by itself afterwards, which it would not if an import had done so.

-- +goose Up
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION recount() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    ANALYZE (SKIP_LOCKED) public.people (org_id, id, reference),
        public.referrals (org_id, id, person_id, scheme_id),
        public.prescriptions (org_id, id, referral_id),
        public.assessments (org_id, id, person_id, referral_id, measure_key, state, batch),
        public.assessment_versions (org_id, assessment_id, version),
        public.assessment_scores (org_id, assessment_id, version),
        public.outcome_pairs (org_id, referral_id, scheme_no, series_no, occasion),
        public.due_items (org_id, referral_id, scheme_id),
        public.import_rows (org_id, batch_id, position, reference);
END
$$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION recount() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    ANALYZE (SKIP_LOCKED) public.people, public.referrals, public.prescriptions, public.assessments, public.assessment_versions,
        public.assessment_scores, public.outcome_pairs, public.due_items, public.import_rows;
END
$$;
-- +goose StatementEnd
