package intake

// A packed holds a little of each of very many keys, which are hashes. A map of Go
// keeps about half of its room empty and grows to twice its size; this one grows
// by a quarter, one of its shares at a time. Nothing is taken out of it.
type packed[V any] struct {
	shares [shares]share[V]
}

// shares are how many parts it has, by the last bits of a key.
const shares = 256

type share[V any] struct {
	entries []entry[V]
	taken   int
}

// entry is empty where its key is 0.
type entry[V any] struct {
	value V // before the key: were it nothing, it would take room after it
	key   uint64
}

// found is what is held of a key, nil where it holds nothing. It may be written to
// until something else is put in.
func (p *packed[V]) found(key uint64) *V {
	key = max(key, 1)
	s := &p.shares[key%shares]
	if s.taken == 0 {
		return nil
	}
	if at := s.at(key); s.entries[at].key == key {
		return &s.entries[at].value
	}
	return nil
}

// of is what is held of a key, or nothing.
func (p *packed[V]) of(key uint64) (value V) {
	if at := p.found(key); at != nil {
		value = *at
	}
	return value
}

// put puts in what is held of a key.
func (p *packed[V]) put(key uint64, value V) {
	key = max(key, 1)
	s := &p.shares[key%shares]
	if s.taken*8 >= len(s.entries)*7 {
		s.grow()
	}
	at := s.at(key)
	if s.entries[at].key == 0 {
		s.taken++
	}
	s.entries[at] = entry[V]{value, key}
}

// at is where a key stands, or would.
func (s *share[V]) at(key uint64) int {
	at := int(key >> 32 * uint64(len(s.entries)) >> 32) // in proportion to its first bits
	for s.entries[at].key != key && s.entries[at].key != 0 {
		if at++; at == len(s.entries) {
			at = 0
		}
	}
	return at
}

func (s *share[V]) grow() {
	before := s.entries
	s.entries = make([]entry[V], len(before)+len(before)/4+8)
	for _, b := range before {
		if b.key != 0 {
			s.entries[s.at(b.key)] = b
		}
	}
}

// each hands out all that is held, in no order.
func (p *packed[V]) each(fn func(key uint64, value V)) {
	for i := range p.shares {
		for _, s := range p.shares[i].entries {
			if s.key != 0 {
				fn(s.key, s.value)
			}
		}
	}
}

// held is how many keys there are.
func (p *packed[V]) held() (n int) {
	for i := range p.shares {
		n += p.shares[i].taken
	}
	return n
}
