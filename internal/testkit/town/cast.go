package town

import (
	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Settle founds the organisations, opens their schemes with those measures and
// lets everybody in: besides Ann, Bo and Cy there are di, Riverside's
// administrator, ed, its researcher, and fi, who commissions.
func (w *Town) Settle(measures ...measure.Key) {
	w.T.Helper()
	must(w.T, w.App.Prepare(w.T.Context()))
	riverside := w.Organisation("Riverside", "Europe/London", scheme.Provider)
	hilltop := w.Organisation("Hilltop", "Pacific/Auckland", scheme.Provider)
	board := w.Organisation("Board", "Europe/London", scheme.Commissioner)
	w.Ann = w.Join(app.NewUser{Login: "ann", Org: riverside, Role: app.Manager, AllSchemes: true})
	w.Cy = w.Join(app.NewUser{Login: "cy", Org: hilltop, Role: app.Manager, AllSchemes: true})
	w.Garden, w.Choir, w.Walk = w.open(w.Ann, "Garden", measures), w.open(w.Ann, "Choir", measures), w.open(w.Cy, "Walk", measures)
	var err error
	w.Plot, err = w.App.AddActivity(w.T.Context(), w.Ann, app.NewActivity{Name: "Allotment", Category: "gardening"})
	must(w.T, err)
	w.Bo = w.Join(app.NewUser{Login: "bo", Org: riverside, Role: app.Practitioner, Schemes: []scheme.ID{w.Garden.ID}})
	w.Join(app.NewUser{Login: "di", Org: riverside, Role: app.Administrator, AllSchemes: true})
	w.Join(app.NewUser{Login: "ed", Org: riverside, Role: app.Researcher, AllSchemes: true})
	w.Join(app.NewUser{Login: "fi", Org: board, Role: app.Commissioner, AllSchemes: true})
}

// Archive founds an organisation of its own for a case and returns gil, its
// manager.
func (w *Town) Archive() app.Actor {
	w.T.Helper()
	org := w.Organisation("Archive", "Europe/London", scheme.Provider)
	return w.Join(app.NewUser{Login: "gil", Org: org, Role: app.Manager, AllSchemes: true})
}

// Organisation founds one.
func (w *Town) Organisation(name, zone string, kind scheme.OrganisationKind) scheme.OrgID {
	w.T.Helper()
	made, err := w.App.AddOrganisation(w.T.Context(), scheme.Organisation{Name: name, TimeZone: zone, Kind: kind})
	must(w.T, err)
	return made.ID
}

// Join gives somebody an account and a token for 30 days.
func (w *Town) Join(u app.NewUser) app.Actor {
	w.T.Helper()
	u.Password = Password
	acc, err := w.App.AddUser(w.T.Context(), u)
	must(w.T, err)
	w.Tokens[u.Login], err = w.App.AddToken(w.T.Context(), acc, "test", 30)
	must(w.T, err)
	actor, err := w.App.Actor(w.T.Context(), acc.ID, u.Org)
	must(w.T, err)
	actor.Source = "page"
	return actor
}

func (w *Town) open(by app.Actor, name string, measures []measure.Key) scheme.Scheme {
	w.T.Helper()
	s, err := w.App.AddScheme(w.T.Context(), by, app.NewScheme{Name: name, Measures: measures, Weeks: 12, StartedOn: "2024-01-01"})
	must(w.T, err)
	return s
}
