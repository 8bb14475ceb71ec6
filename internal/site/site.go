// Package site is the pages: one file a page, with its typed data and the
// handler that fills it. Words are in the templates under web/pages.
//
// It decides nothing: rights and rules are asked of app, errors go back to the
// server's one funnel. It promises that every page works without JavaScript,
// that what was typed is never lost to a mistake, that no page for recording
// shows an earlier score, and that a page says a fault in the words and with
// the status that the API gives it; a date alone, which is typed in three boxes,
// and the way on from a form sent twice have words of the page's own.
package site

import (
	"fmt"
	"html/template"
	"io/fs"
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/server"
	"cairn/web"
)

// A Site answers with pages.
type Site struct {
	app    *app.App
	server *server.Server
	demo   []DemoLogin
	pages  map[string]*template.Template

	printer Printer // nil: none is there
}

// New reads the templates. demo lists the logins of a demonstration; there are
// none anywhere else.
func New(a *app.App, s *server.Server, demo []DemoLogin) (*Site, error) {
	pages, err := shelf()
	if err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	return &Site{app: a, server: s, demo: demo, pages: pages}, nil
}

// Routes adds every page and the bundled assets to the server.
func (s *Site) Routes() error {
	assets, err := fs.Sub(web.Files, "dist")
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	if err := s.server.Assets(assets); err != nil {
		return fmt.Errorf("site: %w", err)
	}
	s.server.OnProblem(s.problem)
	s.doors()
	s.safetyRoutes()
	s.releaseRoutes()
	s.takeAwayRoutes()
	s.onePageRoutes()
	s.importRoutes()
	s.projectRoutes()
	for _, r := range []struct {
		path  string
		right app.Right
		get   func(*gin.Context) error
		post  func(*gin.Context) error
	}{
		{"/caseload", app.SeePeople, s.caseload, nil},
		{"/supervision", app.SeeSupervision, s.supervision, nil},
		{"/caseload/hand-over", app.RecordPeople, s.newHandOver, s.handOver},
		{"/caseload/cover", app.RecordPeople, s.covers, s.addCover},
		{"/referrals/:referral/not-done", app.RecordPeople, s.newNotDone, s.closeDue},
		{"/schemes", app.SeeSchemes, s.schemes, nil},
		{"/schemes/new", app.SetUpSchemes, s.newScheme, s.addScheme},
		{"/schemes/:scheme/profile", app.SetUpSchemes, s.profile, s.changeProfile},
		{"/schemes/:scheme/evidence", app.SeeEvidence, s.evidence, nil},
		{"/schemes/:scheme/equity", app.SeeEvidence, s.equity, nil},
		{"/schemes/:scheme/value", app.SeeEvidence, s.value, nil},
		{"/schemes/:scheme/costs", app.SetCosts, s.costs, s.addCost},
		{"/costs/:cost", app.SetCosts, s.cost, s.changeCost},
		{"/schemes/:scheme/comparator/new", app.SetComparators, s.newComparator, s.addComparator},
		{"/schemes/:scheme/comparator/waiting", app.SetComparators, s.waitAllocation, s.recordWaitAllocation},
		{"/compare", app.SeeEvidence, s.compare, nil},
		{"/ot", app.SeeEvidence, s.ot, nil},
		{"/schemes/:scheme/referrals/new", app.RecordPeople, s.newReferral, s.register},
		{"/schemes/:scheme/paper", app.RecordPeople, s.paper, s.savePaper},
		{"/referrals/:referral", app.SeePeople, s.referral, nil},
		{"/people/:person", app.SeePeople, s.person, nil},
		{"/referrals/:referral/prescriptions/new", app.RecordPeople, s.newPrescription, s.addPrescription},
		{"/referrals/:referral/prescriptions/:prescription", app.RecordPeople, s.prescription, s.changePrescription},
		{"/schemes/:scheme/registers", app.RecordPeople, s.registers, nil},
		{"/schemes/:scheme/registers/:activity/:day", app.RecordPeople, s.groupRegister, s.saveRegister},
		{"/referrals/:referral/contacts/new", app.RecordPeople, s.newContact, s.addContact},
		{"/referrals/:referral/contacts/:contact", app.RecordPeople, s.contact, s.changeContact},
		{"/referrals/:referral/assessments/new", app.RecordPeople, s.newAssessment, s.record},
		{"/assessments/:assessment/move", app.RecordPeople, s.move, s.doMove},
		{"/people", app.SeePeople, s.people, s.findPeople},
		{"/people/merge", app.MergePeople, s.merge, s.findTwo},
		{"/people/merge/check", app.MergePeople, s.checkMerge, s.doMerge},
		{"/people/duplicates", app.MergePeople, s.duplicates, nil},
		{"/people/:person/details", app.RecordPeople, s.facts, s.changeFacts},
		{"/people/:person/permissions", app.RecordPeople, s.permissions, s.permit},
		{"/people/:person/care", app.RecordPeople, s.care, s.changeCare},
		{"/assessments/:assessment", app.SeePeople, s.assessment, nil},
		{"/assessments/:assessment/correct", app.RecordPeople, s.correcting, s.correct},
		{"/assessments/:assessment/withdraw", app.RecordPeople, s.withdrawing, s.withdraw},
		{"/activities/:activity", app.SetUpSchemes, s.activity, s.changeActivity},
		{"/quality", app.SeeQuality, s.quality, nil},
		{"/exports", app.ExportData, s.exports, nil},
		{"/exports/file", app.ExportData, s.exportFile, nil},
		{"/measures", app.SeeMeasures, s.measures, nil},
		{"/measures/:key", app.SeeMeasures, s.measure, nil},
		{"/measures/new", app.SetUpSchemes, s.newMeasure, s.addMeasure},
		{"/measures/:key/words", app.SetUpSchemes, s.measureWords, s.supplyWords},
	} {
		s.server.Route(http.MethodGet, r.path, server.Policy{Right: r.right}, r.get)
		if r.post != nil {
			s.server.Route(http.MethodPost, r.path, server.Policy{Right: r.right}, r.post)
		}
	}
	s.server.Route(http.MethodPost, "/caseload/undo", server.Policy{Right: app.RecordPeople}, s.undoClose)
	s.server.Route(http.MethodPost, "/caseload/cover/end", server.Policy{Right: app.RecordPeople}, s.endCover)
	s.server.Route(http.MethodGet, "/schemes/:scheme", server.Policy{Right: app.SeeSchemes, People: true}, s.scheme)
	s.server.Route(http.MethodGet, "/schemes/:scheme/comparator", server.Policy{Right: app.SeeEvidence}, s.comparator)
	s.server.Route(http.MethodPost, "/schemes/:scheme/comparator", server.Policy{Right: app.SetComparators}, s.withdrawComparator)
	s.referralChanges()
	s.server.Route(http.MethodGet, "/activities", server.Policy{Right: app.SeeSchemes}, s.activities)
	s.server.Route(http.MethodPost, "/measures/:key/words/withdraw", server.Policy{Right: app.SetUpSchemes}, s.withdrawWords)
	s.server.Route(http.MethodPost, "/activities", server.Policy{Right: app.SetUpSchemes}, s.addActivity)
	return nil
}

// doors are the pages that need no right of a role.
func (s *Site) doors() {
	door := server.Policy{Right: server.Public, Why: "where a person without a session signs in; a refusal never says which part was wrong"}
	s.server.Route(http.MethodGet, "/sign-in", door, s.signIn)
	s.server.Route(http.MethodPost, "/sign-in", door, s.checkSignIn)
	s.server.Route(http.MethodPost, "/sign-out", server.Policy{Right: server.Public, Why: "ends the session that it is sent with, and nothing else"}, s.signOut)
	first := server.Policy{Right: server.Public, Why: "the first run, before there is any account; it needs the one-time code from the terminal and works once"}
	s.server.Route(http.MethodGet, "/set-up", first, s.setUp)
	s.server.Route(http.MethodPost, "/set-up", first, s.doSetUp)
	s.server.Route(http.MethodGet, "/", server.Policy{Right: server.SignedIn, Why: "leads each role to its own first page and shows no data"}, s.home)
}
