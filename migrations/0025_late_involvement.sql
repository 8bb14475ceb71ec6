-- Involvement of an occupational therapist that came after the landmark is a group
-- of its own (scheme.OTLate, code 5): until now it counted as none (code 1).

-- +goose Up
UPDATE outcome_pairs SET ot = 5
WHERE ot = 1 AND EXISTS (
    SELECT 1 FROM ot_involvements i
    WHERE i.org_id = outcome_pairs.org_id AND i.referral_id = outcome_pairs.referral_id AND i.level <> 'none'
);

-- +goose Down
UPDATE outcome_pairs SET ot = 1 WHERE ot = 5;
