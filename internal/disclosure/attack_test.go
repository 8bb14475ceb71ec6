package disclosure_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"cairn/internal/testkit/attack"
)

// found counts the claims that are true.
type found struct {
	cells, scores, days, wrong int
	taken                      int // of the cells, those of how scores were taken
}

func attacked(t testing.TB, rules attack.Rules, epochs []epoch, bodies [][]json.RawMessage, guesses int) (f found, said []string) {
	t.Helper()
	var all []truths
	var known attack.Known
	for i, e := range epochs {
		var before *epoch
		if i > 0 {
			before = &epochs[i-1]
		}
		all = append(all, e.truths(before))
		known = append(known, all[i].known)
	}
	counts, err := rules.Counts(bodies, guesses)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range counts {
		if n, ok := all[c.Release].counts[c.Figure+" "+c.Path]; ok && n >= 1 && n < 10 && float64(n) == c.Value {
			f.cells++
			if strings.HasPrefix(c.Path, "taken.") {
				f.taken++
			}
			said = append(said, c.String())
		} else {
			f.wrong++
		}
	}
	days, err := rules.Waits(bodies, known)
	if err != nil {
		t.Fatal(err)
	}
	f.days = len(days)
	for _, c := range days {
		said = append(said, c.String())
	}
	singles, err := rules.Scores(bodies, known)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range singles {
		if x, ok := all[c.Release].scores[c.Figure+" "+c.Path]; ok && math.Abs(x-c.Value) < 1e-6 {
			f.scores++
			said = append(said, c.String())
		} else {
			f.wrong++
		}
	}
	return f, said
}

// TestAttack publishes worlds and attacks them. CAIRN_ATTACKS says how many, for
// the proof. World 52 is there by name: it gave a number away by a count of the
// release before, of a figure that had changed elsewhere.
func TestAttack(t *testing.T) {
	worlds, guesses := []int{0, 1, 2, 3, 4, 5, 52}, 0
	if asked, err := strconv.Atoi(os.Getenv("CAIRN_ATTACKS")); err == nil {
		worlds, guesses = nil, 60
		for i := range asked {
			worlds = append(worlds, i)
		}
	}
	var safe, bare, open found
	figures, refused := 0, 0
	for _, i := range worlds {
		r := newRand(uint64(i) + 100)
		score := scores()[i%len(scores())]
		epochs := history(r, score)
		for j := range epochs {
			epochs[j].exact = epochs[j].asked(t)
			figures += len(epochs[j].exact)
		}
		rounded, exact := attack.Rounded(), attack.Suppressed()
		if score.Decimals > 0 {
			for _, l := range tabled() {
				rounded.Levels = append(rounded.Levels, l.Points(score.Decimals))
			}
			exact.Levels = rounded.Levels
		}
		out, bodies := published(t, epochs)
		refused += len(epochs) - len(out)
		f, said := attacked(t, rounded, out, bodies, guesses)
		if len(said) > 0 {
			t.Errorf("world %d, %s:\n%s", i, score.Series, strings.Join(said[:min(len(said), 10)], "\n"))
		}
		var b found
		if guesses > 0 {
			b, _ = attacked(t, rounded, epochs, unaudited(t, epochs), guesses)
		}
		c, _ := attacked(t, exact, epochs, suppressed(t, epochs), guesses)
		safe, bare, open = safe.plus(f), bare.plus(b), open.plus(c)
	}
	t.Logf("attack on %d worlds, %d figures, %d releases not published because the auditor refused them: recovered %s", len(worlds), figures, refused, safe)
	t.Logf("attack on the control, suppression only: recovered %s", open)
	if guesses > 0 {
		t.Logf("attack on what is rounded and not audited: recovered %s", bare)
	}
	if guesses == 0 && refused > 0 || refused > len(worlds)/2 {
		t.Errorf("%d releases of %d worlds were refused", refused, len(worlds))
	}
	if open.cells == 0 || open.scores == 0 {
		t.Error("the control gave nothing away: the attack proves nothing")
	}
}

// The attacker does know what holds among the numbers of how scores were taken:
// where all but one of them are exact, it has the last.
func TestAttack_seesHowScoresWereTaken(t *testing.T) {
	figure := json.RawMessage(`{"question":{"from":"2026-Q1","to":"2026-Q1"},"policy":{"threshold":10},
		"flow":{"referred":{"n":124},"paired":{"n":60},"lost":{"n":20},"due":{"n":80},"died":{"n":10},"moved_away":{"n":10},"followup_only":{"n":10},
			"accepted":{"n":112},"started":{"n":110},"baseline":{"n":100}},
		"taken":{"declined":{"n":null,"under":10},"no_score":{"n":11},"contacted":{"n":100},"seen":{"n":90}}}`)
	got, err := attack.Suppressed().Counts([][]json.RawMessage{{figure}}, 0)
	if err != nil || len(got) != 1 || got[0].Path != "taken.declined" || got[0].Value != 3 {
		t.Errorf("recovered %v, %v", got, err)
	}
}

func (f found) plus(g found) found {
	return found{f.cells + g.cells, f.scores + g.scores, f.days + g.days, f.wrong + g.wrong, f.taken + g.taken}
}

func (f found) String() string {
	return fmt.Sprintf("%d small cells (%d of how scores were taken), %d single scores and %d waits (%d wrong guesses)", f.cells, f.taken, f.scores, f.days, f.wrong)
}
