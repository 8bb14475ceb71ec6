package scheme_test

import (
	"testing"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

func TestPaused(t *testing.T) {
	d := func(text string) scheme.Day { return day(t, text) }
	r := scheme.Referral{Pauses: []scheme.Pause{{From: d("2026-02-01"), Until: d("2026-02-14")}, {From: d("2026-05-01")}}}
	for text, want := range map[string]bool{
		"2026-01-31": false, "2026-02-01": true, "2026-02-14": true, "2026-02-15": false,
		"2026-04-30": false, "2026-05-01": true, "2027-05-01": true,
	} {
		if r.Paused(d(text)) != want {
			t.Errorf("paused on %s: %t", text, !want)
		}
	}
	r.EndedOn = d("2026-06-01")
	if r.Paused(d("2026-06-02")) {
		t.Error("what has ended is not paused")
	}
}

// A closed referral goes on as the same one for 90 days, and no day longer.
func TestMayReopen(t *testing.T) {
	d := func(text string) scheme.Day { return day(t, text) }
	ended := scheme.Referral{EndedOn: d("2026-01-01")}
	declined := scheme.Referral{DeclinedOn: d("2026-01-01")}
	for _, r := range []scheme.Referral{ended, declined} {
		if !r.MayReopen(d("2026-04-01")) || r.MayReopen(d("2026-04-02")) {
			t.Errorf("%+v reopens for other than 90 days", r)
		}
	}
	if (scheme.Referral{}).MayReopen(d("2026-01-01")) {
		t.Error("what is open cannot be reopened")
	}
}

func TestNHSNumbers(t *testing.T) {
	for text, want := range map[string]scheme.NHSNumber{
		"": "", " ": "", "9990000018": "9990000018", "999 000 0018": "9990000018", "943-476-5919": "9434765919",
	} {
		if got, err := scheme.ParseNHSNumber(text); got != want || err != nil {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"999000001", "99900000180", "9990000019", "0000000001", "999000001x", "٩٩٩٠٠٠٠٠١٨"} {
		got, err := scheme.ParseNHSNumber(text)
		all, accident := fault.All(err)
		if got != "" || accident != nil || len(all) != 1 || all[0].Code != fault.PersonNumber || all[0].Field != "nhs_number" {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	if got := scheme.NHSNumber("9990000018").Spaced(); got != "999 000 0018" {
		t.Errorf("spaced %q", got)
	}
}

func TestProfilesSee(t *testing.T) {
	who := scheme.Person{Reference: "A-1", Name: "Ann", NHSNumber: "9990000018", BirthYear: 1961, Contact: scheme.Contact{Phone: "1"}}
	for p, want := range map[scheme.Profile][3]bool{
		scheme.ByReference: {false, false, false}, scheme.ByContact: {true, true, false}, scheme.ByNHSNumber: {true, true, true},
	} {
		got := p.Sees(who)
		if (got.Name != "") != want[0] || got.Contact.IsZero() == want[1] || (got.NHSNumber != "") != want[2] || got.BirthYear != 1961 || got.Reference != "A-1" {
			t.Errorf("%s sees %+v", p, got)
		}
	}
}
