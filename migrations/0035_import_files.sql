-- Files on their way in, kept sealed from one step of an import to the next.

-- +goose Up

-- One row is one file that somebody sent to be brought in. Nobody else can open
-- it. What it holds goes when it is published, and the row after seven days.
CREATE TABLE import_files (
    org_id     UUID      NOT NULL,
    id         UUID      NOT NULL,
    by_account UUID      NOT NULL,  -- no reference: it outlives the account
    batch_id   UUID,                -- the import that it was staged as
    like_batch UUID,                -- the import whose mapping was taken over
    name       TEXT      NOT NULL,  -- what the file is called
    file_sha   TEXT      NOT NULL,  -- SHA-256; empty until all of it is there
    size       INTEGER   NOT NULL,  -- bytes
    mapping    TEXT      NOT NULL,  -- JSON; empty until the file was looked at
    sent_at    TIMESTAMP NOT NULL,
    version    INTEGER   NOT NULL,

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, batch_id) REFERENCES import_batches (org_id, id),
    FOREIGN KEY (org_id, like_batch) REFERENCES import_batches (org_id, id)
);

-- For whoever goes on with a file.
CREATE INDEX import_files_of ON import_files (org_id, by_account, sent_at);

-- For what is deleted when an import is published.
CREATE INDEX import_files_in ON import_files (org_id, batch_id) WHERE batch_id IS NOT NULL;

-- One row is a part of what a file holds, or of the rows of one of its sheets
-- that were not taken, sealed under the organisation's key for its place and for
-- whoever sent it.
CREATE TABLE import_parts (
    org_id   UUID    NOT NULL,
    file_id  UUID    NOT NULL,
    what     INTEGER NOT NULL,  -- 0: the file; n: what was not taken of its nth sheet
    position INTEGER NOT NULL,  -- from 0
    sealed   BYTEA   NOT NULL,

    PRIMARY KEY (org_id, file_id, what, position),
    FOREIGN KEY (org_id, file_id) REFERENCES import_files (org_id, id)
);

-- +goose Down
DROP TABLE import_parts;
DROP TABLE import_files;
