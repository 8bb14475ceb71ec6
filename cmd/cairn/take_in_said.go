package main

import (
	"cmp"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/intake"
)

// accepted prints what was guessed and asks whether it is right, and what no
// file says of itself.
func (k *taking) accepted() error {
	k.sayMapping()
	if k.Yes {
		return nil
	}
	for _, q := range k.mapping.Open() {
		if err := k.ask(q); err != nil {
			return err
		}
	}
	if k.DryRun && k.t.hidden == nil {
		return nil // nothing is kept, so there is nothing to consent to
	}
	k.t.say("Is this right? Type yes to go on: ")
	said, err := k.t.line()
	if err != nil {
		return err
	}
	if is := strings.ToLower(strings.TrimSpace(said)); is == "y" || is == "yes" {
		return nil
	}
	return fault.New(fault.Invalid, fault.InputInvalid, "The mapping was not accepted, so nothing was read in. Accept it with --yes, or write it with --write-map FILE.json, change it, and use it with --map FILE.json.")
}

// ask asks one question; an empty answer leaves it open.
func (k *taking) ask(q intake.Question) error {
	if k.t.hidden == nil {
		return nil // nobody is there; its rows are to be reviewed
	}
	k.t.say("%s\n", q.Asks)
	for i, c := range q.Choices {
		k.t.say("  %d  %s\n", i+1, c.Says)
	}
	k.t.say("Type its number, or nothing if you do not know: ")
	said, err := k.t.line()
	if err != nil {
		return err
	}
	if n, err := strconv.Atoi(strings.TrimSpace(said)); err == nil && n >= 1 && n <= len(q.Choices) {
		k.mapping, _ = k.mapping.Answer(q.Key, string(q.Choices[n-1].Series))
	}
	return nil
}

// sayMapping prints what the columns are taken as.
func (k *taking) sayMapping() {
	m := k.mapping
	for _, s := range m.Sheets {
		if s.Name != "" {
			k.t.say("Sheet “%s”\n", s.Name)
		}
		for i, c := range s.Columns {
			what := string(c.Takes)
			for _, more := range []string{string(c.Series), cmp.Or(string(c.Measure), string(c.Series), c.Asked), c.Item, string(c.Occasion)} {
				if more != "" && !strings.Contains(what, more) {
					what += " " + more
				}
			}
			if c.Why != "" {
				what = "left out: " + c.Why
			}
			k.t.say("  %-3s %-32.32s %s\n", intake.ColumnName(i), c.Heading, what)
		}
	}
	k.t.say("Dates are read as %s%s.\n", m.Dates, because(m.DatesBecause))
	if m.Scheme != "" {
		k.t.say("Rows that name no scheme belong to “%s”.\n", m.Scheme)
	}
	for _, group := range []struct {
		what   string
		values []intake.Value
	}{{"scheme", m.Schemes}, {"activity", m.Activities}, {"occasion", m.Occasions}} {
		for _, v := range group.values {
			k.t.say("  %s “%s” %s\n", group.what, v.Says, meant(v))
		}
	}
	for _, n := range m.Measures {
		what := "is not known, and its rows are to be reviewed"
		if n.Measure != "" || n.Series != "" {
			what = "is " + strings.TrimSpace(string(n.Measure)+" "+string(n.Series)+" "+n.Item)
		} else if n.Asked != "" {
			what = "depends on the answer to a question"
		}
		k.t.say("  measure “%s” %s\n", n.Says, what)
	}
	for _, q := range m.Questions {
		answer := "nobody knows yet, so its rows are to be reviewed"
		if q.Answer != "" {
			answer = q.Answer + ", because " + q.Because
		}
		k.t.say("%s %s\n", q.Asks, answer)
	}
}

func because(why string) string {
	if why == "" {
		return ""
	}
	return ": " + why
}

func meant(v intake.Value) string {
	switch {
	case v.Means != "":
		return "is “" + v.Means + "”"
	case v.Nearest != "":
		return "is to be reviewed; did they mean “" + v.Nearest + "”?"
	}
	return "is not known, and its rows are to be reviewed"
}

// outcomeFiles are where it is written what became of every row.
type outcomeFiles struct {
	files   []*os.File
	report  *intake.Report
	rejects map[string]*intake.Rejects // by sheet
	at      map[string]string
	k       *taking
}

func (o *outcomeFiles) open(k *taking) (err error) {
	*o = outcomeFiles{k: k, rejects: map[string]*intake.Rejects{}, at: map[string]string{}}
	if k.Report == "" {
		return nil
	}
	w, err := o.create(k.Report)
	if err == nil {
		o.report, err = intake.NewReport(w)
	}
	return err
}

// create makes a file that only this person can read.
func (o *outcomeFiles) create(path string) (io.Writer, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) //nolint:gosec // the person at the terminal names the file
	if err != nil {
		return nil, fault.New(fault.Invalid, fault.InputInvalid, "The file %s cannot be written: %v.", path, plainly(err))
	}
	o.files = append(o.files, f)
	return f, nil
}

