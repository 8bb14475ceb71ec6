// Package web carries the pages and the bundled assets inside the binary.
//
// It is for one thing: that a single file can be copied to a machine and serve
// everything a browser asks for. It refuses to know what a page says or who may
// see it. It promises Files and nothing else.
//
// dist/ is built (`make assets`) and not committed, so it may be empty; it is
// complete exactly when it holds dist/manifest.json, which maps the name of
// every asset to the SHA-256 of its content.
package web

import "embed"

// Files holds dist/ (built assets), layout/ (the frame around pages), pages/
// (one folder a page) and report/ (the page that is a file).
//
//go:embed all:dist all:layout all:pages all:report
var Files embed.FS
