package intake

import (
	"slices"
	"strings"
	"unicode"
)

// wordsOf splits a heading or a name into small words: "ClientID" and
// "client_id" are client, id; "PHQ9" and "PHQ-9" are phq, 9.
func wordsOf(text string) []string {
	var all []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			all = append(all, strings.ToLower(string(word)))
			word = word[:0]
		}
	}
	before := rune(0)
	for _, r := range text {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			if r != '\'' && r != '’' {
				end()
			}
			before = r
			continue
		case unicode.IsDigit(r) != unicode.IsDigit(before) && len(word) > 0,
			unicode.IsUpper(r) && unicode.IsLower(before):
			end()
		}
		word = append(word, r)
		before = r
	}
	end()
	return all
}

// has reports whether the words hold a phrase, in a row.
func has(words []string, phrase string) bool { return find(words, phrase) >= 0 }

func find(words []string, phrase string) int { return findParts(words, strings.Fields(phrase)) }

// findParts is find, of a phrase word by word.
func findParts(words, parts []string) int {
	for i := 0; i+len(parts) <= len(words); i++ {
		if slices.Equal(words[i:i+len(parts)], parts) {
			return i
		}
	}
	return -1
}

func hasAny(words []string, phrases ...string) bool {
	return slices.ContainsFunc(phrases, func(p string) bool { return has(words, p) })
}

// folded is a name without what people type differently: case, spaces, dots.
func folded(name string) string { return strings.Join(wordsOf(strings.ToLower(name)), " ") }

// mostNames and longestName bound what is compared letter by letter: a column of
// more names than that is no column of schemes.
const (
	mostNames   = 200
	longestName = 60
)

// nearest is the name that a slip of the keyboard would explain best; empty
// where none is near.
func nearest(name string, among []string) string {
	best, least := "", 0
	text := []rune(folded(name))
	if len(text) > longestName || len(among) > mostNames {
		return ""
	}
	for _, other := range among {
		to := []rune(folded(other))
		most := max(1, min(len(text), len(to))/4)
		if len(to)-len(text) > most || len(text)-len(to) > most {
			continue
		}
		if d := distance(text, to); d <= most && (best == "" || d < least) {
			best, least = other, d
		}
	}
	return best
}

// distance is how many letters have to be put in, taken out, changed or
// exchanged with their neighbour (Damerau and Levenshtein, restricted).
func distance(a, b []rune) int {
	two, one, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range one {
		one[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(one[j]+1, now[j-1]+1, one[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], two[j-2]+1)
			}
		}
		two, one, now = one, now, two
	}
	return one[len(b)]
}

// notThere reports the ways in which people write that there is nothing.
func notThere(text string) bool {
	if len(text) > 16 {
		return false
	}
	switch strings.Trim(strings.ToLower(text), " .") {
	case "", "-", "--", "–", "—", "n/a", "na", "n.a", "#n/a", "n\\a", "none", "null", "nil", "nan", "missing", "not done", "not known", "unknown", "dna", "declined", "refused", "blank", "not recorded", "tbc":
		return true
	}
	return false
}
