package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/server"
)

// importProgressPage is GET /imports/files/:file/progress: how far the import of a
// file is.
type importProgressPage struct {
	Frame Frame
	Form  Form
	File  app.ImportFile
	Is    app.ImportProgress
}

func (importProgressPage) folder() string { return "import-progress" }

// Publishing reports that all rows are read, and people are brought in.
func (p importProgressPage) Publishing() bool { return p.Is.OfPeople > 0 }

// importProgress leads on from a file that is in already.
func (s *Site) importProgress(c *gin.Context) error {
	ctx := c.Request.Context()
	by := server.ActorOf(ctx)
	form, err := blank()
	if err != nil {
		return err
	}
	p := importProgressPage{Frame: s.frame(c, "imports"), Form: form}
	if p.File, err = s.app.ImportFile(ctx, by, c.Param("file")); err != nil {
		return err
	}
	p.Is, err = s.app.ImportProgress(ctx, by, p.File.ID)
	if fault.Is(err, fault.ImportState) {
		c.Redirect(http.StatusSeeOther, "/imports/"+p.File.Batch)
		return nil
	}
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, p)
}

// cancelImport is POST /imports/files/:file/cancel.
func (s *Site) cancelImport(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c)
	if err != nil {
		return err
	}
	if _, err := s.app.CancelImport(ctx, server.ActorOf(ctx), app.ImportCancel{Key: form.sentKey(), File: c.Param("file")}); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/imports?saved=cancelled")
	return nil
}
