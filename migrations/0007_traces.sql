-- What a write leaves behind besides what it was for.

-- +goose Up

-- One row is one request that may be sent twice. It refers to nothing: a
-- foreign key would lock the organisation's row in every write.
CREATE TABLE idempotency (
    org_id      UUID      NOT NULL,
    account_id  UUID      NOT NULL,
    key         TEXT      NOT NULL,
    request_mac BYTEA     NOT NULL,  -- HMAC of act and body: the body itself is not kept
    object      TEXT      NOT NULL,  -- what the request made
    expires_at  TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, account_id, key)
);

-- For housekeeping: what has expired.
CREATE INDEX idempotency_by_expiry ON idempotency (org_id, expires_at);

-- One row is one change or one reading of what is identifiable. Rows are only
-- ever added. They refer to nothing: a trace outlives what it is of.
CREATE TABLE audit (
    org_id         UUID      NOT NULL,
    id             UUID      NOT NULL,  -- UUIDv7: order of entry
    at             TIMESTAMP NOT NULL,
    actor          UUID,
    act            TEXT      NOT NULL,
    object         TEXT      NOT NULL,
    request_id     TEXT      NOT NULL,
    payload_digest BYTEA     NOT NULL,  -- SHA-256 of the sealed payload, so that it outlives an erasure and gives nothing away
    row_mac        BYTEA     NOT NULL,  -- HMAC over the columns above

    PRIMARY KEY (org_id, id)
);

-- One row is what changed, sealed by the organisation's key; erasure deletes it.
CREATE TABLE audit_payloads (
    org_id     UUID  NOT NULL,
    audit_id   UUID  NOT NULL,
    ciphertext BYTEA NOT NULL,

    PRIMARY KEY (org_id, audit_id),
    FOREIGN KEY (org_id, audit_id) REFERENCES audit (org_id, id)
);

-- +goose Down
DROP TABLE audit_payloads;
DROP TABLE audit;
DROP TABLE idempotency;
