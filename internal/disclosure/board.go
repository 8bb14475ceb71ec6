package disclosure

import (
	"fmt"
	"math"
	"strings"

	"cairn/internal/evidence"
)

// BoardAnswer is the figure in three sentences to read out, of shown numbers
// alone: who was measured, what changed with those who got better and worse, and
// how sure it is. There is none of a figure without a level, or of a release that
// was made before it said what comes by itself.
func (f Figure) BoardAnswer(about evidence.Context) []string {
	if f.Level == nil || f.Regression.Range == nil {
		return nil
	}
	sure := fmt.Sprintf("How well this was measured is at level %d of %d (%s), which says nothing of how well it worked; %s",
		f.Level.Number, evidence.HighestLevel, f.Level.Name, evidence.Inside(f.Cautions()[0]))
	what := "So no change can be told, and that is not the same as no change."
	if f.Flow.Paired.Known() {
		what = f.boardResult()
	}
	return []string{f.who(about) + f.measured(about), what, sure}
}

// boardResult is the change, its interval, what may have come by itself, and who
// got better and worse in one sentence.
func (f Figure) boardResult() string {
	m := f.Movement
	moved := fmt.Sprintf("%s scored better by any amount, %s worse and %s the same.", m.Better.alone(), m.Worse.alone(), m.Same.alone())
	if m.Reliable {
		moved = fmt.Sprintf("%s got reliably better, %s reliably worse and %s neither.", m.Better.alone(), m.Worse.alone(), m.Same.alone())
	}
	c := f.Change
	if c.Mean == nil {
		return fmt.Sprintf("Their mean change is %s (%s); %s", NotShown, f.Hidden["change.mean"], moved)
	}
	text := fmt.Sprintf("Their mean change was %s points (%s)", signed(c.Mean), f.betterIs())
	worst, best, intervalled := f.intervalEnds()
	if intervalled {
		text = fmt.Sprintf("Their mean change was %s points (95%% interval %s to %s; %s)", signed(c.Mean), signed(c.Lo), signed(c.Hi), f.betterIs())
	}
	switch {
	case !intervalled, worst <= 0 && best >= 0:
		text += ", which does not tell whether people got better or worse on average"
	case best < 0:
		text += ", a change for the worse"
	case !f.surelyComplete():
		text += ", a change for the better among those who could be measured again"
	default:
		text += ", a change for the better"
	}
	return strings.Join([]string{text, f.boardWeighed(), moved}, "; ")
}

// boardWeighed is how much of it may have come by itself.
func (f Figure) boardWeighed() string {
	low, high, ok := f.ByItself()
	if !ok {
		return "how much comes by itself is not known"
	}
	text := fmt.Sprintf("%s points could be expected without any help, %s", f.ByItselfText(), f.Regression.Range.If())
	if worst, _, intervalled := f.intervalEnds(); intervalled && worst > 0 && worst <= math.Max(f.better(low), f.better(high)) {
		return text + ", so all of it may have come by itself"
	}
	return text
}
