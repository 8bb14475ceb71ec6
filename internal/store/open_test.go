package store_test

import (
	"bytes"
	"database/sql/driver"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/store"
	"cairn/internal/testkit"
)

// refused expects a fault of that code that says why.
func refused(t *testing.T, err error, code fault.Code, says string) {
	t.Helper()
	if !fault.Is(err, code) || !strings.Contains(err.Error(), says) {
		t.Errorf("err = %v; want %s with “%s”", err, code, says)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, url string) {
		c := config(url)
		_, err := store.Open(t.Context(), c)
		refused(t, err, fault.SettingsInvalid, "cairn migrate up")

		must(t, store.Migrate(t.Context(), c))
		c.Key = c.Key[:31]
		_, err = store.Open(t.Context(), c)
		refused(t, err, fault.SettingsInvalid, "31 bytes")

		c.Key = masterKey()
		must(t, open(t, c).AddOrganisation(t.Context(), organisation(t, "Riverside")))
		c.Key = bytes.Repeat([]byte{8}, 32)
		_, err = store.Open(t.Context(), c)
		refused(t, err, fault.SettingsInvalid, "key does not open")
	})
	for _, url := range []string{"", "cairn.db", "mysql://x", "sqlite:", "sqlite::memory:", "postgres://%zz"} {
		_, err := store.Open(t.Context(), config(url))
		refused(t, err, fault.SettingsInvalid, "")
		refused(t, store.Migrate(t.Context(), config(url)), fault.SettingsInvalid, "")
	}
}

// The application's role may make no tables, so an empty database is told apart
// from a broken one by that.
func TestOpenAsARoleThatMakesNoTables(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, url string) {
		if !isSQLite(url) {
			if _, err := raw(t, url).ExecContext(t.Context(), "REVOKE CREATE ON SCHEMA public FROM pg_database_owner"); err != nil {
				t.Fatal(err)
			}
		}
		_, err := store.Open(t.Context(), config(url))
		refused(t, err, fault.SettingsInvalid, "cairn migrate up")
	})
}

func organisation(t *testing.T, name string) scheme.Organisation {
	t.Helper()
	return scheme.Organisation{ID: id[scheme.OrgID](t), Name: name, TimeZone: "Europe/London", Kind: scheme.Provider}
}

// A server that says “committed” before the disk does is refused.
func TestOpenRefusesAServerThatLosesWrites(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		if isSQLite(url) {
			db := open(t, config(url))
			if mode := pragma(t, db, "synchronous"); mode != "2" { // FULL
				t.Errorf("synchronous = %s", mode)
			}
			if mode := pragma(t, db, "journal_mode"); mode != "wal" {
				t.Errorf("journal_mode = %s", mode)
			}
			return
		}
		_, err := store.Open(t.Context(), config(url+"&synchronous_commit=off"))
		refused(t, err, fault.SettingsInvalid, "synchronous_commit=off")
		open(t, config(url+"&synchronous_commit=local"))
	})
}

func pragma(t *testing.T, s *store.Store, name string) string {
	t.Helper()
	value, err := store.WriterPragma(s, name)
	must(t, err)
	return value
}

// The file is for nobody else to read, nor is the folder it needed.
func TestSQLiteFileIsPrivate(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "a ? folder", "below")
	path := filepath.Join(folder, "100 % cairn#1.db")
	c := config("sqlite:" + path)
	must(t, store.Migrate(t.Context(), c))
	must(t, open(t, c).AddOrganisation(t.Context(), organisation(t, "Riverside")))
	for name, want := range map[string]os.FileMode{
		folder: 0o700, filepath.Dir(folder): 0o700, path: 0o600, path + "-wal": 0o600, path + "-shm": 0o600, path + ".migrating": 0o600,
	} {
		info, err := os.Stat(name)
		must(t, err)
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", filepath.Base(name), got, want)
		}
	}
}

