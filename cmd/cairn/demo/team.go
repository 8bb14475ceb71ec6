package demo

import (
	"context"
	"fmt"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// A team is who worked with people before a visitor came. They have accounts, so
// that a part can be theirs, and are nobody to sign in as.
type team struct {
	therapists []scheme.AccountID
	workers    []scheme.AccountID
}

// teammates are the logins of Riverside's team, by profession. Hilltop never
// recorded who had a part, and its page says so.
func (o Organisation) teammates() (therapists, workers []string) {
	if o.Name != riverside().Name {
		return nil, nil
	}
	return []string{"therapist-1", "therapist-2", "therapist-3", "therapist-4"}, []string{"worker-1", "worker-2", "worker-3", "worker-4"}
}

func (f *filling) team(ctx context.Context, org Organisation, id scheme.OrgID) (t team, err error) {
	therapists, workers := org.teammates()
	for _, part := range []struct {
		logins     []string
		profession string
		to         *[]scheme.AccountID
	}{{therapists, "occupational therapist", &t.therapists}, {workers, "link worker", &t.workers}} {
		for _, login := range part.logins {
			made, err := f.app.AddUser(ctx, app.NewUser{
				Login: login, Password: "demo-" + login + "-nobody", Org: id, Role: app.Practitioner, Profession: part.profession, AllSchemes: true,
			})
			if err != nil {
				return t, fmt.Errorf("account %s: %w", login, err)
			}
			*part.to = append(*part.to, made.ID)
		}
	}
	return t, nil
}

// staff says whose each part was, and whose the closed referrals without one
// were; open ones are for the visitor's own caseload.
func (t team) staff(arrivals []app.Arrival) {
	if len(t.therapists) == 0 {
		return
	}
	for i := range arrivals {
		r := &arrivals[i].Referral
		for j := range r.OT {
			r.OT[j].Therapist = t.therapists[i%len(t.therapists)]
		}
		if len(r.OT) == 0 && !r.Open() {
			r.Practitioner = t.workers[i%len(t.workers)]
		}
	}
}
