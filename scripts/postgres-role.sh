#!/bin/sh
# Run once by the PostgreSQL image when its volume is new: makes the role that
# the application signs in as. It may read and write rows and owns nothing, so
# that row-level security binds it and it cannot change the schema.
set -eu

# The password comes from the environment and is quoted by psql itself.
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 --quiet <<'SQL'
\getenv password CAIRN_APP_PASSWORD
CREATE ROLE cairn_app LOGIN PASSWORD :'password';
GRANT USAGE ON SCHEMA public TO cairn_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO cairn_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO cairn_app;
SQL
