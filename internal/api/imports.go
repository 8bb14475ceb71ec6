package api

import (
	"context"
	"strconv"
	"time"

	"cairn/internal/app"
	"cairn/internal/intake"
	"cairn/internal/intake/take"
)

// importFileBody is a file that waits to be brought in.
type importFileBody struct {
	ID      string         `json:"id"`
	Version int            `json:"version" doc:"Send it with the next mapping or the import" example:"3"`
	Name    string         `json:"name" example:"scores.csv"`
	SHA     string         `json:"sha256" doc:"Of what was sent"`
	Size    int64          `json:"size" doc:"Bytes" example:"48213"`
	SentAt  time.Time      `json:"sent_at" example:"2026-07-01T09:30:00Z"`
	Until   time.Time      `json:"kept_until" doc:"When it is deleted at the latest" example:"2026-07-08T09:30:00Z"`
	Like    string         `json:"like,omitempty" doc:"The import whose mapping was taken over, since its file had the same columns; absent where the mapping was guessed"`
	Open    []string       `json:"open_questions" nullable:"false" doc:"Keys of the mapping's questions that nobody answered; their rows are to be reviewed"`
	Mapping intake.Mapping `json:"mapping" doc:"How it is read: of the form that cairn import --write-map writes"`
}

func importFileOf(f take.File) importFileBody {
	b := importFileBody{
		ID: f.ID, Version: f.Revision, Name: f.Name, SHA: f.SHA, Size: f.Size, SentAt: f.SentAt, Until: f.SentAt.AddDate(0, 0, app.ImportFileDays),
		Like: f.Like, Open: []string{}, Mapping: f.Mapping,
	}
	for _, q := range f.Mapping.Open() {
		b.Open = append(b.Open, q.Key)
	}
	return b
}

// waitingBody is the same in a list.
type waitingBody struct {
	ID     string    `json:"id"`
	Name   string    `json:"name" example:"scores.csv"`
	Size   int64     `json:"size" doc:"Bytes" example:"48213"`
	SentAt time.Time `json:"sent_at" example:"2026-07-01T09:30:00Z"`
}

// removedBody is a file that is here no more.
type removedBody struct {
	ID string `json:"id"`
}

type newMappingBody struct {
	Version whole          `json:"version" doc:"The version of the file that you read" example:"2"`
	Mapping intake.Mapping `json:"mapping" doc:"As it was answered, changed where it has to be. What is left out is never kept"`
}

type bringInBody struct {
	Version whole `json:"version" doc:"The version of the file that you read" example:"3"`
}

// progressBody is how far an import is.
type progressBody struct {
	UnderWay bool `json:"under_way" doc:"Whether it is being brought in now, by the program that answers"`
	Rows     int  `json:"rows_read" example:"12000"`
	Of       int  `json:"rows" doc:"Of the file; 0 where that is not known yet" example:"60000"`
	People   int  `json:"people" doc:"Brought in, though nobody sees them before all are" example:"0"`
	OfPeople int  `json:"people_of_file" doc:"0 until all rows are read" example:"0"`
}

