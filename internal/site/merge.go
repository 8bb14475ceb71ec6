package site

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// mergePage is GET and POST /people/merge: which two records.
type mergePage struct {
	Frame Frame
	Form  Form
}

func (mergePage) folder() string { return "merge" }

// duplicatesPage is GET /people/duplicates: who may be here twice.
type duplicatesPage struct {
	Frame Frame
	Twice app.Twice
}

func (duplicatesPage) folder() string { return "duplicates" }

// mergeCheckPage is GET and POST /people/merge/check: the two side by side, and
// what a merge would do. It holds no score.
type mergeCheckPage struct {
	Frame   Frame
	Form    Form
	Keep    mergeSide
	Other   mergeSide
	Twice   int
	Against []string // why they cannot be merged as they are
	Differ  bool     // in the year of birth or the sex
}

// mergeSide is one record as people read it.
type mergeSide struct {
	app.MergeSide
	Sex       string
	Ethnicity string
}

func mergeSideOf(s app.MergeSide) mergeSide {
	return mergeSide{s, scheme.Label(scheme.Sexes(), string(s.Person.Sex)), scheme.Label(scheme.Ethnicities(), string(s.Person.Ethnicity))}
}

func (mergeCheckPage) folder() string { return "merge-check" }

func (s *Site) duplicates(c *gin.Context) error {
	ctx := c.Request.Context()
	found, err := s.app.Duplicates(ctx, server.ActorOf(ctx))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, duplicatesPage{Frame: s.frame(c, "people"), Twice: found})
}

func (s *Site) merge(c *gin.Context) error {
	form, err := blank("keep", "other")
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, mergePage{Frame: s.frame(c, "people"), Form: form})
}

// findTwo looks two records up by what was typed; the address has identifiers.
func (s *Site) findTwo(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "keep", "other")
	if err != nil {
		return err
	}
	var wrong fault.List
	ids := url.Values{}
	for _, name := range []string{"keep", "other"} {
		p, err := s.app.PersonByReference(ctx, server.ActorOf(ctx), form.text(name))
		all, accident := fault.All(err)
		if accident != nil {
			return accident
		}
		for _, f := range all {
			wrong.Add(f.At(name))
		}
		ids.Set(name, string(p.ID))
	}
	if len(wrong) == 0 {
		c.Redirect(http.StatusSeeOther, "/people/merge/check?"+ids.Encode())
		return nil
	}
	status, err := s.refuse(ctx, &form, wrong.Err())
	if err != nil {
		return err
	}
	return s.render(c, status, mergePage{Frame: s.frame(c, "people").refused(form), Form: form})
}

func (s *Site) checkMerge(c *gin.Context) error {
	if c.Query("keep") == "" {
		return s.merge(c)
	}
	form, err := blank("reason")
	if err != nil {
		return err
	}
	return s.showMerge(c, http.StatusOK, form, app.Merge{Keep: scheme.PersonID(c.Query("keep")), Other: scheme.PersonID(c.Query("other"))})
}

func (s *Site) doMerge(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "reason")
	if err != nil {
		return err
	}
	in := app.Merge{
		Key: form.sentKey(), Keep: scheme.PersonID(form.text("keep")), Other: scheme.PersonID(form.text("other")), Reason: form.text("reason"),
	}
	if _, err = s.app.MergePeople(ctx, server.ActorOf(ctx), in); err == nil {
		c.Redirect(http.StatusSeeOther, "/people/"+string(in.Keep)+"/details?done=merged")
		return nil
	}
	status, err := s.refuse(ctx, &form, err)
	if err != nil {
		return err
	}
	return s.showMerge(c, status, form, in)
}

func (s *Site) showMerge(c *gin.Context, status int, form Form, in app.Merge) error {
	ctx := c.Request.Context()
	v, err := s.app.PreviewMerge(ctx, server.ActorOf(ctx), in.Keep, in.Other)
	if err != nil {
		return err
	}
	p := mergeCheckPage{Frame: s.frame(c, "people").refused(form), Form: form, Keep: mergeSideOf(v.Keep), Other: mergeSideOf(v.Other), Twice: v.Twice}
	all, accident := fault.All(v.Against)
	if accident != nil {
		return accident
	}
	for _, f := range all {
		p.Against = append(p.Against, f.Detail)
	}
	a, b := v.Keep.Person, v.Other.Person
	p.Differ = a.BirthYear != 0 && b.BirthYear != 0 && a.BirthYear != b.BirthYear || a.Sex != "" && b.Sex != "" && a.Sex != b.Sex
	return s.render(c, status, p)
}
