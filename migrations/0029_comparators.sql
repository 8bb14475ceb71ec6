-- Comparison groups that a service brings in from elsewhere.

-- +goose Up

-- One row is one version of the people whom a scheme's people are compared with
-- by one score. Rows are only added: a withdrawal is a version, too. No person
-- of the group is known here, only how many made which step.
CREATE TABLE comparators (
    org_id        UUID      NOT NULL,
    scheme_id     UUID      NOT NULL,
    series        TEXT      NOT NULL,
    version       INTEGER   NOT NULL,
    label         TEXT      NOT NULL,
    source        TEXT      NOT NULL,
    eligible      TEXT      NOT NULL,  -- who could be in it
    from_day      DATE      NOT NULL,  -- of their first scores
    until_day     DATE      NOT NULL,  -- of their later scores
    weeks         INTEGER   NOT NULL,  -- between the two scores of a person
    random_source TEXT      NOT NULL,  -- where it is recorded that chance decided who was in which group; empty: it did not
    cells         TEXT      NOT NULL,  -- JSON: level before, level after, people
    withdrawn     TEXT      NOT NULL,  -- why; empty: it stands
    by_account    UUID      NOT NULL,  -- no reference: it outlives the account
    at            TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, scheme_id, series, version),
    FOREIGN KEY (org_id, scheme_id) REFERENCES schemes (org_id, id),
    CONSTRAINT comparators_days CHECK (from_day < until_day),
    CONSTRAINT comparators_weeks CHECK (weeks BETWEEN 1 AND 260),
    CONSTRAINT comparators_cells CHECK (LENGTH(cells) <= 400000)
);

-- +goose Down
DROP TABLE comparators;
