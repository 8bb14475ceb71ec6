-- In which language an assessment was taken. Words of a measure differ from
-- language to language, so figures may later have to tell them apart.

-- +goose Up

-- '' is not recorded; else a code of scheme.Languages.
ALTER TABLE assessments ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE assessment_versions ADD COLUMN language TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE assessment_versions DROP COLUMN language;
ALTER TABLE assessments DROP COLUMN language;
