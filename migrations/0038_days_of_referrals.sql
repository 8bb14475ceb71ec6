-- How well the days of a referral are known.

-- +goose Up

-- Empty: it is the day, or there is none. Else the day is kept to sort and to count
-- windows by, and is not on record as this one. 'assumed': it is on record as that
-- of something else, the referral or the first score. 'month': received_on is the
-- first of the month that was named. 'order': no day is known.
ALTER TABLE referrals ADD COLUMN received_dated TEXT NOT NULL DEFAULT ''
    CONSTRAINT referrals_received_dated CHECK (received_dated IN ('', 'assumed', 'month', 'order'));
ALTER TABLE referrals ADD COLUMN accepted_dated TEXT NOT NULL DEFAULT ''
    CONSTRAINT referrals_accepted_dated CHECK (accepted_dated IN ('', 'assumed', 'month', 'order'));

-- +goose Down
ALTER TABLE referrals DROP COLUMN accepted_dated;
ALTER TABLE referrals DROP COLUMN received_dated;