func (o *outcomeFiles) add(v intake.Verdict) error {
	if o.report != nil {
		if err := o.report.Add(v); err != nil {
			return err
		}
	}
	if len(v.Kept) == 0 {
		return nil
	}
	r := o.rejects[v.Sheet]
	if r == nil {
		path := o.k.rejectsFile()
		if len(o.rejects) > 0 { // the sheets have other columns
			path = strings.TrimSuffix(path, ".csv") + "." + strconv.Itoa(len(o.rejects)+1) + ".csv"
		}
		w, err := o.create(path)
		if err != nil {
			return err
		}
		if r, err = o.k.read.NewRejects(w, v.Sheet); err != nil {
			return err
		}
		o.rejects[v.Sheet], o.at[v.Sheet] = r, path
	}
	return r.Add(v)
}

// close finishes the files. Where the walk ended early, or one of them cannot be
// written, none stays: half a list of rows would look whole.
func (o *outcomeFiles) close(walked error) (err error) {
	if o.report != nil {
		err = o.report.Flush()
	}
	for _, r := range o.rejects {
		if flushed := r.Flush(); err == nil {
			err = flushed
		}
	}
	for _, f := range o.files {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}
	if walked == nil && err == nil {
		return nil
	}
	for _, f := range o.files {
		err = errors.Join(err, removed(f.Name()))
	}
	return err
}

// summarise says where the files are.
func (o *outcomeFiles) summarise(k *taking) {
	if k.Report != "" {
		k.t.say("What became of every row is in %s\n", k.Report)
	}
	for _, s := range k.mapping.Sheets {
		if path, there := o.at[s.Name]; there {
			k.t.say("Rows that were not taken, to be corrected and imported again, are in %s\n", path)
		}
	}
}

// summarise says what became of the rows.
func (k *taking) summarise() {
	k.t.say("%s read\n", count(k.sum.Rows, "row", "rows"))
	for _, o := range intake.Outcomes() {
		if o == intake.Here && k.sum.Outcomes[o] == 0 {
			continue
		}
		k.t.say("  %6d %s\n", k.sum.Outcomes[o], o)
	}
	k.t.say("%s of %s\n", count(k.sum.Scores, "score", "scores"), count(k.sum.People, "person", "people"))
	for _, note := range []struct {
		n         int
		one, more string
	}{
		{k.sum.ShortYears, "year had two digits and was read as 20YY", "years had two digits and were read as 20YY"},
		{k.sum.Serials, "date was a spreadsheet's number of a day", "dates were spreadsheets' numbers of days"},
		{k.sum.Months, "date is a month: kept as such, pairs by first and last score only", "dates are months: kept as such, they pair by first and last score only"},
		{k.sum.Undated, "of the scores has no day: kept by its order, pairs by first and last score only", "of the scores have no day: kept by their order, they pair by first and last score only"},
		{k.sum.Between, "score between the first and the last of a row has no day and is left out", "scores between the first and the last of a row have no day and are left out"},
		{k.sum.OtherOrder, "date is none as the file is read, and would be with day and month the other way round: its row is rejected", "dates are none as the file is read, and would be with day and month the other way round: their rows are rejected"},
		{k.sum.Referred, "row says only that somebody was referred", "rows say only that somebody was referred"},
		{k.sum.HiddenSheets, "hidden sheet is not read: show it in the spreadsheet program to bring it in", "hidden sheets are not read: show them in the spreadsheet program to bring them in"},
		{k.sum.HiddenRows, "hidden row is read like the others", "hidden rows are read like the others"},
	} {
		if note.n > 0 {
			k.t.say("%s\n", count(note.n, note.one, note.more))
		}
	}
	k.sayNewSchemes()
	k.files.summarise(k)
}

// sayUnpaired says why no new pair comes of the others: each person once for each
// scheme and measure.
func (k *taking) sayUnpaired() {
	for _, why := range []struct {
		n    int
		says string
	}{
		{k.sum.Unpaired.Once, "one score only, counting what is here"},
		{k.sum.Unpaired.Undated, "one score with a date and one without: which came first is not known"},
		{k.sum.Unpaired.InMonth, "one score of a month and one of a day in it: which came first is not known"},
		{k.sum.Unpaired.Paired, "a pair already, by what is here"},
	} {
		if why.n > 0 {
			k.t.say("  %6d without a new one: %s\n", why.n, why.says)
		}
	}
}

// status is 2 where nothing could be taken, 1 where something was not.
func (k *taking) status() error {
	switch {
	case k.sum.Nothing():
		k.t.say("cairn: no row of the file can be used. Nothing was changed.\n")
		return ended(notDone)
	case k.sum.Outcomes[intake.Accepted]+k.sum.Outcomes[intake.Here]+k.sum.Outcomes[intake.Duplicate] < k.sum.Rows:
		return ended(lookAt)
	}
	return nil
}

// sayNewSchemes says which schemes the file brings with it.
func (k *taking) sayNewSchemes() {
	if len(k.sum.NewSchemes) == 0 {
		return
	}
	names := "“" + strings.Join(k.sum.NewSchemes, "”, “") + "”"
	if k.DryRun {
		k.t.say("%s not here yet and would be set up: %s\n", count(len(k.sum.NewSchemes), "scheme is", "schemes are"), names)
		return
	}
	k.t.say("%s not here before: %s\n", count(len(k.sum.NewSchemes), "scheme was", "schemes were"), names)
}