// A database that is away is no accident.
func TestOpenWithoutAServer(t *testing.T) {
	t.Parallel()
	url := "postgres://nobody:secret@127.0.0.1:1/none?sslmode=disable&connect_timeout=2"
	_, err := store.Open(t.Context(), config(url))
	refused(t, err, fault.Busy, "try again")
	if strings.Contains(err.Error(), "secret") {
		t.Error("the password is in the sentence")
	}
	refused(t, store.Migrate(t.Context(), config(url)), fault.Busy, "try again")
}

func TestPing(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		s, err := store.Open(t.Context(), config(url))
		must(t, err)
		must(t, s.Ping(t.Context()))
		must(t, s.Close())
		refused(t, s.Ping(t.Context()), fault.Busy, "try again")
	})
}

// Somebody else who holds the lock too long is answered with “try again”, and
// nothing hangs.
func TestLockedDatabaseIsBusy(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		c := config(url)
		hold := "BEGIN IMMEDIATE"
		if !isSQLite(url) {
			c.URL += "&lock_timeout=300"
			hold = "BEGIN; LOCK TABLE organisations"
		}
		s := open(t, c)
		conn, err := raw(t, url).Conn(t.Context())
		must(t, err)
		_, err = conn.ExecContext(t.Context(), hold)
		must(t, err)
		start := time.Now()
		refused(t, s.AddOrganisation(t.Context(), organisation(t, "Riverside")), fault.Busy, "Nothing was saved")
		if waited := time.Since(start); waited > 20*time.Second {
			t.Errorf("waited %v", waited)
		}
		_, err = conn.ExecContext(t.Context(), "ROLLBACK")
		must(t, errors.Join(err, conn.Close()))
		must(t, s.AddOrganisation(t.Context(), organisation(t, "Riverside")))
	})
}

// A server that throws everybody out is answered with “try again”, and the next
// try gets through without a restart.
func TestServerComesBack(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		if isSQLite(url) {
			return // has no server to lose; a lock is tested above
		}
		w := bundledWorld(t, url)
		before := counts(t, raw(t, url), url)
		err := w.store.Write(t.Context(), w.org.ID, func(tx app.Writer) error {
			must(t, tx.AddPerson(scheme.Person{ID: id[scheme.PersonID](t), Reference: "A"}))
			rows(t, raw(t, url), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()`)
			return tx.AddPerson(scheme.Person{ID: id[scheme.PersonID](t), Reference: "B"})
		})
		refused(t, err, fault.Busy, "Nothing was saved")
		same(t, "rows", before, counts(t, raw(t, url), url))
		w.refer("A", "2026-01-05")
		must(t, w.store.Ping(t.Context()))
	})
}

// A full disk is told as that, and leaves nothing half written.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		if !isSQLite(url) {
			return // needs a file system of its own; its error codes are tested as such
		}
		w := bundledWorld(t, url)
		must(t, store.Fill(w.store))
		before := counts(t, raw(t, url), url)
		err := w.store.Write(t.Context(), w.org.ID, func(tx app.Writer) error {
			for range 1000 {
				p := scheme.Person{ID: id[scheme.PersonID](t), Reference: string(id[scheme.PersonID](t)), Name: "Ann"}
				if err := tx.AddPerson(p); err != nil {
					return err
				}
			}
			return nil
		})
		refused(t, err, fault.NoRoom, "nothing was saved")
		same(t, "rows", before, counts(t, raw(t, url), url))
	})
}

// What a program was having done when it was killed comes to an end, and with it the
// locks that the next one needs.
func TestPostgresNoticesThatWeAreGone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		if isSQLite(w.url) {
			return // has no server
		}
		db := raw(t, w.url)
		until := func(want string) {
			for range 150 { // a statement may take twice as long by itself
				if rows(t, db, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(60)' AND state = 'active'")[0] == want {
					return
				}
				time.Sleep(100 * time.Millisecond)
			}
			t.Errorf("15 seconds later not %s of it are at work", want)
		}
		if err := store.Vanish(t.Context(), w.store, "SELECT pg_sleep(60)", func() { until("1") }); !errors.Is(err, driver.ErrBadConn) {
			t.Fatal(err)
		}
		until("0")
	})
}
