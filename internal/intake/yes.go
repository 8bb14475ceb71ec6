package intake

import "strings"

// yes reads an answer of yes or no; ok is false where it is neither.
func yes(text string) (is, ok bool) {
	switch strings.ToLower(strings.TrimRight(text, ".! ")) {
	case "y", "yes", "true", "t", "1", "✓", "✔", "done", "complete", "completed":
		return true, true
	case "n", "no", "false", "f", "0", "✗", "✘", "not done", "incomplete":
		return false, true
	}
	return false, false
}
