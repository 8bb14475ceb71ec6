-- What happens between referral and result: contacts, and the register of a
-- group. A day that is NULL has not happened.

-- +goose Up

-- One row is one contact with a person, or one try at it.
CREATE TABLE contacts (
    org_id      UUID      NOT NULL,
    id          UUID      NOT NULL,  -- UUIDv7: several of one day in order of entry
    referral_id UUID      NOT NULL,
    on_day      DATE      NOT NULL,
    channel     TEXT      NOT NULL,  -- scheme.Ways
    result      TEXT      NOT NULL,
    minutes     TEXT      NOT NULL,  -- a band, scheme.MinutesBands; empty: not recorded
    state       TEXT      NOT NULL,
    version     INTEGER   NOT NULL,
    added_at    TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, referral_id) REFERENCES referrals (org_id, id),
    CONSTRAINT contacts_result CHECK (result IN ('attended', 'did-not-attend', 'cancelled', 'no-answer')),
    CONSTRAINT contacts_state CHECK (state IN ('live', 'withdrawn'))
);

-- For a referral's page, and for counting tries without an answer.
CREATE INDEX contacts_of_referral ON contacts (org_id, referral_id);

-- One row is one meeting of one activity, for the people of one scheme, whose
-- register was taken.
CREATE TABLE group_sessions (
    org_id      UUID      NOT NULL,
    id          UUID      NOT NULL,
    scheme_id   UUID      NOT NULL,
    activity_id UUID      NOT NULL,
    on_day      DATE      NOT NULL,
    version     INTEGER   NOT NULL,
    added_at    TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, scheme_id) REFERENCES schemes (org_id, id),
    FOREIGN KEY (org_id, activity_id) REFERENCES activities (org_id, id),
    CONSTRAINT group_sessions_once UNIQUE (org_id, scheme_id, activity_id, on_day)
);

-- One row is one line of a register: what it says of one prescription. Whoever
-- is left open has no row.
CREATE TABLE session_attendance (
    org_id          UUID NOT NULL,
    session_id      UUID NOT NULL,
    prescription_id UUID NOT NULL,
    result          TEXT NOT NULL,

    PRIMARY KEY (org_id, session_id, prescription_id),
    FOREIGN KEY (org_id, session_id) REFERENCES group_sessions (org_id, id),
    FOREIGN KEY (org_id, prescription_id) REFERENCES prescriptions (org_id, id),
    CONSTRAINT session_attendance_result CHECK (result IN ('attended', 'did-not-attend', 'not-expected'))
);

-- For what all registers say of a prescription.
CREATE INDEX session_attendance_of_prescription ON session_attendance (org_id, prescription_id);
-- For a register: who is prescribed an activity.
CREATE INDEX prescriptions_of_activity ON prescriptions (org_id, activity_id);

-- What people typed of a prescription's sessions, registers apart. The columns
-- without told_ say both together.
ALTER TABLE prescriptions ADD COLUMN told_first_on DATE;
ALTER TABLE prescriptions ADD COLUMN told_offered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE prescriptions ADD COLUMN told_attended INTEGER NOT NULL DEFAULT 0;
UPDATE prescriptions SET told_first_on = first_attended_on, told_offered = offered_n, told_attended = attended_n;

-- The last day on which an activity is offered; it stays where it was prescribed.
ALTER TABLE activities ADD COLUMN offered_until DATE;

-- +goose Down
ALTER TABLE activities DROP COLUMN offered_until;
ALTER TABLE prescriptions DROP COLUMN told_attended;
ALTER TABLE prescriptions DROP COLUMN told_offered;
ALTER TABLE prescriptions DROP COLUMN told_first_on;
DROP INDEX prescriptions_of_activity;
DROP TABLE session_attendance;
DROP TABLE group_sessions;
DROP TABLE contacts;
