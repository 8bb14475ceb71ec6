package exchange

import (
	"fmt"
	"testing"
)

// Everybody is found again under their own number, as the table grows and
// where hashes meet.
func TestEnrolments(t *testing.T) {
	e := newEnrolments(0)
	const many = 5000
	for range 2 {
		for i := range many {
			person := []byte(fmt.Sprint("P", i))
			if got := e.of(person, e.hash(person), 3); int(got) != i {
				t.Fatalf("%s is number %d, want %d", person, got, i)
			}
		}
	}
	for i, one := range []struct {
		person string
		scheme int32
	}{{"Ann", 0}, {"Bo", 0}, {"Ann", 1}} {
		for range 2 {
			if got := e.lookUp([]byte(one.person), 7, one.scheme); int(got) != many+i {
				t.Errorf("%s in scheme %d is number %d, want %d", one.person, one.scheme, got, many+i)
			}
		}
	}
	if got := e.person(many); got != "Ann" {
		t.Errorf("number %d is called %q", many, got)
	}
}
