package exchange

import "encoding/binary"

// A memo finds texts that come again and again (schemes, measures, time points)
// without hashing them whole: most are found in the place that a few of their
// bytes name, the others in a map.
type memo struct {
	near [1 << nearBits]struct {
		text   string
		number int32
	}
	far index
}

func newMemo(texts ...string) *memo {
	m := &memo{far: newIndex()}
	for _, text := range texts {
		m.far.of(text)
	}
	return m
}

// find is the number of a text; ok is false when it has none.
func (m *memo) find(text []byte) (number int32, ok bool) {
	place := &m.near[nearBy(text)]
	if place.text == string(text) {
		return place.number, len(text) > 0
	}
	number, ok = m.far.number[string(text)]
	if ok {
		place.text, place.number = m.far.names[number], number
	}
	return number, ok
}

const nearBits = 8

// nearBy is a place by the first and the last bytes of a text.
func nearBy(text []byte) uint32 {
	n := len(text)
	var ends uint32
	switch {
	case n >= 4:
		ends = binary.LittleEndian.Uint32(text) ^ binary.LittleEndian.Uint32(text[n-4:])*31
	case n > 0:
		ends = uint32(text[0]) + uint32(text[n/2])<<8 + uint32(text[n-1])<<16
	}
	return ends * spread >> (32 - nearBits)
}
