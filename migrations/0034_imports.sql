-- Files of scores on their way in, and how well the day of a score is known.

-- +goose Up

-- 'month': on_day is the first of the month that was named. 'order': no day is
-- known, only which score came before which; on_day is no later than the day it
-- was brought in. Empty: it is the day.
ALTER TABLE assessments ADD COLUMN dated TEXT NOT NULL DEFAULT ''
    CONSTRAINT assessments_dated CHECK (dated IN ('', 'month', 'order'));

-- One row is one file with one mapping. Its rows are staged bit by bit, and
-- published in one transaction or not at all.
CREATE TABLE import_batches (
    org_id       UUID      NOT NULL,
    id           UUID      NOT NULL,
    source       TEXT      NOT NULL,  -- what the file is called
    file_sha     TEXT      NOT NULL,  -- SHA-256 of the file, which is not kept
    mapping_sha  TEXT      NOT NULL,
    mapping      TEXT      NOT NULL,  -- JSON, for the next file of this source
    state        TEXT      NOT NULL,
    staged       INTEGER   NOT NULL,  -- rows; where a stopped import goes on
    outcomes     TEXT      NOT NULL,  -- JSON: rows by outcome
    people       INTEGER   NOT NULL,  -- new here
    added        INTEGER   NOT NULL,  -- assessments
    already      INTEGER   NOT NULL,  -- assessments that were there
    reason       TEXT      NOT NULL,  -- why it was undone
    by_account   UUID      NOT NULL,  -- no reference: it outlives the account
    begun_at     TIMESTAMP NOT NULL,
    published_at TIMESTAMP,
    version      INTEGER   NOT NULL,

    PRIMARY KEY (org_id, id),
    CONSTRAINT import_batches_state CHECK (state IN ('staging', 'published', 'undone', 'expired'))
);

-- The same file by the same mapping is the same import.
CREATE UNIQUE INDEX import_batches_once ON import_batches (org_id, file_sha, mapping_sha)
    WHERE state IN ('staging', 'published');

-- One row is one row of the file: what became of it and, until it is published
-- or has waited for seven days, the scores that were read from it.
CREATE TABLE import_rows (
    org_id    UUID    NOT NULL,
    batch_id  UUID    NOT NULL,
    position  INTEGER NOT NULL,  -- among all rows of the file, from 0
    sheet     TEXT    NOT NULL,
    line      INTEGER NOT NULL,
    outcome   TEXT    NOT NULL,
    reason    TEXT    NOT NULL,
    reference TEXT,              -- of the person; NULL once the scores are gone
    scores    TEXT,              -- JSON; likewise

    PRIMARY KEY (org_id, batch_id, position),
    FOREIGN KEY (org_id, batch_id) REFERENCES import_batches (org_id, id)
);

-- For publishing person by person.
CREATE INDEX import_rows_of_person ON import_rows (org_id, batch_id, reference, position) WHERE reference IS NOT NULL;

-- For undoing: what a batch added.
CREATE INDEX assessments_of_batch ON assessments (org_id, batch) WHERE batch <> '';

-- +goose Down
DROP INDEX assessments_of_batch;
DROP TABLE import_rows;
DROP TABLE import_batches;
ALTER TABLE assessments DROP COLUMN dated;
