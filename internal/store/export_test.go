package store

// WriterPragma reads a setting of the connection that writes, for a test.
func WriterPragma(s *Store, name string) (value string, err error) {
	return value, s.write.Raw("PRAGMA " + name).Scan(&value).Error
}
