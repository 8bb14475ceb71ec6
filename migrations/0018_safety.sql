-- Answers that a service must act upon, what it does about them, and the mails
-- that say so.

-- +goose Up

-- What somebody who typed in a score says of the item that a service must act
-- upon: its response in figures, or not-answered; empty where nothing was asked.
ALTER TABLE assessment_versions ADD COLUMN risk_answer TEXT NOT NULL DEFAULT '';

-- One row is one thing that somebody has to look at: one version of an
-- assessment, and what in it. Whose it is follows from the assessment, so that
-- it goes wherever that is moved or merged to.
CREATE TABLE alerts (
    org_id        UUID      NOT NULL,
    id            UUID      NOT NULL,  -- UUIDv7: order of entry
    kind          TEXT      NOT NULL,
    assessment_id UUID      NOT NULL,
    version       INTEGER   NOT NULL,  -- of the assessment
    response      INTEGER,             -- to the item; NULL where there is none
    batch         UUID,                -- of an import: its review list
    line          INTEGER   NOT NULL,  -- of the imported file; 0: none
    state         TEXT      NOT NULL,
    choice        TEXT      NOT NULL,  -- the last that was made; empty: none
    raised_at     TIMESTAMP NOT NULL,
    revision      INTEGER   NOT NULL,

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, assessment_id, version) REFERENCES assessment_versions (org_id, assessment_id, version),
    CONSTRAINT alerts_once UNIQUE (org_id, assessment_id, version, kind),
    CONSTRAINT alerts_kind CHECK (kind IN ('answer', 'unanswered', 'words')),
    CONSTRAINT alerts_state CHECK (state IN ('open', 'held', 'closed'))
);

-- For the list of what is not closed.
CREATE INDEX alerts_open ON alerts (org_id, kind, id) WHERE state <> 'closed';
-- For the review list of an import.
CREATE INDEX alerts_of_batch ON alerts (org_id, batch) WHERE batch IS NOT NULL;

-- One row is one thing that somebody did about an alert. Rows are only added.
CREATE TABLE alert_steps (
    org_id     UUID      NOT NULL,
    alert_id   UUID      NOT NULL,
    step       INTEGER   NOT NULL,  -- the alert's revision that it led to
    choice     TEXT      NOT NULL,
    by_account UUID      NOT NULL,  -- no reference: it outlives the account
    at         TIMESTAMP NOT NULL,
    note       BYTEA,               -- sealed under the key of the person it was about; NULL: none
    note_of    UUID,                -- that person

    PRIMARY KEY (org_id, alert_id, step),
    FOREIGN KEY (org_id, alert_id) REFERENCES alerts (org_id, id)
);

-- One row is one version of what an organisation does about such an answer.
-- Rows are only added; lead and deputy refer to nothing, for they outlive the
-- accounts.
CREATE TABLE protocols (
    org_id     UUID      NOT NULL REFERENCES organisations (id),
    version    INTEGER   NOT NULL,
    body       TEXT      NOT NULL,
    phones     TEXT      NOT NULL,  -- JSON: name and number, in order
    lead_id    UUID      NOT NULL,
    deputy_id  UUID,
    minutes    INTEGER   NOT NULL,  -- until the next one is told
    by_account UUID      NOT NULL,  -- who confirmed it
    at         TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, version),
    CONSTRAINT protocols_minutes CHECK (minutes BETWEEN 5 AND 1440)
);

-- One row is one mail that is due: about which alert, to whom in the chain.
CREATE TABLE outbox (
    org_id     UUID      NOT NULL,
    alert_id   UUID      NOT NULL,
    step       TEXT      NOT NULL,
    state      TEXT      NOT NULL,
    not_before TIMESTAMP NOT NULL,
    attempts   INTEGER   NOT NULL,
    done_at    TIMESTAMP,           -- sent, dropped or found without an address

    PRIMARY KEY (org_id, alert_id, step),
    FOREIGN KEY (org_id, alert_id) REFERENCES alerts (org_id, id),
    CONSTRAINT outbox_step CHECK (step IN ('lead', 'deputy', 'managers')),
    CONSTRAINT outbox_state CHECK (state IN ('waiting', 'sent', 'dropped', 'unaddressed'))
);

-- For whoever sends: what is due.
CREATE INDEX outbox_due ON outbox (org_id, not_before) WHERE state = 'waiting';

-- +goose Down
DROP TABLE outbox;
DROP TABLE protocols;
DROP TABLE alert_steps;
DROP TABLE alerts;
ALTER TABLE assessment_versions DROP COLUMN risk_answer;
