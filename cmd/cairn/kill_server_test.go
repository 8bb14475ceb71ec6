package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A server that is killed while it brings a file in has brought nothing in. The
// one that is started after it has the file still, and the same request brings it
// in whole, once.
//
// On SQLite alone: on PostgreSQL imports are killed by TestKilledImports.
func TestKilledServer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.url = "sqlite:" + filepath.Join(w.folder, "cairn.db")
	w.mustOn("organisation", "add", "Riverside")
	w.in = "a long enough password\n"
	w.mustOn("user", "add", "ann@example.org", "--organisation", "Riverside", "--role", "manager", "--password-file", "-")
	s := &killable{world: w, token: strings.TrimSpace(w.mustOn("user", "token", "ann@example.org").out)}
	const rows = 1500
	k := &killing{world: w, db: w.database(), rows: rows}
	for try := 1; ; try++ { // one that was through before it was killed is no kill
		s.start()
		var file, once, again importedFile
		s.asked("import-files?name=many.csv", strings.ReplaceAll(w.read(w.scoresFile(rows)), "P-", fmt.Sprintf("P%d-", try)), &file)
		path, body := "import-files/"+file.ID+"/import", fmt.Sprintf(`{"version": %d}`, file.Version)
		s.killedWhilePublishing(file.ID, func() { _, _ = s.post(path, body) })
		if n := k.kept("SELECT count(*) FROM assessments"); n == try*rows && try < 3 {
			continue
		} else if n != (try-1)*rows {
			t.Fatalf("after the kill %d of %d assessments are there; none that it brought in, or no kill that was in time", n, try*rows)
		}
		if n := k.kept("SELECT MIN(staged) FROM import_batches"); n != rows {
			t.Errorf("it was killed when %d of %d rows were staged, want while it published", n, rows)
		}
		s.start()
		s.asked(path, body, &once)
		s.asked(path, body, &again)
		if n := k.kept("SELECT count(*) FROM assessments"); n != try*rows || once.Added != rows || again.ID != once.ID {
			t.Errorf("%d of %d assessments are there, %d were added; the same request again: %+v", n, try*rows, once.Added, again)
		}
		if n := k.kept("SELECT count(*) FROM import_rows WHERE scores IS NOT NULL"); n != 0 {
			t.Errorf("%d rows have their scores in the batch still", n)
		}
		return
	}
}

// importedFile is what the API says of a file, and of what came of it.
type importedFile struct {
	ID             string
	Version, Added int
}

// killable is a server in a process of its own.
type killable struct {
	*world
	token, base string
	process     *exec.Cmd
}

func (s *killable) start() {
	s.t.Helper()
	var said *shared
	s.process, said = s.program("serve", "--addr", "127.0.0.1:0", "--database-url", s.url, "--log-format", "none")
	process := s.process
	s.t.Cleanup(func() { _ = process.Process.Kill(); _ = process.Wait() })
	for range 3000 {
		if _, rest, ok := strings.Cut(said.String(), "http://127.0.0.1:"); ok && strings.Contains(rest, "Stop it") {
			s.base = "http://127.0.0.1:" + rest[:strings.IndexAny(rest, " \n/")] + "/api/v1/"
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	s.t.Fatalf("never answered:\n%s", said)
}

// killedWhilePublishing kills the server as soon as it says that people are being
// brought in.
func (s *killable) killedWhilePublishing(file string, ask func()) {
	s.t.Helper()
	answered := make(chan struct{})
	go func() { ask(); close(answered) }()
	for through := false; !through; {
		var at struct{ People int }
		if answer, err := s.send(http.MethodGet, "import-files/"+file+"/progress", ""); err == nil {
			_ = json.Unmarshal(answer, &at)
		}
		select {
		case <-answered:
			through = true
		case <-time.After(2 * time.Millisecond):
			through = at.People > 0
		}
	}
	if err := s.process.Process.Kill(); err != nil {
		s.t.Fatal(err)
	}
	<-answered
}

func (s *killable) post(path, body string) ([]byte, error) {
	return s.send(http.MethodPost, path, body)
}

// asked holds that a request is answered well.
func (s *killable) asked(path, body string, into *importedFile) {
	s.t.Helper()
	answer, err := s.post(path, body)
	if err == nil {
		err = json.Unmarshal(answer, into)
	}
	if err != nil {
		s.t.Fatalf("%s: %v\n%s", path, err, answer)
	}
}

func (s *killable) send(method, path, body string) ([]byte, error) {
	r, err := http.NewRequest(method, s.base+path, bytes.NewBufferString(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+s.token)
	r.Header.Set("Content-Type", "application/json")
	if strings.HasPrefix(body, "Client ID") {
		r.Header.Set("Content-Type", "text/csv")
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= http.StatusBadRequest {
		err = fmt.Errorf("answered with %s", answer.Status)
	}
	return said, err
}
