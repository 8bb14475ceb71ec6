-- An individualised measure rates what a person named in their own words.

-- +goose Up

-- The words of a version, by place, sealed under the key of the person they are
-- of at the time; both NULL where a measure has none.
ALTER TABLE assessment_versions ADD COLUMN own_words BYTEA;
ALTER TABLE assessment_versions ADD COLUMN words_of UUID;

-- +goose Down
ALTER TABLE assessment_versions DROP COLUMN words_of;
ALTER TABLE assessment_versions DROP COLUMN own_words;
