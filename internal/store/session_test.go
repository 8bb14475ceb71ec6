package store_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
)

func TestSessions(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		now := noon
		c := config(url)
		c.Clock = func() time.Time { return now }
		s := open(t, c)
		w, hilltop := settle(t, s, "Riverside"), settle(t, s, "Hilltop")
		sessions := s.Sessions()
		keep := func(token string, expires time.Time, values map[string]any) []byte {
			t.Helper()
			data, err := scs.GobCodec{}.Encode(expires, values)
			must(t, err)
			must(t, sessions.Commit(token, data, expires))
			return data
		}
		find := func(token string, want []byte) {
			t.Helper()
			got, found, err := sessions.Find(token)
			if found != (want != nil) || !bytes.Equal(got, want) || err != nil {
				t.Errorf("%s: %q, %t, %v", token, got, found, err)
			}
		}
		hour := noon.Add(time.Hour)
		keep("token-of-ann", hour, nil)
		ann := keep("token-of-ann", hour, map[string]any{"account": string(w.account), "org": string(w.org.ID)})
		phone := keep("phone-of-ann", hour.Add(time.Hour), map[string]any{"account": string(w.account)})
		bo := keep("token-of-bo", hour.Add(time.Hour), map[string]any{"account": string(hilltop.account), "org": string(hilltop.org.ID)})
		nobody := keep("visitor", hour, map[string]any{"seen": int64(3)})
		find("token-of-ann", ann)
		find("phone-of-ann", phone)
		find("visitor", nobody)
		find("token", nil)
		if kept := rows(t, raw(t, url), "SELECT account_id, org_id FROM sessions WHERE org_id IS NOT NULL"); len(kept) != 2 {
			t.Errorf("sessions of organisations: %v", kept)
		}
		if bytes.Contains(dump(t, w, url), []byte("token-of-ann")) {
			t.Error("the token itself is in the database")
		}
		must(t, s.RevokeSessions(t.Context(), w.account))
		find("token-of-ann", nil)
		find("phone-of-ann", nil)
		find("token-of-bo", bo)
		must(t, sessions.Delete("token-of-bo"))
		must(t, sessions.Delete("token-of-bo"))
		find("token-of-bo", nil)

		now = hour
		find("visitor", nil)
		keep("later", hour.Add(time.Second), nil)
		must(t, s.ForgetExpired(t.Context()))
		if left := rows(t, raw(t, url), "SELECT COUNT(*) FROM sessions"); strings.Join(left, "") != "1" {
			t.Errorf("%v sessions are left", left)
		}
		if err := sessions.Commit("broken", []byte("no session"), hour); err == nil {
			t.Error("data that is no session was kept")
		}
	})
}
