package store

// WriterPragma reads a setting of the connection that writes, for a test.
func WriterPragma(s *Store, name string) (value string, err error) {
	return value, s.write.Raw("PRAGMA " + name).Scan(&value).Error
}

// Fill makes the disk full for SQLite, as far as it knows.
func Fill(s *Store) error {
	return s.write.Exec("PRAGMA max_page_count = 1").Error // it takes the pages in use, at least
}
