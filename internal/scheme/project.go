package scheme

import (
	"slices"
	"strings"
)

type (
	ProjectID     string
	ProjectFileID string
)

// A ProjectState is how far a research project has come.
type ProjectState string

const (
	ProjectAsked    ProjectState = "asked"    // somebody asked; nobody has decided
	ProjectApproved ProjectState = "approved" // by another person than who asked
	ProjectRefused  ProjectState = "refused"
	ProjectEnded    ProjectState = "ended" // before its last day
)

// ProjectStates lists them as people read them.
func ProjectStates() []Term {
	return []Term{
		{string(ProjectAsked), "Waiting for approval"}, {string(ProjectApproved), "Approved"},
		{string(ProjectRefused), "Refused"}, {string(ProjectEnded), "Ended"},
	}
}

// Label is the state as people read it.
func (s ProjectState) Label() string { return Label(ProjectStates(), string(s)) }

// How few people a description of a project's rows may fit: usually, and at the
// least with a written reason.
const (
	ProjectFewest = 10
	ProjectFloor  = 5
)

// A Project is what some researchers may have rows for, until a day.
type Project struct {
	ID       ProjectID
	Name     string
	Purpose  string // in a few sentences
	Schemes  []ID
	Users    []AccountID // who may download
	Measure  string      // a measure's key or a series; empty: all that the plans collect
	Period   Period      // in which referrals start
	Traits   []string    // of ProjectTraits: what the files say of people besides scores
	Until    Day         // the last day of downloads
	State    ProjectState
	Fewest   int    // people whom a description fits
	Why      string // for fewer than ProjectFewest
	Note     string // why it was refused or ended
	Asked    Deed
	Decided  Deed
	Ended    Deed
	Revision int
}

// Open reports whether files can be downloaded on that day.
func (p Project) Open(today Day) bool { return p.State == ProjectApproved && !today.After(p.Until) }

// Of reports whether somebody may download its files.
func (p Project) Of(who AccountID) bool { return slices.Contains(p.Users, who) }

// Meets reports whether a referral may be in files of both: of a scheme that both
// have. What is measured does not matter, since rows say more than scores; nor do
// times, since the day on which somebody started can change between two files.
func (p Project) Meets(o Project) bool {
	return slices.ContainsFunc(p.Schemes, func(id ID) bool { return slices.Contains(o.Schemes, id) })
}

// ProjectTraits are what a project may ask to know of people. Each makes files
// coarser, since fewer people are alike.
func ProjectTraits() []Term {
	return []Term{
		{TraitQuarter, "When they started"}, {TraitAge, "Age"}, {TraitSex, "Sex"},
		{TraitEthnicity, "Ethnic group"}, {TraitDeprivation, "Deprivation of the home area"},
	}
}

// SchemeTold is what a file calls the scheme of somebody of whom it says that: all
// but the traits at the end, since a scheme's name may have bars in it.
func SchemeTold(says string) string {
	for range ProjectTraits() {
		says = says[:max(0, strings.LastIndexByte(says, '|'))]
	}
	return says
}

// What a project's rows may say of a person, by the names of the columns.
const (
	TraitQuarter     = "quarter"
	TraitAge         = "age_band"
	TraitSex         = "sex"
	TraitEthnicity   = "ethnicity"
	TraitDeprivation = "deprivation"
)

// A ProjectFile is one file that was sent to a researcher.
type ProjectFile struct {
	ID      ProjectFileID
	Project ProjectID
	SHA256  string
	Bytes   int
	Rows    int
	People  int // in schemes
	LeftOut int // referrals of people who said no: told to nobody outside
	Fewest  int
	Sent    Deed
	Deleted Deed // the researcher's copy, as a manager noted it
}
