package site

import (
	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"cairn/internal/scheme"
	"cairn/internal/server"
)

// recentContacts is how many contacts a referral's page shows before it folds
// the rest away.
const recentContacts = 4

// contactsSection is what a referral's page says of contacts.
type contactsSection struct {
	Ways       []scheme.Term
	Recent     []contactLine // newest first
	Earlier    []contactLine
	Unanswered int         // tries since the last answer
	Added      contactLine // just now; without an identifier where none was
	Withdrawn  bool        // one was just taken back
	Key        string      // of the button that takes Added back
}

// Done reports whether the page is shown because a contact was saved.
func (s contactsSection) Done() bool { return s.Added.ID != "" || s.Withdrawn }

func (s *Site) contactsOf(c *gin.Context, id scheme.ReferralID) (contactsSection, error) {
	ctx := c.Request.Context()
	v, err := s.app.Contacts(ctx, server.ActorOf(ctx), id)
	if err != nil {
		return contactsSection{}, err
	}
	key, err := uuid.NewRandom()
	if err != nil {
		return contactsSection{}, err
	}
	p := contactsSection{Ways: scheme.Ways(), Unanswered: v.Unanswered, Withdrawn: c.Query("withdrawn") != "", Key: key.String()}
	for i, one := range v.All {
		line := lineOfContact(one)
		if i < recentContacts {
			p.Recent = append(p.Recent, line)
		} else {
			p.Earlier = append(p.Earlier, line)
		}
		if string(one.ID) == c.Query("contact") {
			p.Added = line
		}
	}
	return p, nil
}
