package disclosure

import (
	"fmt"

	"cairn/internal/evidence"
)

// remarks are what must be known of how the scores were taken, in the order and
// the words of the page inside, from what is shown and what was laid down
// beforehand. Nil where the figure holds nothing of it.
func (f *Figure) remarks(d evidence.Design) []evidence.Remark {
	t := f.Taken
	if t == nil {
		return nil
	}
	return append([]evidence.Remark{
		f.alike("How people were asked", t.Channel, evidence.AnotherWay),
		f.alike("Who helped with the answers", t.Helper, evidence.OtherHelp),
		{Topic: "Whose judgement it is", Says: "The same both times: scores by different raters are never paired."},
		f.remark("Who measured", t.Deliverer, "later scores, as far as it is recorded who helped, were taken "+evidence.KindAnswers,
			"whether the people who deliver the service helped with the answers"),
		f.remark("Late baselines", t.Late, "baselines, as far as the first session is recorded, were taken "+evidence.AfterStart,
			"whether baselines were taken after the start"),
		f.apart(),
		f.waited("From referral to the first contact", "taken.to_first_contact", t.ToContact),
		f.waited("From referral to baseline", "taken.to_baseline", t.ToBaseline),
		f.room(),
		f.entry(),
	}, d.Remarks()...)
}

func (f *Figure) alike(topic string, s Share, changed string) evidence.Remark {
	return f.remark(topic, s, "of whom both are recorded were asked "+changed, "whether it was the same both times")
}

// remark says a share, or that it cannot be told what it would say.
func (f *Figure) remark(topic string, s Share, says, unknown string) evidence.Remark {
	switch {
	case s.Of.Known():
		return evidence.Remark{Topic: topic, Says: capital(s.Text()) + " " + says + ".", Minds: !rare(s)}
	case s.Of.Under > 0:
		return evidence.Remark{Topic: topic, Says: fmt.Sprintf("Recorded of %s people, so it cannot be told %s.", s.Of.Text(), unknown), Minds: true}
	}
	return evidence.Remark{Topic: topic, Says: fmt.Sprintf("Not shown, so that no smaller group can be worked out: it cannot be told %s.", unknown), Minds: true}
}

// rare reports whether a share is surely too small to bear on the figures.
func rare(s Share) bool {
	return s.Under != nil && float64(*s.Under) <= 100*evidence.AtAnEnd
}

func (f *Figure) apart() evidence.Remark {
	const topic, short = "Time between the two scores", 42 // days
	w := f.Taken.Between
	if w.Median == nil {
		return evidence.Remark{Topic: topic, Says: f.untold("taken.between_scores"), Minds: true}
	}
	r := evidence.Remark{Topic: topic, Says: "Half of those whose days are on record lie " + w.text() + " apart."}
	if *w.Median < short {
		r.Says, r.Minds = r.Says+" That is short: whether it lasts is not known.", true
	}
	return r
}

func (f *Figure) waited(topic, path string, w Wait) evidence.Remark {
	if w.Median == nil {
		return evidence.Remark{Topic: topic, Says: f.untold(path)}
	}
	return evidence.Remark{Topic: topic, Says: "Half of those whose days are on record took " + w.text() + "."}
}

func (f *Figure) untold(path string) string {
	return "Not told: it is on record of " + f.Hidden[path] + "."
}

// text is the middle half and the median, "about 80 to 90 days (median about 85)".
func (w Wait) text() string {
	if *w.Lower == *w.Upper {
		return "about " + evidence.Fixed(w.Median, 0) + " days"
	}
	return fmt.Sprintf("about %s to %s days (median about %s)", evidence.Fixed(w.Lower, 0), evidence.Fixed(w.Upper, 0), evidence.Fixed(w.Median, 0))
}

// room is how many began at an end of the scale.
func (f *Figure) room() evidence.Remark {
	end := func(path string, s Share) string {
		if why := f.Hidden[path]; why != "" {
			return NotShown + " (" + why + ")"
		}
		return s.Text()
	}
	return evidence.Remark{
		Topic: "Room to move",
		Says: fmt.Sprintf("Of those due, %s began at the best end of the scale; at the worst end %s. There a score can move one way only.",
			end("ends.at_best", f.Ends.Best), end("ends.at_worst", f.Ends.Worst)),
		Minds: atAnEnd(f.Ends.Best) || atAnEnd(f.Ends.Worst),
	}
}

// entry says what would be wanted and cannot be told: the best score that anybody
// began with is one person's.
func (f *Figure) entry() evidence.Remark {
	return evidence.Remark{
		Topic: "Who was taken in",
		Says:  "Whether people were taken in because they were doing badly is not told: it would take the best score that anybody began with.",
		Minds: true,
	}
}
