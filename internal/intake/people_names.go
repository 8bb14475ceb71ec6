package intake

import (
	"slices"
	"strings"
	"unicode"
)

// namesPeople reports references that look like people's names, also with an initial
// or a number, or run together: four in five hold a word, and the words differ as
// those of names do. A word that all share (Client-001), the name of a scheme and a
// month are of nobody.
func (s *guessed) namesPeople(i int) bool {
	nobodys := strings.Fields(strings.ToLower(strings.Join(slices.Concat(s.known.Schemes, s.known.Activities), " ")))
	for at, m := range s.heading.means {
		if m.takes == TakesScheme || m.takes == TakesActivity {
			for text := range s.cells[at].words {
				nobodys = append(nobodys, wordsOf(text)...)
			}
		}
	}
	all, of, held := len(s.cells[i].words), map[string][]string{}, map[string]int{}
	for text := range s.cells[i].words {
		of[text] = slices.DeleteFunc(nameLike(text), func(w string) bool {
			return isMonth(w) || slices.Contains(nobodys, w) || slices.Contains(strings.Fields(sheetWords), w)
		})
		for _, w := range slices.Compact(slices.Sorted(slices.Values(of[text]))) {
			held[w]++
		}
	}
	words, named, plain := map[string]bool{}, 0, 0
	for text, own := range of {
		own = slices.DeleteFunc(own, func(w string) bool { return all > 1 && held[w] == all })
		if len(own) == 0 {
			continue
		}
		if named++; !strings.ContainsFunc(text, unicode.IsDigit) {
			plain++
		}
		for _, w := range own {
			words[w] = true
		}
	}
	few := 5 // sites may stand before numbers
	if plain*2 > named {
		few = 3
	}
	return named*5 >= all*4 && (len(words) >= 3 && len(words)*2 > named || len(words) >= few && len(words)*10 >= all)
}

// nameLike are the words of a reference that somebody may be called by: four letters
// and more that can be spoken. One whose letters and digits change places more than
// twice is a code.
func nameLike(text string) (all []string) {
	var before rune
	changes := 0
	for _, r := range text {
		if unicode.IsLetter(r) && unicode.IsDigit(before) || unicode.IsDigit(r) && unicode.IsLetter(before) {
			changes++
		}
		before = r
	}
	if changes > 2 {
		return nil
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if isSpoken([]rune(word)) {
			all = append(all, word)
		}
	}
	return all
}

// isSpoken reports letters with a vowel among them, or one that is not of the plain
// alphabet, and never four consonants in a row, as few names have.
func isSpoken(word []rune) bool {
	vowels, row := 0, 0
	for _, r := range word {
		if row++; r > unicode.MaxASCII || strings.ContainsRune("aeiouy", r) {
			vowels++
			row = 0
		}
		if row == 4 {
			return false
		}
	}
	return len(word) >= 4 && vowels > 0
}
