package exchange

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// How many characters a line has at most: of what is read as text, of columns
// with what runs on behind them, and of a name in a column.
const (
	lineWidth  = 78
	tableWidth = 100
	nameWidth  = 40
)

// columns writes rows of cells in line with each other. Names that would push the
// rest out of the line are shortened; the last of a row runs on in lines below.
func columns(b *bytes.Buffer, rows [][]string) {
	var widths []int
	for _, cells := range rows {
		for i, cell := range cells[:len(cells)-1] { // the last of a row may run on
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(shortened(cell)))
		}
	}
	fmt.Fprintln(b)
	for _, cells := range rows {
		lead := "  "
		for i, cell := range cells[:len(cells)-1] {
			cell = shortened(cell)
			lead += cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2)
		}
		hanging(b, lead, cells[len(cells)-1], tableWidth)
	}
}

// shortened leaves out the middle of a long name: names that begin alike are
// told apart by their ends.
func shortened(name string) string {
	letters := []rune(name)
	if len(letters) <= nameWidth {
		return name
	}
	const end = nameWidth / 3
	return string(letters[:nameWidth-end-1]) + "…" + string(letters[len(letters)-end:])
}

func heading(b *bytes.Buffer, text, under string) {
	fmt.Fprintln(b)
	widest := 0
	for _, line := range wrapped(text, lineWidth) {
		fmt.Fprintln(b, line)
		widest = max(widest, utf8.RuneCountInString(line))
	}
	fmt.Fprintln(b, strings.Repeat(under, widest))
}

// paragraph writes text in lines that fit, the first behind lead and the others
// in line with it.
func paragraph(b *bytes.Buffer, lead, text string) { hanging(b, lead, text, lineWidth) }

func hanging(b *bytes.Buffer, lead, text string, width int) {
	indent := utf8.RuneCountInString(lead)
	for _, line := range wrapped(text, width-indent) {
		fmt.Fprintln(b, lead+line)
		lead = strings.Repeat(" ", indent)
	}
}

// wrapped are the lines of a text, at least one. A word that is longer than a
// line is broken.
func wrapped(text string, width int) []string {
	var lines []string
	var line []byte
	length := 0 // of the line, in letters
	for word := range strings.FieldsSeq(text) {
		letters := utf8.RuneCountInString(word)
		if length > 0 && length+1+letters > width {
			lines, line, length = append(lines, string(line)), line[:0], 0
		}
		for ; letters > width; letters -= width {
			long := []rune(word)
			lines, word = append(lines, string(long[:width])), string(long[width:])
		}
		if length > 0 {
			line = append(line, ' ')
			length++
		}
		line = append(line, word...)
		length += letters
	}
	return append(lines, string(line))
}
