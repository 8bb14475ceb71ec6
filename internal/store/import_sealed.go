package store

import (
	"encoding/json"
	"fmt"

	"cairn/internal/app"
)

// importWords are what is sealed of an import, or of a file on its way to one: what
// it is called and how it is read, which is by words of the file.
type importWords struct {
	Name    string `json:"name"`
	Mapping string `json:"mapping"`
}

// sealCalled seals them for a row of a table.
func (s *scope) sealCalled(w importWords, table, id string) ([]byte, error) {
	key, err := s.orgKey()
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(w)
	if err != nil {
		return nil, fmt.Errorf("encode the words of an import: %w", err)
	}
	return key.seal(raw, s.org, id, table+".sealed"), nil
}

// openCalled opens them; of a row from before, plain are still what it says.
func (s *scope) openCalled(sealed []byte, plain importWords, table, id string) (w importWords, err error) {
	if sealed == nil {
		return plain, nil
	}
	key, err := s.orgKey()
	if err != nil {
		return w, err
	}
	raw, err := key.open(sealed, s.org, id, table+".sealed")
	if err == nil {
		err = json.Unmarshal(raw, &w)
	}
	if err != nil {
		return importWords{}, fmt.Errorf("words of import %s: %w", id, err)
	}
	return w, nil
}

// batch is a row with what is sealed of it.
func (s *scope) batch(r importBatchRow) (app.ImportBatch, error) {
	b, err := r.batch()
	if err != nil {
		return app.ImportBatch{}, err
	}
	w, err := s.openCalled(r.Sealed, importWords{r.Source, r.Mapping}, "import_batches", r.ID)
	b.Source, b.Mapping = w.Name, w.Mapping
	return b, err
}

// file is a row with what is sealed of it.
func (s *scope) file(r importFileRow) (app.ImportFile, error) {
	f := r.file()
	w, err := s.openCalled(r.Sealed, importWords{r.Name, r.Mapping}, "import_files", r.ID)
	f.Name, f.Mapping = w.Name, w.Mapping
	return f, err
}

// sealKept seals what was kept in clear by an earlier release.
func (s *scope) sealKept() error {
	var batches []importBatchRow
	if err := s.from("import_batches").Where("sealed IS NULL").Find(&batches).Error; err != nil {
		return failed("look for imports in clear", err)
	}
	for _, r := range batches {
		sealed, err := s.sealCalled(importWords{r.Source, r.Mapping}, "import_batches", r.ID)
		if err != nil {
			return err
		}
		if err := s.at("import_batches", r.ID).Updates(map[string]any{"source": "", "mapping": "", "sealed": sealed}).Error; err != nil {
			return failed("seal an import", err)
		}
	}
	var files []importFileRow
	if err := s.from("import_files").Where("sealed IS NULL").Find(&files).Error; err != nil {
		return failed("look for files in clear", err)
	}
	for _, r := range files {
		sealed, err := s.sealCalled(importWords{r.Name, r.Mapping}, "import_files", r.ID)
		if err != nil {
			return err
		}
		if err := s.at("import_files", r.ID).Updates(map[string]any{"name": "", "mapping": "", "sealed": sealed}).Error; err != nil {
			return failed("seal a file", err)
		}
	}
	return nil
}
