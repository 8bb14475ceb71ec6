package main

import (
	"fmt"
	"strings"
	"testing"
)

const ownScale = `key: garden-joy
version: 1
name: Joy in the garden
short: Garden joy
about: Two statements of our own.
rater: self
wording: operator_supplied
licence: {holder: us, terms: Our own., source: written here, confirmed: {reference: none needed, by: Ann, on: 2026-11-22}}
items:
  - {key: outside, text: I like being outside, min: 0, max: 4}
  - {key: bored, text: I am bored here, min: 0, max: 4, reverse: true}
missing_items: 0
scores:
  - {series: garden-joy, name: Joy in the garden, kind: raw, direction: 1, min: 0, max: 8, enter: true}
`

// wordsOf is a file of words for SWEMWBS. The words are nobody's.
func wordsOf(statement string) string {
	var b strings.Builder
	b.WriteString("words_of: swemwbs\nlicence: {reference: W-1, by: Ann Bell, on: 2026-11-22}\nitems:\n")
	for i := 1; i <= 7; i++ {
		fmt.Fprintf(&b, "  item-%d: %s %d\n", i, statement, i)
	}
	return b.String()
}

// The library is read without a database.
func TestTheLibraryAtTheTerminal(t *testing.T) {
	w := newWorld(t)
	saying(t, w.must("measure", "list").out, "phq9", "operator_supplied", "Therapy Outcome Measure")
	saying(t, w.must("measure", "show", "phq9").out, "Thoughts that you would be better off dead", "at least 6 points", "All answers highest: phq9 27")
	w.refused(w.cairn("measure", "show", "phq"), "no measure “phq”", "measure list")
	sound := w.must("measure", "check", w.file("own.yaml", ownScale))
	saying(t, sound.out, "1. I like being outside [outside: 0 to 4]", "All answers lowest: garden-joy 4")
	saying(t, sound.err, "sound", "Nothing was kept")
	saying(t, w.must("measure", "check", w.file("words.yaml", wordsOf("Statement"))).out, "7. Statement 7", "confirmed by Ann Bell")
	w.refused(w.cairn("measure", "check", w.file("wrong.yaml", strings.Replace(ownScale, "max: 8", "maximum: 8", 1))), "maximum")
	w.refused(w.cairn("measure", "check", w.file("wrong.yaml", strings.NewReplacer("rater: self", "rater: nobody", "holder: us, terms: Our own.,", "").Replace(ownScale))), "2 things", "rater", "licence")
	w.refused(w.cairn("measure", "check", w.file("wrong.yaml", strings.Replace(wordsOf("Statement"), "by: Ann Bell, ", "", 1))), "by whom")
	w.refused(w.cairn("measure", "check", w.file("large.yaml", "key: "+strings.Repeat("k", 1<<20))), "larger")
	w.refused(w.cairn("measure", "check", "nowhere.yaml"), "cannot be opened")
}

// A measure and words of one's own are the organisation's alone.
func TestMeasuresOfOnesOwn(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustOn("organisation", "add", "Riverside")
		w.mustOn("organisation", "add", "Hilltop")
		own := w.file("own.yaml", ownScale)
		saying(t, w.mustOn("measure", "add", own, "--organisation", "riverside").err, "Garden joy, version 1")
		w.mustOn("measure", "add", own, "--organisation", "Riverside") // the same again changes nothing
		other := w.file("other.yaml", strings.Replace(ownScale, "max: 8", "max: 9", 1))
		w.refused(w.on("measure", "add", other, "--organisation", "Riverside"), "Another definition")
		w.refused(w.on("measure", "add", w.file("shadow.yaml", strings.Replace(ownScale, "key: garden-joy", "key: phq9", 1)), "--organisation", "Riverside"), "comes with the product")
		w.refused(w.on("measure", "add", own, "--organisation", "Nowhere"), "no organisation")

		words := w.file("words.yaml", wordsOf("Statement"))
		saying(t, w.mustOn("measure", "add", words, "--organisation", "Riverside").err, "SWEMWBS, version 4")
		saying(t, w.mustOn("measure", "add", words, "--organisation", "Riverside").err, "SWEMWBS, version 4")
		mended := w.file("mended.yaml", wordsOf("Mended statement"))
		saying(t, w.mustOn("measure", "add", mended, "--organisation", "Riverside").err, "SWEMWBS, version 5")
		saying(t, w.mustOn("measure", "show", "swemwbs", "--organisation", "Riverside").out, "7. Mended statement 7", "more than 2.87")
		saying(t, w.mustOn("measure", "list", "--organisation", "Riverside").out, "garden-joy")
		if there := w.mustOn("measure", "list", "--organisation", "Hilltop").out; strings.Contains(there, "garden-joy") {
			t.Error("another organisation sees the measure")
		}
		if there := w.mustOn("measure", "show", "swemwbs", "--organisation", "Hilltop").out; strings.Contains(there, "tatement 7") {
			t.Error("another organisation sees the words")
		}
	})
}

// A service's own file of codes is read at the start: what a spreadsheet has
// rounded is refused by its line, before anything is served.
func TestCodesOfOnesOwn(t *testing.T) {
	const head = "system,code,measure,series,means,source\n"
	w := newWorld(t)
	good := w.file("codes.csv", head+"snomed,720433000,phq9,phq9,PHQ-9 score,our UK release\n")
	saying(t, w.must("measure", "show", "phq9", "--codes-file", good).out, "SNOMED CT 720433000: PHQ-9 score (our UK release)", "LOINC 44261-6")
	if without := w.must("measure", "show", "phq9").out; strings.Contains(without, "SNOMED") {
		t.Error("a code of the file is in the library itself")
	}
	rounded := w.file("rounded.csv", head+"snomed,720433000,phq9,phq9,PHQ-9 score,s\nsnomed,1034351000000100,phq9,,m,s\n")
	for _, s := range []said{
		w.cairn("measure", "show", "phq9", "--codes-file", rounded),
		w.cairn("serve", "--addr", "127.0.0.1:0", "--database-url", w.url, "--codes-file", rounded),
	} {
		w.refused(s, "--codes-file (CAIRN_CODES_FILE)", "Line 3", "1034351000000100", "check digit")
	}
	w.refused(w.cairn("measure", "show", "phq9", "--codes-file", "nowhere.csv"), "--codes-file", "cannot be opened")

	config := w.file("cairn.yaml", "codes-file: "+good+"\n")
	saying(t, w.must("measure", "show", "phq9", "--config", config).out, "SNOMED CT 720433000")
}
