-- What only PostgreSQL can say: rows of the audit are never changed and never
-- go; references sort by their bytes, as they do on SQLite, whatever the
-- collation of the database.

-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit rows are never changed or deleted';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER audit_never_changes BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_never_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();

ALTER TABLE people ALTER COLUMN reference TYPE TEXT COLLATE "C";

-- +goose Down
ALTER TABLE people ALTER COLUMN reference TYPE TEXT COLLATE "default";
DROP TRIGGER audit_never_emptied ON audit;
DROP TRIGGER audit_never_changes ON audit;
DROP FUNCTION audit_stays();
