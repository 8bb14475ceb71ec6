package scheme

// Hands is who stands behind the people measured twice in two groups: with an
// occupational therapist by the landmark, and with none at all.
type Hands struct {
	Therapists int // different ones, of those that are recorded
	Named      int // people with whom it is recorded which therapist it was
	Holders    int // different practitioners who had the people without a therapist
	Held       int // people without a therapist whose practitioner is recorded
}
