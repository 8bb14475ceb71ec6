-- Assessments: what was measured, in versions that are only ever added to.

-- +goose Up

-- One row is one administration of one measure to one person on one day.
CREATE TABLE assessments (
    org_id             UUID      NOT NULL,
    id                 UUID      NOT NULL,
    person_id          UUID      NOT NULL,
    referral_id        UUID      NOT NULL,
    measure_key        TEXT      NOT NULL,
    measure_version_id UUID      NOT NULL,
    on_day             DATE      NOT NULL,  -- answered, not typed in
    rater              TEXT      NOT NULL,
    occasion           TEXT      NOT NULL,
    state              TEXT      NOT NULL,
    current_version    INTEGER   NOT NULL,
    channel            TEXT      NOT NULL,
    helper             TEXT      NOT NULL,
    source             TEXT      NOT NULL,  -- page, api, import, demo
    batch              TEXT      NOT NULL,  -- of an import
    added_at           TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, referral_id, person_id) REFERENCES referrals (org_id, id, person_id),
    FOREIGN KEY (measure_version_id, measure_key) REFERENCES measure_versions (id, measure_key),
    CONSTRAINT assessments_rater CHECK (rater IN ('self', 'clinician', 'proxy')),
    CONSTRAINT assessments_state CHECK (state IN ('live', 'withdrawn'))
);

-- A day counts once, whatever was sent twice.
CREATE UNIQUE INDEX assessments_once_a_day ON assessments (org_id, person_id, measure_key, on_day, rater)
    WHERE state = 'live';
-- For a referral's page, for pairing, and for a rebuild by runs of referrals.
CREATE INDEX assessments_of_referral ON assessments (org_id, referral_id);

-- One row is what an assessment said after one entry or correction.
CREATE TABLE assessment_versions (
    org_id        UUID      NOT NULL,
    assessment_id UUID      NOT NULL,
    version       INTEGER   NOT NULL,
    items         TEXT,                -- JSON, response by item; NULL where only a score was entered
    reason        TEXT      NOT NULL,  -- of a correction
    by_account    UUID,                -- no reference: it outlives the account
    at            TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, assessment_id, version),
    FOREIGN KEY (org_id, assessment_id) REFERENCES assessments (org_id, id)
);

-- One row is one score of one version, within the range of its definition.
CREATE TABLE assessment_scores (
    org_id        UUID    NOT NULL,
    assessment_id UUID    NOT NULL,
    version       INTEGER NOT NULL,
    score_id      UUID    NOT NULL,
    level         BIGINT  NOT NULL,
    min_level     BIGINT  NOT NULL,
    max_level     BIGINT  NOT NULL,

    PRIMARY KEY (org_id, assessment_id, version, score_id),
    FOREIGN KEY (org_id, assessment_id, version) REFERENCES assessment_versions (org_id, assessment_id, version),
    FOREIGN KEY (score_id, min_level, max_level) REFERENCES scores (id, min_level, max_level),
    CONSTRAINT assessment_scores_range CHECK (level BETWEEN min_level AND max_level)
);

-- +goose Down
DROP TABLE assessment_scores;
DROP TABLE assessment_versions;
DROP TABLE assessments;