// checkBody is what would become of a file.
type checkBody struct {
	Rows       int            `json:"rows" example:"600"`
	Outcomes   map[string]int `json:"outcomes" doc:"Rows by outcome: accepted, here (all that it says is here already), rejected, duplicate, conflict, review"`
	Scores     int            `json:"scores" doc:"That count" example:"680"`
	People     int            `json:"people" doc:"With a score that counts" example:"265"`
	Pairs      int            `json:"pairs" doc:"Of a first and a later score, within the file" example:"190"`
	NewPairs   int            `json:"pairs_added" doc:"That nobody has without the file" example:"190"`
	Unpaired   unpairedBody   `json:"not_paired" doc:"Why no new pair comes of the others who have a score: each person once for each scheme and measure"`
	Here       int            `json:"here_already" doc:"Of the scores: they are here, and nothing is added by them" example:"0"`
	ShortYears int            `json:"two_digit_years" doc:"Read as 20YY" example:"25"`
	Serials    int            `json:"spreadsheet_days" example:"15"`
	Months     int            `json:"month_only" doc:"Dates that were read, of whatever became of their rows. Kept as such; they pair by first and last score only" example:"10"`
	Undated    int            `json:"undated" doc:"Of the scores that count, those of which only the order is known; likewise" example:"0"`
	Between    int            `json:"between" doc:"Scores between the first and the last of a row that have no day, and are left out" example:"0"`

	Referred     int      `json:"referred_only" doc:"Rows of somebody who was referred on a known day and not measured, among those that are accepted" example:"0"`
	OtherOrder   int      `json:"other_order" doc:"Dates that do not exist as the mapping reads them, and would with day and month the other way round; their rows are rejected" example:"0"`
	HiddenSheets int      `json:"hidden_sheets" doc:"Of a spreadsheet, that are not read" example:"0"`
	HiddenRows   int      `json:"hidden_rows" doc:"Rows that a spreadsheet hides, by a filter for example. They are read as the others" example:"0"`
	NewSchemes   []string `json:"new_schemes" nullable:"false" doc:"Names of schemes that are not here, and that the import would make since rows are taken to them"`
}

// unpairedBody says of how many no new pair comes, and why.
type unpairedBody struct {
	Paired  int `json:"paired_already" doc:"They have a pair by what is here" example:"12"`
	Once    int `json:"one_score" doc:"They have one score, counting what is here" example:"63"`
	Undated int `json:"some_without_date" doc:"One score has a date or a month and another has neither, so that nobody knows which came first" example:"2"`
	InMonth int `json:"day_in_month" doc:"One score has a month alone and another a day of it; likewise" example:"0"`
}

// broughtBody is one import.
type broughtBody struct {
	ID        string         `json:"id"`
	Source    string         `json:"source" doc:"What the file was called" example:"scores.csv"`
	State     string         `json:"state" enum:"staging,published,undone,expired" example:"published"`
	Rows      int            `json:"rows" example:"600"`
	Outcomes  map[string]int `json:"outcomes" doc:"Rows by outcome"`
	People    int            `json:"people" doc:"New here" example:"265"`
	Added     int            `json:"added" doc:"Assessments" example:"680"`
	Already   int            `json:"already" doc:"Assessments that were here" example:"0"`
	Reason    string         `json:"reason,omitempty" doc:"Why it was undone"`
	Withdrawn *int           `json:"withdrawn,omitempty" doc:"Assessments that undoing it withdrew. Of one import that is undone; absent in a list" example:"678"`
	Before    *int           `json:"withdrawn_before,omitempty" doc:"Assessments that it added and somebody had withdrawn before it was undone, which stay as they were; likewise" example:"2"`
	TakenBack *int           `json:"referrals_taken_back,omitempty" doc:"Referrals that only it had made, and that are in no list and no figure any more; likewise" example:"262"`
	Left      *int           `json:"referrals_left,omitempty" doc:"Referrals that it had made and that stay, because somebody has worked with them or more is recorded on them; likewise" example:"3"`
	BegunAt   time.Time      `json:"begun_at" example:"2026-07-01T09:30:00Z"`
	At        *time.Time     `json:"published_at,omitempty" example:"2026-07-01T09:31:00Z"`
}

func broughtOf(b app.ImportBatch) broughtBody {
	out := broughtBody{
		ID: b.ID, Source: b.Source, State: string(b.State), Rows: b.Staged, Outcomes: map[string]int{}, People: b.People,
		Added: b.Added, Already: b.Already, Reason: b.Reason, BegunAt: b.BegunAt,
	}
	for _, o := range intake.Outcomes() {
		if o != intake.Here { // which only a dry run knows
			out.Outcomes[string(o)] = b.Outcomes[string(o)]
		}
	}
	if !b.PublishedAt.IsZero() {
		out.At = &b.PublishedAt
	}
	return out
}

// withUndoing is broughtOf for an import that was asked for by itself.
func withUndoing(b app.ImportBatch) broughtBody {
	out := broughtOf(b)
	if b.State == app.ImportUndone {
		out.Withdrawn, out.Before = &b.Undone.Withdrawn, &b.Undone.Before
		out.TakenBack, out.Left = &b.Undone.Referrals, &b.Undone.Left
	}
	return out
}

