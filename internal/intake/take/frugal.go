package take

import (
	"runtime/debug"
	"sync"
)

// mostMemory is what the program may take before it tidies up at every turn, in
// bytes, while a file is being worked on: with its own text, which is in memory too,
// and what the database takes, about 150 MB in all.
const mostMemory = 64 << 20

// working are the files that are being worked on.
var working struct {
	sync.Mutex
	files  int
	before int64 // the limit without them
}

// Frugally has the program tidy up sooner, however long a file is, until done is
// called. Everything else that it does meanwhile is slower by that.
func Frugally() (done func()) {
	working.Lock()
	defer working.Unlock()
	if working.files++; working.files == 1 {
		working.before = debug.SetMemoryLimit(mostMemory)
	}
	return func() {
		working.Lock()
		defer working.Unlock()
		if working.files--; working.files == 0 {
			debug.SetMemoryLimit(working.before)
		}
	}
}
