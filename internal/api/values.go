package api

import (
	"bytes"
	"math"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A decimal is a JSON number that stays as it was written, so that no score
// passes through a float. Empty is no number.
type decimal string

func (d *decimal) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9') {
		*d = decimal(raw)
	}
	return nil
}

func (d decimal) MarshalJSON() ([]byte, error) {
	if d == "" {
		return []byte("null"), nil
	}
	return []byte(d), nil
}

func (decimal) Schema(huma.Registry) *huma.Schema { return &huma.Schema{Type: huma.TypeNumber} }

// A whole is a JSON number without a fraction; 7.0 is 7. What lies outside the
// range of any count stays outside it and is refused by the rule it meets.
type whole int

func (w *whole) UnmarshalJSON(raw []byte) error {
	n, err := strconv.ParseFloat(string(bytes.TrimSpace(raw)), 64)
	if err == nil && n == math.Trunc(n) {
		*w = whole(max(math.MinInt32, min(math.MaxInt32, n)))
	}
	return nil
}

func (whole) Schema(huma.Registry) *huma.Schema { return &huma.Schema{Type: huma.TypeInteger} }

// A day is YYYY-MM-DD. Like every value below, the document says its form and
// app judges it, so that pages and programs are refused in the same words.
type day string

func (day) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"format": "date"})
}

// A quarter is written 2026-Q1.
type quarter string

const quarters = "^[0-9]{4}-Q[1-4]$"

func (quarter) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"pattern": quarters})
}

// Values that people choose from.
type (
	category   string
	sex        string
	ethnicity  string
	source     string
	otLevel    string
	endReason  string
	channel    string
	helper     string
	rater      string
	rule       string
	act        string // what made a version of an assessment
	state      string // whether an assessment counts
	way        string // of a contact
	outcome    string // likewise
	minutes    string // likewise
	mark       string // what a register says of somebody
	alertKind  string // what in a record somebody has to look at
	alertState string // how far that has come
	choiceMade string // what somebody said about it
	language   string
	typing     string // whether what is unlikely is to be looked at twice
	reason     string // why somebody was referred
	declined   string // why a referral went no further
	profile    string
)

func (category) Schema(huma.Registry) *huma.Schema  { return choice(scheme.Categories()) }
func (sex) Schema(huma.Registry) *huma.Schema       { return choice(scheme.Sexes()) }
func (ethnicity) Schema(huma.Registry) *huma.Schema { return choice(scheme.Ethnicities()) }
func (source) Schema(huma.Registry) *huma.Schema    { return choice(scheme.Sources()) }
func (otLevel) Schema(huma.Registry) *huma.Schema   { return choice(scheme.OTLevels()) }
func (endReason) Schema(huma.Registry) *huma.Schema { return choice(scheme.EndReasons()) }
func (reason) Schema(huma.Registry) *huma.Schema    { return choice(scheme.Reasons()) }
func (declined) Schema(huma.Registry) *huma.Schema  { return choice(scheme.DeclineReasons()) }
func (profile) Schema(huma.Registry) *huma.Schema   { return choice(scheme.Profiles()) }
func (channel) Schema(huma.Registry) *huma.Schema   { return choice(scheme.Channels()) }
func (helper) Schema(huma.Registry) *huma.Schema    { return choice(scheme.Helpers()) }

func (way) Schema(huma.Registry) *huma.Schema      { return choice(scheme.Ways()) }
func (outcome) Schema(huma.Registry) *huma.Schema  { return choice(scheme.Outcomes()) }
func (minutes) Schema(huma.Registry) *huma.Schema  { return choice(scheme.MinutesBands()) }
func (mark) Schema(huma.Registry) *huma.Schema     { return choice(scheme.Marks()) }
func (language) Schema(huma.Registry) *huma.Schema { return choice(scheme.Languages()) }

func (typing) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": []app.Typing{app.TypingChecked, app.TypingConfirmed}})
}

func (rater) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": measure.Raters()})
}

func (rule) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": []scheme.Rule{scheme.ByPlan, scheme.ByFirstLast}})
}

func (act) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": []scheme.Act{scheme.Recorded, scheme.Corrected, scheme.Moved, scheme.Withdrawn}})
}

func (state) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": []state{"live", "withdrawn"}})
}

func (alertKind) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": scheme.AlertKinds()})
}

func (alertState) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": []scheme.AlertState{scheme.AlertOpen, scheme.AlertHeld, scheme.AlertClosed}})
}

func (choiceMade) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": []scheme.Choice{scheme.Dealing, scheme.PassedOn, scheme.KnownOf, scheme.Closing}})
}

func choice(terms []scheme.Term) *huma.Schema {
	values := make([]string, len(terms))
	for i, t := range terms {
		values[i] = t.Value
	}
	return documented(map[string]any{"enum": values})
}

func documented(extra map[string]any) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Extensions: extra}
}

// dating is how well a day is known that a file did not have.
type dating string

func (dating) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": []scheme.Dating{scheme.ToTheMonth, scheme.ByOrder}})
}

// How lists are sorted and narrowed.
type (
	peopleOrder     string
	referralOrder   string
	assessmentOrder string
	referralState   string
)

func (peopleOrder) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": app.PeopleOrders()})
}

func (referralOrder) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": app.ReferralOrders()})
}

func (assessmentOrder) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": app.AssessmentOrders()})
}

func (referralState) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": app.ReferralStates()})
}

// Values of a due list.
type (
	whose         string
	standing      string
	notDoneReason string
)

func (whose) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": []app.Whose{app.Mine, app.Teams}})
}

func (standing) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": scheme.Standings()})
}

func (notDoneReason) Schema(huma.Registry) *huma.Schema { return choice(scheme.NotDoneReasons()) }
