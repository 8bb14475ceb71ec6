package server

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"cairn/internal/fault"
)

// An asset is one bundled file, ready to send.
type asset struct {
	version string // of its content
	kind    string // media type
	plain   []byte
	zipped  []byte // nil where it saves nothing
}

type assets map[string]asset

// Assets serves every file of from under /assets/. With ?v= of its version a
// file is kept for ever, without it the browser asks each time.
func (s *Server) Assets(from fs.FS) error {
	all := assets{}
	err := fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		all[name], err = readAsset(from, name)
		return err
	})
	if err != nil {
		return fmt.Errorf("assets: %w", err)
	}
	s.assets = all
	s.Route(http.MethodGet, "/assets/*name", Policy{Right: Public, Why: "bundled files, the same for everybody"}, s.asset)
	return nil
}

// AssetURL is the address of an asset with its version; the bare address for
// one that was not built.
func (s *Server) AssetURL(name string) string {
	if a, ok := s.assets[name]; ok {
		return "/assets/" + name + "?v=" + a.version
	}
	return "/assets/" + name
}

func readAsset(from fs.FS, name string) (asset, error) {
	plain, err := fs.ReadFile(from, name)
	if err != nil {
		return asset{}, err
	}
	sum := sha256.Sum256(plain)
	a := asset{version: hex.EncodeToString(sum[:8]), kind: kindOf(name), plain: plain}
	var zipped bytes.Buffer
	w, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return asset{}, err
	}
	if _, err := w.Write(plain); err != nil {
		return asset{}, err
	}
	if err := w.Close(); err != nil {
		return asset{}, err
	}
	if zipped.Len() < len(plain)*9/10 {
		a.zipped = zipped.Bytes()
	}
	return a, nil
}

// kindOf does not ask the machine, whose table may call JavaScript text/plain.
func kindOf(name string) string {
	switch ext := path.Ext(name); ext {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".txt":
		return "text/plain; charset=utf-8"
	case ".json":
		return "application/json"
	default:
		if kind := mime.TypeByExtension(ext); kind != "" {
			return kind
		}
		return "application/octet-stream"
	}
}

func (s *Server) asset(c *gin.Context) error {
	a, ok := s.assets[strings.TrimPrefix(c.Param("name"), "/")]
	if !ok {
		return fault.New(fault.Missing, fault.NotFound, "There is no such file.")
	}
	c.Header("Content-Type", a.kind)
	c.Header("Vary", "Accept-Encoding")
	if c.Query("v") == a.version {
		c.Header("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		c.Header("Cache-Control", "no-cache")
	}
	body, tag := a.plain, a.version
	if a.zipped != nil && strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
		c.Header("Content-Encoding", "gzip")
		body, tag = a.zipped, a.version+"-gz"
	}
	c.Header("ETag", `"`+tag+`"`)
	http.ServeContent(c.Writer, c.Request, "", time.Time{}, bytes.NewReader(body))
	return nil
}
