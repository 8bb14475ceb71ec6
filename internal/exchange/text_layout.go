package exchange

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// lineWidth is how many characters a line of the report has at most; columns of
// numbers are narrower.
const lineWidth = 78

// columns writes rows of cells in line with each other.
func columns(b *bytes.Buffer, rows [][]string) {
	var widths []int
	for _, cells := range rows {
		for i, cell := range cells[:len(cells)-1] { // the last of a row may run on
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	fmt.Fprintln(b)
	for _, cells := range rows {
		b.WriteString("  ")
		for i, cell := range cells[:len(cells)-1] {
			b.WriteString(cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
		}
		fmt.Fprintln(b, cells[len(cells)-1])
	}
}

func heading(b *bytes.Buffer, text, under string) {
	fmt.Fprintf(b, "\n%s\n%s\n", text, strings.Repeat(under, len([]rune(text))))
}

// paragraph writes text in lines that fit, the first behind lead and the others
// in line with it.
func paragraph(b *bytes.Buffer, lead, text string) {
	line, length := lead, len([]rune(lead))
	indent := strings.Repeat(" ", length)
	start := true
	for _, word := range strings.Fields(text) {
		n := len([]rune(word))
		if !start && length+1+n > lineWidth {
			fmt.Fprintln(b, line)
			line, length, start = indent, len(indent), true
		}
		if !start {
			line, length = line+" ", length+1
		}
		line, length, start = line+word, length+n, false
	}
	fmt.Fprintln(b, line)
}
