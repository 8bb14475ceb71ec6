package api

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/server"
)

//go:embed docs.html
var docsPage string

// docsData is what the page of the programming interface is given: addresses.
type docsData struct {
	Icon, Style, Script string // of this server's own assets
	JSON, YAML          string // of the OpenAPI document
}

// docs shows the OpenAPI document with Swagger UI from our own assets.
func (a *API) docs(c *gin.Context) error {
	page, err := template.New("docs").Parse(docsPage)
	if err != nil {
		return fmt.Errorf("read the page of the interface: %w", err)
	}
	var body bytes.Buffer
	err = page.Execute(&body, docsData{
		Icon: a.server.AssetURL("favicon.svg"), Style: a.server.AssetURL("docs.css"), Script: a.server.AssetURL("docs.js"),
		JSON: prefix + "/openapi.json", YAML: prefix + "/openapi.yaml",
	})
	if err != nil {
		return fmt.Errorf("write the page of the interface: %w", err)
	}
	server.AllowImageData(c.Writer.Header())
	c.Data(http.StatusOK, "text/html; charset=utf-8", body.Bytes())
	return nil
}
