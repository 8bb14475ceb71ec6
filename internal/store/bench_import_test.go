package store_test

import (
	"bytes"
	"fmt"
	"os"
	osexec "os/exec"
	"path/filepath"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/intake"
	"cairn/internal/intake/take"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/store"
	"cairn/internal/testkit/town"
)

// importedRows is how many rows the file of the benchmark has: two scores of
// everybody, in four services.
const importedRows = 50_000

// BenchmarkImport is what a first import of so many rows takes: Staging reads,
// checks and puts them by; Import also makes people, referrals, assessments and
// pairs of them. It is held against psql, which copies the same file into a table
// without a key.
func BenchmarkImport(b *testing.B) {
	file := manyScores()
	for name, address := range benchDatabases(b) {
		s := vacant(b, address)
		a := app.New(s, town.Passwords(), app.Config{Now: func() time.Time { return noon }})
		b.Run(name+"Staging", func(b *testing.B) {
			for b.Loop() {
				staged(b, a, somewhere(b, s), file)
			}
		})
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				done, err := staged(b, a, somewhere(b, s), file).Publish(b.Context(), func(int) {})
				if err != nil || done.Added != importedRows {
					b.Fatal(done.Added, err)
				}
			}
		})
		if name == "PostgreSQL" {
			b.Run("psql", func(b *testing.B) { copied(b, address, file) })
		}
	}
}

// vacant is a migrated database with the library of measures.
func vacant(b *testing.B, address string) *store.Store {
	b.Helper()
	c := config(address)
	try(b, store.Migrate(b.Context(), c))
	s, err := store.Open(b.Context(), c)
	try(b, err)
	b.Cleanup(func() { try(b, s.Close()) })
	defs, err := measure.Catalogue()
	try(b, err)
	try(b, s.RegisterMeasures(b.Context(), defs))
	return s
}

// somewhere is the terminal of an organisation that has nothing yet.
func somewhere(b *testing.B, s *store.Store) app.Actor {
	b.Helper()
	org := scheme.Organisation{ID: id[scheme.OrgID](b), Name: "Bench " + string(id[scheme.OrgID](b)), TimeZone: "Europe/London", Kind: scheme.Provider}
	try(b, s.AddOrganisation(b.Context(), org))
	return app.AtTerminal(org, "bench")
}

func try(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// manyScores is synthetic; nobody in it exists.
func manyScores() []byte {
	var text bytes.Buffer
	text.WriteString("Client ID,Service,Date,Stage,SWEMWBS raw\n")
	for i := range importedRows {
		person := i / 2
		fmt.Fprintf(&text, "P-%07d,Service %d,%02d/%02d/%d,%s,%d\n", person, person%4, 1+person%28, 1+person%12, 2024+i%2, []string{"pre", "post"}[i%2], 7+i%29)
	}
	return text.Bytes()
}

// staged is the file read by the guessed mapping and put by.
func staged(b *testing.B, a *app.App, by app.Actor, file []byte) *take.Batch {
	b.Helper()
	book, err := intake.Open(b.Context(), bytes.NewReader(file), int64(len(file)), intake.TerminalLimits())
	try(b, err)
	known, err := take.Known(b.Context(), a, by)
	try(b, err)
	known.Kept = nil // as in an import: it is found out by bringing it in
	mapping, err := intake.Guess(book, known)
	try(b, err)
	reading, err := intake.Read(book, mapping, known)
	try(b, err)
	batch := &take.Batch{App: a, By: by, Known: known, Mapping: mapping, SHA: string(by.Org)}
	_, err = batch.Begin(b.Context())
	try(b, err)
	try(b, batch.Stage(b.Context(), func(fn func(intake.Verdict) error) error {
		sum, err := reading.Walk(fn)
		if sum.Scores != importedRows {
			b.Fatalf("%d scores", sum.Scores)
		}
		return err
	}))
	return batch
}

// copied is the same file in a table without a key.
func copied(b *testing.B, address string, file []byte) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "many.csv")
	try(b, os.WriteFile(path, file, 0o600))
	psql := func(query string) {
		said, err := osexec.CommandContext(b.Context(), "psql", address, "-qc", query).CombinedOutput()
		if err != nil {
			b.Fatalf("%v: %s", err, said)
		}
	}
	psql("CREATE TABLE bare (client text, service text, day text, stage text, score integer)")
	for b.Loop() {
		psql(`\copy bare FROM '` + path + `' WITH (FORMAT csv, HEADER)`)
	}
}
