-- Whose referral it is, who stands in, what is due, and why something due was
-- not done.

-- +goose Up

-- One row is one practitioner's time with one referral; until_day is NULL for
-- the one whose it is now. Days of two rows may touch: a hand-over ends one and
-- begins the next on the same day.
CREATE TABLE referral_practitioners (
    org_id      UUID    NOT NULL,
    referral_id UUID    NOT NULL,
    position    INTEGER NOT NULL,  -- from 1, in order of time
    account_id  UUID    NOT NULL,
    from_day    DATE    NOT NULL,
    until_day   DATE,

    PRIMARY KEY (org_id, referral_id, position),
    FOREIGN KEY (org_id, referral_id) REFERENCES referrals (org_id, id),
    FOREIGN KEY (org_id, account_id) REFERENCES memberships (org_id, account_id),
    CONSTRAINT referral_practitioners_days CHECK (until_day IS NULL OR until_day >= from_day)
);

-- A referral is one practitioner's at a time. Also for lists that name them.
CREATE UNIQUE INDEX referral_practitioners_now ON referral_practitioners (org_id, referral_id)
    WHERE until_day IS NULL;
-- For a hand-over: everything that is somebody's now.
CREATE INDEX referral_practitioners_of ON referral_practitioners (org_id, account_id, referral_id)
    WHERE until_day IS NULL;

-- One row lets cover_id see what is away_id's as their own, both days included.
CREATE TABLE covers (
    org_id    UUID      NOT NULL,
    id        UUID      NOT NULL,
    away_id   UUID      NOT NULL,
    cover_id  UUID      NOT NULL,
    from_day  DATE      NOT NULL,
    until_day DATE      NOT NULL,
    added_at  TIMESTAMP NOT NULL,
    ended_at  TIMESTAMP,            -- taken back before its time

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, away_id) REFERENCES memberships (org_id, account_id),
    FOREIGN KEY (org_id, cover_id) REFERENCES memberships (org_id, account_id),
    CONSTRAINT covers_other CHECK (away_id <> cover_id),
    CONSTRAINT covers_days CHECK (until_day >= from_day)
);

-- For a caseload and for the list of covers: those that have not passed.
CREATE INDEX covers_until ON covers (org_id, until_day);

-- One row says why a measure that was due was not taken. Rows are only ever
-- added; one that was a slip is marked and counts no more.
CREATE TABLE not_done (
    org_id       UUID      NOT NULL,
    id           UUID      NOT NULL,
    referral_id  UUID      NOT NULL,
    measure_key  TEXT      NOT NULL,
    occasion     TEXT      NOT NULL,
    reason       TEXT      NOT NULL,
    attempt      SMALLINT  NOT NULL,  -- of "no answer", from 1; 0 for the others
    on_day       DATE      NOT NULL,
    come_back_on DATE,                -- asked again from this day on
    by_account   UUID      NOT NULL,  -- no reference: it outlives the account
    added_at     TIMESTAMP NOT NULL,
    undone_at    TIMESTAMP,
    undone_by    UUID,

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, referral_id) REFERENCES referrals (org_id, id),
    CONSTRAINT not_done_reason CHECK (reason IN ('come-back', 'too-distressed', 'no-capacity', 'declined', 'no-language', 'no-answer')),
    CONSTRAINT not_done_attempt CHECK (attempt BETWEEN 0 AND 3)
);

-- For what is due of a referral, and for the reasons behind people lost.
CREATE INDEX not_done_of_referral ON not_done (org_id, referral_id, measure_key, occasion);

-- One row is one measure at one occasion that an open referral's plan asks for
-- and that is neither recorded nor closed. Derived from the rows above by
-- scheme.Spell.Outstanding, rebuildable at any time; it holds no "today", so
-- that it stays true from one day to the next.
CREATE TABLE due_items (
    org_id          UUID NOT NULL,
    referral_id     UUID NOT NULL,
    measure_key     TEXT NOT NULL,
    occasion        TEXT NOT NULL,
    scheme_id       UUID NOT NULL,
    practitioner_id UUID,            -- NULL: nobody's yet
    opens_on        DATE NOT NULL,   -- the window
    due_on          DATE NOT NULL,
    closes_on       DATE NOT NULL,
    rests_until     DATE,            -- not asked before this day

    PRIMARY KEY (org_id, referral_id, measure_key, occasion),
    FOREIGN KEY (org_id, referral_id) REFERENCES referrals (org_id, id),
    FOREIGN KEY (org_id, scheme_id) REFERENCES schemes (org_id, id),
    CONSTRAINT due_items_days CHECK (opens_on <= due_on AND due_on <= closes_on)
);

-- For the due list of some schemes and of some practitioners, and for counting
-- both: the columns after the first ones spare it the rows themselves.
CREATE INDEX due_items_of_scheme ON due_items
    (org_id, scheme_id, due_on, opens_on, closes_on, rests_until, occasion, referral_id, measure_key, practitioner_id);
CREATE INDEX due_items_of_practitioner ON due_items
    (org_id, practitioner_id, due_on, opens_on, closes_on, rests_until, occasion, referral_id, measure_key, scheme_id);

-- +goose Down
DROP TABLE due_items;
DROP TABLE not_done;
DROP TABLE covers;
DROP TABLE referral_practitioners;
