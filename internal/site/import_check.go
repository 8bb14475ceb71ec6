package site

import (
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/intake"
	"cairn/internal/intake/take"
	"cairn/internal/server"
)

// mostToMend is how many rows that were not taken are looked at for a page; the
// report has all.
const mostToMend = 5000

// importCheckPage is GET and POST of a dry run: what would become of every row.
type importCheckPage struct {
	Frame Frame
	Form  Form
	File  take.File
	Sum   intake.Summary
	Mend  []*mendLine // what keeps rows out
	Needy int         // how many rows there are
}

func (importCheckPage) folder() string { return "import-check" }

// An outcomeLine is how many rows have one outcome.
type outcomeLine struct {
	Is   string
	Rows int
}

func outcomeLines(rows map[string]int) (all []outcomeLine) {
	for _, o := range intake.Outcomes() {
		if n := rows[string(o)]; n > 0 || o == intake.Accepted {
			all = append(all, outcomeLine{string(o), n})
		}
	}
	return all
}

// Outcomes are the outcomes with their rows.
func (p importCheckPage) Outcomes() []outcomeLine {
	rows := map[string]int{}
	for o, n := range p.Sum.Outcomes {
		rows[string(o)] = n
	}
	return outcomeLines(rows)
}

// Accepted is how many rows are taken.
func (p importCheckPage) Accepted() int { return p.Sum.Outcomes[intake.Accepted] }

// Adds is how many scores would be added.
func (p importCheckPage) Adds() int { return p.Sum.Scores - p.Sum.Here }

// Brings reports that there is anything to bring in: scores, or people who were
// referred and not measured.
func (p importCheckPage) Brings() bool { return p.Adds() > 0 || p.Sum.Referred > 0 }

// Asks reports whether the words of the file have a page.
func (p importCheckPage) Asks() bool { return len(unknownWords(p.File.Mapping)) > 0 }

func (s *Site) importCheck(c *gin.Context) error {
	form, err := blank()
	if err != nil {
		return err
	}
	return s.showCheck(c, http.StatusOK, form)
}

func (s *Site) showCheck(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	p := importCheckPage{Frame: s.frame(c, "imports").refused(form), Form: form}
	var err error
	if p.File, err = s.desk(c).Open(ctx, c.Param("file")); err != nil {
		return s.settled(c, p.File, err)
	}
	mend := newMending()
	p.Sum, err = s.desk(c).Check(ctx, p.File, func(v intake.Verdict) error {
		if v.Outcome.Fine() {
			return nil
		}
		mend.note(v.Sheet, v.Line, string(v.Outcome), v.Reason)
		return nil
	})
	if err != nil {
		return err
	}
	p.Mend, p.Needy = mend.all, mend.rows
	return s.render(c, status, p)
}

// settled leads on from a file that is in already.
func (s *Site) settled(c *gin.Context, f take.File, err error) error {
	if !fault.Is(err, fault.ImportState) || f.Batch == "" {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/imports/"+f.Batch)
	return nil
}

// bringIn is POST /imports/files/:file/check: the import.
func (s *Site) bringIn(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c)
	if err != nil {
		return err
	}
	done, err := s.desk(c).Import(ctx, app.BringIn{Key: form.sentKey(), File: c.Param("file"), Version: form.number("version")})
	if err == nil {
		c.Redirect(http.StatusSeeOther, "/imports/"+done.ID+"?saved=in")
		return nil
	}
	status, err := s.refuse(ctx, &form, err)
	if err != nil {
		return err
	}
	return s.showCheck(c, status, form)
}

// importDonePage is GET and POST /imports/:import: what came of a file. A POST
// undoes it.
type importDonePage struct {
	Frame  Frame
	Form   Form
	Batch  app.ImportBatch
	Sheets []take.Leftover // of which what was not taken is kept for the reader
	Saved  string
	Mend   []*mendLine // what kept rows out
}

func (importDonePage) folder() string { return "import-done" }

// Outcomes are the outcomes with their rows.
func (p importDonePage) Outcomes() []outcomeLine { return outcomeLines(p.Batch.Outcomes) }

// NotTaken is how many rows were not.
func (p importDonePage) NotTaken() int {
	return p.Batch.Outcomes["rejected"] + p.Batch.Outcomes["conflict"] + p.Batch.Outcomes["review"]
}

func (p importDonePage) Published() bool { return p.Batch.State == app.ImportPublished }
func (p importDonePage) Undone() bool    { return p.Batch.State == app.ImportUndone }

// Days is how long what was not taken is kept.
func (importDonePage) Days() int { return app.ImportFileDays }

func (s *Site) importDone(c *gin.Context) error {
	form, err := blank("reason")
	if err != nil {
		return err
	}
	return s.showDone(c, http.StatusOK, form)
}

func (s *Site) showDone(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	by := server.ActorOf(ctx)
	p := importDonePage{Frame: s.frame(c, "imports").refused(form), Form: form, Saved: c.Query("saved")}
	batch, file, err := s.app.ImportBatch(ctx, by, c.Param("import"))
	if err != nil {
		return err
	}
	p.Batch = batch
	if p.Sheets, err = s.desk(c).LeftOf(ctx, batch, file); err != nil {
		return err
	}
	rows, err := s.app.ImportRowsToMend(ctx, by, batch.ID, mostToMend)
	if err != nil {
		return err
	}
	mend := newMending()
	for _, r := range rows {
		mend.note(r.Sheet, r.Line, r.Outcome, r.Reason)
	}
	p.Mend = mend.all
	return s.render(c, status, p)
}

func (s *Site) undoImport(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "reason")
	if err != nil {
		return err
	}
	_, err = s.app.UndoImport(ctx, server.ActorOf(ctx), app.ImportUndo{Key: form.sentKey(), Batch: c.Param("import"), Reason: form.text("reason")})
	if err == nil {
		c.Redirect(http.StatusSeeOther, "/imports/"+c.Param("import")+"?saved=undone")
		return nil
	}
	status, err := s.refuse(ctx, &form, err)
	if err != nil {
		return err
	}
	return s.showDone(c, status, form)
}

func (s *Site) importReport(c *gin.Context) error {
	ctx := c.Request.Context()
	batch, _, err := s.app.ImportBatch(ctx, server.ActorOf(ctx), c.Param("import"))
	if err != nil {
		return err
	}
	return s.csvOf(c, fileCalled(batch.Source, "report"), func(w io.Writer) error { return s.desk(c).Outcomes(ctx, batch.ID, w) })
}

func (s *Site) importRejects(c *gin.Context) error {
	ctx := c.Request.Context()
	batch, file, err := s.app.ImportBatch(ctx, server.ActorOf(ctx), c.Param("import"))
	if err != nil {
		return err
	}
	if file.ID == "" {
		return server.NotThere()
	}
	return s.csvOf(c, fileCalled(batch.Source, "rejects"), func(w io.Writer) error { return s.desk(c).Left(ctx, file, sheetOf(c), w) })
}
