-- Whether chance decided who of a scheme's people waited.

-- +goose Up

-- One row is one version of what is on record for a scheme: where it is written
-- down that chance decided, or that it did not. Rows are only added; the newest is
-- read by its key.
CREATE TABLE wait_allocations (
    org_id        UUID      NOT NULL,
    scheme_id     UUID      NOT NULL,
    version       INTEGER   NOT NULL,
    random_source TEXT      NOT NULL,  -- empty: chance did not decide
    by_account    UUID      NOT NULL,  -- no reference: it outlives the account
    at            TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, scheme_id, version),
    FOREIGN KEY (org_id, scheme_id) REFERENCES schemes (org_id, id),
    CONSTRAINT wait_allocations_version CHECK (version >= 1)
);

-- +goose Down
DROP TABLE wait_allocations;
