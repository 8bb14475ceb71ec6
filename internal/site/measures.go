package site

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"cairn/internal/measure"
	"cairn/internal/server"
)

// measuresPage is GET /measures, the library.
type measuresPage struct {
	Frame    Frame
	Measures []measure.Definition
}

func (measuresPage) folder() string { return "measures" }

func (s *Site) measures(c *gin.Context) error {
	ctx := c.Request.Context()
	all, err := s.app.Measures(ctx, server.ActorOf(ctx))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, measuresPage{Frame: s.frame(c, "measures"), Measures: all})
}

// measurePage is GET /measures/:key, all that is known of one measure.
type measurePage struct {
	Frame   Frame
	Measure measure.Definition
	// What was just done to it.
	Kept, Withdrawn bool
}

func (measurePage) folder() string { return "measure" }

// Known are the scores that more is known of than their range.
func (p measurePage) Known() []measure.Score {
	return slices.DeleteFunc(slices.Clone(p.Measure.Scores), func(s measure.Score) bool {
		return len(s.Also)+len(s.Norms)+len(s.Bands)+len(s.Retests) == 0 && s.Reliability == nil && s.Norm == nil
	})
}

// Changes reports whether the measure is the organisation's own and can be
// changed on a page; TakesWords, whether its licensed words can be pasted in.
func (p measurePage) Changes() bool {
	_, simple := measure.DraftOf(p.Measure)
	return simple && p.Frame.SetsUp() && !measure.Shipped(p.Measure.Key)
}
func (p measurePage) TakesWords() bool { return p.Frame.SetsUp() && takesWords(p.Measure) }

func (s *Site) measure(c *gin.Context) error {
	ctx := c.Request.Context()
	found, err := s.app.Measure(ctx, server.ActorOf(ctx), measure.Key(c.Param("key")))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, measurePage{
		Frame: s.frame(c, "measures"), Measure: found, Kept: c.Query("kept") != "", Withdrawn: c.Query("withdrawn") != "",
	})
}
