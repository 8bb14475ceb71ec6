package api

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"cairn/internal/app"
	"cairn/internal/intake"
	"cairn/internal/intake/take"
	"cairn/internal/server"
)

// A sentFile is a file as the body of a request; it is read as it arrives.
type sentFile struct {
	Name string `query:"name" doc:"What the file is called" example:"scores.csv"`

	from io.Reader
}

// Resolve finds the body, which huma leaves alone.
func (in *sentFile) Resolve(ctx huma.Context) []error {
	in.from = ctx.BodyReader()
	return nil
}

// fileKinds are what a file may be sent as; what it is, it says itself.
func fileKinds() []string {
	return []string{octets, "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
}

const octets = "application/octet-stream"

// importFiles are the steps before an import.
func (a *API) importFiles() {
	a.sendFile()
	get(a, asked{id: "list-import-files", path: "/import-files", tag: "Imports", right: app.ImportScores, summary: "Files that wait to be brought in", about: "Your own: nobody else sees them. They are deleted when they are brought in, and after seven days."},
		"query", func(ctx context.Context, by app.Actor, _ *none) (list[waitingBody], error) {
			all, err := a.app.ImportFiles(ctx, by)
			return listed(all, 0, func(f app.ImportFile) waitingBody { return waitingBody{f.ID, f.Name, f.Size, f.SentAt} }, nil), err
		})
	get(a, asked{id: "get-import-file", path: "/import-files/{id}", tag: "Imports", right: app.ImportScores, file: true, summary: "A file that waits, and how it is read", about: "The mapping says what every column is taken as. Columns that seem to say who somebody is, or to hold people's own words, are left out."},
		"path", func(ctx context.Context, by app.Actor, in *byID) (importFileBody, error) {
			f, err := take.At(a.app, by).Open(ctx, in.ID)
			return importFileOf(f), err
		})
	post(a, asked{id: "map-import-file", path: "/import-files/{id}/mapping", tag: "Imports", right: app.ImportScores, file: true, summary: "Say how a file is read",
		about: "Send the mapping that you read with questions answered, words given a meaning, or columns taken as something else. A mapping that does not fit the file is refused. A question that stays open, and a word without a meaning, leave their rows to be reviewed."},
		func(b importFileBody) string { return "/import-files/" + b.ID },
		func(ctx context.Context, by app.Actor, in *change[newMappingBody]) (importFileBody, error) {
			if len(formOf(ctx)) > 0 {
				return importFileBody{}, nil // refused for its form
			}
			f, err := take.At(a.app, by).Change(ctx, in.ID, take.Change{Key: in.Key, Version: int(in.Body.Version), Mapping: in.Body.Mapping})
			return importFileOf(f), err
		})
	get(a, asked{id: "check-import-file", path: "/import-files/{id}/check", tag: "Imports", right: app.ImportScores, file: true, summary: "What would become of a file", about: "A dry run: the whole file is read and held against what is here, and nothing is kept."},
		"path", func(ctx context.Context, by app.Actor, in *byID) (checkBody, error) {
			desk := take.At(a.app, by)
			f, err := desk.Open(ctx, in.ID)
			if err != nil {
				return checkBody{}, err
			}
			sum, err := desk.Check(ctx, f, func(intake.Verdict) error { return nil })
			return checkOf(sum), err
		})
	post(a, asked{id: "import-file", path: "/import-files/{id}/import", tag: "Imports", right: app.ImportScores, file: true, summary: "Bring a file in",
		about: "Whole, or not at all. One that was stopped goes on where it was when the request is sent again; one that is in is answered with its import, and one that is under way with that import when it is through. Answers to a risk question are on one review list. The file is deleted."},
		broughtBody.address, func(ctx context.Context, by app.Actor, in *change[bringInBody]) (broughtBody, error) {
			if len(formOf(ctx)) > 0 {
				return broughtBody{}, nil // refused for its form
			}
			b, err := take.At(a.app, by).Import(ctx, app.BringIn{Key: in.Key, File: in.ID, Version: int(in.Body.Version)})
			return broughtOf(b), err
		})
	get(a, asked{id: "progress-import-file", path: "/import-files/{id}/progress", tag: "Imports", right: app.ImportScores, file: true, summary: "How far an import is", about: "While the request that brings the file in has no answer yet. Of one that was stopped: how many rows were read, and of how many. One that is in is a conflict: read its import."},
		"path", func(ctx context.Context, by app.Actor, in *byID) (progressBody, error) {
			p, err := a.app.ImportProgress(ctx, by, in.ID)
			return progressBody(p), err
		})
	post(a, asked{id: "cancel-import-file", path: "/import-files/{id}/cancellation", tag: "Imports", right: app.ImportScores, summary: "Cancel an import",
		about: "One that is under way or was stopped. Nothing of it is brought in, and the file stays. Where there is none it is a conflict, and so is one that is in: undo that."},
		func(b waitingBody) string { return "/import-files/" + b.ID },
		func(ctx context.Context, by app.Actor, in *change[none]) (waitingBody, error) {
			f, err := a.app.CancelImport(ctx, by, app.ImportCancel{Key: in.Key, File: in.ID})
			return waitingBody{f.ID, f.Name, f.Size, f.SentAt}, err
		})
	post(a, asked{id: "remove-import-file", path: "/import-files/{id}/removal", tag: "Imports", right: app.ImportScores, summary: "Delete a file that waits", about: "With all that is kept of it. What was brought in from it stays."},
		func(removedBody) string { return "/import-files" },
		func(ctx context.Context, by app.Actor, in *change[bringInBody]) (removedBody, error) {
			if len(formOf(ctx)) > 0 {
				return removedBody{}, nil // refused for its form
			}
			return removedBody{in.ID}, a.app.ForgetFile(ctx, by, app.FileRemoval{Key: in.Key, File: in.ID, Version: new(int(in.Body.Version))})
		})
}

func checkOf(s intake.Summary) checkBody {
	b := checkBody{
		Rows: s.Rows, Outcomes: map[string]int{}, Scores: s.Scores, People: s.People, Pairs: s.Pairs, NewPairs: s.NewPairs, Unpaired: unpairedBody(s.Unpaired), Here: s.Here,
		ShortYears: s.ShortYears, Serials: s.Serials, Months: s.Months, Undated: s.Undated, Between: s.Between,
		Referred: s.Referred, OtherOrder: s.OtherOrder, HiddenSheets: s.HiddenSheets, HiddenRows: s.HiddenRows, NewSchemes: append([]string{}, s.NewSchemes...),
	}
	for _, o := range intake.Outcomes() {
		b.Outcomes[string(o)] = s.Outcomes[o]
	}
	return b
}

// sendFile takes a file as it is, and no JSON.
func (a *API) sendFile() {
	o := asked{id: "send-import-file", path: "/import-files", tag: "Imports", right: app.ImportScores, file: true, summary: "Send a spreadsheet to be brought in",
		about: "The file itself is the body: .xlsx or CSV in UTF-8, up to 50 MB, 100,000 rows and 64 columns; 20 files of yours may wait at a time. It is kept sealed, read by nobody else, and answered with what its columns are taken as. The same file sent again before it is finished with is the same one, unless 20 wait already."}
	op := o.operation(http.MethodPost)
	op.DefaultStatus = http.StatusCreated
	op.Errors = append(op.Errors, http.StatusBadRequest, http.StatusNotFound, http.StatusConflict, http.StatusRequestEntityTooLarge)
	op.RequestBody = &huma.RequestBody{Required: true, Description: "The file", Content: map[string]*huma.MediaType{}}
	for _, kind := range fileKinds() {
		op.RequestBody.Content[kind] = &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
	}
	huma.Register(a.huma, op, func(ctx context.Context, in *sentFile) (*created[importFileBody], error) {
		made, err := answer(ctx, a, "body", func(ctx context.Context) (importFileBody, error) {
			if len(formOf(ctx)) > 0 {
				return importFileBody{}, nil // refused for its form
			}
			f, err := take.At(a.app, server.ActorOf(ctx)).Send(ctx, in.Name, in.from)
			return importFileOf(f), err
		})
		if err != nil {
			return nil, err
		}
		return &created[importFileBody]{Location: prefix + "/import-files/" + made.ID, Body: made}, nil
	})
}

type sheetQuery struct {
	ID    string `path:"id" doc:"Its identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Sheet int    `query:"sheet" minimum:"0" maximum:"100" doc:"Of the mapping's sheets, from 0" example:"0"`
}

// A download is a file that is written while it is taken.
type download struct {
	name  string
	write func(io.Writer) error
}

// importTables are what becomes of rows, as files.
func (a *API) importTables() {
	file(a, asked{id: "report-import-file", path: "/import-files/{id}/report", tag: "Imports", right: app.ImportScores, file: true, summary: "What would become of every row, as CSV", about: "Line, outcome, reason, sheet, scores taken; never a cell of the file."},
		csvMedia, func(ctx context.Context, by app.Actor, in *byID) (download, error) {
			desk := take.At(a.app, by)
			f, err := desk.Open(ctx, in.ID)
			return download{"report.csv", func(w io.Writer) error { return desk.Report(ctx, f, w) }}, err
		})
	file(a, asked{id: "rejects-import-file", path: "/import-files/{id}/rejects", tag: "Imports", right: app.ImportScores, file: true, summary: "Rows that would not be taken, as CSV", about: "The columns that are read, and the reason. Corrected, it can be sent as a file of the same kind."},
		csvMedia, func(ctx context.Context, by app.Actor, in *sheetQuery) (download, error) {
			desk := take.At(a.app, by)
			f, err := desk.Open(ctx, in.ID)
			return download{"rejects.csv", func(w io.Writer) error { return desk.Rejects(ctx, f, in.Sheet, w) }}, err
		})
	file(a, asked{id: "report-import", path: "/imports/{id}/report", tag: "Imports", right: app.ImportScores, file: true, summary: "What became of every row, as CSV", about: "Line, outcome, reason, sheet; never a cell of the file."},
		csvMedia, func(ctx context.Context, by app.Actor, in *byID) (download, error) {
			b, _, err := a.app.ImportBatch(ctx, by, in.ID)
			return download{"report.csv", func(w io.Writer) error { return take.At(a.app, by).Outcomes(ctx, b.ID, w) }}, err
		})
	file(a, asked{id: "rejects-import", path: "/imports/{id}/rejects", tag: "Imports", right: app.ImportScores, file: true, summary: "Rows that were not taken, as CSV", about: "For whoever sent the file, for seven days. Corrected, it can be sent as a file of the same kind."},
		csvMedia, func(ctx context.Context, by app.Actor, in *sheetQuery) (download, error) {
			_, f, err := a.app.ImportBatch(ctx, by, in.ID)
			if err == nil && f.ID == "" {
				err = server.NotThere()
			}
			return download{"rejects.csv", func(w io.Writer) error { return take.At(a.app, by).Left(ctx, f, in.Sheet, w) }}, err
		})
}

// file adds an operation that answers with a file of one kind.
func file[I any](a *API, o asked, media string, open func(context.Context, app.Actor, *I) (download, error)) {
	op := o.operation(http.MethodGet)
	op.Errors = append(op.Errors, http.StatusNotFound)
	if o.file {
		op.Errors = append(op.Errors, http.StatusConflict) // it may be in already
	}
	op.Responses = fileOf(media)
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		t, err := answer(ctx, a, "query", func(ctx context.Context) (download, error) { return open(ctx, server.ActorOf(ctx), in) })
		if err != nil {
			return nil, err
		}
		return &huma.StreamResponse{Body: func(h huma.Context) {
			c := humagin.Unwrap(h)
			if err := a.server.Send(c, server.Download{Name: t.name, Media: media, Write: t.write}); err != nil {
				a.server.Answer(c, err)
			}
		}}, nil
	})
}

const csvMedia = "text/csv; charset=utf-8; header=present"
