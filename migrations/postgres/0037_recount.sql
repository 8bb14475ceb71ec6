-- A first import fills tables of which PostgreSQL believes that they are empty,
-- and nobody but their owner may have them counted. What this says is what the
-- application's role may have done, and no more: it takes no arguments, names
-- its tables in full and looks nothing up along a path.

-- +goose Up
-- Counts what an import fills. A table that somebody else is counting or
-- changing is left out rather than waited for.
-- +goose StatementBegin
CREATE FUNCTION recount() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    ANALYZE (SKIP_LOCKED) public.people, public.referrals, public.prescriptions, public.assessments, public.assessment_versions,
        public.assessment_scores, public.outcome_pairs, public.due_items, public.import_rows;
END
$$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION recount() FROM PUBLIC;
-- Whoever may fill the tables may have them counted.
-- +goose StatementBegin
DO $$
DECLARE
    one name;
BEGIN
    FOR one IN
        SELECT r.rolname FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
        WHERE c.oid = 'people'::regclass AND a.privilege_type = 'INSERT' AND a.grantee <> c.relowner
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION recount() TO %I', one);
    END LOOP;
END
$$;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION recount();
