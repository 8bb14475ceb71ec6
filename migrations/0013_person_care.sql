-- How a person likes to be asked, whether anybody may be in touch, and what they
-- said of the use of their records.

-- +goose Up

-- One row is what to mind before somebody is in touch with one person. Nobody
-- has a row of whom nothing was said.
CREATE TABLE person_care (
    org_id         UUID      NOT NULL,
    person_id      UUID      NOT NULL,
    ways           TEXT      NOT NULL,  -- of asking, their values with spaces between
    do_not_contact BOOLEAN   NOT NULL,
    said_by        TEXT      NOT NULL,  -- who said not to
    said_on        DATE,
    words          BYTEA,               -- reason, safe contact and language, sealed by the person's key
    version        INTEGER   NOT NULL,
    changed_at     TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, person_id),
    FOREIGN KEY (org_id, person_id) REFERENCES people (org_id, id)
);

-- One row is what one person said of one purpose, from a day on. Rows are only
-- ever added: the newest day holds, and on one day what was entered last.
CREATE TABLE permissions (
    org_id     UUID      NOT NULL,
    id         UUID      NOT NULL,  -- UUIDv7: order of entry
    person_id  UUID      NOT NULL,
    purpose    TEXT      NOT NULL,
    basis      TEXT      NOT NULL,  -- in law; empty for the national data opt-out
    state      TEXT      NOT NULL,
    on_day     DATE      NOT NULL,
    by_account UUID      NOT NULL,
    at         TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, person_id) REFERENCES people (org_id, id),
    CONSTRAINT permissions_purpose CHECK (purpose IN ('care', 'evaluation', 'research', 'contact', 'national-opt-out')),
    CONSTRAINT permissions_state CHECK (state IN ('not-asked', 'given', 'refused', 'withdrawn', 'told', 'objected'))
);

-- For a person's history, and for leaving whoever objected out of an export.
CREATE INDEX permissions_of_person ON permissions (org_id, person_id, purpose, on_day, id);

-- +goose Down
DROP TABLE permissions;
DROP TABLE person_care;
