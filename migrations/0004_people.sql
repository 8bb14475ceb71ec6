-- People and what happened to them. A day that is NULL has not happened; an
-- empty text or 0 was not recorded.

-- +goose Up

-- One row is the human being referred, without a name.
CREATE TABLE people (
    org_id      UUID      NOT NULL REFERENCES organisations (id),
    id          UUID      NOT NULL,
    reference   TEXT      NOT NULL,  -- the service's own; never an NHS number
    birth_year  SMALLINT  NOT NULL,
    sex         TEXT      NOT NULL,
    ethnicity   TEXT      NOT NULL,
    deprivation SMALLINT  NOT NULL,  -- quintile, 1 most deprived
    version     INTEGER   NOT NULL,
    added_at    TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, id),
    CONSTRAINT people_reference UNIQUE (org_id, reference),
    CONSTRAINT people_birth_year CHECK (birth_year = 0 OR birth_year BETWEEN 1850 AND 2200),
    CONSTRAINT people_deprivation CHECK (deprivation BETWEEN 0 AND 5)
);

-- One row is the key of one person, sealed by the organisation's key. Deleting
-- it erases everything sealed with it, in backups too.
CREATE TABLE person_keys (
    org_id      UUID  NOT NULL,
    person_id   UUID  NOT NULL,
    wrapped_key BYTEA NOT NULL,

    PRIMARY KEY (org_id, person_id),
    FOREIGN KEY (org_id, person_id) REFERENCES people (org_id, id)
);

-- One row is what identifies one person, sealed by that person's key.
CREATE TABLE person_identity (
    org_id    UUID  NOT NULL,
    person_id UUID  NOT NULL,
    name      BYTEA NOT NULL,

    PRIMARY KEY (org_id, person_id),
    FOREIGN KEY (org_id, person_id) REFERENCES people (org_id, id)
);

-- One row is one person entering one scheme.
CREATE TABLE referrals (
    org_id      UUID      NOT NULL,
    id          UUID      NOT NULL,
    person_id   UUID      NOT NULL,
    scheme_id   UUID      NOT NULL,
    plan_id     UUID      NOT NULL,
    ordinal     INTEGER   NOT NULL,  -- 1 for the person's first to the scheme
    source      TEXT      NOT NULL,
    received_on DATE      NOT NULL,
    accepted_on DATE,
    declined_on DATE,
    ended_on    DATE,
    end_reason  TEXT      NOT NULL,
    version     INTEGER   NOT NULL,
    added_at    TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, person_id) REFERENCES people (org_id, id),
    FOREIGN KEY (org_id, scheme_id) REFERENCES schemes (org_id, id),
    FOREIGN KEY (org_id, plan_id, scheme_id) REFERENCES plans (org_id, id, scheme_id),
    CONSTRAINT referrals_of_person UNIQUE (org_id, id, person_id),
    CONSTRAINT referrals_ordinal UNIQUE (org_id, person_id, scheme_id, ordinal)
);

-- Nobody is twice in one scheme at one time.
CREATE UNIQUE INDEX referrals_open ON referrals (org_id, person_id, scheme_id)
    WHERE ended_on IS NULL AND declined_on IS NULL;
-- For lists: the newest of an organisation, and of one scheme.
CREATE INDEX referrals_newest ON referrals (org_id, received_on, id);
CREATE INDEX referrals_newest_of_scheme ON referrals (org_id, scheme_id, received_on, id);

-- One row is the occupational therapist's part in a referral from a day on.
CREATE TABLE ot_involvements (
    org_id      UUID NOT NULL,
    referral_id UUID NOT NULL,
    on_day      DATE NOT NULL,
    level       TEXT NOT NULL,

    PRIMARY KEY (org_id, referral_id, on_day, level),
    FOREIGN KEY (org_id, referral_id) REFERENCES referrals (org_id, id),
    CONSTRAINT ot_involvements_level CHECK (level IN ('none', 'advised', 'assessed', 'led'))
);

-- One row is one activity prescribed within a referral.
CREATE TABLE prescriptions (
    org_id            UUID      NOT NULL,
    id                UUID      NOT NULL,
    referral_id       UUID      NOT NULL,
    activity_id       UUID      NOT NULL,
    offered_on        DATE,
    accepted_on       DATE,
    declined_on       DATE,
    first_attended_on DATE,
    ended_on          DATE,
    end_reason        TEXT      NOT NULL,
    offered_n         INTEGER   NOT NULL,  -- sessions
    attended_n        INTEGER   NOT NULL,  -- sessions
    version           INTEGER   NOT NULL,
    added_at          TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, referral_id) REFERENCES referrals (org_id, id),
    FOREIGN KEY (org_id, activity_id) REFERENCES activities (org_id, id),
    CONSTRAINT prescriptions_sessions CHECK (offered_n >= 0 AND attended_n >= 0)
);

-- For a referral's page, for pairing, and for a rebuild by runs of referrals.
CREATE INDEX prescriptions_of_referral ON prescriptions (org_id, referral_id);

-- +goose Down
DROP TABLE prescriptions;
DROP TABLE ot_involvements;
DROP TABLE referrals;
DROP TABLE person_identity;
DROP TABLE person_keys;
DROP TABLE people;
