package app

import (
	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// design is what the scheme's plans laid down about the question that is asked.
// A version counts from the day it took effect, up to the end of the period;
// people accepted under an earlier one keep it. What only one version names first
// was not set beforehand for everybody.
func (v EvidenceView) design() evidence.Design {
	d := evidence.Design{Ground: evidence.DatedPlan, Figures: v.figures, FirstLast: v.Rule == scheme.ByFirstLast}
	until := v.Today
	if to := v.Period.To; to != 0 && (to + 1).First().Before(until) {
		until = (to + 1).First()
	}
	first := v.Rule == scheme.ByPlan
	seen := map[scheme.PlanID]bool{}
	for i, p := range v.plans {
		if seen[p.ID] || i > 0 && p.EffectiveFrom.After(until) {
			continue
		}
		seen[p.ID] = true
		d.Versions++
		first = first && p.Primary == v.Score.Series && p.Headline == v.Occasion
	}
	d.Primary = first
	return d
}

// Past reports that nobody counts in what is asked, and that its quarters are over:
// nothing that is measured now comes into them.
func (v EvidenceView) Past() bool {
	return v.Finding.Counts.Persons == 0 && v.Period.To != 0 && v.Period.To < v.Today.Quarter()
}

// Level is how well what is asked was measured.
func (v EvidenceView) Level() evidence.Level {
	level := v.Finding.Level(v.Design)
	if v.Past() {
		level.Raise = []string{"Nothing that is measured now: these quarters are over. Choose quarters in which somebody is counted."}
	}
	return level
}

// Sentence is the finding in plain words.
func (v EvidenceView) Sentence() string {
	return v.Finding.SentenceBeside(v.About(), v.Design.Comparator)
}

// Cautions are what must be known before its numbers are used.
func (v EvidenceView) Cautions() []string { return v.Finding.CautionsBeside(v.Design.Comparator) }

// Claims are what may be said of it and what not.
func (v EvidenceView) Claims() evidence.Claims { return v.Finding.Claims(v.About(), v.Design) }

// BoardAnswer is it in three sentences.
func (v EvidenceView) BoardAnswer() [3]string { return v.Finding.BoardAnswer(v.About(), v.Design) }

// Remarks are how it was measured.
func (v EvidenceView) Remarks() []evidence.Remark {
	return v.Finding.Remarks(v.Design, v.Journey.Circumstances)
}
