-- A score of which no day is known is told by its occasion. The day that it is
-- kept on was made up, and takes no other score's place.

-- +goose Up

-- Of a score that is not known to the day, when it was taken: its occasion, or the
-- month and its occasion. NULL where the day is known, and of a further score of one
-- moment, as they could be brought in before this was looked at: those stay.
ALTER TABLE assessments ADD COLUMN moment TEXT;
UPDATE assessments
SET moment = CASE dated WHEN 'month' THEN substr(assessments.on_day, 1, 7) || ' ' ELSE '' END || occasion
WHERE dated <> '' AND (state <> 'live' OR NOT EXISTS (
    SELECT 1 FROM assessments earlier
    WHERE earlier.org_id = assessments.org_id AND earlier.person_id = assessments.person_id AND earlier.measure_key = assessments.measure_key
        AND earlier.rater = assessments.rater AND earlier.state = 'live' AND earlier.id < assessments.id
        AND earlier.dated = assessments.dated AND earlier.occasion = assessments.occasion
        AND (assessments.dated = 'order' OR substr(earlier.on_day, 1, 7) = substr(assessments.on_day, 1, 7))));

DROP INDEX assessments_once_a_day;
-- A day counts once, whatever was sent twice.
CREATE UNIQUE INDEX assessments_once_a_day ON assessments (org_id, person_id, measure_key, on_day, rater)
    WHERE state = 'live' AND dated = '';
-- So does an occasion without a day.
CREATE UNIQUE INDEX assessments_once_a_moment ON assessments (org_id, person_id, measure_key, moment, rater)
    WHERE state = 'live' AND moment IS NOT NULL;
-- A dropped index takes with it what the planner was told of it: see 0008.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('assessments', 'assessments_once_a_day', '8000 8000 4 2 1 1'),
    ('assessments', 'assessments_once_a_moment', '800 800 4 2 1 1');

-- How well its day was known when a version said it: a file that comes in again is
-- held against what it said, and not against what it was corrected to.
ALTER TABLE assessment_versions ADD COLUMN dated TEXT NOT NULL DEFAULT ''
    CONSTRAINT assessment_versions_dated CHECK (dated IN ('', 'month', 'order'));
UPDATE assessment_versions
SET dated = a.dated
FROM assessments a
WHERE a.org_id = assessment_versions.org_id AND a.id = assessment_versions.assessment_id
    AND a.dated <> '' AND a.on_day = assessment_versions.on_day;

-- +goose Down
ALTER TABLE assessment_versions DROP COLUMN dated;
DROP INDEX assessments_once_a_moment;
DROP INDEX assessments_once_a_day;
ALTER TABLE assessments DROP COLUMN moment;
-- What has no day makes room for what has one, on days before anything else, and
-- loses its month rather than be given a wrong one.
UPDATE assessments
SET dated = 'order', on_day = date(apart.day, '-' || apart.place || ' days')
FROM (
    SELECT one.org_id, one.id, first.day, ROW_NUMBER() OVER (PARTITION BY one.org_id, one.person_id, one.measure_key, one.rater ORDER BY one.id) AS place
    FROM assessments one
    JOIN (
        SELECT org_id, person_id, measure_key, rater, MIN(on_day) AS day
        FROM assessments WHERE state = 'live' GROUP BY org_id, person_id, measure_key, rater
    ) first ON first.org_id = one.org_id AND first.person_id = one.person_id AND first.measure_key = one.measure_key AND first.rater = one.rater
    WHERE one.state = 'live' AND one.dated <> '' AND EXISTS (
        SELECT 1 FROM assessments other
        WHERE other.org_id = one.org_id AND other.person_id = one.person_id AND other.measure_key = one.measure_key AND other.rater = one.rater
            AND other.on_day = one.on_day AND other.state = 'live' AND other.id <> one.id)
) apart
WHERE apart.org_id = assessments.org_id AND apart.id = assessments.id;
CREATE UNIQUE INDEX assessments_once_a_day ON assessments (org_id, person_id, measure_key, on_day, rater)
    WHERE state = 'live';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('assessments', 'assessments_once_a_day', '8000 8000 4 2 1 1');
