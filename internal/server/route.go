package server

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
)

// Two rows of the policy table need no right of a role.
const (
	Public   app.Right = "public"    // anybody; Why says what makes that safe
	SignedIn app.Right = "signed-in" // whoever is signed in, in any role
)

// A Policy says who may ask for a route.
type Policy struct {
	Right app.Right // one of app.Rights, Public or SignedIn
	Why   string    // needed where the right is Public or SignedIn
	// People says that whoever may see people is shown some, although the right is
	// not about them.
	People bool
	// File says that a whole file is sent here, or worked through: more may be sent,
	// and it may take its time, since whoever asks has the right.
	File bool
}

// Opens reports whether the route shows people referred to that actor, so that
// the audit keeps that it was opened. A right that is about people says so by
// itself: nobody can forget it.
func (p Policy) Opens(by app.Actor) bool {
	switch p.Right {
	case app.SeePeople, app.RecordPeople, app.MergePeople, app.SeeTrail, app.SeeSafety, app.AnswerSafety, app.SeeQuality:
		return true
	}
	return p.People && by.May(app.SeePeople)
}

// objectOf is the identifier in an address that says most nearly who is shown.
func objectOf(params gin.Params) string {
	for _, name := range []string{"person", "referral", "assessment", "alert", "batch", "id", "scheme"} {
		if id, there := params.Get(name); there {
			return id
		}
	}
	return ""
}

// A Row is one line of the policy table.
type Row struct {
	Method string
	Path   string // as gin writes it, /schemes/:id
	Policy
}

// Policies is the whole table, in the order of registration.
func (s *Server) Policies() []Row { return slices.Clone(s.rows) }

// Route adds a route with its policy; one for GET answers HEAD too. The handler runs only for an actor who
// has the right, and hands its error back to be answered in the one funnel. A
// policy that says nothing is a mistake of the program and panics at start.
func (s *Server) Route(method, path string, p Policy, h func(*gin.Context) error) {
	if err := p.check(); err != nil {
		panic(fmt.Sprintf("server: %s %s: %v", method, path, err))
	}
	s.rows = append(s.rows, Row{method, path, p})
	s.engine.Handle(method, path, s.funnelled(func(c *gin.Context) error {
		if err := s.admit(c, p.Right); err != nil {
			return err
		}
		v := visitOf(c)
		v.opens, v.of, v.patient = p.Opens(v.actor), objectOf(c.Params), p.File
		if p.File {
			if err := unhurried(c); err != nil {
				return err
			}
		}
		return h(c)
	}))
}

// unhurried takes away the time in which a request has to arrive and an answer
// to be made. Where that passes while a file is worked through, net/http takes
// whoever asked for gone.
func unhurried(c *gin.Context) error {
	on := http.NewResponseController(c.Writer)
	for _, err := range []error{on.SetReadDeadline(time.Time{}), on.SetWriteDeadline(time.Time{})} {
		if err != nil && !errors.Is(err, http.ErrNotSupported) {
			return fmt.Errorf("take the time of a request away: %w", err)
		}
	}
	return nil
}

func (p Policy) check() error {
	switch {
	case p.Right == Public || p.Right == SignedIn:
		if p.Why == "" {
			return fmt.Errorf("a route for everybody needs a reason")
		}
	case !slices.Contains(app.Rights(), p.Right):
		return fmt.Errorf("%q is no right", p.Right)
	}
	return nil
}

// admit finds out who asks, and faults unless they have the right. On a public
// route nobody needs to be known, so trouble in finding out is only logged.
func (s *Server) admit(c *gin.Context, right app.Right) error {
	actor, err := s.actor(c)
	if right == Public {
		if _, accident := fault.All(err); accident != nil {
			s.logAccident(c, "visitor of a public page is not known", accident)
		}
	} else if err != nil {
		return err
	}
	visitOf(c).actor = actor
	switch {
	case right == Public:
		return nil
	case actor.Account == "":
		return fault.New(fault.Anonymous, fault.SignInNeeded, "Sign in first.")
	case right == SignedIn:
		return nil
	}
	return actor.Needs(right)
}

// actor is who asks: by bearer token under the API, else by session.
func (s *Server) actor(c *gin.Context) (app.Actor, error) {
	v, ctx := visitOf(c), c.Request.Context()
	who := app.Actor{}
	token, bearer := bearerOf(c.Request)
	var err error
	switch {
	case v.broken != nil:
		return who, v.broken
	case bearer:
		who, err = s.cfg.App.Bearer(ctx, token)
	case v.signedIn.account != "":
		who, err = s.cfg.App.Actor(ctx, v.signedIn.account, v.signedIn.org)
	default:
		return who, nil
	}
	if err != nil {
		return app.Actor{}, err
	}
	who.RequestID, who.Source = v.id, "page"
	if isAPI(c.Request) {
		who.Source = "api"
	}
	return who, nil
}

// bearerOf is the token of a request to the API; pages do not look at it.
func bearerOf(r *http.Request) (token string, ok bool) {
	scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), ok && isAPI(r) && strings.EqualFold(scheme, "Bearer")
}

func isAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/v1/") }

// guarded refuses, before any route is looked at, a request that came here under
// another site's name, a write that another site's page sent, and a body that
// says itself that it is too large.
func (s *Server) guarded(c *gin.Context) {
	if s.local && !ownName(c.Request.Host) {
		s.answer(c, fault.New(fault.Forbidden, fault.RequestOrigin, "This address is not this machine's own name. Open the address that Cairn printed when it started."))
		c.Abort()
		return
	}
	if err := s.origin.Check(c.Request); err != nil {
		s.answer(c, fault.New(fault.Forbidden, fault.RequestOrigin, "This was sent from another site and was not accepted. Open the page here and send it again.").Because(err))
		c.Abort()
		return
	}
	limit := s.limitOf(c)
	if c.Request.ContentLength > limit {
		s.answer(c, s.tooLarge(limit))
		c.Abort()
		return
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, limit)
}

// limitOf is how many bytes may be sent to a route.
func (s *Server) limitOf(c *gin.Context) int64 {
	takesFile := slices.ContainsFunc(s.rows, func(r Row) bool { return r.File && r.Method == c.Request.Method && r.Path == c.FullPath() })
	if takesFile {
		return s.cfg.Limits.File
	}
	return s.cfg.Limits.Body
}

func (s *Server) notFound(c *gin.Context) error {
	if err := s.admit(c, Public); err != nil {
		return err
	}
	return NotThere()
}

// NotThere is what app says of a record that is missing or somebody else's, for
// what is looked up outside of app.
func NotThere() *fault.Fault {
	return fault.New(fault.Missing, fault.NotFound, "There is nothing here. It may have been removed, or it may belong to another service.")
}

func (s *Server) noMethod(c *gin.Context) error {
	if err := s.admit(c, Public); err != nil {
		return err
	}
	if allow := c.Writer.Header().Get("Allow"); slices.Contains(strings.Split(allow, ", "), http.MethodGet) {
		c.Header("Allow", allow+", "+http.MethodHead)
	}
	return fault.New(fault.Invalid, fault.MethodNotAllowed, "This address does not take %s.", known(visitOf(c).method))
}
