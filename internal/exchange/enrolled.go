package exchange

import (
	"hash/maphash"
	"strings"
)

// An enrolment is one person in one scheme. It is in the figures when it is
// listed: by a row of the wide file or of the people file, else by a score. Half
// a million are kept, without a pointer that the garbage collector would follow.
type enrolment struct {
	taken  uint64 // by slot modulo 64, whether there may be a score; see Data.add
	person uint32 // where the reference begins in the texts
	scheme int32  // in Data.names
	last   int32  // 1 + the newest score in Data.scores, 0 for none
	listed int32  // the line that listed it first, 0 when none did
	length uint16 // of the reference, bytes
}

func (e *enrolment) isListed() bool { return e.listed > 0 }

// enrolments are numbered in the order in which they are first named, and found
// by a table of our own: as a map of texts they would take three times the
// memory, and most of the time that a long file takes.
type enrolments struct {
	pile[enrolment]
	seed  maphash.Seed    // a new one each time, so that nobody can write a file in which all collide
	table []place         // a power of two of them, at most half in use
	texts []string        // of textSize or less, made of references
	begun strings.Builder // the last of them
	found int             // the last that was asked for

	fetched byte // see fetch
}

// A place in the table: an enrolment's hash and 1 + its number. Collisions lie
// in the next free place.
type place struct {
	hash   uint32
	number int32
}

// newEnrolments has room for so many before the table has to grow.
func newEnrolments(people int) enrolments {
	places := 1 << 10
	for places < 2*people {
		places *= 2
	}
	return enrolments{seed: maphash.MakeSeed(), table: inLargePages(make([]place, places))}
}

// spread keeps references that every scheme uses (1, 2, 3) from meeting.
const spread = 0x9e3779b1

// hash is of the person alone: parsers number schemes in their own way.
func (e *enrolments) hash(person []byte) uint32 { return uint32(maphash.Bytes(e.seed, person)) }

// of finds or makes the enrolment of a person, whose hash it is given, in a
// scheme. Files are in some order, and mostly the one asked for is the last one
// again or the next.
func (e *enrolments) of(person []byte, hash uint32, scheme int32) int32 {
	for i := e.found; i < min(e.found+2, e.n); i++ {
		if e.is(i, person, scheme) {
			e.found = i
			return int32(i)
		}
	}
	e.found = int(e.lookUp(person, hash^uint32(scheme)*spread, scheme))
	return int32(e.found)
}

// fetch looks at where rows will be looked up, and at nothing of what is there:
// the processor can wait for many places in memory at once, which costs less
// than to wait for one after the other.
func (e *enrolments) fetch(rows []row, words []int32) {
	mask := uint32(len(e.table) - 1)
	for i := range rows {
		r := &rows[i]
		if r.scheme == isOdd {
			continue
		}
		hash := r.hash ^ uint32(words[r.scheme])*spread
		if p := e.table[hash&mask]; p.number > 0 && p.hash == hash {
			e.fetched += e.person(int(p.number - 1))[0]
		}
	}
}

func (e *enrolments) is(i int, person []byte, scheme int32) bool {
	return e.at(i).scheme == scheme && e.person(i) == string(person)
}

// person is the reference of an enrolment.
func (e *enrolments) person(i int) string {
	one := e.at(i)
	start := one.person % textSize
	return e.texts[one.person/textSize][start : start+uint32(one.length)]
}

func (e *enrolments) lookUp(person []byte, hash uint32, scheme int32) int32 {
	mask := uint32(len(e.table) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		p := e.table[i]
		if p.number == 0 {
			return e.make(i, hash, person, scheme)
		}
		if p.hash == hash && e.is(int(p.number-1), person, scheme) {
			return p.number - 1
		}
	}
}

func (e *enrolments) make(at, hash uint32, person []byte, scheme int32) int32 {
	e.add(enrolment{person: e.keep(person), length: uint16(len(person)), scheme: scheme})
	e.table[at] = place{hash, int32(e.n)}
	if 4*e.n > 3*len(e.table) {
		e.widen()
	}
	return int32(e.n - 1)
}

func (e *enrolments) widen() {
	narrow := e.table
	e.table = inLargePages(make([]place, 2*len(narrow)))
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

// textSize is far longer than a reference.
const textSize = 1 << 15

// keep copies a reference to the end of the texts and says where it begins.
func (e *enrolments) keep(person []byte) uint32 {
	if e.begun.Cap()-e.begun.Len() < len(person) {
		e.begun = strings.Builder{}
		e.begun.Grow(textSize)
		e.texts = append(e.texts, "")
	}
	last, start := len(e.texts)-1, e.begun.Len()
	e.begun.Write(person)
	e.texts[last] = e.begun.String()
	return uint32(last*textSize + start)
}
