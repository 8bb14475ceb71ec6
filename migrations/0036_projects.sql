-- Rows for research: what somebody may have them for, and what was sent.

-- +goose Up

-- One row is one research project. What it asks for never changes; only its
-- state does.
CREATE TABLE projects (
    org_id      UUID      NOT NULL REFERENCES organisations (id),
    id          UUID      NOT NULL,
    name        TEXT      NOT NULL,
    purpose     TEXT      NOT NULL,
    measure     TEXT      NOT NULL,  -- a measure's key or a series; empty: all
    period_from INTEGER   NOT NULL,  -- quarters, year x 4 + 0 to 3; 0: open
    period_to   INTEGER   NOT NULL,
    traits      TEXT      NOT NULL,  -- JSON: what its rows say of people besides scores
    until_day   DATE      NOT NULL,  -- the last day of downloads
    state       TEXT      NOT NULL,
    fewest      INTEGER   NOT NULL,  -- people whom a description fits
    why_fewer   TEXT      NOT NULL,  -- the written approval of fewer than ten
    note        TEXT      NOT NULL,  -- why it was refused or ended
    asked_at    TIMESTAMP NOT NULL,
    asked_by    UUID      NOT NULL,  -- no reference, here and below: it outlives the account
    decided_at  TIMESTAMP,
    decided_by  UUID,
    ended_at    TIMESTAMP,
    ended_by    UUID,
    version     INTEGER   NOT NULL,  -- for optimistic locking

    PRIMARY KEY (org_id, id),
    CONSTRAINT projects_state CHECK (state IN ('asked', 'approved', 'refused', 'ended')),
    CONSTRAINT projects_second_person CHECK (decided_by IS NULL OR decided_by <> asked_by),
    CONSTRAINT projects_decided CHECK (state NOT IN ('approved', 'refused') OR decided_by IS NOT NULL),
    CONSTRAINT projects_fewest CHECK (fewest = 10 OR (fewest BETWEEN 5 AND 9 AND why_fewer <> ''))
);

-- One row is one scheme whose rows a project may have.
CREATE TABLE project_schemes (
    org_id     UUID NOT NULL,
    project_id UUID NOT NULL,
    scheme_id  UUID NOT NULL,

    PRIMARY KEY (org_id, project_id, scheme_id),
    FOREIGN KEY (org_id, project_id) REFERENCES projects (org_id, id),
    FOREIGN KEY (org_id, scheme_id) REFERENCES schemes (org_id, id)
);

-- One row is one researcher who may download a project's files.
CREATE TABLE project_users (
    org_id     UUID NOT NULL,
    project_id UUID NOT NULL,
    account_id UUID NOT NULL,

    PRIMARY KEY (org_id, project_id, account_id),
    FOREIGN KEY (org_id, project_id) REFERENCES projects (org_id, id)
);

-- One row is one time that somebody typed their password for a download, rightly
-- or wrongly. A right one is good for one download, for a short time.
CREATE TABLE project_tickets (
    org_id     UUID      NOT NULL,
    id         UUID      NOT NULL,
    project_id UUID      NOT NULL,
    account_id UUID      NOT NULL,
    token_hash BYTEA,               -- SHA-256; NULL: the password was wrong
    at         TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP,

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, project_id) REFERENCES projects (org_id, id)
);

-- For the limit on wrong passwords: what one account typed lately.
CREATE INDEX project_tickets_of ON project_tickets (org_id, account_id, at);

-- One row is one file that was sent, which is not kept. Rows are never deleted.
CREATE TABLE project_files (
    org_id     UUID      NOT NULL,
    id         UUID      NOT NULL,
    project_id UUID      NOT NULL,
    sha256     TEXT      NOT NULL,  -- of the file, in hexadecimals
    bytes      INTEGER   NOT NULL,
    rows_sent  INTEGER   NOT NULL,
    people     INTEGER   NOT NULL,  -- in schemes
    left_out   INTEGER   NOT NULL,  -- referrals of people who said no
    fewest     INTEGER   NOT NULL,  -- as the project's on that day
    told       BYTEA     NOT NULL,  -- sealed: what it says of each person, by the project's names
    sent_at    TIMESTAMP NOT NULL,
    sent_to    UUID      NOT NULL,
    deleted_at TIMESTAMP,           -- the researcher's copy, as somebody noted it
    deleted_by UUID,

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, project_id) REFERENCES projects (org_id, id)
);

-- For the log of a project, and for what a further file is held against.
CREATE INDEX project_files_of ON project_files (org_id, project_id, id);

-- +goose Down
DROP TABLE project_files;
DROP TABLE project_tickets;
DROP TABLE project_users;
DROP TABLE project_schemes;
DROP TABLE projects;
