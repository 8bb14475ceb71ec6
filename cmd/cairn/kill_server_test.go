package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// A server that is killed while it brings a file in has brought nothing in. The
// one that is started after it has the file still, and the same request brings it
// in whole, once.
func TestKilledServer(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustOn("organisation", "add", "Riverside")
		w.in = "a long enough password\n"
		w.mustOn("user", "add", "ann@example.org", "--organisation", "Riverside", "--role", "manager", "--password-file", "-")
		s := &killable{killing: &killing{world: w, db: w.database(), rows: 1500}, token: strings.TrimSpace(w.mustOn("user", "token", "ann@example.org").out)}
		for try := 1; !s.killedOnce(try); try++ {
			if try == 3 {
				t.Fatal("three imports were through before they were killed")
			}
		}
	})
}

// killedOnce kills the server while it brings in a file of its own, and starts it
// again. It reports whether the kill was in time; one that was late is no kill.
func (s *killable) killedOnce(try int) bool {
	s.t.Helper()
	s.start()
	var file, once, again importedFile
	s.asked("import-files?name=many.csv", strings.ReplaceAll(s.read(s.scoresFile(s.rows)), "P-", fmt.Sprintf("P%d-", try)), &file)
	path, body := "import-files/"+file.ID+"/import", fmt.Sprintf(`{"version": %d}`, file.Version)
	s.killedWhilePublishing(file.ID, func() { _, _ = s.post(path, body) })
	switch n := s.kept("SELECT count(*) FROM assessments"); n {
	case try * s.rows:
		return false
	case (try - 1) * s.rows:
	default:
		s.t.Fatalf("after the kill %d of %d assessments are there", n, try*s.rows)
	}
	if n := s.kept("SELECT MIN(staged) FROM import_batches"); n != s.rows {
		s.t.Errorf("it was killed when %d of %d rows were staged, want while it published", n, s.rows)
	}
	s.start()
	s.asked(path, body, &once)
	s.asked(path, body, &again)
	if n := s.kept("SELECT count(*) FROM assessments"); n != try*s.rows || once.Added != s.rows || again.ID != once.ID {
		s.t.Errorf("%d of %d assessments are there, %d were added; the same request again: %+v", n, try*s.rows, once.Added, again)
	}
	if n := s.kept("SELECT count(*) FROM import_rows WHERE scores IS NOT NULL"); n != 0 {
		s.t.Errorf("%d rows have their scores in the batch still", n)
	}
	return true
}

// importedFile is what the API says of a file, and of what came of it.
type importedFile struct {
	ID             string
	Version, Added int
}

// killable is a server in a process of its own.
type killable struct {
	*killing
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
