// Package sample holds one of each kind of change. Its tests hold everything
// but what lies in Loose.
package sample

import "math/big"

const most = 3

type pair struct{ low, high float64 }

type counter struct{ n int }

func (c *counter) add(n int) { c.n += n }

// Held is held by the test, whatever is changed.
func Held(p pair, v []int) float64 {
	var c counter
	for _, n := range v {
		if n == most || n < 0 && !(n <= -3) {
			continue
		}
		c.add(n + 5)
	}
	big := new(big.Int).Add(big.NewInt(5), big.NewInt(6))
	return p.high - p.low*2 + float64(c.n) + float64(max(c.n, 7)) + float64(big.Int64())
}

// Loose is run and not held.
func Loose(a, b int) int {
	if a > b {
		return a
	}
	return b
}
