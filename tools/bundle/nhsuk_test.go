package main

import (
	"strings"
	"testing"
)

func TestDropFrutiger(t *testing.T) {
	const css = `@font-face{font-family:"Frutiger W01";src:url("https://fonts.example/f.woff2")}` +
		`body{font-family:"Frutiger W01", arial, sans-serif}`
	got, err := dropFrutiger(css)
	if err != nil {
		t.Fatal(err)
	}
	if want := `body{font-family:arial, sans-serif}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A package that has changed must stop the build: silence would let the font
// come back in another spelling.
func TestDropFrutiger_Refuses(t *testing.T) {
	for name, css := range map[string]string{
		"nothing to drop":   `body{font-family:arial}`,
		"another spelling":  `@font-face{font-family:"Frutiger W01"} a{font-family:"Frutiger W01", arial} b{font-family:FrutigerLT}`,
		"only in the stack": `a{font-family:"Frutiger W01", arial}`,
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := dropFrutiger(css); err == nil {
				t.Errorf("accepted: %s", got)
			}
		})
	}
}

func TestOtherHost(t *testing.T) {
	for css, want := range map[string]string{
		`a{background:url(https://cdn.example/x.png)}`:                                      "https://cdn.example/x.png",
		`a{background:url("//cdn.example/x.png")}`:                                          "//cdn.example/x.png",
		`@import "http://cdn.example/x.css";`:                                               "http://cdn.example/x.css",
		`a{background:url(/assets/images/x.svg)}`:                                           "",
		`a{background:url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>")}`: "",
	} {
		if got := otherHost(css); got != want {
			t.Errorf("%s: got %q, want %q", strings.TrimSpace(css), got, want)
		}
	}
}
