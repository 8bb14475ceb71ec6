package stat

import (
	"math/big"
	"math/bits"
)

// wide is a signed 192-bit integer in two's complement, lowest word first. It
// only adds: 2³¹ people whose changes are as large as 2⁵⁴ make a sum of squares
// of 2¹³⁹, which 128 bits would not hold and 192 do. Everything after the sum
// (multiplying, comparing) is done once, in big.Int.
type wide [3]uint64

// add adds a·b·count. The count is not negative.
//
//nolint:gosec // G115: a count is not negative, as every maker of a table checks
func (w *wide) add(a, b, count int64) {
	top, low := bits.Mul64(magnitude(a), magnitude(b))
	var p wide
	var carry uint64
	carry, p[0] = bits.Mul64(low, uint64(count))
	p[2], p[1] = bits.Mul64(top, uint64(count))
	p[1], carry = bits.Add64(p[1], carry, 0)
	p[2] += carry

	step := bits.Add64
	if (a < 0) != (b < 0) {
		step = bits.Sub64
	}
	w[0], carry = step(w[0], p[0], 0)
	w[1], carry = step(w[1], p[1], carry)
	w[2], _ = step(w[2], p[2], carry)
}

// plus adds another sum.
func (w *wide) plus(v wide) {
	var carry uint64
	w[0], carry = bits.Add64(w[0], v[0], 0)
	w[1], carry = bits.Add64(w[1], v[1], carry)
	w[2], _ = bits.Add64(w[2], v[2], carry)
}

// int returns the sum as a big.Int.
//
//nolint:gosec // G115: the top word is meant to carry the sign
func (w wide) int() *big.Int {
	z := new(big.Int).SetInt64(int64(w[2]))
	for _, word := range []uint64{w[1], w[0]} {
		z.Lsh(z, 64)
		z.Add(z, new(big.Int).SetUint64(word))
	}
	return z
}

// magnitude is |v| without the overflow at the smallest integer.
//
//nolint:gosec // G115: wrapping round is what makes it right there
func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}
