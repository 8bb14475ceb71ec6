-- What a scheme costs.

-- +goose Up

-- One row is one line of what a scheme cost: one kind of money over a run of
-- quarters. A line that is removed stays, and is counted nowhere; what it said
-- before a change is in the audit.
CREATE TABLE cost_lines (
    org_id       UUID      NOT NULL,
    id           UUID      NOT NULL,  -- UUIDv7: order of entry
    scheme_id    UUID      NOT NULL,
    kind         TEXT      NOT NULL,
    from_quarter INTEGER   NOT NULL,  -- year x 4 + 0 to 3
    to_quarter   INTEGER   NOT NULL,
    pence        BIGINT    NOT NULL,
    source       TEXT      NOT NULL,  -- where the amount comes from
    note         TEXT      NOT NULL,
    removed      BOOLEAN   NOT NULL,
    version      INTEGER   NOT NULL,
    added_at     TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, scheme_id) REFERENCES schemes (org_id, id),
    CONSTRAINT cost_lines_kind CHECK (kind IN ('staff', 'activity', 'premises', 'volunteers', 'set-up')),
    CONSTRAINT cost_lines_quarters CHECK (from_quarter <= to_quarter AND to_quarter - from_quarter < 40),
    CONSTRAINT cost_lines_pence CHECK (pence BETWEEN 0 AND 10000000000)
);

-- For all lines of a scheme.
CREATE INDEX cost_lines_of_scheme ON cost_lines (org_id, scheme_id);

-- +goose Down
DROP TABLE cost_lines;
