package scheme

// An Uptake is how many prescriptions of one activity stand alike.
type Uptake struct {
	Activity  ActivityID
	Name      string
	Category  Category
	Started   bool // a first session is on record
	Declined  bool
	Ended     bool
	EndReason EndReason
	Offered   int // sessions of each
	Attended  int // sessions of each
	Times     int // prescriptions
}
