package exchange

import (
	"hash/maphash"
	"strings"
)

// An enrolment is one person in one scheme. It is in the figures when it is
// listed: by a row of the wide file or of the people file, else by a score.
type enrolment struct {
	person string
	taken  uint64 // by slot modulo 64, whether there may be a score; see Data.add
	scheme int32  // in Data.names
	last   int32  // 1 + the newest score in Data.scores, 0 for none
	listed int32  // the line that listed it first, 0 when none did
}

func (e *enrolment) isListed() bool { return e.listed > 0 }

// enrolments are numbered in the order in which they are first named, and found
// by a table of our own: as a map of texts they would take three times the
// memory, and most of the time that a long file takes.
type enrolments struct {
	pile[enrolment]
	seed  maphash.Seed
	table []place // a power of two of them, at most half in use
	text  strings.Builder
}

// A place in the table: an enrolment's hash and 1 + its number. Collisions lie
// in the next free place.
type place struct {
	hash   uint32
	number int32
}

func newEnrolments() enrolments {
	return enrolments{seed: maphash.MakeSeed(), table: make([]place, 1<<10)}
}

// hash is of the person alone. It differs from run to run, so that nobody can
// write a file in which everybody collides.
func (e *enrolments) hash(person []byte) uint32 { return uint32(maphash.Bytes(e.seed, person)) }

// spread keeps references that every scheme uses (1, 2, 3) from meeting.
const spread = 0x9e3779b1

// of finds or makes the enrolment of a person, whose hash it is given, in a
// scheme.
func (e *enrolments) of(person []byte, hash uint32, scheme int32) int32 {
	hash ^= uint32(scheme) * spread
	mask := uint32(len(e.table) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		p := e.table[i]
		if p.number == 0 {
			return e.make(i, hash, enrolment{person: e.keep(person), scheme: scheme})
		}
		if p.hash != hash {
			continue
		}
		if known := e.at(int(p.number - 1)); known.scheme == scheme && known.person == string(person) {
			return p.number - 1
		}
	}
}

func (e *enrolments) make(at, hash uint32, one enrolment) int32 {
	e.add(one)
	e.table[at] = place{hash, int32(e.n)}
	if 2*e.n > len(e.table) {
		e.widen()
	}
	return int32(e.n - 1)
}

func (e *enrolments) widen() {
	narrow := e.table
	e.table = make([]place, 2*len(narrow))
	mask := uint32(len(e.table) - 1)
	for _, p := range narrow {
		if p.number == 0 {
			continue
		}
		i := p.hash & mask
		for e.table[i].number != 0 {
			i = (i + 1) & mask
		}
		e.table[i] = p
	}
}

// keep copies a reference to where thousands share one piece of memory.
func (e *enrolments) keep(person []byte) string {
	const piece = 1 << 15
	if e.text.Cap()-e.text.Len() < len(person) {
		e.text = strings.Builder{}
		e.text.Grow(max(piece, len(person)))
	}
	start := e.text.Len()
	e.text.Write(person)
	return e.text.String()[start:]
}
