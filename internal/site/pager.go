package site

import "github.com/gin-gonic/gin"

// A pager is the ways from one page of a list to others.
type pager struct {
	Of    string // what the list is of, for those who cannot see it
	Path  string // of the list
	Later bool   // this is not the first page
	Next  string // after which of the list the next page starts; empty on the last
}

func pagerOf(c *gin.Context, of string) pager {
	return pager{Of: of, Path: c.Request.URL.Path, Later: c.Query("after") != ""}
}

// cut returns what is shown of a list of which one more was asked for, to know
// whether there is a next page.
func cut[T any](p *pager, all []T, shown int, id func(T) string) []T {
	if len(all) <= shown {
		return all
	}
	p.Next = id(all[shown-1])
	return all[:shown]
}
