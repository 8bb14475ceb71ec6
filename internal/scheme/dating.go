package scheme

// Dating is how well the day of an assessment is known. What is not known to the
// day pairs by first and last score only: a window is a matter of days.
type Dating string

const (
	ToTheDay   Dating = ""
	ToTheMonth Dating = "month" // the day kept is the first of the month
	ByOrder    Dating = "order" // which came before which; the day kept is no later than when it was brought in
)

// Label is the day of an assessment as it may be told.
func (d Dating) Label(on Day) string {
	switch d {
	case ToTheMonth:
		return on.Month().Label() + " (day not known)"
	case ByOrder:
		return "day not known"
	}
	return on.Long()
}
