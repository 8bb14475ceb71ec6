package app_test

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// A watching store counts the transactions that PostgreSQL ended because they
// waited for each other in a ring. The store runs those again, so nobody outside
// would notice but by the time it takes.
type watching struct {
	app.Store
	rings atomic.Int64
}

func (s *watching) Write(ctx context.Context, org scheme.OrgID, fn func(app.Writer) error) error {
	return s.Store.Write(ctx, org, func(w app.Writer) error {
		err := fn(w)
		var state interface{ SQLState() string }
		if errors.As(err, &state) && state.SQLState() == "40P01" {
			s.rings.Add(1)
		}
		return err
	})
}

// 32 writers do everything there is to a few people at once: assessments go from
// one to another and back, are corrected and withdrawn, people are merged, plans
// change, a file comes in. Nobody waits in a ring, everybody ends with an answer
// that says what to do, and the stored pairs are what the records say.
func TestCrowdEndsWithItsPairs(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		watched := &watching{Store: w.Store}
		c := &crowd{town: w, app: app.New(watched, kit.Passwords(), app.Config{Now: w.Clock})}
		for i := range 8 {
			to := []scheme.Scheme{w.Garden, w.Choir}[i%2]
			in := registration(to, fmt.Sprint("C-", i), "2026-01-05")
			if i >= 6 {
				in.Referral.AcceptedOn = ""
			}
			v, err := w.App.Register(t.Context(), w.Ann, in)
			must(t, err)
			c.people = append(c.people, v)
			for k := range 3 {
				a, err := w.App.RecordAssessment(t.Context(), w.Ann, raw(v, v.Referral.ReceivedOn.Plus(7*k+i).String(), 20+k))
				must(t, err)
				c.scores = append(c.scores, a.ID)
			}
		}
		var wait sync.WaitGroup
		for n := range 32 {
			wait.Go(func() {
				for step := range 12 {
					if err := c.act(n, step); err != nil && !expected(err) {
						t.Errorf("writer %d, step %d: %v", n, step, err)
					}
				}
			})
		}
		wait.Wait()
		if n := watched.rings.Load(); n > 0 {
			t.Errorf("%d transactions waited in a ring", n)
		}
		differ, err := w.App.CheckPairs(t.Context(), w.Ann, func(int) {})
		must(t, err)
		if len(differ) > 0 {
			t.Errorf("stored pairs of %v are not what their assessments say", differ)
		}
		if c.done.Load() < 32 {
			t.Errorf("only %d acts went through", c.done.Load())
		}
	})
}

// expected is what somebody hears who came second: each says so and changes
// nothing. That the database is busy is not among it.
func expected(err error) bool {
	all, accident := fault.All(err)
	return accident == nil && !slices.ContainsFunc(all, func(f *fault.Fault) bool {
		return !slices.Contains([]fault.Code{fault.Stale, fault.AssessmentTwice, fault.AssessmentGone, fault.PersonMerge, fault.ReferralOpen, fault.InputInvalid}, f.Code)
	})
}

// A crowd is the people whom everybody writes about.
type crowd struct {
	*town
	app    *app.App
	people []app.ReferralView
	scores []scheme.AssessmentID
	done   atomic.Int64
}

// act is what writer n does in one step: by a number that wanders, so that all
// meet in all ways.
func (c *crowd) act(n, step int) error {
	ctx := context.Background()
	dice := int(bits.Reverse32(uint32((n*12+step+1)*0x9E3779B1)) >> 8)
	pick := func(many int) int { dice = dice/many + 7*dice%1_000_003; return dice % many }
	id := c.scores[pick(len(c.scores))]
	one, two := c.people[pick(len(c.people))], c.people[pick(len(c.people))]
	err := error(nil)
	switch pick(8) {
	case 0, 1: // there and back: half of them go one way, half the other
		err = c.with(id, func(a scheme.Assessment) error {
			return second(c.app.MoveAssessment(ctx, c.Ann, app.Move{Assessment: id, Version: a.Revision, Reason: "to and fro", Referral: two.Referral.ID}))
		})
	case 2:
		err = c.with(id, func(a scheme.Assessment) error {
			return second(c.app.CorrectAssessment(ctx, c.Ann, app.Correction{
				Assessment: id, Version: a.Revision, Reason: "typed wrong", On: a.On.Plus(1).String(), Occasion: scheme.Later, Series: "swemwbs-raw", Score: fmt.Sprint(7 + pick(29)),
			}))
		})
	case 3:
		err = second(c.app.RecordAssessment(ctx, c.Ann, raw(one, one.Referral.ReceivedOn.Plus(pick(120)).String(), 7+pick(29))))
	case 4:
		if step > 6 { // most of the time there are several to meet
			err = second(c.app.MergePeople(ctx, c.Ann, app.Merge{Keep: one.Person.ID, Other: two.Person.ID, Reason: "registered twice"}))
		}
	case 5:
		err = c.replan([]scheme.Scheme{c.Garden, c.Choir}[pick(2)], 50+pick(40))
	case 6:
		err = c.accept(one)
	case 7:
		file := c.file(c.Garden, 4)
		for i := range file {
			file[i].Person.Reference = fmt.Sprint("C-", (n+i*step)%10)
		}
		err = second(c.app.Load(ctx, c.Ann, file, func(int) {}))
	}
	if err == nil {
		c.done.Add(1)
	}
	return err
}

// with reads an assessment as somebody would who is about to change it.
func (c *crowd) with(id scheme.AssessmentID, do func(scheme.Assessment) error) error {
	a, err := c.app.Assessment(context.Background(), c.Ann, id)
	if err != nil {
		return err
	}
	return do(a)
}

func (c *crowd) replan(of scheme.Scheme, due int) error {
	plans, err := c.app.Plans(context.Background(), c.Ann, of.ID)
	if err != nil {
		return err
	}
	return second(c.app.AddPlan(context.Background(), c.Ann, app.NewPlan{
		Scheme: of.ID, Follows: len(plans), EffectiveFrom: "2024-01-01",
		Items: []app.NewPlanItem{{Measure: "swemwbs", BeforeDays: 42, AfterDays: 14}, {Measure: "swemwbs", DueDays: due, BeforeDays: 14, AfterDays: 14}},
	}))
}

func (c *crowd) accept(one app.ReferralView) error {
	now, err := c.app.Referral(context.Background(), c.Ann, one.Referral.ID)
	if err != nil {
		return err
	}
	on := now.Referral.ReceivedOn.Plus(len(strings.TrimSpace(now.Referral.AcceptedOn.String())) / 5)
	return second(c.app.ChangeReferral(context.Background(), c.Ann, app.ReferralChange{Referral: one.Referral.ID, Version: now.Referral.Revision, AcceptedOn: on.String()}))
}
