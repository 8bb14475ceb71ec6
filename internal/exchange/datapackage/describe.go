package datapackage

import (
	"encoding/json"
	"io"
	"strings"

	"cairn/internal/exchange/extract"
)

// What follows is datapackage.json, after specs.frictionlessdata.io, version 1.
type (
	descriptor struct {
		Profile     string     `json:"profile"`
		Name        string     `json:"name"`
		Title       string     `json:"title"`
		Description string     `json:"description"`
		Version     string     `json:"version"`
		Created     string     `json:"created"`
		Licenses    []licence  `json:"licenses"`
		Sources     []source   `json:"sources"`
		Resources   []resource `json:"resources"`
	}
	licence struct {
		Path  string `json:"path"`
		Title string `json:"title"`
	}
	source struct {
		Title string `json:"title"`
	}
	resource struct {
		Name        string    `json:"name"`
		Path        string    `json:"path"`
		Profile     string    `json:"profile"`
		Title       string    `json:"title"`
		Description string    `json:"description"`
		Format      string    `json:"format"`
		MediaType   string    `json:"mediatype"`
		Encoding    string    `json:"encoding"`
		Bytes       int64     `json:"bytes"`
		Hash        string    `json:"hash"`
		Dialect     dialect   `json:"dialect"`
		Schema      tableForm `json:"schema"`
	}
	dialect struct {
		Delimiter      string `json:"delimiter"`
		LineTerminator string `json:"lineTerminator"`
		QuoteChar      string `json:"quoteChar"`
		DoubleQuote    bool   `json:"doubleQuote"`
		Header         bool   `json:"header"`
	}
	tableForm struct {
		Fields        []field  `json:"fields"`
		MissingValues []string `json:"missingValues"`
	}
	field struct {
		Name        string       `json:"name"`
		Type        string       `json:"type"`
		Description string       `json:"description"`
		Unit        string       `json:"unit,omitempty"`
		TrueValues  []string     `json:"trueValues,omitempty"`
		FalseValues []string     `json:"falseValues,omitempty"`
		Constraints *constraints `json:"constraints,omitempty"`
	}
	constraints struct {
		Required bool        `json:"required,omitempty"`
		Enum     []string    `json:"enum,omitempty"`
		Minimum  json.Number `json:"minimum,omitempty"`
		Maximum  json.Number `json:"maximum,omitempty"`
	}
)

func (p *pack) describe(w io.Writer) error {
	d := descriptor{
		Profile: "tabular-data-package", Name: "cairn-" + p.x.Today.String(), Title: p.title(), Description: strings.Join(p.about(), " "),
		Version: p.x.Software, Created: p.x.Today.String() + "T00:00:00Z",
		Licenses: []licence{{Path: "METHODS.txt", Title: "No open licence: pseudonymised personal data, for the use they were asked for. METHODS.txt says what that means."}},
		Sources:  []source{{Title: p.x.Organisation + ", recorded in Cairn"}},
	}
	for _, m := range p.x.Measures {
		d.Sources = append(d.Sources, source{Title: m.Name + ". " + terms(m)})
	}
	for _, f := range p.files {
		if f.columns == nil {
			continue
		}
		name := strings.TrimSuffix(f.name, ".csv")
		r := resource{
			Name: name, Path: f.name, Profile: "tabular-data-resource", Title: name, Description: f.about, Format: "csv", MediaType: "text/csv", Encoding: "utf-8",
			Bytes: f.bytes, Hash: "sha256:" + f.sha256, Dialect: dialect{",", "\r\n", `"`, true, true}, Schema: tableForm{MissingValues: []string{""}},
		}
		for _, c := range f.columns {
			r.Schema.Fields = append(r.Schema.Fields, fieldOf(c))
		}
		d.Resources = append(d.Resources, r)
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(d)
}

func fieldOf(c extract.Column) field {
	f := field{Name: c.Name, Type: kind(c.Kind), Description: c.About, Unit: c.Unit}
	lowest, highest := ends(c)
	limits := constraints{Required: c.Always, Minimum: json.Number(lowest), Maximum: json.Number(highest)}
	switch {
	case c.Kind == extract.KindYes:
		f.TrueValues, f.FalseValues = []string{"yes"}, []string{"no"}
	default:
		for _, v := range c.Values {
			limits.Enum = append(limits.Enum, v.Value)
		}
	}
	if limits.Required || limits.Enum != nil || lowest+highest != "" {
		f.Constraints = &limits
	}
	return f
}
