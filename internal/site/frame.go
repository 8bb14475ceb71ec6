package site

import (
	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/server"
)

// Frame is what stands around every page.
type Frame struct {
	Actor  app.Actor // zero when nobody is signed in
	Demo   bool      // everything in here is made up, and the page says so
	Charts bool      // the page draws figures
	Wrong  []Wrong   // what is wrong with what was typed

	here    string // the item of the menu that the page belongs to
	address func(asset string) string
}

// frame is the frame of a page that belongs to one item of the menu.
func (s *Site) frame(c *gin.Context, here string) Frame {
	return Frame{Actor: server.ActorOf(c.Request.Context()), Demo: s.server.Demo(), here: here, address: s.server.AssetURL}
}

// refused is the frame of a page whose form is shown again.
func (f Frame) refused(form Form) Frame { f.Wrong = form.Wrong(); return f }

// In reports whether the page belongs to that item of the menu.
func (f Frame) In(item string) bool { return f.here == item }

// SignedIn reports whether somebody is.
func (f Frame) SignedIn() bool { return f.Actor.Account != "" }

// What the menu and the pages offer; app decides again when it is used.
func (f Frame) SeesSchemes() bool   { return f.Actor.May(app.SeeSchemes) }
func (f Frame) SeesPeople() bool    { return f.Actor.May(app.SeePeople) }
func (f Frame) SeesEvidence() bool  { return f.Actor.May(app.SeeEvidence) }
func (f Frame) SeesMeasures() bool  { return f.Actor.May(app.SeeMeasures) }
func (f Frame) SeesQuality() bool   { return f.Actor.May(app.SeeQuality) }
func (f Frame) SetsUp() bool        { return f.Actor.May(app.SetUpSchemes) }
func (f Frame) Exports() bool       { return f.Actor.May(app.ExportData) }
func (f Frame) Imports() bool       { return f.Actor.May(app.ImportScores) }
func (f Frame) SeesSafety() bool    { return f.Actor.May(app.SeeSafety) }
func (f Frame) SetsCosts() bool     { return f.Actor.May(app.SetCosts) }
func (f Frame) SetsProtocol() bool  { return f.Actor.May(app.SetProtocol) }
func (f Frame) RecordsPeople() bool { return f.Actor.May(app.RecordPeople) }
func (f Frame) SeesReleases() bool  { return f.Actor.May(app.SeeReleases) }
func (f Frame) MakesReleases() bool { return f.Actor.May(app.MakeReleases) }
func (f Frame) ReadsGranted() bool  { return f.Actor.May(app.ReadGranted) }
func (f Frame) MergesPeople() bool  { return f.Actor.May(app.MergePeople) }

// What the pages about research offer.
func (f Frame) SeesProjects() bool    { return f.Actor.May(app.SeeProjects) }
func (f Frame) DecidesProjects() bool { return f.Actor.May(app.DecideProjects) }
func (f Frame) TakesProjects() bool   { return f.Actor.May(app.TakeProjects) }

// Asset is the address of a built file.
func (f Frame) Asset(name string) string { return f.address(name) }
