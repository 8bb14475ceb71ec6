package disclosure_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"cairn/internal/disclosure"
	"cairn/internal/evidence"
)

// published are the bodies of audited releases, as they would be sent, and their
// epochs. What the auditor refuses is not published.
func published(t testing.TB, epochs []epoch) (out []epoch, bodies [][]json.RawMessage) {
	t.Helper()
	var before [][]disclosure.Figure
	for _, e := range epochs {
		figures, _, err := disclosure.Audit(disclosure.Policy{}, e.exact, before)
		if errors.Is(err, disclosure.ErrUnsafe) {
			t.Logf("not published: %.200s", err)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		before = append(before, figures)
		out, bodies = append(out, e), append(bodies, written(t, figures))
	}
	return out, bodies
}

func written(t testing.TB, figures []disclosure.Figure) (all []json.RawMessage) {
	t.Helper()
	for _, f := range figures {
		all = append(all, json.RawMessage(body(t, f)))
	}
	return all
}

// unaudited are the figures of Show alone.
func unaudited(t testing.TB, epochs []epoch) (bodies [][]json.RawMessage) {
	t.Helper()
	for _, e := range epochs {
		var figures []disclosure.Figure
		for _, x := range e.exact {
			figures = append(figures, x.Shown(disclosure.Policy{}))
		}
		bodies = append(bodies, written(t, figures))
	}
	return bodies
}

// suppressed is the control: what services do that only leave out counts under
// 10. Others are exact, means have two decimals.
func suppressed(t testing.TB, epochs []epoch) (bodies [][]json.RawMessage) {
	t.Helper()
	for _, e := range epochs {
		var figures []disclosure.Figure
		for _, x := range e.exact {
			figures = append(figures, control(x))
		}
		bodies = append(bodies, written(t, figures))
	}
	return bodies
}

func control(x disclosure.Exact) disclosure.Figure {
	f := x.Shown(disclosure.Policy{})
	count := func(to *disclosure.Count, n int) {
		if *to = (disclosure.Count{Under: 10}); n >= 10 {
			*to = disclosure.Count{N: &n}
		}
	}
	flow, e := &f.Flow, x.Finding
	count(&flow.Referred, e.Flow.Referred)
	count(&flow.Accepted, e.Flow.Accepted)
	count(&flow.Started, e.Flow.Started)
	count(&flow.Baseline, e.Flow.Baseline)
	count(&flow.Due, e.Flow.Due)
	count(&flow.Paired, e.Flow.Paired)
	count(&flow.Lost, e.Flow.Due-e.Flow.Paired)
	better, same, worse, _ := e.Movement()
	f.Movement.Better, f.Movement.Same, f.Movement.Worse = disclosure.Share{}, disclosure.Share{}, disclosure.Share{}
	count(&f.Movement.Better.People, better.X)
	count(&f.Movement.Same.People, same.X)
	count(&f.Movement.Worse.People, worse.X)
	f.Completion, f.OfReferred, f.Distribution.Bands = disclosure.Share{}, disclosure.Share{}, nil
	hundredth := func(v *float64, people int) *float64 {
		if v == nil || people < 10 {
			return nil
		}
		return new(math.Round(*v*100) / 100)
	}
	if x.Way != nil {
		f.Taken = controlOf(x.Way, count)
	}
	n := e.Flow.Paired
	f.Scale.Unit = 0.1 // two decimals are a tenth of it
	f.Before = disclosure.Summary{Mean: hundredth(e.BaselinePaired.Mean, n), SD: hundredth(e.BaselinePaired.SD, n)}
	f.After = disclosure.Summary{Mean: hundredth(e.FollowupPaired.Mean, n), SD: hundredth(e.FollowupPaired.SD, n)}
	f.Change = disclosure.Change{Mean: hundredth(e.Change.Mean, n), SD: hundredth(e.Change.SD, n)}
	return f
}

// controlOf is how scores were taken, likewise: exact numbers and days, but for
// fewer than 10.
func controlOf(w *disclosure.Way, count func(*disclosure.Count, int)) *disclosure.Taken {
	taken, truth := &disclosure.Taken{}, takenBy(w)
	for path, to := range map[string]*disclosure.Count{
		"contacted": &taken.Contacted, "seen": &taken.Seen, "declined": &taken.Declined, "no_score": &taken.Unscored,
		"channel_changed.people": &taken.Channel.People, "channel_changed.of": &taken.Channel.Of,
		"helper_changed.people": &taken.Helper.People, "helper_changed.of": &taken.Helper.Of,
		"deliverer_helped.people": &taken.Deliverer.People, "deliverer_helped.of": &taken.Deliverer.Of,
		"late_baseline.people": &taken.Late.People, "late_baseline.of": &taken.Late.Of,
	} {
		count(to, truth["taken."+path])
	}
	for _, of := range []struct {
		to   *disclosure.Wait
		days evidence.Days
	}{{&taken.ToContact, w.Journey.Contact}, {&taken.ToBaseline, w.Journey.Baseline}, {&taken.Between, w.Circumstances.Between}} {
		if of.days.N >= 10 {
			*of.to = disclosure.Wait{Lower: of.days.Lower, Median: of.days.Median, Upper: of.days.Upper}
		}
	}
	return taken
}
