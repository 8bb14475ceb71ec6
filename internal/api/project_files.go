package api

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"cairn/internal/app"
	"cairn/internal/disclosure"
	"cairn/internal/exchange/extract"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// A rowRefusal says why no file can go out.
type rowRefusal string

func (rowRefusal) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": []disclosure.RowRefusal{disclosure.NoRows, disclosure.SmallScheme, disclosure.TooRare, disclosure.FewNew, disclosure.AlikeScores}})
}

// projectCheckBody is what a file would be.
type projectCheckBody struct {
	Refused rowRefusal      `json:"refused,omitempty" doc:"Absent where a file could go out: empty, nobody is in it; small, a scheme has too few people; rare, too much would have to be hidden; few-new, too few people came or left since an earlier file, of this project or of another about the same people; one-band, all of a scheme began alike" example:"rare"`
	Why     string          `json:"why,omitempty" doc:"The same in words, and what helps. A manager is told which other projects files are held against"`
	Fewest  int             `json:"fewest" doc:"How many people every description in it fits" example:"10"`
	Coarser *stepsBody      `json:"coarser,omitempty" doc:"How much coarser than recorded people are described; absent where it is refused"`
	Counts  *fileCountsBody `json:"counts,omitempty" doc:"Told to a researcher only of a file that they can download today"`
}

// fileCountsBody is how much would be in it.
type fileCountsBody struct {
	People    int `json:"people" doc:"In schemes: somebody in two is counted twice" example:"265"`
	Referrals int `json:"referrals" example:"280"`
	Hidden    int `json:"hidden" doc:"Cells that are emptied, so that nobody is told apart" example:"12"`
	Cells     int `json:"cells" doc:"That could be" example:"1400"`
}

// stepsBody is 0 where nothing is coarser than any file has it.
type stepsBody struct {
	Quarter     int `json:"quarter" doc:"1: half-years, 2: years" example:"1"`
	Age         int `json:"age_band" doc:"1: four groups" example:"0"`
	Ethnicity   int `json:"ethnicity" doc:"1: two groups" example:"1"`
	Deprivation int `json:"deprivation" doc:"1: two groups" example:"0"`
}

type passwordBody struct {
	Password string `json:"password" doc:"The one that the account signs in with" example:"kettle orbit lantern"`
}

type ticketBody struct {
	Project string    `json:"project" doc:"The project's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b13"`
	Ticket  string    `json:"ticket" doc:"Good for one download of this project by this account" example:"XQ2K7PZJ4M6A"`
	Expires time.Time `json:"expires" example:"2026-07-01T09:40:00Z"`
}

type takingBody struct {
	Ticket string `json:"ticket" doc:"The one that was given for the password" example:"XQ2K7PZJ4M6A"`
}

// A once is a request that cannot be answered a second time, and so takes no key.
type once[B any] struct {
	ID   string `path:"id" doc:"Its identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Body B
}

// A deletion names a file of a project.
type deletion struct {
	ID   string `path:"id" doc:"The project's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	File string `path:"file" doc:"The file's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Keyed
	Body none
}

// projectFiles are what comes of an approved project.
func (a *API) projectFiles() {
	get(a, asked{id: "check-project", path: "/projects/{id}/check", tag: "Research", right: app.SeeProjects, file: true, summary: "What a file of it would be today",
		about: "Tries it, and sends nothing. Its counts are exact, for who asks and who decides, and not for publication. A project of over 200,000 referrals is refused with 409, `project.unsafe`."},
		"path", func(ctx context.Context, by app.Actor, in *byID) (projectCheckBody, error) {
			c, err := a.app.CheckProject(ctx, by, scheme.ProjectID(in.ID))
			b := projectCheckBody{Refused: rowRefusal(c.Refused), Why: c.Why, Fewest: c.Veil.Fewest}
			if c.Counted {
				b.Counts = &fileCountsBody{c.People, c.Rows, c.Veil.Hidden, c.Veil.Cells}
			}
			if c.Refused == disclosure.RowsGo {
				b.Coarser = &stepsBody{c.Veil.Steps.Quarter, c.Veil.Steps.Age, c.Veil.Steps.Ethnicity, c.Veil.Steps.Deprivation}
			}
			return b, err
		})
	post(a, asked{id: "note-project-copy-deleted", path: "/projects/{id}/files/{file}/deletion", tag: "Research", right: app.DecideProjects, summary: "Note that a researcher's copy of a file is gone",
		about: "Further files are not held against that one any more. One that is noted already is refused with 404."},
		projectBody.address, func(ctx context.Context, by app.Actor, in *deletion) (projectBody, error) {
			v, err := a.app.NoteDeleted(ctx, by, app.CopyDeleted{Key: in.Key, ID: scheme.ProjectID(in.ID), File: scheme.ProjectFileID(in.File)})
			return projectOf(v), err
		})
	a.projectTickets()
	a.projectDownloads()
}

