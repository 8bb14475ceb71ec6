-- What a scheme may know of who people are, and the life of a referral: where it
-- came from and why, how it was declined, when it was paused and reopened.

-- +goose Up

-- What registration may ask besides the reference. Names could be typed before,
-- so a scheme that is there keeps asking for them.
ALTER TABLE schemes ADD COLUMN profile TEXT NOT NULL DEFAULT 'contact'
    CONSTRAINT schemes_profile CHECK (profile IN ('reference', 'contact', 'nhs'));

-- Sealed by the person's key, like the name; NULL where there is none. The index
-- is an HMAC of the number under a key of the installation, so that a number can
-- be looked up and not read.
ALTER TABLE person_identity ADD COLUMN contact BYTEA;
ALTER TABLE person_identity ADD COLUMN nhs_number BYTEA;
ALTER TABLE person_identity ADD COLUMN nhs_index BYTEA;

-- For looking somebody up by NHS number; nobody is registered twice under one.
CREATE UNIQUE INDEX person_identity_by_nhs_number ON person_identity (org_id, nhs_index) WHERE nhs_index IS NOT NULL;

ALTER TABLE referrals ADD COLUMN practice TEXT NOT NULL DEFAULT '';        -- the GP practice, name or code; empty: not recorded
ALTER TABLE referrals ADD COLUMN decline_reason TEXT NOT NULL DEFAULT '';  -- scheme.DeclineReasons
ALTER TABLE referrals ADD COLUMN reopened_on DATE;                         -- the last time, after an end or a decline

-- One row is one reason for a referral, of the list scheme.Reasons.
CREATE TABLE referral_reasons (
    org_id      UUID NOT NULL,
    referral_id UUID NOT NULL,
    reason      TEXT NOT NULL,

    PRIMARY KEY (org_id, referral_id, reason),
    FOREIGN KEY (org_id, referral_id) REFERENCES referrals (org_id, id)
);

-- One row is a time in which nothing is asked of a person. Windows do not move.
CREATE TABLE referral_pauses (
    org_id      UUID NOT NULL,
    referral_id UUID NOT NULL,
    from_day    DATE NOT NULL,
    until_day   DATE,           -- the last day of it; NULL: nobody knows yet

    PRIMARY KEY (org_id, referral_id, from_day),
    FOREIGN KEY (org_id, referral_id) REFERENCES referrals (org_id, id),
    CONSTRAINT referral_pauses_order CHECK (until_day IS NULL OR until_day >= from_day)
);

-- +goose Down
DROP TABLE referral_pauses;
DROP TABLE referral_reasons;
ALTER TABLE referrals DROP COLUMN reopened_on;
ALTER TABLE referrals DROP COLUMN decline_reason;
ALTER TABLE referrals DROP COLUMN practice;
DROP INDEX person_identity_by_nhs_number;
ALTER TABLE person_identity DROP COLUMN nhs_index;
ALTER TABLE person_identity DROP COLUMN nhs_number;
ALTER TABLE person_identity DROP COLUMN contact;
ALTER TABLE schemes DROP COLUMN profile;
