package scheme_test

import (
	"slices"
	"strings"
	"testing"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

func TestFromTimes(t *testing.T) {
	got, err := scheme.FromTimes("m", []int{0, 7, 84})
	if err != nil {
		t.Fatal(err)
	}
	want := []scheme.PlanItem{
		{"m", "baseline", 0, 3, 3},
		{"m", "day-7", 7, 3, 38},
		{"m", "day-84", 84, 38, 38},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if err := (scheme.Plan{Items: got}).Check(); err != nil {
		t.Errorf("neighbouring windows meet and do not overlap: %v", err)
	}
	for _, bad := range [][]int{nil, {0}, {1, 7}, {0, 0}, {0, 84, 7}} {
		if _, err := scheme.FromTimes("m", bad); !fault.Is(err, fault.PlanInvalid) {
			t.Errorf("%v: %v", bad, err)
		}
	}
}

func TestPlanCheck(t *testing.T) {
	for weeks := 4; weeks <= 104; weeks++ {
		if err := (scheme.Plan{Items: scheme.Standard("m", weeks)}).Check(); err != nil {
			t.Errorf("%d weeks: %v", weeks, err)
		}
	}
	overlap := scheme.Standard("m", 12)
	overlap[0].AfterDays = 56
	for name, items := range map[string][]scheme.PlanItem{
		"nothing":        nil,
		"no follow-up":   overlap[:1],
		"no baseline":    overlap[1:],
		"overlap by one": overlap,
		"backward":       {{"m", "baseline", 0, 0, 0}, {"m", "day-84", 84, -1, 0}},
	} {
		if err := (scheme.Plan{Items: items}).Check(); !fault.Is(err, fault.PlanInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReference(t *testing.T) {
	for _, ok := range []string{"SP-00123", "9434765918", "1234567890", "Zoë 12", strings.Repeat("ä", 64), "94347659190", "9434765919 1",
		"2024-0131", "12/345", "A1234", "RS-2026-01-05", "SP 2024/01/17", "1/2/3", "12/03", "31/31/1990", "45/01/1990", "01/02/25", "JB120350", "12/03/19501", "Hilltop 12/03/1950",
		"AB123456", "AB123456E", "ABC123456C", "AB1234567C"} {
		if err := scheme.AcceptReference(ok); err != nil {
			t.Errorf("%s: %v", ok, err)
		}
	}
	// 943 476 5919 is the NHS Data Dictionary's own example of a valid number.
	for _, bad := range []string{"", "  ", "9434765919", "943 476 5919", "943-476-5919", "ref 943 476 5919", "９４３４７６５９１９", "٩٤٣٤٧٦٥٩١٩",
		"a\nb", "\u202eabc", "a\u200bb", "a\x00b", "a\xffb", strings.Repeat("ä", 65),
		"02/10/1995", "2/1/1995", "02.10.1995", "02-10-1995", "10/31/1995", "1995-10-02", "1995-10-02 00:00:00", "12 Mar 1950", "12-March-1950", "Mar 12, 1950", "12/03/2019",
		"JB 12/03/1950", "J.B. 12/03/1950", "JB12/03/1950", "JB-12-03-1950", "Zoë 12/03/1950", "JB 1950-03-12", "jb_1950-03-12",
		"AB123456C", "ab 12 34 56 c", "AB 123456 C", "AB-12-34-56-C"} {
		if err := scheme.AcceptReference(bad); !fault.Is(err, fault.PersonReference) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
