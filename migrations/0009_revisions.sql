-- Every version of an assessment says the whole of what was recorded, and two
-- records of one person can become one.

-- +goose Up

-- What made the version, and what it says besides its scores. NULL is nowhere
-- in use: the versions that are there get theirs below.
ALTER TABLE assessment_versions ADD COLUMN act TEXT NOT NULL DEFAULT 'recorded'
    CONSTRAINT assessment_versions_act CHECK (act IN ('recorded', 'corrected', 'moved', 'withdrawn'));
ALTER TABLE assessment_versions ADD COLUMN referral_id UUID;         -- no reference: it says where the assessment was
ALTER TABLE assessment_versions ADD COLUMN from_id UUID;             -- of a move: the referral it was of before
ALTER TABLE assessment_versions ADD COLUMN measure_version_id UUID;
ALTER TABLE assessment_versions ADD COLUMN on_day DATE;
ALTER TABLE assessment_versions ADD COLUMN occasion TEXT;
ALTER TABLE assessment_versions ADD COLUMN channel TEXT;
ALTER TABLE assessment_versions ADD COLUMN helper TEXT;

UPDATE assessment_versions
SET referral_id = a.referral_id, measure_version_id = a.measure_version_id, on_day = a.on_day,
    occasion = a.occasion, channel = a.channel, helper = a.helper
FROM assessments a
WHERE a.org_id = assessment_versions.org_id AND a.id = assessment_versions.assessment_id;

-- For an import that is run again: what a referral was told and gave away.
CREATE INDEX assessment_versions_from ON assessment_versions (org_id, from_id) WHERE from_id IS NOT NULL;

-- One row is somebody who turned out to be somebody else: what was recorded of
-- person_id is recorded of into_id now. Chains are never longer than one step.
CREATE TABLE person_merges (
    org_id    UUID      NOT NULL,
    person_id UUID      NOT NULL,
    into_id   UUID      NOT NULL,
    at        TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, person_id),
    FOREIGN KEY (org_id, person_id) REFERENCES people (org_id, id),
    FOREIGN KEY (org_id, into_id) REFERENCES people (org_id, id),
    CONSTRAINT person_merges_other CHECK (person_id <> into_id)
);

-- For a person's other references, and for shortening chains.
CREATE INDEX person_merges_into ON person_merges (org_id, into_id);

-- +goose Down
DROP TABLE person_merges;
DROP INDEX assessment_versions_from;
ALTER TABLE assessment_versions DROP COLUMN helper;
ALTER TABLE assessment_versions DROP COLUMN channel;
ALTER TABLE assessment_versions DROP COLUMN occasion;
ALTER TABLE assessment_versions DROP COLUMN on_day;
ALTER TABLE assessment_versions DROP COLUMN measure_version_id;
ALTER TABLE assessment_versions DROP COLUMN from_id;
ALTER TABLE assessment_versions DROP COLUMN referral_id;
ALTER TABLE assessment_versions DROP COLUMN act;
