package fhir

// A Capability is the CapabilityStatement: what this service does in FHIR.
type Capability struct {
	ResourceType   string         `json:"resourceType"`
	Status         string         `json:"status"`
	Date           string         `json:"date"`
	Kind           string         `json:"kind"`
	Software       Software       `json:"software"`
	Implementation Implementation `json:"implementation"`
	FHIRVersion    string         `json:"fhirVersion"`
	Format         []string       `json:"format"`
	Rest           []Rest         `json:"rest"`
}

// Parts of a Capability.
type (
	Software struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	Implementation struct {
		Description string `json:"description"`
		URL         string `json:"url"`
	}
	Rest struct {
		Mode          string        `json:"mode"`
		Documentation string        `json:"documentation"`
		Security      Security      `json:"security"`
		Resource      []Offer       `json:"resource"`
		Interaction   []Interaction `json:"interaction"`
	}
	Security struct {
		Description string `json:"description"`
	}
	Offer struct {
		Type          string        `json:"type"`
		Documentation string        `json:"documentation"`
		Interaction   []Interaction `json:"interaction"`
		SearchParam   []SearchParam `json:"searchParam,omitempty"`
	}
	Interaction struct {
		Code          string `json:"code"`
		Documentation string `json:"documentation,omitempty"`
	}
	SearchParam struct {
		Name          string `json:"name"`
		Type          string `json:"type"`
		Documentation string `json:"documentation"`
	}
)

// written is the day on which what Capability says last changed.
const written = "2026-11-22"

// Capability says what is offered, by that version of the program.
func (n Names) Capability(software string) Capability {
	read := []Interaction{{Code: "read"}}
	find := []Interaction{{Code: "read"}, {Code: "search-type"}}
	of := []SearchParam{{"patient", "reference", "The identifier of the person. It is needed: nobody's records are listed without saying whose."}}
	return Capability{
		ResourceType: "CapabilityStatement", Status: "active", Date: written, Kind: "instance",
		Software: Software{"Cairn", software}, Implementation: Implementation{"Outcome measures of social prescribing", n.Root},
		FHIRVersion: Version, Format: []string{"json"},
		Rest: []Rest{{
			Mode: "server", Documentation: "One organisation's records, as its own people may see them. docs/fhir.md says what each element holds.",
			Security: Security{"A bearer token acts as one person, with their rights and no others. Readings are kept in the audit."},
			Resource: []Offer{
				{Type: "Questionnaire", Documentation: "The measures. Words stand there only where their licence lets everybody have them.", Interaction: find},
				{Type: "QuestionnaireResponse", Documentation: "Assessments. New ones come in by a batch.", Interaction: find, SearchParam: of},
				{Type: "Observation", Documentation: "Their scores.", Interaction: find, SearchParam: of},
				{Type: "ServiceRequest", Documentation: "Referrals, and the activities prescribed within them.", Interaction: find, SearchParam: of},
				{Type: "Patient", Documentation: "People referred, as far as the service knows who they are.", Interaction: read},
				{Type: "CodeSystem", Documentation: "What our own codes mean.", Interaction: find},
			},
			Interaction: []Interaction{{"batch", "Up to 100 QuestionnaireResponses, each kept or refused by itself"}},
		}},
	}
}
