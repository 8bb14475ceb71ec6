package app

import (
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// What is no group of its kind has no part in what groups say together, however
// many they are; else it is 20 people measured twice that give one, and 20 due one
// in who was measured again.
func TestWhoStandsApart(t *testing.T) {
	group := func(value string, paired, due int) ComparedGroup {
		f := evidence.Finding{}
		f.Counts.Paired, f.Counts.Baseline = paired, due
		return ComparedGroup{Value: value, Label: value, Finding: f}
	}
	for _, c := range []struct {
		by    scheme.Dimension
		group ComparedGroup
		want  Apart
	}{
		{scheme.ByCategory, group("gardening", 20, 20), Within},
		{scheme.ByCategory, group("gardening", 19, 400), ApartFew},
		{scheme.ByCategory, group(string(scheme.Several), 400, 400), ApartSeveral},
		{scheme.ByCategory, group("", 400, 400), ApartUnknown},
		{scheme.BySource, group("", 3, 3), ApartUnknown},
		{scheme.BySource, group("self", 400, 400), Within},
		{scheme.ByScheme, group(string(scheme.Several), 400, 400), Within},
	} {
		if got := apart(c.by, c.group); got != c.want {
			t.Errorf("%s %q of %d: %q, want %q", c.by, c.group.Value, c.group.Finding.Counts.Paired, got, c.want)
		}
	}
	v := CompareView{By: scheme.BySource, Groups: []ComparedGroup{group("self", 40, 50), group("gp", 5, 50), group("police", 3, 19), group("", 90, 99)}}
	v.together()
	if v.Groups[1].Apart != ApartFew || v.Groups[3].Apart != ApartUnknown {
		t.Errorf("%+v", v.Groups)
	}
}
