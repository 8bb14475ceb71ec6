package measure

import (
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"

	"cairn/internal/fault"
)

// What fits a form that is read on a phone.
const (
	mostQuestions = 40
	longestName   = 120 // characters
	longestShort  = 30  // characters
	longestText   = 400 // characters
	mostChoices   = 11  // answers to one question of a draft
)

// A Draft is a measure of one's own as somebody writes it down on a page:
// questions that share their answers and are added up or averaged, or a score
// alone. What needs more than that is written as a file.
type Draft struct {
	Name      string    `json:"name"`
	Short     string    `json:"short"`
	About     string    `json:"about"`
	Recall    string    `json:"recall"`
	Rater     Rater     `json:"rater"`
	Direction Direction `json:"direction"`
	// Questions in their order; none where only a score is entered.
	Questions []string `json:"questions"`
	Reversed  []int    `json:"reversed"` // questions that count in reverse, from 1
	LeftOut   int      `json:"left_out"` // questions that may be left out
	// Lowest and Highest are of each answer or, where there are no questions, of
	// the score.
	Lowest  string `json:"lowest"`
	Highest string `json:"highest"`
	Low     string `json:"low"`  // what the lowest means
	High    string `json:"high"` // what the highest means
	// Rule is how answers become a score: Sum, which nothing said means, or Mean.
	Rule      Rule         `json:"rule,omitempty"`
	Decimals  int          `json:"decimals"` // of a mean, and of a score without questions
	Terms     string       `json:"terms"`
	Source    string       `json:"source"`
	Confirmed Confirmation `json:"confirmed"`
}

// Shipped reports whether a measure of that key comes with the product.
func Shipped(key Key) bool {
	_, err := fs.Stat(files, "catalogue/"+string(key)+".yaml")
	return err == nil
}

