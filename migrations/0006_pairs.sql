-- Pairs: derived from the rows above by scheme.Spell.Pairs, rebuildable at any
-- time, narrow because there are many and every figure reads them.

-- +goose Up

-- One row is where one referral stands at one occasion of one series. The
-- codes are those of internal/store, which never reuses one.
CREATE TABLE outcome_pairs (
    org_id        UUID     NOT NULL,
    referral_id   UUID     NOT NULL,
    scheme_no     INTEGER  NOT NULL,
    series_no     INTEGER  NOT NULL,
    occasion      INTEGER  NOT NULL,  -- days after the start; 0 first and last, below 0 others
    period        INTEGER  NOT NULL,  -- quarter of closes_on: year x 4 + 0 to 3
    ordinal       INTEGER  NOT NULL,
    state         SMALLINT NOT NULL,  -- 1 enrolled, 2 baseline, 3 paired, 4 follow-up only
    stage         SMALLINT NOT NULL,  -- 1 referred, 2 accepted, 3 started
    exit          SMALLINT NOT NULL,  -- 0 stayed, 1 died, 2 moved away
    closes_on     DATE     NOT NULL,  -- the last day of the window
    base_level    BIGINT,
    later_level   BIGINT,
    base_id       UUID,
    later_id      UUID,
    base_on       DATE,
    later_on      DATE,
    base_channel  SMALLINT NOT NULL,
    base_helper   SMALLINT NOT NULL,
    later_channel SMALLINT NOT NULL,
    later_helper  SMALLINT NOT NULL,
    age           SMALLINT NOT NULL,  -- ten-year band
    sex           SMALLINT NOT NULL,
    ethnicity     SMALLINT NOT NULL,
    deprivation   SMALLINT NOT NULL,
    source        SMALLINT NOT NULL,
    category      SMALLINT NOT NULL,  -- -1 for several
    ot            SMALLINT NOT NULL,

    PRIMARY KEY (org_id, referral_id, series_no, occasion),
    FOREIGN KEY (org_id, referral_id) REFERENCES referrals (org_id, id),
    FOREIGN KEY (org_id, scheme_no) REFERENCES schemes (org_id, number),
    FOREIGN KEY (series_no) REFERENCES series (number),
    FOREIGN KEY (org_id, base_id) REFERENCES assessments (org_id, id),
    FOREIGN KEY (org_id, later_id) REFERENCES assessments (org_id, id),
    CONSTRAINT outcome_pairs_state CHECK (state BETWEEN 1 AND 4),
    CONSTRAINT outcome_pairs_base CHECK ((state IN (2, 3)) = (base_level IS NOT NULL)),
    CONSTRAINT outcome_pairs_later CHECK ((state IN (3, 4)) = (later_level IS NOT NULL))
);

-- For the transition table of one scheme, series and occasion over a run of
-- quarters: the columns after period spare it the rows themselves.
CREATE INDEX outcome_pairs_transitions ON outcome_pairs
    (org_id, scheme_no, series_no, occasion, period, ordinal, state, stage, exit, closes_on, base_level, later_level);

-- +goose Down
DROP TABLE outcome_pairs;
