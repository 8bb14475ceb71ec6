-- What the planner needs to know of the tables of 0014: see 0008. Without it, a
-- prescription is looked for among all of an organisation's.

-- +goose Up
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('contacts', 'sqlite_autoindex_contacts_1', '9000 9000 1'),
    ('contacts', 'contacts_of_referral', '9000 9000 4'),
    ('prescriptions', 'prescriptions_of_activity', '3200 3200 160'),
    ('group_sessions', 'sqlite_autoindex_group_sessions_1', '600 600 1'),
    ('group_sessions', 'group_sessions_once', '600 600 120 30 1'),
    ('session_attendance', 'sqlite_autoindex_session_attendance_1', '5000 5000 8 1'),
    ('session_attendance', 'session_attendance_of_prescription', '5000 5000 5');

-- +goose Down
DELETE FROM sqlite_stat1 WHERE tbl IN ('contacts', 'group_sessions', 'session_attendance') OR idx = 'prescriptions_of_activity';
