package app

import (
	"fmt"
	"strings"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// ForGP is what a practitioner copies into a GP's record: measures, days, scores
// with their scale, change and verdict, activity and the therapist's part. It
// holds no name, no reference and nothing that anybody typed in their own words,
// reasons included; what more the GP should know the practitioner adds.
func (v RecordView) ForGP() string {
	var t strings.Builder
	for i, stay := range v.Now() {
		if i > 0 {
			t.WriteString("\n")
		}
		v.stayForGP(&t, stay)
	}
	fmt.Fprintf(&t, "\nFrom %s, %s.\n", v.Organisation, v.Today.Long())
	return t.String()
}

func (v RecordView) stayForGP(t *strings.Builder, s Stay) {
	fmt.Fprintf(t, "Social prescribing: %s\n", s.Scheme)
	r := s.Referral
	if r.ReceivedOn.IsZero() {
		fmt.Fprintf(t, "Referral %s", r.Receiving())
	} else {
		fmt.Fprintf(t, "Referral received %s", r.ReceivedOn.Long())
	}
	for _, d := range []struct {
		what string
		on   scheme.Day
	}{{"accepted", r.AcceptedOn}, {"declined", r.DeclinedOn}, {"ended", r.EndedOn}} {
		if !d.on.IsZero() {
			fmt.Fprintf(t, ", %s %s", d.what, d.on.Long())
		}
	}
	t.WriteString(".\n")
	for _, i := range r.OT {
		fmt.Fprintf(t, "Occupational therapist: %s, from %s.\n", strings.ToLower(scheme.Label(scheme.OTLevels(), string(i.Level))), i.On.Long())
	}
	for _, p := range s.Prescriptions {
		fmt.Fprintf(t, "Activity: %s.\n", v.Took(p))
	}
	for _, r := range s.Readings {
		if !r.Measure.Profile {
			readingForGP(t, r)
		}
	}
	for _, p := range s.Profiles {
		profileForGP(t, p)
	}
}

// profileForGP is the digits as they stand on the form, and no sum of them.
func profileForGP(t *strings.Builder, p evidence.ProfileReading) {
	fmt.Fprintf(t, "\n%s (%s)\n", p.Measure.Short, p.Digits())
	for _, one := range p.Taken {
		fmt.Fprintf(t, "%s: %s", one.Dated.Shown(one.On), one.Text)
		if one.By != p.Measure.Rater {
			fmt.Fprintf(t, " (%s, not compared)", one.By.Label())
		}
		t.WriteString("\n")
	}
	t.WriteString(p.Says() + "\n")
}

// Took is one prescription in a line: what, and how far it came.
func (v RecordView) Took(p scheme.Prescription) string {
	parts := []string{v.Activities[p.Activity].Name}
	switch {
	case !p.FirstAttendedOn.IsZero():
		parts = append(parts, "first attended "+p.FirstAttendedOn.Long())
	case !p.DeclinedOn.IsZero():
		parts = append(parts, "declined "+p.DeclinedOn.Long())
	default:
		parts = append(parts, "not attended yet")
		if !p.EndedOn.IsZero() {
			parts[1] = "never attended"
		}
	}
	switch {
	case p.Offered > 0:
		parts = append(parts, fmt.Sprintf("%d of %d sessions", p.Attended, p.Offered))
	case p.Attended > 0:
		parts = append(parts, fmt.Sprintf("%d sessions", p.Attended))
	}
	if !p.EndedOn.IsZero() {
		parts = append(parts, "ended "+p.EndedOn.Long())
	}
	return strings.Join(parts, ", ")
}

func readingForGP(t *strings.Builder, r evidence.Reading) {
	fmt.Fprintf(t, "\n%s (%s)%s\n", r.Measure.Titled(r.Score), r.Scale(), coded(r))
	for _, p := range r.Points {
		fmt.Fprintf(t, "%s: %s\n", r.When(p), r.Written(p))
	}
	if len(r.Points) > 0 {
		t.WriteString(r.Says() + "\n")
	}
	for _, aside := range r.Asides() {
		t.WriteString(aside + "\n")
	}
	for _, o := range r.Others {
		fmt.Fprintf(t, "%s, not compared:\n", o.By.Label())
		for _, p := range o.Points {
			fmt.Fprintf(t, "%s: %s\n", r.When(p), r.Written(p))
		}
	}
}

// coded is the score's SNOMED CT identifiers, where the service brought a file of
// them.
func coded(r evidence.Reading) (text string) {
	for _, c := range r.Measure.CodesOf(r.Score.Series) {
		if c.System == measure.SNOMED {
			text += " [" + c.System.Label() + " " + c.Code + "]"
		}
	}
	return text
}
