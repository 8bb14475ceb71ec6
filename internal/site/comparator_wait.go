package site

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// waitAllocationPage is GET and POST /schemes/:scheme/comparator/waiting: whether
// chance decided who waited.
type waitAllocationPage struct {
	Frame   Frame
	Form    Form
	View    app.ComparatorView
	Version string // of what is there, as the form was read
}

func (waitAllocationPage) folder() string { return "comparator-wait" }

func (s *Site) waitAllocation(c *gin.Context) error {
	form, err := blank("random", "random_source")
	if err != nil {
		return err
	}
	return s.showWaitAllocation(c, http.StatusOK, form)
}

func (s *Site) recordWaitAllocation(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "random", "random_source")
	if err != nil {
		return err
	}
	id, series := scheme.ID(c.Param("scheme")), measure.Series(c.Query("measure"))
	_, err = s.app.RecordWaitAllocation(ctx, server.ActorOf(ctx), app.NewWaitAllocation{
		Key: form.sentKey(), Scheme: id, Version: form.number("version"), Random: form.text("random"), RandomSource: form.text("random_source"),
	})
	if err == nil {
		c.Redirect(http.StatusSeeOther, comparatorAt(id, series)+"&saved=wait")
		return nil
	}
	status, err := s.refuse(ctx, &form, err)
	if err != nil {
		return err
	}
	return s.showWaitAllocation(c, status, form)
}

func (s *Site) showWaitAllocation(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	v, err := s.app.Comparator(ctx, server.ActorOf(ctx), app.EvidenceAsk{Scheme: scheme.ID(c.Param("scheme")), Measure: c.Query("measure")})
	if err != nil {
		return err
	}
	if status == http.StatusOK && v.Wait.Version > 0 {
		form.start("random", "no")
		if v.Wait.RandomSource != "" {
			form.start("random", "yes")
		}
		form.start("random_source", v.Wait.RandomSource)
	}
	return s.render(c, status, waitAllocationPage{Frame: s.frame(c, "schemes").refused(form), Form: form, View: v, Version: strconv.Itoa(v.Wait.Version)})
}
