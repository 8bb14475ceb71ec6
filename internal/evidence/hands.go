package evidence

import (
	"fmt"

	"cairn/internal/scheme"
)

// LeastHands is how many different people must stand behind each group before
// the groups are compared: with one therapist, or two, a difference would be
// about them and not about occupational therapy.
const LeastHands = 3

// TherapySides are the names of people without and with an occupational
// therapist's part at the landmark.
func TherapySides() SideNames {
	return SideNames{Reference: "without an occupational therapist", Other: "with an occupational therapist"}
}

// TooFewHands says in a sentence each why the groups stand for too few
// therapists or practitioners; none where they do not. A group of nobody is for
// the overlap to refuse.
func TooFewHands(h scheme.Hands, without, with int) []string {
	var why []string
	for _, side := range []struct {
		who, recorded, people int
		one, many, name       string
	}{
		{h.Holders, h.Held, without, "practitioner", "practitioners", TherapySides().Reference},
		{h.Therapists, h.Named, with, "occupational therapist", "occupational therapists", TherapySides().Other},
	} {
		switch {
		case side.people == 0 || side.who >= LeastHands:
		case side.recorded == 0:
			whom := "any of the " + people(side.people)
			if side.people == 1 {
				whom = "the 1 person"
			}
			why = append(why, fmt.Sprintf("It is not recorded which %s worked with %s measured twice %s. At least %d different ones are needed.",
				side.one, whom, side.name, LeastHands))
		default:
			noun := side.many
			if side.who == 1 {
				noun = side.one
			}
			text := fmt.Sprintf("Only %d %s on record behind the people measured twice %s, and at least %d are needed: a difference would be about them.",
				side.who, noun+" "+isOrAre(side.who), side.name, LeastHands)
			if missing := side.people - side.recorded; missing > 0 {
				text += fmt.Sprintf(" For %s of %s it is not recorded who it was.", People(missing), People(side.people))
			}
			why = append(why, text)
		}
	}
	return why
}

func isOrAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// HandsSentence tells who stands behind the groups that are compared.
func HandsSentence(h scheme.Hands, without, with int) string {
	return fmt.Sprintf("%s behind the people with one (recorded for %s of %s), and %s behind the people without (recorded for %s of %s).",
		capital(stand(h.Therapists, "occupational therapist")), People(h.Named), People(with), stand(h.Holders, "practitioner"), People(h.Held), People(without))
}

// stand is how many different people stand behind a group.
func stand(n int, who string) string {
	switch n {
	case 0:
		return "no " + who + " is on record"
	case 1:
		return "1 " + who + " stands"
	}
	return fmt.Sprintf("%s different %ss stand", People(n), who)
}
