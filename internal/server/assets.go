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
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"cairn/internal/fault"
)

// An asset is one bundled file, ready to send.
type asset struct {
	version string // of its content
	kind    string // media type
	plain   []byte
	zipped  func() ([]byte, error) // nil bytes where it saves nothing; worked out when first asked for
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

// Asset is the bundled file at a path of this server; ok is false where there is
// none.
func (s *Server) Asset(path string) (kind string, content []byte, ok bool) {
	a, ok := s.assets[strings.TrimPrefix(path, "/assets/")]
	return a.kind, a.plain, ok
}

func readAsset(from fs.FS, name string) (asset, error) {
	plain, err := fs.ReadFile(from, name)
	if err != nil {
		return asset{}, err
	}
	sum := sha256.Sum256(plain)
	return asset{
		version: hex.EncodeToString(sum[:8]), kind: kindOf(name), plain: plain,
		zipped: sync.OnceValues(func() ([]byte, error) { return zip(plain) }),
	}, nil
}

// zip is nil where little is saved.
func zip(plain []byte) ([]byte, error) {
	var zipped bytes.Buffer
	w, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if zipped.Len() >= len(plain)*9/10 {
		return nil, nil
	}
	return zipped.Bytes(), nil
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
	if strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
		zipped, err := a.zipped()
		if err != nil {
			return fmt.Errorf("zip an asset: %w", err)
		}
		if zipped != nil {
			c.Header("Content-Encoding", "gzip")
			body, tag = zipped, a.version+"-gz"
		}
	}
	c.Header("ETag", `"`+tag+`"`)
	http.ServeContent(c.Writer, c.Request, "", time.Time{}, bytes.NewReader(body))
	return nil
}
