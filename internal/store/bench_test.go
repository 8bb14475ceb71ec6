package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/store"
)

// openReferrals is how many the benchmark's practitioner has, each with two
// measures at two occasions outstanding.
const openReferrals = 10_000

// BenchmarkCaseload is what a due list of 10,000 open referrals takes: its
// counts and its first page. PostgreSQL is measured where CAIRN_TEST_POSTGRES
// names one.
func BenchmarkCaseload(b *testing.B) {
	for name, address := range benchDatabases(b) {
		b.Run(name, func(b *testing.B) {
			s, org, q := crowded(b, address)
			b.ResetTimer()
			for b.Loop() {
				err := s.Read(b.Context(), org, func(tx app.Reader) error {
					list, err := tx.Due(q)
					if len(list.Lines) != q.Page.Limit {
						return fmt.Errorf("%d lines, %w", len(list.Lines), err)
					}
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchDatabases(b *testing.B) map[string]string {
	all := map[string]string{"SQLite": "sqlite:" + filepath.Join(b.TempDir(), "cairn.db")}
	address := os.Getenv("CAIRN_TEST_POSTGRES")
	if address == "" {
		return all
	}
	try := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	server, err := sql.Open("pgx", address)
	try(err)
	name := "cairn_bench_" + strings.ReplaceAll(string(id[scheme.OrgID](b)), "-", "")
	_, err = server.ExecContext(b.Context(), "CREATE DATABASE "+name)
	try(err)
	b.Cleanup(func() {
		_, err := server.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)")
		try(errors.Join(err, server.Close()))
	})
	at, err := url.Parse(address)
	try(err)
	at.Path = "/" + name
	all["PostgreSQL"] = at.String()
	return all
}

// crowded is a database with one practitioner who has all of them.
func crowded(b *testing.B, address string) (*store.Store, scheme.OrgID, app.DueQuery) {
	b.Helper()
	c := config(address)
	try := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	try(store.Migrate(b.Context(), c))
	s, err := store.Open(b.Context(), c)
	try(err)
	b.Cleanup(func() { try(s.Close()) })
	defs, err := measure.Catalogue()
	try(err)
	try(s.RegisterMeasures(b.Context(), defs))
	org := scheme.Organisation{ID: id[scheme.OrgID](b), Name: "Bench " + string(id[scheme.OrgID](b)), TimeZone: "Europe/London", Kind: scheme.Provider}
	try(s.AddOrganisation(b.Context(), org))
	account := id[scheme.AccountID](b)
	try(s.AddAccount(b.Context(), app.Account{ID: account, Login: string(account), Memberships: []app.Membership{{Org: org.ID, Role: app.Practitioner, AllSchemes: true}}}))
	today := scheme.DayOf(noon)
	of := scheme.Scheme{ID: id[scheme.ID](b), Name: "Bench", Profile: scheme.ByReference, Revision: 1, Plan: scheme.Plan{
		ID: id[scheme.PlanID](b), Version: 1, EffectiveFrom: today.Plus(-900), Primary: "swemwbs-metric", Headline: scheme.FixedTime(84),
		Items: append(scheme.Standard("swemwbs", 12), scheme.Standard("ons4", 12)...)}}
	try(s.Write(b.Context(), org.ID, func(tx app.Writer) error { return tx.AddScheme(of) }))
	for first := 0; first < openReferrals; first += 500 {
		try(s.Write(b.Context(), org.ID, func(tx app.Writer) error {
			for n := first; n < first+500; n++ {
				if err := crowd(tx, b, of, account, n); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	return s, org.ID, app.DueQuery{Today: today, Schemes: []scheme.ID{of.ID}, Holders: []scheme.AccountID{account}, Page: app.Page{Limit: 51}}
}

// crowd adds one referral that began n days ago or so.
func crowd(tx app.Writer, b *testing.B, of scheme.Scheme, account scheme.AccountID, n int) error {
	p := scheme.Person{ID: id[scheme.PersonID](b), Reference: fmt.Sprintf("BENCH-%05d", n)}
	if err := tx.AddPerson(p); err != nil {
		return err
	}
	start := scheme.DayOf(noon).Plus(-n % 180)
	r := scheme.Referral{ID: id[scheme.ReferralID](b), Person: p.ID, Scheme: of.ID, Plan: of.Plan.ID, Source: "self", ReceivedOn: start, AcceptedOn: start, Practitioner: account}
	if err := tx.AddReferral(r); err != nil {
		return err
	}
	var due []scheme.Due
	for _, item := range of.Plan.Items {
		d := scheme.Due{Measure: item.Measure, Occasion: item.Occasion, On: start.Plus(item.DueDays)}
		d.Opens, d.Closes = item.Window(start)
		due = append(due, d)
	}
	return tx.SaveDue(r, due)
}
