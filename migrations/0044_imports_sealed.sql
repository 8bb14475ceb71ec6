-- What an import is called, and the words that it was read by, are of the file and
-- may say who somebody is: they are sealed.

-- +goose Up

-- JSON: the name and the mapping, sealed under the organisation's key for its
-- place. NULL: the row is from before, and source or name and mapping hold them
-- until the service has sealed it; else those are empty.
ALTER TABLE import_batches ADD COLUMN sealed BYTEA;
ALTER TABLE import_files ADD COLUMN sealed BYTEA;

-- A file that nobody has finished with is looked at anew, which tells its sheets as
-- it is done now.
UPDATE import_files SET mapping = '';

-- A sheet may be called after a person. Of what was read before, each is told by
-- its place among those of which there are rows.
WITH called AS (
    SELECT org_id, batch_id, sheet, ROW_NUMBER() OVER (PARTITION BY org_id, batch_id ORDER BY MIN(position)) AS place
    FROM import_rows WHERE sheet <> '' GROUP BY org_id, batch_id, sheet
)
UPDATE import_rows SET sheet = 'sheet ' || called.place FROM called
WHERE called.org_id = import_rows.org_id AND called.batch_id = import_rows.batch_id AND called.sheet = import_rows.sheet;

-- Reasons of before that name such a sheet, or repeat a cell.
UPDATE import_rows SET reason = 'Another sheet of the file says the same, or something else, of this person and day.' WHERE reason LIKE '%in the sheet “%';
UPDATE import_rows SET reason = 'A number in the row is too large to be a score.' WHERE reason LIKE '%” is too large to be a score.%';
UPDATE import_rows SET reason = 'The row names something that is not known here.' WHERE reason LIKE '%Did they mean “%';

-- +goose Down
ALTER TABLE import_files DROP COLUMN sealed;
ALTER TABLE import_batches DROP COLUMN sealed;
