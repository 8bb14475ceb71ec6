package datapackage

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"cairn/internal/scheme"
)

// title says of what and whose the package is.
func (p *pack) title() string {
	of := strings.Join(p.x.Schemes, ", ")
	if n := len(p.x.Schemes); n > 3 {
		of = fmt.Sprintf("%d schemes", n)
	}
	if of == "" {
		of = "no scheme"
	}
	return p.x.Organisation + ": " + of
}

// about says in a few sentences what the package is.
func (p *pack) about() []string {
	return []string{
		fmt.Sprintf("Outcome scores of people referred to social prescribing, as recorded by %s and exported from Cairn (%s) on %s. Period: %s. %s",
			p.x.Organisation, p.x.Software, p.x.Today.Long(), p.period(), p.chosen()),
		p.care(),
	}
}

// chosen says to which measure, score and follow-up the rows were narrowed.
func (p *pack) chosen() string {
	c := p.x.Chosen
	said := "Measures: all that the plans collect."
	for _, d := range p.x.Measures {
		if d.Key == c.Measure {
			said = fmt.Sprintf("Measures: %s (%s) alone.", d.Name, d.Key)
		}
	}
	for _, sc := range p.x.Scores {
		if sc.Series == c.Series {
			said = strings.TrimSuffix(said, " alone.") + fmt.Sprintf(", and of its scores %s (%s) alone.", sc.Name, sc.Series)
		}
	}
	if c.Occasion == "" {
		return said + " Follow-ups: all."
	}
	said += fmt.Sprintf(" Follow-ups: %s (%s) alone, with the baseline; what figures take for neither is left out.", c.Occasion.Label(), c.Occasion)
	if p.x.Rule == scheme.ByFirstLast {
		said += " That holds for wide.csv and long.csv: the pairs are those of a first and a last score, whenever the last was taken."
	}
	return said
}

// narrowed says what a period narrows.
func (p *pack) narrowed() string {
	if p.x.Veil != nil {
		return "A period narrows to referrals that started in it, the same ones in every table."
	}
	return "In wide.csv and long.csv a period narrows to referrals that started in it; in pairs.csv to pairs whose window closes in it, as on the pages."
}

// care says how the rows are to be kept.
func (p *pack) care() string {
	if v := p.x.Veil; v != nil {
		return fmt.Sprintf("These are pseudonymised personal data, for the project “%s” and for nothing else. Somebody who knows enough of a person could still find them: keep the files as safe as records with names, do not try to find out who somebody is, do not join them to other data about people, and publish nothing that stands for fewer than %d people.", v.Project, v.Fewest)
	}
	return "These are pseudonymised personal data, exact and with dates: keep them as safe as records with names, do not try to find out who somebody is, and publish nothing that stands for few people."
}

// veiled says how rows are kept from telling who somebody is.
func (p *pack) veiled() []string {
	v := *p.x.Veil
	lines := []string{
		"The columns are those of a list; there is no free text, no date and no answer to a single question of a measure.",
		"person_id is made for this project and for each scheme apart. It joins the tables of the project's files, and nothing else: not the files of another project, and not two schemes that one person was in.",
		"Rows are in the order of person_id, which says nothing. Days are rounded to the week.",
		fmt.Sprintf("Every description of a person (scheme%s) fits at least %d people, who did not all begin in the same part of a scale.", told(v), v.Fewest),
		fmt.Sprintf("For this, %s, and %d of %d cells were emptied. An empty cell is one that was not recorded or was emptied; nobody can tell which.", coarse(v), v.Hidden, v.Cells),
		"Scores, occasions and what makes a pair are as recorded, so that figures are those of the service on that day.",
	}
	if v.Tells(scheme.TraitQuarter) {
		lines = append(lines, "A quarter is that of the person's first start in the scheme, on all their rows.")
	}
	return lines
}

func told(v scheme.Veil) (text string) {
	for _, t := range v.Traits {
		text += ", " + strings.ReplaceAll(t, "_", " ")
	}
	return text
}

// coarse says which traits are told less finely than they could be.
func coarse(v scheme.Veil) string {
	var all []string
	if v.Steps.Quarter > 0 {
		all = append(all, "time is told by the "+v.Time())
	}
	for _, one := range []struct {
		step int
		name string
	}{{v.Steps.Age, "age in four groups"}, {v.Steps.Ethnicity, "ethnic group in two"}, {v.Steps.Deprivation, "deprivation in two"}} {
		if one.step > 0 {
			all = append(all, one.name)
		}
	}
	if len(all) == 0 {
		return "nothing had to be made coarser than its column says"
	}
	return strings.Join(all, ", ")
}

func (p *pack) period() string {
	from, to := p.x.Period.From, p.x.Period.To
	switch {
	case from == 0 && to == 0:
		return "everything on record"
	case from == 0:
		return "up to " + to.String()
	case to == 0:
		return "from " + from.String()
	}
	return from.String() + " to " + to.String()
}

