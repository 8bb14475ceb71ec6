package site

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/internal/fault"
)

// asked fills the form from the address and returns what the page would not
// look at: a name that it does not read, a value given twice, a query that
// cannot be read. Figures for less than was asked would be taken for the answer.
func (f *Form) asked(c *gin.Context) (wrong fault.List) {
	query, err := url.ParseQuery(c.Request.URL.RawQuery)
	f.typed = query
	if err != nil {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Part of this page's address cannot be read. Choose what to show here.").Because(err))
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		switch {
		case !slices.Contains(f.names, name):
			wrong.Add(fault.New(fault.Invalid, fault.InputUnknown, "This page's address asks for “%.40s”, which it does not know. Choose what to show here.", strings.ToValidUTF8(name, "�")))
		case len(query[name]) > 1:
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This page's address says “%s” more than once. Choose one.", name).At(name))
		}
	}
	return wrong
}
