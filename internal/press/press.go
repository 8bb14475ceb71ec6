// Package press prints pages: HTML in, PDF out, through a browser that is on the
// machine.
//
// It knows nothing of schemes, of who asks, or of where a page is from. It
// promises that the browser gets the page and its files from memory, asks no
// network for anything, carries nobody's cookie, is gone when the page is
// printed, and that one page is printed at a time.
package press

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// ErrBusy is a page that waited for its turn as long as it may.
var ErrBusy = errors.New("press: other pages are being printed")

// A sheet is one page to print, with everything that it asks for.
type sheet struct {
	html   []byte
	policy string // content security policy that it is read under
	file   func(path string) (kind string, content []byte, ok bool)
}

// A Press prints through one browser.
type Press struct {
	path  string
	flags []string
	turn  chan struct{}
}

// New is a press with the browser at path, started with flags besides its own.
func New(path string, flags ...string) *Press {
	return &Press{path: path, flags: flags, turn: make(chan struct{}, 1)}
}

// How long printing may take.
const (
	patience = 30 * time.Second // for one page, the browser's start included
	queue    = 30 * time.Second // for the turn
)

// A4 between its margins, in inches and CSS pixels.
const (
	paperWidth, paperHeight = 8.27, 11.69 // inches
	margin                  = 12 / 25.4   // inches, as in our style sheet
	pixelsPerInch           = 96
	smallest                = 0.6 // of the size as it is laid out; below it nobody can read
)

// PrintPage prints html on one page of A4, a little smaller where it would need
// more. It is read under the content security policy; file is what it finds at a
// path, ok false where there is nothing. It fails with ErrBusy when its turn does
// not come, and otherwise with whatever the browser says.
func (p *Press) PrintPage(ctx context.Context, html []byte, policy string, file func(path string) (kind string, content []byte, ok bool)) ([]byte, error) {
	s := sheet{html, policy, file}
	waited := time.NewTimer(queue)
	defer waited.Stop()
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-waited.C:
		return nil, ErrBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	browser, quit := chromedp.NewExecAllocator(ctx, p.options()...)
	defer quit()
	tab, leave := chromedp.NewContext(browser)
	defer leave()
	chromedp.ListenTarget(tab, func(event any) {
		if asked, ok := event.(*fetch.EventRequestPaused); ok {
			go answer(tab, asked, s) // the listener must not wait
		}
	})
	var pdf []byte
	err := chromedp.Run(tab, fetch.Enable(), emulation.SetEmulatedMedia().WithMedia("print"), laidOut(),
		chromedp.Navigate(home), chromedp.ActionFunc(func(ctx context.Context) (err error) {
			pdf, err = printed(ctx)
			return err
		}))
	if err != nil {
		return nil, fmt.Errorf("print a page: %w", err)
	}
	return pdf, nil
}

func (p *Press) options() []chromedp.ExecAllocatorOption {
	all := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(p.path), chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true),
		// Nothing has an address, so that nothing can be asked even by mistake.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"), chromedp.Flag("proxy-server", "http://127.0.0.1:1"))
	for _, flag := range p.flags {
		all = append(all, chromedp.Flag(flag, true))
	}
	return all
}

// home is where the page seems to lie: a name that can never be anybody's.
const home = "http://cairn.invalid/"

// laidOut gives the page the width that it will have on paper.
func laidOut() chromedp.Action {
	const width, height = (paperWidth - 2*margin) * pixelsPerInch, paperHeight * pixelsPerInch
	return emulation.SetDeviceMetricsOverride(int64(math.Floor(width)), int64(math.Floor(height)), 1, false)
}

// answer gives the browser the page, one of its files, or nothing.
func answer(tab context.Context, asked *fetch.EventRequestPaused, s sheet) {
	ctx := cdp.WithExecutor(tab, chromedp.FromContext(tab).Target)
	at, err := url.Parse(asked.Request.URL)
	kind, content, ok := "text/html; charset=utf-8", s.html, asked.Request.URL == home
	if err == nil && !ok && at.Host == "cairn.invalid" {
		kind, content, ok = s.file(at.Path)
	}
	if !ok {
		_ = fetch.FailRequest(asked.RequestID, network.ErrorReasonBlockedByClient).Do(ctx) // the page goes without it
		return
	}
	reply := fetch.FulfillRequest(asked.RequestID, 200).WithBody(base64.StdEncoding.EncodeToString(content)).WithResponseHeaders([]*fetch.HeaderEntry{
		{Name: "Content-Type", Value: kind}, {Name: "Content-Security-Policy", Value: s.policy},
	})
	_ = reply.Do(ctx) // a browser that is gone fails the printing itself
}

// printed is the page as PDF, tagged, smaller where it is longer than the paper.
func printed(ctx context.Context) ([]byte, error) {
	var high float64
	if err := chromedp.Evaluate(`document.documentElement.getBoundingClientRect().height`, &high).Do(ctx); err != nil {
		return nil, err
	}
	room := (paperHeight - 2*margin) * pixelsPerInch
	const step = 0.95 // what is smaller is laid out anew, so that its height is not known beforehand
	for scale := min(1, max(smallest, room/high)); ; scale *= step {
		pdf, _, err := page.PrintToPDF().WithPaperWidth(paperWidth).WithPaperHeight(paperHeight).
			WithMarginTop(margin).WithMarginBottom(margin).WithMarginLeft(margin).WithMarginRight(margin).
			WithScale(scale).WithPrintBackground(true).WithGenerateTaggedPDF(true).WithGenerateDocumentOutline(true).Do(ctx)
		if err != nil || len(onePage.FindAllIndex(pdf, 2)) == 1 || scale*step < smallest {
			return pdf, err
		}
	}
}

// onePage is where a PDF as Chromium writes it begins a page.
var onePage = regexp.MustCompile(`/Type\s*/Page[^s]`)
