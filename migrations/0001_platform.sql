-- The platform: what is reached before it is known which organisation is meant.

-- +goose Up

-- One row is a tenant.
CREATE TABLE organisations (
    id          UUID      NOT NULL PRIMARY KEY,  -- UUIDv7
    name        TEXT      NOT NULL,
    time_zone   TEXT      NOT NULL,              -- IANA: decides what day today is
    kind        TEXT      NOT NULL,
    wrapped_key BYTEA     NOT NULL,              -- the organisation's key, sealed by the master key
    added_at    TIMESTAMP NOT NULL,              -- UTC, as every instant here

    CONSTRAINT organisations_name UNIQUE (name),
    CONSTRAINT organisations_kind CHECK (kind IN ('provider', 'commissioner'))
);

-- One row is somebody with a login.
CREATE TABLE accounts (
    id            UUID      NOT NULL PRIMARY KEY,
    login         TEXT      NOT NULL,
    password_hash TEXT      NOT NULL,  -- argon2id, in its own text form
    added_at      TIMESTAMP NOT NULL,

    CONSTRAINT accounts_login UNIQUE (login)
);

-- One row is what one account may do in one organisation.
CREATE TABLE memberships (
    org_id      UUID    NOT NULL REFERENCES organisations (id),
    account_id  UUID    NOT NULL REFERENCES accounts (id),
    role        TEXT    NOT NULL,
    profession  TEXT    NOT NULL,  -- empty: not recorded
    all_schemes BOOLEAN NOT NULL,  -- else those of membership_schemes

    PRIMARY KEY (org_id, account_id),
    CONSTRAINT memberships_role CHECK (role IN ('practitioner', 'manager', 'administrator', 'researcher', 'commissioner'))
);

-- For sign-in: every membership of one account.
CREATE INDEX memberships_by_account ON memberships (account_id);

-- One row is one browser that is signed in, or about to be.
CREATE TABLE sessions (
    token_hash BYTEA     NOT NULL PRIMARY KEY,  -- SHA-256: the token itself is kept nowhere
    account_id UUID      REFERENCES accounts (id),
    org_id     UUID      REFERENCES organisations (id),
    data       BYTEA     NOT NULL,
    last_seen  TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

-- For revocation: every session of one account.
CREATE INDEX sessions_by_account ON sessions (account_id);
-- For housekeeping: what has expired.
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- One row lets a program act as an account in one organisation.
CREATE TABLE api_tokens (
    token_hash BYTEA     NOT NULL PRIMARY KEY,  -- SHA-256
    org_id     UUID      NOT NULL,
    account_id UUID      NOT NULL,
    name       TEXT      NOT NULL,
    added_at   TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,

    FOREIGN KEY (org_id, account_id) REFERENCES memberships (org_id, account_id)
);

-- +goose Down
DROP TABLE api_tokens;
DROP TABLE sessions;
DROP TABLE memberships;
DROP TABLE accounts;
DROP TABLE organisations;