func (b broughtBody) address() string { return "/imports/" + b.ID }

// importedRowBody is what became of one row.
type importedRowBody struct {
	Position int    `json:"position" doc:"Among all rows of the file, from 0" example:"0"`
	Sheet    string `json:"sheet,omitempty"`
	Line     int    `json:"line" example:"5"`
	Outcome  string `json:"outcome" enum:"accepted,rejected,duplicate,conflict,review" example:"accepted"`
	Reason   string `json:"reason,omitempty"`
}

type importsQuery struct {
	Paged
}

type rowsQuery struct {
	ID      string `path:"id" doc:"Its identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Outcome string `query:"outcome" enum:"accepted,rejected,duplicate,conflict,review" doc:"Rows with this outcome only; absent for all" example:"rejected"`
	After   string `query:"after" doc:"The next of the page before, as it is; absent for the first. What is none of this list is refused" example:"999"`
	Limit   int    `query:"limit" minimum:"1" maximum:"1000" default:"1000" doc:"How many at most"`
}

// from is the position of the first row of the page.
func (q rowsQuery) from() (int, error) {
	if q.After == "" {
		return 0, nil
	}
	last, err := strconv.ParseUint(q.After, 10, 31)
	if err != nil || strconv.FormatUint(last, 10) != q.After {
		return 0, app.NoPlace()
	}
	return int(last) + 1, nil
}

type importUndoBody struct {
	Reason string `json:"reason" doc:"Why; kept beside every assessment that is withdrawn" example:"The wrong file"`
}

func (a *API) imports() {
	a.importFiles()
	get(a, asked{id: "list-imports", path: "/imports", tag: "Imports", right: app.ImportScores, summary: "What was brought in", about: "The newest first. One that was stopped is among them."},
		"query", func(ctx context.Context, by app.Actor, in *importsQuery) (list[broughtBody], error) {
			all, err := a.app.ImportBatches(ctx, by, app.Page{After: in.After, Limit: in.Limit})
			return listed(all, in.Limit, broughtOf, func(b app.ImportBatch) string { return b.ID }), err
		})
	get(a, asked{id: "get-import", path: "/imports/{id}", tag: "Imports", right: app.ImportScores, summary: "One import", about: "How many rows had which outcome, and what was added."},
		"path", func(ctx context.Context, by app.Actor, in *byID) (broughtBody, error) {
			b, _, err := a.app.ImportBatch(ctx, by, in.ID)
			return withUndoing(b), err
		})
	get(a, asked{id: "list-import-rows", path: "/imports/{id}/rows", tag: "Imports", right: app.ImportScores, summary: "What became of every row", about: "Line, outcome and reason; never a cell of the file."},
		"query", func(ctx context.Context, by app.Actor, in *rowsQuery) (list[importedRowBody], error) {
			from, err := in.from()
			if err != nil {
				return list[importedRowBody]{}, err
			}
			_, rows, err := a.app.ImportRows(ctx, by, app.ImportRowsAsk{Batch: in.ID, From: from, Outcome: in.Outcome, Most: in.Limit})
			return listed(rows, in.Limit, func(r app.ImportRow) importedRowBody {
				return importedRowBody{r.Position, r.Sheet, r.Line, r.Outcome, r.Reason}
			}, func(r app.ImportRow) string { return strconv.Itoa(r.Position) }), err
		})
	post(a, asked{id: "undo-import", path: "/imports/{id}/undoing", tag: "Imports", right: app.ImportScores, file: true, summary: "Take an import back",
		about: "Every assessment that it added and nobody has withdrawn since is withdrawn, with the reason; the answer says how many. Referrals that only it made are in no list and no figure any more, unless somebody has worked with them. What was here before it stays. The file may be sent again."},
		broughtBody.address, func(ctx context.Context, by app.Actor, in *change[importUndoBody]) (broughtBody, error) {
			b, err := a.app.UndoImport(ctx, by, app.ImportUndo{Key: in.Key, Batch: in.ID, Reason: in.Body.Reason})
			return withUndoing(b), err
		})
	a.importTables()
}
