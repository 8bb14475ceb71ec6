package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// PublishRelease freezes a draft that the auditor found safe. A release of the
// same period that stood until now is superseded by it, and stays.
func (a *App) PublishRelease(ctx context.Context, by Actor, in ReleaseStep) (ReleaseView, error) {
	if err := by.may(MakeReleases); err != nil {
		return ReleaseView{}, err
	}
	_, err := a.create(ctx, writing{by, "release.publish", in.Key, in}, func(w Writer) (string, error) {
		draft, err := ownRelease(w, by, in.ID)
		if err != nil {
			return "", err
		}
		if err := w.LockScheme(draft.Scheme); err != nil {
			return "", err
		}
		if draft, err = draftOf(w, by, in); err != nil {
			return "", err
		}
		all, err := w.Releases(draft.Scheme)
		if err != nil {
			return "", err
		}
		if err := publishable(draft, all); err != nil {
			return "", err
		}
		if err := supersede(w, all, draft); err != nil {
			return "", err
		}
		return string(in.ID), a.freeze(w, by, draft)
	})
	if err != nil {
		return ReleaseView{}, err
	}
	return a.Release(ctx, by, in.ID)
}

// publishable faults unless the auditor found the draft safe beside everything
// that has been published since.
func publishable(draft scheme.Release, all []scheme.Release) error {
	out := 0
	for _, r := range all {
		if r.Out() {
			out++
		}
	}
	switch {
	case draft.State != scheme.ReleaseAudited:
		return fault.New(fault.Conflict, fault.ReleaseState, "Release %d has not been audited. Audit it first.", draft.Number)
	case !draft.Safe:
		return fault.New(fault.Conflict, fault.ReleaseUnsafe, "The auditor could still work something out about single people, so release %d cannot be published. Its report says what.", draft.Number)
	case draft.AuditedAfter != out:
		return fault.New(fault.Conflict, fault.ReleaseUnsafe, "Another release of this scheme was published since the audit. Audit release %d again.", draft.Number)
	}
	return nil
}

// supersede marks what stood for the draft's period until now.
func supersede(w Writer, all []scheme.Release, draft scheme.Release) error {
	r := standsFor(all, draft.Period)
	if r == nil {
		return nil
	}
	r.State, r.SupersededBy = scheme.ReleaseSuperseded, draft.ID
	return w.SaveRelease(*r)
}

// freeze publishes a draft under the hash of its document.
func (a *App) freeze(w Writer, by Actor, r scheme.Release) error {
	today, err := a.today(w)
	if err != nil {
		return err
	}
	figures, err := w.ReleaseFigures(r.ID)
	if err != nil {
		return err
	}
	r.State, r.PublishedOn = scheme.ReleasePublished, today
	r.Published = scheme.Deed{At: a.now(), By: by.Account}
	document, err := documentOf(r, figures)
	if err != nil {
		return err
	}
	r.SHA256 = Fingerprint(document)
	return w.SaveRelease(r)
}

// documentHead is the first line of a release's document.
type documentHead struct {
	Release     scheme.ReleaseID `json:"release"`
	Number      int              `json:"number"`
	Grain       scheme.Grain     `json:"grain"`
	From        string           `json:"from"` // quarters
	To          string           `json:"to"`
	PublishedOn scheme.Day       `json:"published_on"`
	Cover       json.RawMessage  `json:"cover"`
}

// documentLine is one figure in a release's document.
type documentLine struct {
	Series   string          `json:"series"`
	Occasion scheme.Occasion `json:"occasion"`
	Filter   string          `json:"filter"`
	Figure   json.RawMessage `json:"figure"`
}

// documentOf is a release as one text: a line of JSON for the release and one for
// each figure. Its SHA-256 is the release's, so that anybody who has the text can
// check that it is what was published.
func documentOf(r scheme.Release, figures []scheme.ReleasedFigure) ([]byte, error) {
	var text bytes.Buffer
	lines := json.NewEncoder(&text)
	head := documentHead{
		Release: r.ID, Number: r.Number, Grain: r.Grain, From: r.Period.From.String(), To: r.Period.To.String(),
		PublishedOn: r.PublishedOn, Cover: r.Cover,
	}
	if err := lines.Encode(head); err != nil {
		return nil, fmt.Errorf("write the document of release %s: %w", r.ID, err)
	}
	for _, f := range figures {
		if err := lines.Encode(documentLine{string(f.Series), f.Occasion, f.Filter, f.Body}); err != nil {
			return nil, fmt.Errorf("write the document of release %s: %w", r.ID, err)
		}
	}
	return text.Bytes(), nil
}

