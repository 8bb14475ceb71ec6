package site

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/intake"
	"cairn/internal/intake/take"
	"cairn/internal/server"
)

// importRoutes are the steps by which a spreadsheet comes in.
func (s *Site) importRoutes() {
	short, long := server.Policy{Right: app.ImportScores}, server.Policy{Right: app.ImportScores, File: true}
	for _, r := range []struct {
		method, path string
		policy       server.Policy
		do           func(*gin.Context) error
	}{
		{http.MethodGet, "/imports", short, s.imports},
		{http.MethodGet, "/imports/new", short, s.newImport},
		{http.MethodPost, "/imports/new", long, s.sendFile},
		{http.MethodGet, "/imports/files/:file", long, s.importColumns},
		{http.MethodGet, "/imports/files/:file/columns/:sheet/:column", short, s.importColumn},
		{http.MethodPost, "/imports/files/:file/columns/:sheet/:column", long, s.takeColumn},
		{http.MethodGet, "/imports/files/:file/questions", long, s.importQuestions},
		{http.MethodPost, "/imports/files/:file/questions", long, s.answerQuestions},
		{http.MethodGet, "/imports/files/:file/words", long, s.importWords},
		{http.MethodPost, "/imports/files/:file/words", long, s.answerWords},
		{http.MethodGet, "/imports/files/:file/check", long, s.importCheck},
		{http.MethodPost, "/imports/files/:file/check", long, s.bringIn},
		{http.MethodGet, "/imports/files/:file/progress", short, s.importProgress},
		{http.MethodPost, "/imports/files/:file/cancel", short, s.cancelImport},
		{http.MethodGet, "/imports/files/:file/report", long, s.checkReport},
		{http.MethodGet, "/imports/files/:file/rejects/:sheet", long, s.checkRejects},
		{http.MethodPost, "/imports/files/:file/forget", short, s.forgetFile},
		{http.MethodGet, "/imports/:import", short, s.importDone},
		{http.MethodPost, "/imports/:import", long, s.undoImport},
		{http.MethodGet, "/imports/:import/report", long, s.importReport},
		{http.MethodGet, "/imports/:import/rejects/:sheet", long, s.importRejects},
	} {
		s.server.Route(r.method, r.path, r.policy, r.do)
	}
}

func (s *Site) desk(c *gin.Context) take.Desk {
	return take.At(s.app, server.ActorOf(c.Request.Context()))
}

// importsPage is GET /imports: what came in, and what is on its way.
type importsPage struct {
	Frame   Frame
	Files   []app.ImportFile // the reader's own, not finished
	Batches []app.ImportBatch
	Pages   pager
	Saved   string // what was just done
}

// importsShown is how many imports are on one page.
const importsShown = 50

func (importsPage) folder() string { return "imports" }

// Days is how long a file is kept.
func (importsPage) Days() int { return app.ImportFileDays }

func (s *Site) imports(c *gin.Context) error {
	ctx := c.Request.Context()
	by := server.ActorOf(ctx)
	p := importsPage{Frame: s.frame(c, "imports"), Saved: c.Query("saved"), Pages: pagerOf(c, "Pages of imports")}
	var err error
	if p.Files, err = s.app.ImportFiles(ctx, by); err != nil {
		return err
	}
	all, err := s.app.ImportBatches(ctx, by, app.Page{After: c.Query("after"), Limit: importsShown + 1})
	if err != nil {
		return err
	}
	for _, b := range cut(&p.Pages, all, importsShown, func(b app.ImportBatch) string { return b.ID }) {
		if b.State == app.ImportPublished || b.State == app.ImportUndone {
			p.Batches = append(p.Batches, b)
		}
	}
	return s.render(c, http.StatusOK, p)
}

// newImportPage is GET and POST /imports/new: a file is chosen.
type newImportPage struct {
	Frame  Frame
	Form   Form
	Limits intake.Limits
}

func (newImportPage) folder() string { return "import-new" }

// Megabytes is how large a file may be.
func (p newImportPage) Megabytes() int64 { return p.Limits.Bytes >> 20 }

// Days is how long a file that nobody finishes with is kept.
func (newImportPage) Days() int { return app.ImportFileDays }

func (s *Site) newImport(c *gin.Context) error {
	form, err := blank("file")
	if err != nil {
		return err
	}
	return s.showNewImport(c, http.StatusOK, form)
}

func (s *Site) showNewImport(c *gin.Context, status int, form Form) error {
	return s.render(c, status, newImportPage{Frame: s.frame(c, "imports").refused(form), Form: form, Limits: intake.PageLimits()})
}

// sendFile seals the file as it arrives: it is in no form and in no folder.
func (s *Site) sendFile(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := blank("file")
	if err != nil {
		return err
	}
	part, err := fileOfForm(c)
	if err == nil {
		var f take.File
		if f, err = s.desk(c).Send(ctx, part.FileName(), part); err == nil {
			c.Redirect(http.StatusSeeOther, "/imports/files/"+f.ID)
			return nil
		}
	}
	form.at = map[string]string{"": "file", "header": "file"}
	status, err := s.refuse(ctx, &form, err)
	if err != nil {
		return err
	}
	return s.showNewImport(c, status, form)
}

// fileOfForm is the file of a form that is read as it arrives.
func fileOfForm(c *gin.Context) (*multipart.Part, error) {
	parts, err := c.Request.MultipartReader()
	if err != nil {
		return nil, unreadable(err)
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, unreadable(err)
		}
		if part.FormName() == "file" && part.FileName() != "" {
			return part, nil
		}
	}
	return nil, fault.New(fault.Invalid, fault.InputInvalid, "Choose a file.").At("file")
}

// forgetFile is POST /imports/files/:file/forget.
func (s *Site) forgetFile(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c)
	if err != nil {
		return err
	}
	if err := s.app.ForgetFile(ctx, server.ActorOf(ctx), app.FileRemoval{Key: form.sentKey(), File: c.Param("file")}); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/imports?saved=forgotten")
	return nil
}

// csvOf sends a table that is written while it is taken.
func (s *Site) csvOf(c *gin.Context, name string, write func(io.Writer) error) error {
	return s.server.Send(c, server.Download{Name: name, Media: csvKind, Write: write})
}

// sheetOf is the sheet that an address names, from 0; none is -1.
func sheetOf(c *gin.Context) int { return indexIn(c, "sheet") }

func indexIn(c *gin.Context, name string) int {
	n, err := strconv.Atoi(c.Param(name))
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// fileCalled is the name of a download about a file.
func fileCalled(of, what string) string {
	for _, end := range []string{".csv", ".xlsx", ".CSV", ".XLSX"} {
		of = strings.TrimSuffix(of, end)
	}
	return of + "." + what + ".csv"
}

func (s *Site) checkReport(c *gin.Context) error {
	ctx := c.Request.Context()
	f, err := s.desk(c).Open(ctx, c.Param("file"))
	if err != nil {
		return err
	}
	return s.csvOf(c, fileCalled(f.Name, "report"), func(w io.Writer) error { return s.desk(c).Report(ctx, f, w) })
}

func (s *Site) checkRejects(c *gin.Context) error {
	ctx := c.Request.Context()
	f, err := s.desk(c).Open(ctx, c.Param("file"))
	if err != nil {
		return err
	}
	return s.csvOf(c, fileCalled(f.Name, "rejects"), func(w io.Writer) error { return s.desk(c).Rejects(ctx, f, sheetOf(c), w) })
}
