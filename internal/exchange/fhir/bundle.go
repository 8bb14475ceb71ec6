package fhir

// Media is how FHIR goes over the wire.
const Media = "application/fhir+json"

// A Bundle is several resources, or the answers to several requests.
type Bundle struct {
	ResourceType string  `json:"resourceType"`
	Type         string  `json:"type"`
	Total        *int    `json:"total,omitempty"`
	Link         []Link  `json:"link,omitempty"`
	Entry        []Entry `json:"entry,omitempty"`
}

// A Link says how a Bundle came about.
type Link struct {
	Relation string `json:"relation"`
	URL      string `json:"url"`
}

// An Entry is one part of a Bundle.
type Entry struct {
	FullURL  string       `json:"fullUrl,omitempty"`
	Resource any          `json:"resource,omitempty"`
	Search   *Search      `json:"search,omitempty"`
	Response *EntryAnswer `json:"response,omitempty"`
}

// Search says why an entry was found.
type Search struct {
	Mode string `json:"mode"`
}

// An EntryAnswer is what became of one entry of a batch.
type EntryAnswer struct {
	Status   string   `json:"status"`
	Location string   `json:"location,omitempty"`
	Etag     string   `json:"etag,omitempty"`
	Outcome  *Outcome `json:"outcome,omitempty"`
}

// A resource has a name of its own.
type resource interface{ named() (kind, id string) }

func (q Questionnaire) named() (kind, id string)  { return q.ResourceType, q.ID }
func (r Response) named() (kind, id string)       { return r.ResourceType, r.ID }
func (o Observation) named() (kind, id string)    { return o.ResourceType, o.ID }
func (r ServiceRequest) named() (kind, id string) { return r.ResourceType, r.ID }
func (c CodeSystem) named() (kind, id string)     { return c.ResourceType, c.ID }

// Found is the answer to a search: everything that there is, on one page. self is
// the address that was asked.
func Found[T resource](n Names, self string, all []T) Bundle {
	total := len(all)
	b := Bundle{ResourceType: "Bundle", Type: "searchset", Total: &total, Link: []Link{{"self", self}}}
	for _, one := range all {
		b.Entry = append(b.Entry, Entry{FullURL: n.at(one.named()), Resource: one, Search: &Search{"match"}})
	}
	return b
}

// Answers is the answer to a batch, an entry for each of its.
func Answers(all []EntryAnswer) Bundle {
	b := Bundle{ResourceType: "Bundle", Type: "batch-response"}
	for _, one := range all {
		b.Entry = append(b.Entry, Entry{Response: &one})
	}
	return b
}

// An Outcome is an OperationOutcome: what is wrong, or worth knowing.
type Outcome struct {
	ResourceType string  `json:"resourceType"`
	Issue        []Issue `json:"issue"`
}

// An Issue is one thing of it.
type Issue struct {
	Severity   string   `json:"severity"`
	Code       string   `json:"code"`
	Details    *Concept `json:"details,omitempty"`
	Expression []string `json:"expression,omitempty"`
}

// Issues makes an outcome.
func Issues(all ...Issue) *Outcome {
	return &Outcome{ResourceType: "OperationOutcome", Issue: all}
}

// Wrong is an issue with one of our codes, a sentence, and the place that it is
// about; an empty place is the whole.
func Wrong(kind, code, sentence, place string) Issue {
	i := Issue{Severity: "error", Code: kind, Details: &Concept{Coding: []Coding{{System: system("problem"), Code: code}}, Text: sentence}}
	if place != "" {
		i.Expression = []string{place}
	}
	return i
}

// Note is an issue that keeps nothing from being done.
func Note(sentence, place string) Issue {
	return Issue{Severity: "information", Code: "informational", Details: &Concept{Text: sentence}, Expression: []string{place}}
}
