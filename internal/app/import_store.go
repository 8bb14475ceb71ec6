package app

// ImportReader reads files on their way in.
type ImportReader interface {
	// ImportBatch faults with not-found.
	ImportBatch(id string) (ImportBatch, error)
	// ImportOf returns the batch of that file and mapping that is staged or
	// published, or an empty one.
	ImportOf(file, mapping string) (ImportBatch, error)
	// ImportBatches returns a page of them, the newest first.
	ImportBatches(page Page) ([]ImportBatch, error)
	// ImportRows returns what became of the rows of a batch, in their order.
	ImportRows(ask ImportRowsAsk) ([]ImportRow, error)
	// StagedPeople returns the staged rows of the next people in order of
	// reference: at least so many rows, as far as there are, and all of everybody's.
	StagedPeople(id, after string, rows int) ([]ImportRow, error)
	FileReader
}

// FileReader reads files that were sent to be brought in.
type FileReader interface {
	// ImportFile faults with not-found.
	ImportFile(id string) (ImportFile, error)
	// ImportFiles returns those of an account that are here whole and not
	// published, the newest first.
	ImportFiles(of AccountID) ([]ImportFile, error)
	// FileOf returns what is kept of a file of that account which was staged as a
	// batch, or nothing.
	FileOf(batch string, of AccountID) (ImportFile, error)
	// ImportPart opens one part; it is empty where there is none.
	ImportPart(at ImportPart) ([]byte, error)
	HeldReader
}

// HeldReader reads what a file is held against, and what came of that.
type HeldReader interface {
	// EachScore calls fn for every score that is here, in no order, and for what was
	// before it was changed; of what was withdrawn for a reason that begins with
	// never, for nothing.
	EachScore(never string, fn func(KeptScore) error) error
	// FormerReferences are the references of everybody who was merged into somebody
	// else, each with the reference that the person has now.
	FormerReferences() (map[string]string, error)
	// ImportRowsBut is ImportRows for those with none of these outcomes.
	ImportRowsBut(id string, outcomes []string, most int) ([]ImportRow, error)
	// ImportRowsAt is ImportRows for some hundreds of positions.
	ImportRowsAt(id string, positions []int) ([]ImportRow, error)
	// Withdrawn counts the assessments that a batch added and that are withdrawn:
	// those whose reason begins like that one, and the others.
	Withdrawn(batch, reason string) (like, others int, err error)
	// MadeBy counts the referrals that a batch made: those that were taken back when it
	// was undone, and those that are there.
	MadeBy(batch string) (gone, there int, err error)
}

// ImportWriter writes them.
type ImportWriter interface {
	// AddImport keeps a new batch; it faults with version.stale when the same
	// file is there by the same mapping.
	AddImport(b ImportBatch) error
	// SaveImport faults with version.stale when what is there is of another
	// revision.
	SaveImport(b ImportBatch) error
	// StageRows keeps rows; those that are there already stay as they are.
	StageRows(id string, rows []ImportRow) error
	// SettleRows forgets whose the rows of a batch are and what they say, and keeps
	// what became of those that were refused.
	SettleRows(id string, refused []RefusedRow) error
	ImportKeeper
}

// ImportKeeper locks and finds what a batch is about.
type ImportKeeper interface {
	// LockStaged locks everybody here whom a staged row names.
	LockStaged(id string) error
	UndoWriter
	// DropStaged forgets what was staged of a batch, what was kept of rows that were
	// not taken, and which files they were of.
	DropStaged(id string) error
	// ExpireImports forgets every file that was sent seven days ago, and what was
	// staged of it, or then, and never published.
	ExpireImports() error
	FileWriter
}

// FileWriter keeps files that were sent to be brought in.
type FileWriter interface {
	AddImportFile(f ImportFile) error
	// SaveImportFile faults with version.stale when what is there is of another
	// revision. As which batch it was staged stays as it is.
	SaveImportFile(f ImportFile) error
	// StagedAs keeps as which batch a file is staged, which makes no other revision
	// of it: how it is read is the same.
	StagedAs(id, batch string) error
	// HasRows keeps how many rows a file has, which makes no other revision either.
	HasRows(id string, rows int) error
	// DropImportFile deletes a file with all its parts; one that is not there is
	// deleted already.
	DropImportFile(id string) error
	PartWriter
}

// PartWriter keeps the parts of such files.
type PartWriter interface {
	// AddImportPart seals one part, in place of what is there.
	AddImportPart(at ImportPart, text []byte) error
	// EndImportParts deletes the part of that position and those behind it.
	EndImportParts(at ImportPart) error
	// DropSent deletes what was sent of the files that were staged as a batch.
	DropSent(batch string) error
}
