-- How many rows a file on its way in has, for whoever asks how far its import came.

-- +goose Up

-- Rows of the file as it is read; 0 until an import has counted them.
ALTER TABLE import_files ADD COLUMN row_count INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE import_files DROP COLUMN row_count;
