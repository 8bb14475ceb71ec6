package site

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"cairn/internal/fault"
)

// inMemory is how much of an upload is held in memory, bytes; the rest is in a
// file that goes with the request.
const inMemory = 1 << 20

// An attached is the text of a file that came with a form.
type attached struct {
	Text  string // empty where none was chosen
	Wrong error  // why it is no text, a fault at its field
}

// postedWithFile is posted for a form that may carry a text file in that field.
func postedWithFile(c *gin.Context, field string, names ...string) (f Form, file attached, err error) {
	if err := c.Request.ParseMultipartForm(inMemory); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return Form{}, attached{}, unreadable(err)
	}
	f, err = posted(c, append(names, field)...)
	if err != nil || c.Request.MultipartForm == nil {
		return f, attached{}, err
	}
	for _, part := range c.Request.MultipartForm.File[field] {
		if part.Filename == "" {
			continue // a field with no file chosen
		}
		raw, err := content(part)
		if err != nil {
			return Form{}, attached{}, unreadable(err)
		}
		switch {
		case len(bytes.TrimSpace(raw)) == 0:
			file.Wrong = fault.New(fault.Invalid, fault.InputInvalid, "The file is empty.").At(field)
		case !utf8.Valid(raw) || bytes.IndexByte(raw, 0) >= 0:
			file.Wrong = fault.New(fault.Invalid, fault.InputInvalid, "This file is not plain text. Save the sheet as CSV (UTF-8), and choose that file.").At(field)
		default:
			file.Text = string(raw)
		}
	}
	return f, file, c.Request.MultipartForm.RemoveAll()
}

func content(part *multipart.FileHeader) ([]byte, error) {
	opened, err := part.Open()
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(opened)
	return raw, errors.Join(err, opened.Close())
}
