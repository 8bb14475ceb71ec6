package app

import (
	"slices"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// Role is what somebody does in an organisation.
type Role string

const (
	Practitioner  Role = "practitioner"
	Manager       Role = "manager"
	Administrator Role = "administrator"
	Researcher    Role = "researcher"
	Commissioner  Role = "commissioner"
)

// Roles lists every role.
func Roles() []Role {
	return []Role{Practitioner, Manager, Administrator, Researcher, Commissioner}
}

// AccountID and OrgID name who acts and for whom, for rooms that know nothing
// else of schemes.
type (
	AccountID = scheme.AccountID
	OrgID     = scheme.OrgID
)

// An Actor is a signed-in account within one organisation. The organisation
// comes from the session or token and from nowhere else.
type Actor struct {
	Account    scheme.AccountID
	Login      string
	Org        scheme.OrgID
	OrgName    string
	Role       Role
	AllSchemes bool
	Schemes    []scheme.ID // where not all
	Source     string      // page | api | import | demo
	RequestID  string
}

// Right is one kind of thing that may be asked for.
type Right string

const (
	SeeSchemes   Right = "schemes.see"
	SetUpSchemes Right = "schemes.set-up"
	SeePeople    Right = "people.see"
	RecordPeople Right = "people.record"
	MergePeople  Right = "people.merge"
	SeeTrail     Right = "people.trail" // who opened a person's pages
	SeeEvidence  Right = "evidence.see" // the internal view: exact and live
	SeeMeasures  Right = "measures.see"
	SeeSafety    Right = "safety.see"    // alerts of one's schemes
	AnswerSafety Right = "safety.answer" // say what is done about one
	SeeProtocol  Right = "protocol.see"
	SetProtocol  Right = "protocol.set"
	SetCosts     Right = "costs.set"   // see and change what schemes cost, line by line
	SeeQuality   Right = "quality.see" // how well things are recorded, by scheme and caseload

	ExportData Right = "data.export" // rows that leave Cairn, under pseudonyms: exact, for work inside the service

	SeeProjects    Right = "projects.see"
	AskProjects    Right = "projects.ask"
	DecideProjects Right = "projects.decide" // what somebody else asked for
	TakeProjects   Right = "projects.take"   // download the files of those one is named in

	ImportScores   Right = "imports.make"    // bring files of scores in, and undo that; for who sees all schemes
	SetComparators Right = "comparators.set" // bring in a group from elsewhere to compare with

	SeeSupervision Right = "supervision.see"    // what one brings to supervision oneself
	Supervise      Right = "supervision.others" // what a colleague brings
	SeeReleases    Right = "releases.see"
	MakeReleases   Right = "releases.make" // prepare, audit, publish, withdraw, grant
	ReadGranted    Right = "releases.read" // what other organisations granted
)

// policy is the whole of who may do what. Ownership (one's own schemes) is
// checked beside it, in mayIn.
func policy() map[Right][]Role {
	return map[Right][]Role{
		SeeSchemes:   {Practitioner, Manager, Administrator},
		SetUpSchemes: {Manager, Administrator},
		SeePeople:    {Practitioner, Manager},
		RecordPeople: {Practitioner, Manager},
		MergePeople:  {Manager},
		SeeTrail:     {Manager},
		SeeEvidence:  {Practitioner, Manager},
		SeeQuality:   {Manager},
		SeeMeasures:  {Practitioner, Manager, Administrator, Researcher, Commissioner},
		SeeSafety:    {Practitioner, Manager},
		AnswerSafety: {Practitioner, Manager},
		SeeProtocol:  {Practitioner, Manager, Administrator},
		SetProtocol:  {Manager, Administrator},
		SetCosts:     {Manager},
		ExportData:   {Manager},

		SeeProjects:    {Manager, Researcher},
		AskProjects:    {Manager, Researcher},
		DecideProjects: {Manager},
		TakeProjects:   {Researcher},

		ImportScores:   {Manager},
		SetComparators: {Manager},

		SeeSupervision: {Practitioner, Manager},
		Supervise:      {Manager},
		SeeReleases:    {Manager, Administrator},
		MakeReleases:   {Manager},
		ReadGranted:    {Commissioner},
	}
}

// Rights lists every right, for the tests that walk all of them.
func Rights() []Right {
	all := make([]Right, 0, len(policy()))
	for r := range policy() {
		all = append(all, r)
	}
	slices.Sort(all)
	return all
}

// ofAllSchemes reports a right that goes only with seeing every scheme: a file of
// scores may name any of them, and make new ones.
func ofAllSchemes(r Right) bool { return r == ImportScores }

// May reports whether the actor has the right at all, for menus; the methods of
// App check again, and the scheme with it.
func (a Actor) May(r Right) bool {
	return slices.Contains(policy()[r], a.Role) && (a.AllSchemes || !ofAllSchemes(r))
}

// Needs faults as every method of App does unless the actor has the right, so
// that a request can be refused before it is read.
func (a Actor) Needs(r Right) error { return a.may(r) }

// Sees reports whether the scheme is one of the actor's.
func (a Actor) Sees(id scheme.ID) bool { return a.AllSchemes || slices.Contains(a.Schemes, id) }

// may faults unless the actor has the right: with account.sign-in when nobody is
// signed in.
func (a Actor) may(r Right) error {
	if a.Account == "" {
		return fault.New(fault.Anonymous, fault.SignInNeeded, "Sign in first.")
	}
	if !a.AllSchemes && ofAllSchemes(r) && slices.Contains(policy()[r], a.Role) {
		return fault.New(fault.Forbidden, fault.NotAllowed, "You see some schemes only, and a file of scores may be about any of them. Ask a manager who sees all schemes to bring it in.")
	}
	if !a.May(r) {
		return fault.New(fault.Forbidden, fault.NotAllowed, "Your role does not let you do this. Ask your service manager.")
	}
	return nil
}

// mayIn is may for something of one scheme. A scheme that is not the actor's
// looks exactly like one that is not there.
func (a Actor) mayIn(r Right, id scheme.ID) error {
	if err := a.may(r); err != nil {
		return err
	}
	if !a.Sees(id) {
		return notThere()
	}
	return nil
}

// notThere is the one answer for what is missing and what is somebody else's.
func notThere() *fault.Fault {
	return fault.New(fault.Missing, fault.NotFound, "There is nothing here. It may have been removed, or it may belong to another service.")
}
