package app

import (
	"runtime/debug"
	"slices"
	"sync"
)

// What the program may take in bytes before it tidies up at every turn. With its own
// text, which is in memory too, and what the database takes, it is about 150 MB in all.
const (
	WhileReading = 64 << 20 // a file on its way in
	whilePacking = 96 << 20 // a file for research, which is held against others whole
)

// working are the limits of what is being worked on.
var working struct {
	sync.Mutex
	limits []int64
	before int64 // the limit without them
}

// Frugally has the program tidy up sooner, however long a file is, until done is
// called. Everything else that it does meanwhile is slower by that. Of several limits
// in bytes the highest holds.
func Frugally(limit int64) (done func()) {
	working.Lock()
	defer working.Unlock()
	if len(working.limits) == 0 {
		working.before = debug.SetMemoryLimit(-1)
	}
	working.limits = append(working.limits, limit)
	debug.SetMemoryLimit(min(working.before, slices.Max(working.limits)))
	return func() {
		working.Lock()
		defer working.Unlock()
		at := slices.Index(working.limits, limit)
		working.limits = slices.Delete(working.limits, at, at+1)
		if len(working.limits) == 0 {
			debug.SetMemoryLimit(working.before)
			return
		}
		debug.SetMemoryLimit(min(working.before, slices.Max(working.limits)))
	}
}