// writeMethods says how the data came about.
func (p *pack) writeMethods(w io.Writer) error {
	var out bytes.Buffer
	section := func(title string, lines ...string) {
		fmt.Fprintf(&out, "%s\n%s\n%s\n\n", title, strings.Repeat("-", len(title)), strings.Join(lines, "\n"))
	}
	fmt.Fprintf(&out, "%s\n%s\n\n", p.title(), strings.Repeat("=", len([]rune(p.title()))))
	section("What this is", p.about()...)
	section("What it may be used for",
		"There is no open licence. The rows are personal data under a pseudonym. Use them for what they were asked for and delete them afterwards.",
		"The scores are results of measures that belong to their holders; measures.csv has the terms of each. No words of any measure are in this package.")
	left := "Nobody was left out."
	switch {
	case p.x.Veil != nil:
		section("How people are kept from being found", p.veiled()...)
		left = "People who said no to evaluation or research, or opted out nationally, are left out. How many is told to nobody outside the service."
	case p.out > 0:
		left = fmt.Sprintf("Left out are %d referrals of people who said no to evaluation or research, or opted out nationally. Figures on the pages of Cairn still count them, so they differ from figures made of these rows.", p.out)
	}
	section("Who is in it",
		fmt.Sprintf("%d referrals to: %s.", p.rows[scheme.ShapeWide], strings.Join(p.x.Schemes, ", ")), left,
		"A person may be referred again: referral_no says which of the person's referrals a row is of. Figures count first referrals only (referral_no is 1), so that everybody counts once in a scheme.",
		p.narrowed())
	section("How two scores become a pair",
		"Days are counted from the start: the first attended activity, else the day the referral was accepted, else the day it was received.",
		"By the plan, the first score is the latest on or before the start within its window, else the earliest after it; the later score is the one nearest to its due day within its window, on a later day than the first (a tie: the earlier day).",
		"By the rule first-last, they are the first score and the last one on a later day.",
		"Only scores of one series pair, and only by the rater whom the measure is meant for. Of measures on which people rate problems or goals of their own, pairs.csv has the mean over those rated both times, which can differ from the scores in wide.csv and long.csv.",
		"The rule in pairs.csv: "+string(p.x.Rule)+".")
	section("How figures are made of it",
		"Take the rows of pairs.csv in which in_figures is yes: first referrals whose window had closed, without people who died or moved away before a pair was made.",
		"Of those with state paired: mean change is the mean of the column change; its 95% interval is the mean plus and minus the 0.975 quantile of Student's t with n - 1 degrees of freedom, times the standard deviation of change over the square root of n. Of one person, or where everybody changed by the same amount, the interval is not estimable.",
		"The rows with state baseline are people lost to follow-up. Say how many, whatever you say of the others: flow.csv counts them.",
		"load.R and load.py work this out.",
		p.everyFigure())
	section("Empty cells", "An empty cell was not recorded, or has nothing to record. Text that a spreadsheet would take for a formula has an apostrophe in front, which the loaders take off.")
	section("Files", p.listed()...)
	section("Checking", "“sha256sum -c SHA256SUMS” finds any file that was changed. The same rows give the same bytes.")
	_, err := out.WriteTo(w)
	return err
}

// everyFigure says which file gives all figures.
func (p *pack) everyFigure() string {
	if p.x.Rule == scheme.ByFirstLast {
		return "“cairn evidence wide.csv --settings settings.json” gives every kind of figure, by time points and not by the first score and the last one, of everybody in wide.csv: it cannot know there whose window is still open and who died or moved away." + compared
	}
	if p.x.Veil != nil { // which keeps the days back on which windows close
		return "“cairn evidence pairs.csv --settings settings.json” gives every kind of figure, of the rows in which in_figures is yes. It cannot tell who died or moved away among those referred, since no day is in a file for research: figures made of pairs are those of the pages on that day, while numbers of people referred are lower here, and shares made of them higher, by those people." + compared
	}
	return "“cairn evidence pairs.csv --settings settings.json” gives every kind of figure, of the rows in which in_figures is yes, and counts who died or moved away among those referred: the figures of the pages on that day, while the scheme runs too. (wide.csv can be read likewise. It does not say whose window is open, so that its numbers are those of the pages only where every window has closed and nobody left.)" + compared
}

// compared says what the command makes of the settings as they are, and what not.
const compared = " settings.json has the published thresholds of change, reliabilities, norms and bands that the pages use, each with its source. It names no groups to compare: for those add a column of the table and the group to compare with, such as \"compare\": [{\"by\": \"sex\", \"ref\": \"female\"}]."

func (p *pack) listed() (lines []string) {
	for _, f := range p.files {
		lines = append(lines, f.name+": "+f.about)
	}
	return append(lines, "load.R, load.py: load the tables into R and Python, and work the changes out.", "datapackage.json: the tables and their columns, for programs (Frictionless Data Package).", "SHA256SUMS: what the bytes of every file add up to.")
}
