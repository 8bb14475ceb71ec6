package store

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// What is left to be written is written in its order while the program goes on;
// what comes after something that failed is not tried, and whoever waits is told.
func TestWhatIsLeftIsWrittenInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var b behind
		if err := b.wait(); err != nil {
			t.Fatal(err)
		}
		full := errors.New("full")
		var order []int
		began := time.Now()
		for n, fails := range []error{nil, nil, full, nil} {
			b.leave(func() error {
				time.Sleep(time.Duration(4-n) * time.Second) // the later, the sooner
				order = append(order, n)
				return fails
			})
		}
		if time.Since(began) > 0 {
			t.Error("the program waited")
		}
		for range 2 {
			if err := b.wait(); !errors.Is(err, full) {
				t.Errorf("the wait ended with %v", err)
			}
		}
		if len(order) != 3 || order[0] != 0 || order[1] != 1 || order[2] != 2 {
			t.Errorf("written: %v", order)
		}
	})
}

// A panic of what is written behind ends its transaction, and not the program.
func TestPanicBehindTheProgram(t *testing.T) {
	t.Parallel()
	var b behind
	b.leave(func() error { panic("no such driver") })
	if err := b.wait(); err == nil || !strings.Contains(err.Error(), "no such driver") {
		t.Errorf("the wait ended with %v", err)
	}
}
