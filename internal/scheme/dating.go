package scheme

// Dating is how well a day is known. A score that is not known to the day pairs by
// first and last score only: a window is a matter of days.
type Dating string

const (
	ToTheDay   Dating = ""
	ToTheMonth Dating = "month"   // the day kept is the first of the month
	ByOrder    Dating = "order"   // its occasion is known; the day kept is no later than when it was brought in, and says nothing
	Assumed    Dating = "assumed" // of a referral: the day kept is on record as that of something else
)

// Label is the day of an assessment as it may be told, after "on".
func (d Dating) Label(on Day) string {
	switch d {
	case ToTheMonth:
		return "a day of " + on.Month().Label() + " that is not known"
	case ByOrder:
		return "a day that is not known"
	}
	return on.Long()
}

// Shown is the same where a day stands by itself, as in a table.
func (d Dating) Shown(on Day) string {
	switch d {
	case ToTheMonth:
		return on.Month().Label()
	case ByOrder:
		return "no date"
	}
	return on.Long()
}

// When is Shown of its day.
func (a Assessment) When() string { return a.Dated.Shown(a.On) }

// Day is when it was answered, as far as that is known.
func (a Assessment) Day() string { return a.Dated.Label(a.On) }
