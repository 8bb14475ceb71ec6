package intake

import (
	"fmt"
	"slices"
	"strings"
)

// A dictionary says what words of the file mean here.
type dictionary struct {
	exact map[string]Value
	fold  map[string]Value
	names []string
	ours  []string                         // names that are here: others are of the file, and told to nobody
	read  func(text string) (means string) // of what stands in neither; nil: nothing is
}

// newDictionary is of a mapping's words; ours are the names that are here.
func newDictionary(values []Value, ours []string) dictionary {
	d := dictionary{ours: ours, exact: map[string]Value{}, fold: map[string]Value{}}
	for _, v := range values {
		d.exact[v.Says] = v
		if v.Means != "" {
			d.fold[folded(v.Says)] = v
			d.names = append(d.names, v.Means)
		}
	}
	slices.Sort(d.names)
	d.names = slices.Compact(d.names)
	return d
}

// look finds what a text means; a text that nobody mapped may still be one that
// is by its letters.
func (d dictionary) look(text string) Value {
	if v, ok := d.exact[text]; ok {
		return v
	}
	if v, ok := d.fold[folded(text)]; ok {
		return v
	}
	v := Value{Says: strings.Clone(text), Nearest: nearest(text, d.names)}
	if d.read != nil {
		v.Means = d.read(text)
	}
	if len(d.exact) < mostWords {
		d.exact[v.Says] = v
	}
	return v
}

// unknown is the sentence for a name that nobody knows here. It holds the nearest
// name where that is one of ours, and no cell.
func (d dictionary) unknown(v Value, what string) string {
	if slices.Contains(d.ours, v.Nearest) {
		return fmt.Sprintf("The %s is not known here. Did they mean “%s”? Correct it, or say so in the mapping.", what, v.Nearest)
	}
	return fmt.Sprintf("The %s is not known here. Correct it, or say in the mapping what it stands for.", what)
}
