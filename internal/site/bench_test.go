package site_test

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
	"cairn/internal/site"
	"cairn/internal/store"
	kit "cairn/internal/testkit/town"
)

// One scheme has so many people, and ten beside it have so many each.
const (
	benchCrowd = 5_000
	benchFew   = 500
)

// BenchmarkPage is a whole request of somebody signed in, from the middleware to
// the last byte: the evidence of a scheme of 5,000 people, and that scheme beside ten of
// 500. On SQLite.
func BenchmarkPage(b *testing.B) {
	client, base, crowded := benchService(b)
	for name, path := range map[string]string{
		"Evidence5000": "/schemes/" + string(crowded) + "/evidence", "Compare11": "/compare", "Equity5000": "/schemes/" + string(crowded) + "/equity",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				answer, err := client.Get(base + path)
				if err != nil || answer.StatusCode != http.StatusOK {
					b.Fatal(path, err, answer)
				}
				n, err := io.Copy(io.Discard, answer.Body)
				if err = errors.Join(err, answer.Body.Close()); err != nil || n < 10_000 {
					b.Fatal(path, n, err)
				}
			}
		})
	}
}

// benchService serves an organisation with those people to somebody signed in.
func benchService(b *testing.B) (client *http.Client, base string, crowded scheme.ID) {
	b.Helper()
	try := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	ctx, told := b.Context(), store.Config{URL: "sqlite:" + filepath.Join(b.TempDir(), "cairn.db"), Key: make([]byte, 32), Clock: kit.Noon}
	try(store.Migrate(ctx, told))
	kept, err := store.Open(ctx, told)
	try(err)
	b.Cleanup(func() { try(kept.Close()) })
	a := app.New(kept, kit.Passwords(), app.Config{Now: kit.Noon})
	try(a.Prepare(ctx))
	org, err := a.AddOrganisation(ctx, scheme.Organisation{Name: "Bench", TimeZone: "Europe/London", Kind: scheme.Provider})
	try(err)
	_, err = a.AddUser(ctx, app.NewUser{Login: "ann", Password: password, Org: org.ID, Role: app.Manager, AllSchemes: true})
	try(err)
	for i := range 11 {
		by, people := app.AtTerminal(org, "demo"), benchFew
		made, err := a.AddScheme(ctx, by, app.NewScheme{Name: fmt.Sprint("Scheme ", i), Measures: []measure.Key{"swemwbs"}, Weeks: 12, StartedOn: "2024-01-01"})
		try(err)
		if i == 0 {
			people, crowded = benchCrowd, made.ID
		}
		arrivals, err := benchArrivals(made.ID, people)
		try(err)
		loaded, err := a.Load(ctx, by, arrivals, func(int) {})
		if try(err); len(loaded.Refused) > 0 {
			b.Fatal(loaded.Refused[0].Reason)
		}
	}
	stack := server.New(server.Config{App: a, Sessions: kept.Sessions(), Now: kit.Noon, Ready: kept.Ping, Log: slog.New(slog.DiscardHandler)})
	pages, err := site.New(a, stack, nil)
	try(err)
	try(pages.Routes())
	s := httptest.NewServer(stack.Handler())
	b.Cleanup(s.Close)
	jar, err := cookiejar.New(nil)
	try(err)
	client = &http.Client{Jar: jar}
	answer, err := client.PostForm(s.URL+"/sign-in", url.Values{"login": {"ann"}, "password": {password}})
	try(err)
	try(answer.Body.Close())
	return client, s.URL, crowded
}

// benchArrivals are people who came over two years, all measured twice but every
// seventh.
func benchArrivals(of scheme.ID, people int) ([]app.Arrival, error) {
	defs, err := measure.Catalogue()
	if err != nil {
		return nil, err
	}
	def := defs[slices.IndexFunc(defs, func(d measure.Definition) bool { return d.Key == "swemwbs" })]
	first, err := scheme.ParseDay("2024-01-08")
	if err != nil {
		return nil, err
	}
	var all []app.Arrival
	for i := range people {
		on := first.Plus(i * 700 / people)
		a := app.Arrival{
			Person:   scheme.Person{Reference: fmt.Sprintf("%s-%05d", strings.Map(letter, string(of[len(of)-8:])), i), BirthYear: 1930 + i%70, Sex: []scheme.Sex{"female", "male"}[i%2], Deprivation: 1 + i%5},
			Referral: scheme.Referral{Scheme: of, Source: "self", ReceivedOn: on, AcceptedOn: on},
		}
		for n, total := range []int{12 + i%17, 13 + i*7%19} {
			if n == 1 && i%7 == 3 {
				continue
			}
			scores, err := def.FromScore("swemwbs-raw", strconv.Itoa(total))
			if err != nil {
				return nil, err
			}
			a.Assessments = append(a.Assessments, app.Arriving{Line: 2*i + n + 1, Assessment: scheme.Assessment{
				Measure: def.Key, Version: def.Version, On: on.Plus(84 * n), Occasion: []scheme.Occasion{scheme.Baseline, scheme.FixedTime(84)}[n], Rater: def.Rater, Scores: scores,
			}})
		}
		all = append(all, a)
	}
	return all, nil
}

// letter makes a digit a letter, so that no reference looks like an NHS number.
func letter(r rune) rune {
	if r >= '0' && r <= '9' {
		return r - '0' + 'g'
	}
	return r
}