// What becomes of the figures of a withdrawn release.
const (
	FiguresStay = "stay" // they can be read still, marked
	FiguresGone = "gone" // for figures that should never have been shown
)

// A ReleaseWithdrawal takes a release back.
type ReleaseWithdrawal struct {
	Key     string           `json:"-"`
	ID      scheme.ReleaseID `json:"id"`
	Version int              `json:"version"`
	Notice  string           `json:"notice"`  // read by everybody who opens the release
	Figures string           `json:"figures"` // stay | gone
}

// WithdrawRelease takes a published release back, with a notice.
func (a *App) WithdrawRelease(ctx context.Context, by Actor, in ReleaseWithdrawal) (ReleaseView, error) {
	if err := by.may(MakeReleases); err != nil {
		return ReleaseView{}, err
	}
	_, err := a.create(ctx, writing{by, "release.withdraw", in.Key, in}, func(w Writer) (string, error) {
		r, err := outRelease(w, by, in.ID, in.Version)
		if err != nil {
			return "", err
		}
		var wrong fault.List
		r.Notice = reasoned(&wrong, "notice", in.Notice)
		if in.Figures != FiguresStay && in.Figures != FiguresGone {
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose whether the figures stay, marked as withdrawn, or go.").At("figures"))
		}
		if r.State == scheme.ReleaseWithdrawn {
			wrong.Add(fault.New(fault.Conflict, fault.ReleaseState, "Release %d is withdrawn already.", r.Number))
		}
		r.State, r.FiguresGone = scheme.ReleaseWithdrawn, in.Figures == FiguresGone
		r.Withdrawn = scheme.Deed{At: a.now(), By: by.Account}
		if err := wrong.Err(); err != nil {
			return "", err
		}
		return string(in.ID), w.SaveRelease(r)
	})
	if err != nil {
		return ReleaseView{}, err
	}
	return a.Release(ctx, by, in.ID)
}

// A ReleaseOpening switches whether anybody may read a release.
type ReleaseOpening struct {
	Key     string           `json:"-"`
	ID      scheme.ReleaseID `json:"id"`
	Version int              `json:"version"`
	Public  string           `json:"public"` // on | off
}

// OpenRelease lets anybody with the dated link read a published release, or
// nobody any more who has no other right to.
func (a *App) OpenRelease(ctx context.Context, by Actor, in ReleaseOpening) (ReleaseView, error) {
	if err := by.may(MakeReleases); err != nil {
		return ReleaseView{}, err
	}
	_, err := a.create(ctx, writing{by, "release.public", in.Key, in}, func(w Writer) (string, error) {
		r, err := outRelease(w, by, in.ID, in.Version)
		if err != nil {
			return "", err
		}
		switch {
		case in.Public == "on" && !r.Public():
			r.PublicAt = a.now()
		case in.Public == "off":
			r.PublicAt = scheme.Deed{}.At
		case in.Public != "on":
			return "", fault.New(fault.Invalid, fault.InputInvalid, "Choose on or off.").At("public")
		}
		return string(in.ID), w.SaveRelease(r)
	})
	if err != nil {
		return ReleaseView{}, err
	}
	return a.Release(ctx, by, in.ID)
}

// outRelease is a release that was published, of the version that was read.
func outRelease(w Writer, by Actor, id scheme.ReleaseID, read int) (scheme.Release, error) {
	r, err := ownRelease(w, by, id)
	if err != nil {
		return r, err
	}
	if err := w.LockScheme(r.Scheme); err != nil {
		return r, err
	}
	if r, err = w.Release(id); err != nil {
		return r, err
	}
	if !r.Out() {
		return r, fault.New(fault.Conflict, fault.ReleaseState, "Release %d is not published yet, so nobody outside can read it.", r.Number)
	}
	if r.Revision != read {
		return r, staleRecord()
	}
	return r, nil
}
