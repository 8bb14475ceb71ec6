package site

import (
	"cairn/internal/app"
	"cairn/internal/scheme"
)

// lifeSection is how a referral stands, for the head of its page and its details.
type lifeSection struct {
	Changed   string // the step that was just taken
	Paused    bool
	Pause     scheme.Pause
	Pauses    []scheme.Pause
	MayReopen bool
	Declined  string
	Reasons   []string
}

func lifeOf(v app.ReferralView, changed string) lifeSection {
	life := lifeSection{Pauses: v.Referral.Pauses, MayReopen: v.Referral.MayReopen(v.Today), Declined: scheme.Label(scheme.DeclineReasons(), string(v.Referral.Declined))}
	life.Pause, life.Paused = v.Referral.PauseOn(v.Today)
	for _, r := range v.Referral.Reasons {
		life.Reasons = append(life.Reasons, scheme.Label(scheme.Reasons(), string(r)))
	}
	if _, known := changes()[changed]; known {
		life.Changed = changed
	}
	return life
}
