package scheme

import "cairn/internal/fault"

// longestName is of what people name here, in characters.
const longestName = 200

// AcceptName faults for what cannot be the name of anything that people set up:
// nothing, more than a line holds, or what cannot be seen in one.
func AcceptName(name string) error {
	switch {
	case name == "":
		return fault.New(fault.Invalid, fault.InputInvalid, "Enter a name of 1 to %d characters.", longestName)
	case len([]rune(name)) > longestName:
		return fault.New(fault.Invalid, fault.InputInvalid, "Enter at most %d characters.", longestName)
	case !Visible(name):
		return fault.New(fault.Invalid, fault.InputInvalid, "This holds a character that cannot be seen, such as a line break. Type it again.")
	}
	return nil
}
