package evidence

// A Ground is what says which scores are looked at, and when.
type Ground string

const (
	NoGround     Ground = ""     // nothing does
	SettingsFile Ground = "file" // a file of settings, which shows no day of its own
	DatedPlan    Ground = "plan" // a measurement plan in dated versions
)

// A Design is what was laid down before the scores were known, and what the
// people are compared with.
type Design struct {
	Ground    Ground
	Primary   bool // this score at this time is the first to look at, in every version of the plan
	Versions  int  // of the plan, that people here can have been measured under
	Figures   int  // scores at later times that the plan collects: as many figures like this one
	FirstLast bool // pairs are made by first and last score, and not by the plan's times

	Comparator  *Comparator  // nil: there is none
	Replication *Replication // nil: nothing is pooled
}

// A Comparator is a group that people are compared with, and what is known of it.
type Comparator struct {
	Name       string // "people on the waiting list"
	Source     string
	Concurrent bool   // measured in the same period
	Eligible   bool   // it is recorded who could be in it
	SameScore  bool   // measured by the same score at the same times
	Overlap    bool   // enough of each group began where the other did
	Random     bool   // it was drawn by lot who was in which group
	Complete   bool   // 60% or more of those with a first score were measured again, in both groups
	Of         string // the people measured twice whom the difference is of: "53 people in the scheme and 37 people in the comparison group"
	Difference string // at the same baseline with its interval, as it stands within a sentence; empty where there is none
}

// A Replication is several schemes or organisations of which the same was found
// out in the same way.
type Replication struct {
	Compared  int  // of them, at level 3
	Pooled    bool // into one difference
	Predicted bool // with a prediction interval
}

// effect reports whether the difference may be called one: chance decided, and not
// who was found again.
func (c *Comparator) effect() bool { return c.Random && c.Complete }
