-- What the planner needs to know of the tables of 0009: see 0008.

-- +goose Up
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('assessment_versions', 'assessment_versions_from', '40 40 1'),
    ('person_merges', 'sqlite_autoindex_person_merges_1', '40 40 1'),
    ('person_merges', 'person_merges_into', '40 40 1');

-- +goose Down
DELETE FROM sqlite_stat1 WHERE tbl = 'person_merges' OR idx = 'assessment_versions_from';
