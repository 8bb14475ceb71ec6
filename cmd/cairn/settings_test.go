package main

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestEveryProblemOfTheConfigurationIsSaidAtOnce(t *testing.T) {
	w := newWorld(t)
	w.env["CAIRN_KEY"] = "c2hvcnQ="
	config := w.file("cairn.yaml", "log-format: loud\ncolour: red\naddr: 127.0.0.1:9000\n")
	s := w.cairn("serve", "--config", config, "--addr", "0.0.0.0:80", "--database-url", "mysql://root:secret@db", "--plain-http-behind-proxy", "maybe")
	w.refused(s, "5 things need to be put right",
		"--config (CAIRN_CONFIG): Line 2", "colour",
		"--plain-http-behind-proxy (CAIRN_PLAIN_HTTP_BEHIND_PROXY)", "maybe",
		"--database-url (CAIRN_DATABASE_URL)",
		"CAIRN_KEY: ", "needs 32")
	if strings.Contains(s.err, "secret") || strings.Contains(s.err, "c2hvcnQ") {
		t.Errorf("a secret is repeated:\n%s", s.err)
	}
	saying(t, s.err, "--log-format (CAIRN_LOG_FORMAT)", "loud")
}

func TestAFlagGoesBeforeTheEnvironmentAndThatBeforeTheFile(t *testing.T) {
	config := filepath.Join(t.TempDir(), "cairn.json")
	if err := os.WriteFile(config, []byte(`{"addr": "127.0.0.1:1001", "log-format": "json"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("CAIRN_CONFIG", config)
	at := func(args ...string) string {
		var c commands
		if _, err := parse(&c, newWorld(t).terminal(&shared{}, &shared{}), append([]string{"serve"}, args...)); err != nil {
			t.Fatal(err)
		}
		s, err := c.settings(&terminal{})
		if err != nil {
			t.Fatal(err)
		}
		return s.address(c.Serve.Addr).String() + " " + s.logFormat(c.Serve.LogFormat, "text")
	}
	if got := at(); got != "127.0.0.1:1001 json" {
		t.Errorf("from the file: %s", got)
	}
	t.Setenv("CAIRN_ADDR", "127.0.0.1:1002")
	if got := at(); got != "127.0.0.1:1002 json" {
		t.Errorf("from the environment: %s", got)
	}
	if got := at("--addr", "127.0.0.1:1003"); got != "127.0.0.1:1003 json" {
		t.Errorf("from the flag: %s", got)
	}
	t.Setenv("CAIRN_ADDR", "")
	if got := at(); got != "127.0.0.1:1001 json" {
		t.Errorf("an empty variable says nothing: %s", got)
	}
}

func TestAddressesOtherMachinesReach(t *testing.T) {
	for _, c := range []struct {
		addr, proxy string
		secure, ok  bool
	}{
		{"127.0.0.1:8080", "", false, true},
		{"localhost:8080", "", false, true},
		{"[::1]:8080", "", false, true},
		{"127.0.0.1:8080", "yes", true, true},
		{"0.0.0.0:8080", "", false, false},
		{":8080", "", false, false},
		{"[::]:8080", "no", false, false},
		{"192.0.2.1:8080", "", false, false},
		{"cairn.example:8080", "", false, false},
		{"0.0.0.0:8080", "yes", true, true},
		{"0.0.0.0:8080", "container", false, true},
	} {
		s := &settings{t: &terminal{}}
		secure := s.transport(s.address(c.addr), c.proxy)
		if secure != c.secure || (len(s.wrong) == 0) != c.ok {
			t.Errorf("%s, proxy %q: secure %v, %v", c.addr, c.proxy, secure, s.wrong)
		}
	}
	if got := (address{"", "80"}).url(); got != "http://127.0.0.1:80" {
		t.Errorf("every address is opened at %s", got)
	}
}

func TestTheKeyIsMadeOnceBesideANewDatabase(t *testing.T) {
	w := newWorld(t)
	delete(w.env, "CAIRN_KEY")
	w.url = "sqlite:" + filepath.Join(w.folder, "data", "cairn.db")
	key := filepath.Join(w.folder, "data", "cairn.key")
	saying(t, w.mustOn("organisation", "add", "Riverside").err, "A new key was written to "+key, "Keep a copy")
	info, err := os.Stat(key)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the key: %v", info.Mode())
	}
	first := w.read(key)
	if s := w.mustOn("organisation", "list"); strings.Contains(s.err, "new key") || !strings.Contains(s.out, "Riverside") {
		t.Errorf("the second time: %s%s", s.out, s.err)
	}
	if w.read(key) != first {
		t.Error("the key was made anew")
	}
	if err := os.Rename(key, key+".lost"); err != nil {
		t.Fatal(err)
	}
	w.refused(w.on("organisation", "list"), "cairn.key is not there", "backup")
	if _, err := os.Stat(key); err == nil {
		t.Error("a key was made for a database that is there")
	}
	w.env["CAIRN_KEY"] = base64.StdEncoding.EncodeToString(make([]byte, keyBytes))
	w.refused(w.on("organisation", "list"), "does not open this database")
	w.refused(w.on("organisation", "list", "--key-file", key), "Keep one of the two")
}

func TestNothingIsMadeWhileSomethingIsWrong(t *testing.T) {
	w := newWorld(t)
	delete(w.env, "CAIRN_KEY")
	folder := filepath.Join(w.folder, "data")
	w.refused(w.cairn("serve", "--addr", "nowhere", "--database-url", "sqlite:"+filepath.Join(folder, "cairn.db")), "nowhere")
	if _, err := os.Stat(folder); err == nil {
		t.Error("a folder was made")
	}
}

func TestThePlaceOfOnesOwnData(t *testing.T) {
	for name, want := range map[string]map[string]string{
		"linux":   {"XDG_DATA_HOME": "/data", "HOME": "/home/ann"},
		"darwin":  {"HOME": "/Users/ann"},
		"windows": {"LocalAppData": `C:\ann`},
	} {
		if runtime.GOOS != name {
			continue
		}
		s := &settings{t: &terminal{env: func(key string) string { return want[key] }}}
		url := s.database("")
		if name == "linux" && url != "sqlite:/data/cairn/cairn.db" || !strings.HasSuffix(url, "cairn.db") {
			t.Errorf("%s: %s", name, url)
		}
		delete(want, "XDG_DATA_HOME")
		if name == "linux" && s.database("") != "sqlite:/home/ann/.local/share/cairn/cairn.db" {
			t.Errorf("without XDG_DATA_HOME: %s", s.database(""))
		}
	}
	s := &settings{t: &terminal{env: func(string) string { return "" }}}
	if s.database(""); len(s.wrong) != 1 {
		t.Errorf("no home: %v", s.wrong)
	}
}

func TestPostgresNeedsAKeyAndItsOwnMigration(t *testing.T) {
	w := newWorld(t)
	delete(w.env, "CAIRN_KEY")
	w.url = "postgres://nobody@127.0.0.1:1/none"
	w.refused(w.on("serve"), "CAIRN_KEY", "cairn new-key")
	key := strings.TrimSpace(w.must("new-key").out)
	if raw, err := base64.StdEncoding.DecodeString(key); err != nil || len(raw) != keyBytes || key == strings.TrimSpace(w.must("new-key").out) {
		t.Errorf("new-key printed %q", key)
	}
	w.refused(w.on("serve", "--key-file", w.file("key", key)), "database cannot answer")
	w.refused(w.on("migrate", "up", "--migrate-url", "sqlite:x"), "--migrate-url", "PostgreSQL")
}

func TestWhatIsNotACommand(t *testing.T) {
	w := newWorld(t)
	w.refused(w.cairn("sevre"), "sevre", "cairn --help")
	w.refused(w.cairn("serve", "--port", "80"), "--port")
	s := w.must("--help")
	for _, command := range []string{"serve", "demo", "migrate up", "import", "export pairs", "evidence", "user add", "rebuild", "version"} {
		saying(t, s.out, command)
	}
	saying(t, w.must("version").out, "cairn unversioned")
}