func (a *API) projectTickets() {
	o := asked{id: "confirm-project-download", path: "/projects/{id}/tickets", tag: "Research", right: app.TakeProjects, summary: "Type the password again, for one download",
		about: "Beside the token or the session, which somebody else may have come by. The ticket is said once and good once, for ten minutes. A wrong password is refused with 403, `account.step-up`, and so is every one for ten minutes after five wrong ones; a project that is not approved, or is over, with 409, `project.state`. There is no Idempotency-Key: a ticket cannot be said again."}
	op := o.once()
	huma.Register(a.huma, op, func(ctx context.Context, in *once[passwordBody]) (*struct{ Body ticketBody }, error) {
		made, err := first(ctx, a, func(ctx context.Context) (app.TicketView, error) {
			return a.app.StepUp(ctx, server.ActorOf(ctx), app.StepUp{ID: scheme.ProjectID(in.ID), Password: in.Body.Password})
		})
		if err != nil {
			return nil, err
		}
		return &struct{ Body ticketBody }{ticketBody{in.ID, made.Ticket, made.Expires}}, nil
	})
}

func (a *API) projectDownloads() {
	o := asked{id: "download-project", path: "/projects/{id}/file", tag: "Research", right: app.TakeProjects, file: true, summary: "Download a project's file, once",
		about: "A zip archive of CSV files and what explains them. Before its first byte is sent it has been checked, and who has it is in the log with its SHA-256. Refused with 409: `project.ticket`, the ticket was used, is over or is not yours; `project.unsafe`, its rows would tell people apart, and the sentence says what helps; `project.state`, the project is over, or changed while the file was made. There is no Idempotency-Key: the ticket is what lets the download happen once."}
	op := o.once()
	op.Responses = map[string]*huma.Response{"200": {
		Description: "The file",
		Content:     map[string]*huma.MediaType{extract.Package.Media(): {Schema: &huma.Schema{Type: "string", Format: "binary"}}},
		Headers:     map[string]*huma.Param{reprDigest: {Description: "The SHA-256 that the log has, as RFC 9530 writes it", Schema: &huma.Schema{Type: huma.TypeString}}},
	}}
	huma.Register(a.huma, op, func(ctx context.Context, in *once[takingBody]) (*huma.StreamResponse, error) {
		parcel, err := first(ctx, a, func(ctx context.Context) (app.Parcel, error) {
			return a.app.TakeProject(ctx, server.ActorOf(ctx), app.ProjectTaking{ID: scheme.ProjectID(in.ID), Ticket: in.Body.Ticket})
		})
		if err != nil {
			return nil, err
		}
		return &huma.StreamResponse{Body: func(h huma.Context) {
			defer parcel.File.Close() //nolint:errcheck // it was read, and is gone in any case
			c := humagin.Unwrap(h)
			sum, err := hex.DecodeString(parcel.Kept.SHA256)
			if err != nil {
				a.server.Answer(c, err)
				return
			}
			c.Header(reprDigest, "sha-256=:"+base64.StdEncoding.EncodeToString(sum)+":")
			err = a.server.Send(c, server.Download{Name: parcel.Name, Media: extract.Package.Media(), Write: func(w io.Writer) error {
				_, err := parcel.WriteTo(w)
				return err
			}})
			if err != nil {
				a.server.Answer(c, err)
			}
		}}, nil
	})
}

const reprDigest = "Repr-Digest"

// once is the description of a request that cannot be answered twice.
func (o asked) once() huma.Operation {
	op := o.operation(http.MethodPost)
	op.Errors = append(op.Errors, http.StatusBadRequest, http.StatusNotFound, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	return op
}

// first is answer for a request that cannot be answered twice: what is wrong with
// its form is refused before a password is tried or a file made.
func first[T any](ctx context.Context, a *API, ask func(context.Context) (T, error)) (T, error) {
	return answer(ctx, a, "body", func(ctx context.Context) (T, error) {
		if len(formOf(ctx)) > 0 {
			return *new(T), nil
		}
		return ask(ctx)
	})
}
