-- Outcome measures as data. Rows without an organisation come with the product
-- and are everybody's; rows with one are that organisation's own.

-- +goose Up

-- One row is a set of scores that may be compared with each other, and its
-- short number for narrow rows.
CREATE TABLE series (
    number      INTEGER  NOT NULL PRIMARY KEY,
    org_id      UUID     REFERENCES organisations (id),
    series      TEXT     NOT NULL,  -- internal/measure.Series
    measure_key TEXT     NOT NULL,
    decimals    SMALLINT NOT NULL,  -- levels of one series share them, or they could not be compared

    CONSTRAINT series_decimals CHECK (decimals BETWEEN 0 AND 4)
);

CREATE UNIQUE INDEX series_bundled ON series (series) WHERE org_id IS NULL;
CREATE UNIQUE INDEX series_own ON series (org_id, series) WHERE org_id IS NOT NULL;

-- One row is one version of one measure. It is never changed, but for licensed
-- words, which are taken out of it when the licence ends.
CREATE TABLE measure_versions (
    id          UUID      NOT NULL PRIMARY KEY,
    org_id      UUID      REFERENCES organisations (id),
    measure_key TEXT      NOT NULL,  -- internal/measure.Key
    version     INTEGER   NOT NULL,
    definition  TEXT      NOT NULL,  -- JSON of internal/measure.Definition
    sha256      BYTEA     NOT NULL,  -- of definition
    added_at    TIMESTAMP NOT NULL,

    CONSTRAINT measure_versions_of_key UNIQUE (id, measure_key),
    CONSTRAINT measure_versions_version CHECK (version >= 1)
);

-- For recording: the version somebody names, and the newest of every key.
CREATE UNIQUE INDEX measure_versions_bundled ON measure_versions (measure_key, version) WHERE org_id IS NULL;
CREATE UNIQUE INDEX measure_versions_own ON measure_versions (org_id, measure_key, version) WHERE org_id IS NOT NULL;

-- One row is one number that a measure's version gives. The range is copied
-- into every score that is kept, so that the database itself refuses what the
-- measure cannot give.
CREATE TABLE scores (
    id                 UUID     NOT NULL PRIMARY KEY,
    measure_version_id UUID     NOT NULL REFERENCES measure_versions (id),
    position           SMALLINT NOT NULL,  -- in the definition, from 0
    series_no          INTEGER  NOT NULL REFERENCES series (number),
    kind               TEXT     NOT NULL,
    direction          SMALLINT NOT NULL,  -- 1: higher is better
    min_level          BIGINT   NOT NULL,  -- score x 10^decimals of its series
    max_level          BIGINT   NOT NULL,

    CONSTRAINT scores_of_version UNIQUE (measure_version_id, series_no),
    CONSTRAINT scores_range UNIQUE (id, min_level, max_level),
    CONSTRAINT scores_kind CHECK (kind IN ('item', 'raw', 'metric', 'total')),
    CONSTRAINT scores_direction CHECK (direction IN (1, -1)),
    CONSTRAINT scores_order CHECK (min_level < max_level)
);

-- +goose Down
DROP TABLE scores;
DROP TABLE measure_versions;
DROP TABLE series;
