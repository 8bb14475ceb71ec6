package server

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"cairn/internal/app"
)

// How long a session lasts (ASVS 5.0, 7.3).
const (
	idle     = 20 * time.Minute // without a request
	lifetime = 12 * time.Hour   // whatever happens
	mark     = time.Minute      // how often the last request is written down
)

const (
	keyAccount = "account"
	keyOrg     = "org"
	keySince   = "since" // unix seconds
	keySeen    = "seen"  // unix seconds
)

// newSessions leaves hashing to the store, which keeps no token whatever is set
// here. The idle time is ours and not scs's, which would write to the database
// at every request.
func newSessions(cfg Config) *scs.SessionManager {
	m := scs.New()
	m.Store = cfg.Sessions
	m.Lifetime = lifetime
	m.Cookie = scs.SessionCookie{
		Name: "cairn", Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: cfg.Secure,
	}
	if cfg.Secure {
		m.Cookie.Name = "__Host-cairn"
	}
	return m
}

// withSession reads the session of the request. It writes only to mark that
// the session is in use, at most once a minute. Trouble is kept in the visit
// for the funnel.
func (s *Server) withSession(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if sessionless(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Add("Vary", "Cookie")
		v := visitOf(r.Context())
		ctx, err := s.sessions.Load(r.Context(), s.cookie(r))
		if err != nil {
			v.broken = fmt.Errorf("read session: %w", err)
			next.ServeHTTP(w, r)
			return
		}
		v.signedIn, v.broken = s.resume(ctx)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// sessionless are the addresses that never look at who asks.
func sessionless(path string) bool {
	return strings.HasPrefix(path, "/assets/") || path == "/healthz" || path == "/livez"
}

func (s *Server) cookie(r *http.Request) string {
	c, err := r.Cookie(s.sessions.Cookie.Name)
	if err != nil {
		return ""
	}
	return c.Value
}

// resume is who the session belongs to, nobody when it was idle or lived for
// too long.
func (s *Server) resume(ctx context.Context) (identity, error) {
	who := identity{
		account: app.AccountID(s.sessions.GetString(ctx, keyAccount)),
		org:     app.OrgID(s.sessions.GetString(ctx, keyOrg)),
		since:   time.Unix(s.sessions.GetInt64(ctx, keySince), 0),
		seen:    time.Unix(s.sessions.GetInt64(ctx, keySeen), 0),
	}
	now := s.cfg.Now()
	switch {
	case who.account == "":
		return identity{}, nil
	case now.Sub(who.seen) > idle || now.Sub(who.since) > lifetime:
		return identity{}, s.forget(ctx)
	case now.Sub(who.seen) < mark:
		return who, nil
	}
	s.sessions.Put(ctx, keySeen, now.Unix())
	if _, _, err := s.sessions.Commit(ctx); err != nil {
		return identity{}, fmt.Errorf("mark session: %w", err)
	}
	return who, nil
}

// SignIn starts a session of the account in one of its organisations, under a
// new token. It is called before anything of the answer is written.
func (s *Server) SignIn(ctx context.Context, account app.Account, org app.OrgID) error {
	v := visitOf(ctx)
	if v.broken != nil {
		return v.broken
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	now := s.cfg.Now().Unix()
	s.sessions.Put(ctx, keyAccount, string(account.ID))
	s.sessions.Put(ctx, keyOrg, string(org))
	s.sessions.Put(ctx, keySince, now)
	s.sessions.Put(ctx, keySeen, now)
	token, expiry, err := s.sessions.Commit(ctx)
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	s.setCookie(ctx, token, expiry)
	return nil
}

// SignOut ends the session here and tells the browser to forget its cookies and
// every page it kept. Storage stays: unsent entries may be in it.
func (s *Server) SignOut(ctx context.Context) error {
	if err := s.forget(ctx); err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	visitOf(ctx).writer.Header().Set("Clear-Site-Data", `"cache", "cookies"`)
	return nil
}

func (s *Server) forget(ctx context.Context) error {
	if v := visitOf(ctx); v.broken != nil {
		return v.broken
	}
	if err := s.sessions.Destroy(ctx); err != nil {
		return fmt.Errorf("destroy session: %w", err)
	}
	s.setCookie(ctx, "", time.Time{})
	return nil
}

// setCookie keeps our own Cache-Control: scs adds a weaker one beside it.
func (s *Server) setCookie(ctx context.Context, token string, expiry time.Time) {
	w := visitOf(ctx).writer
	s.sessions.WriteSessionCookie(ctx, w, token, expiry)
	w.Header().Set("Cache-Control", "no-store")
}