// KeyFor is a key made of a short name: "Garden joy!" is garden-joy.
func KeyFor(short string) Key {
	words := strings.FieldsFunc(strings.ToLower(short), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return Key(strings.Join(words, "-"))
}

// First is the first version of the measure that the draft describes. It faults
// at the draft's fields, by their names in JSON, with all that is wrong.
func (w Draft) First() (Definition, error) { return w.version(KeyFor(w.Short), 1) }

// Next is the version after an earlier one. Its scores are of the same series
// where they are made the same way; else they could not be compared, and have a
// series of their own.
func (w Draft) Next(earlier Definition) (Definition, error) {
	d, err := w.version(earlier.Key, earlier.Version+1)
	if err != nil {
		return Definition{}, err
	}
	was := earlier.Scores[0]
	d.Scores[0].Series = was.Series
	if !d.scoredAs(earlier) {
		d.Scores[0].Series = Series(fmt.Sprintf("%s-v%d", d.Key, d.Version))
	}
	return d, d.Check()
}

// scoredAs reports whether two versions of a draft make the same score.
func (d Definition) scoredAs(o Definition) bool {
	bare := func(d Definition) (items []Item, scores []Score) {
		for _, it := range d.Items {
			items = append(items, Item{Key: it.Key, Min: it.Min, Max: it.Max, Reverse: it.Reverse})
		}
		for _, sc := range d.Scores {
			sc.Name = ""
			scores = append(scores, sc)
		}
		return items, scores
	}
	items, scores := bare(d)
	were, had := bare(o)
	return reflect.DeepEqual(items, were) && reflect.DeepEqual(scores, had)
}

// DraftOf is the definition as a draft; ok is false for one that says more than
// a draft can, which is changed in its file.
func DraftOf(d Definition) (w Draft, ok bool) {
	if len(d.Scores) != 1 {
		return Draft{}, false
	}
	sc := d.Scores[0]
	w = Draft{
		Name: d.Name, Short: d.Short, About: d.About, Recall: d.Recall, Rater: d.Rater, Direction: sc.Direction, LeftOut: d.MissingItems,
		Lowest: sc.Text(sc.Min), Highest: sc.Text(sc.Max), Rule: sc.Rule, Decimals: sc.Decimals, Terms: d.Licence.Terms, Source: d.Licence.Source,
	}
	if c := d.Licence.Confirmed; c != nil {
		w.Confirmed = *c
	}
	for i, it := range d.Items {
		w.Questions = append(w.Questions, it.Text)
		w.Lowest, w.Highest, w.Low, w.High = it.Response(it.Min), it.Response(it.Max), it.Low, it.High
		if it.Reverse {
			w.Reversed = append(w.Reversed, i+1)
		}
	}
	again, err := w.version(d.Key, d.Version)
	if err != nil {
		return Draft{}, false
	}
	again.Scores[0].Series = sc.Series
	return w, reflect.DeepEqual(again, d)
}

// version writes the definition out.
func (w Draft) version(key Key, number int) (Definition, error) {
	if err := w.check(key); err != nil {
		return Definition{}, err
	}
	d := Definition{
		Key: key, Version: number, Name: w.Name, Short: w.Short, About: w.About, Rater: w.Rater, Recall: w.Recall,
		Wording: ScoreOnly, Licence: Licence{Terms: w.Terms, Source: w.Source}, Presentation: Presentation{Ways: []Way{Paper, Screen, ReadAloud}},
	}
	low, _ := ParseLevel(w.Lowest, w.Decimals) // check has read them
	high, _ := ParseLevel(w.Highest, w.Decimals)
	sc := Score{Series: Series(key), Name: w.Short, Kind: KindTotal, Direction: w.Direction, Decimals: w.Decimals, Min: low, Max: high, Enter: true}
	if n := Level(len(w.Questions)); n > 0 {
		d.Wording, d.Licence.Confirmed = OperatorSupplied, &w.Confirmed
		d.MissingItems = w.LeftOut
		least, most := int(low/Level(Pow10(w.Decimals))), int(high/Level(Pow10(w.Decimals)))
		for i, text := range w.Questions {
			d.Items = append(d.Items, Item{
				Key: fmt.Sprintf("item-%d", i+1), Text: text, Min: least, Max: most, Low: w.Low, High: w.High,
				Reverse: slices.Contains(w.Reversed, i+1),
			})
		}
		sc.Kind, sc.Min, sc.Max = KindRaw, n*low, n*high
		if w.Rule == Mean {
			sc.Rule, sc.Min, sc.Max = Mean, low, high
		}
		if w.LeftOut > 0 {
			sc.Missing = &Missing{Most: w.LeftOut, Fill: FillMean, Source: w.Source}
		}
	}
	if w.Rater != Self {
		d.Presentation.Ways = []Way{Rated}
	}
	d.Scores = []Score{sc}
	return d, d.Check()
}

// check notes everything that is wrong with a draft.
func (w Draft) check(key Key) error {
	var wrong fault.List
	say := func(field, format string, args ...any) {
		wrong.Add(fault.New(fault.Invalid, fault.MeasureInvalid, format, args...).At(field))
	}
	need := func(field, text, ask string, most int) {
		if text == "" {
			say(field, "%s", ask)
		} else if len([]rune(text)) > most {
			say(field, "Use at most %d characters.", most)
		}
	}
	need("short", w.Short, "Give it the name that people say, such as Garden joy.", longestShort)
	if w.Short != "" && key == "" {
		say("short", "Use some letters from a to z in the short name.")
	}
	need("name", w.Name, "Give its name in full.", longestName)
	if len([]rune(w.About)) > longestText || len([]rune(w.Recall)) > longestName {
		say("about", "Use at most %d characters.", longestText)
	}
	if !slices.Contains(Raters(), w.Rater) {
		say("rater", "Choose whose judgement it is.")
	}
	if w.Direction != HigherIsBetter && w.Direction != LowerIsBetter {
		say("direction", "Choose which way is better.")
	}
	need("terms", w.Terms, "Say what lets you use it, such as Our own words.", longestText)
	need("source", w.Source, "Say where it comes from: who wrote it, or where it is published.", longestText)
	if !slices.Contains([]Rule{"", Sum, Mean}, w.Rule) {
		say("rule", "Choose whether the answers are added up or their mean is taken.")
	}
	w.checkRange(say)
	if len(w.Questions) > 0 {
		w.checkQuestions(say)
	}
	return wrong.Err()
}

func (w Draft) checkRange(say func(field, format string, args ...any)) {
	if w.Decimals < 0 || w.Decimals > MaxDecimals {
		say("decimals", "A score has 0 to %d decimals.", MaxDecimals)
		return
	}
	if w.Decimals > 0 && len(w.Questions) > 0 && w.Rule != Mean {
		say("decimals", "Answers to questions are whole numbers, and so is their sum. Choose no decimals, or the mean of the answers.")
		return
	}
	decimals := w.Decimals
	if len(w.Questions) > 0 {
		decimals = 0 // of the answers
	}
	low, lowWrong := ParseLevel(w.Lowest, decimals)
	high, highWrong := ParseLevel(w.Highest, decimals)
	for _, one := range []struct {
		field string
		err   error
	}{{"lowest", lowWrong}, {"highest", highWrong}} {
		all, _ := fault.All(one.err)
		for _, f := range all {
			say(one.field, "%s", f.Detail)
		}
	}
	if lowWrong != nil || highWrong != nil {
		return
	}
	if low >= high {
		say("highest", "The highest number must be above the lowest.")
	} else if len(w.Questions) > 0 && high-low >= mostChoices {
		say("highest", "A question has at most %d answers to choose from, such as 0 to 10.", mostChoices)
	}
}

func (w Draft) checkQuestions(say func(field, format string, args ...any)) {
	if len(w.Questions) > mostQuestions {
		say("questions", "A page holds at most %d questions. Write a longer measure as a file.", mostQuestions)
	}
	for i, q := range w.Questions {
		if q == "" || len([]rune(q)) > longestText {
			say("questions", "Question %d is empty or longer than %d characters.", i+1, longestText)
		}
	}
	for _, n := range w.Reversed {
		if n < 1 || n > len(w.Questions) {
			say("reversed", "Write the numbers of questions from 1 to %d, such as 2, 5.", len(w.Questions))
			break
		}
	}
	if w.LeftOut < 0 || w.LeftOut >= len(w.Questions) {
		say("left_out", "Fewer questions may be left out than there are. Write 0 where every one is needed.")
	}
	if w.Low == "" || w.High == "" || len([]rune(w.Low))+len([]rune(w.High)) > longestText {
		say("low", "Say in a few words what the lowest and the highest answer mean.")
	}
	if w.Confirmed.Reference == "" || w.Confirmed.By == "" {
		say("reference", "Give the reference of the licence, or write “our own words”, and who confirms that you may use them.")
	}
}
