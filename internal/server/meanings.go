package server

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/internal/fault"
)

// meanings says what each code is to an integrator. docs/problems.md holds the
// same lines; a test keeps the two and fault's catalogue together.
func meanings() map[fault.Code]string {
	return map[fault.Code]string{
		Internal:               "An accident on our side, logged under the number in `instance`. Send the same request again later; report the number if it comes back.",
		fault.InputInvalid:     "A value has the wrong form, or several things are wrong and `errors` lists them. Mend each at its location.",
		fault.InputUnknown:     "A JSON field or query parameter that nobody reads. Check its spelling or leave it out; nothing was kept.",
		fault.InputUnreadable:  "The body is not JSON in UTF-8, or a file is not what its name says. Nothing was read from it.",
		fault.InputMediaType:   "The content type is not application/json.",
		fault.InputTooLarge:    "The request is over the limit for one request. Send less at a time.",
		fault.MethodNotAllowed: "The address is there but does not take this method; `Allow` lists those it takes.",
		fault.RequestOrigin:    "The request came by way of another site: a browser sent a write from its page, or asked a Cairn that serves its own machine only under a name that is not the machine's. Ask at the address that the program printed.",
		fault.SignInNeeded:     "Nobody is signed in, the session or the token has expired, or the account is no longer a member.",
		fault.SignInRefused:    "Login and password do not match. The answer is the same for a login that does not exist.",
		fault.NotAllowed:       "Signed in, but the role does not have this right.",
		fault.LoginTaken:       "An account with that login exists.",
		fault.PasswordWeak:     "The password is shorter than 12 characters or too well known.",
		fault.SetUpDone:        "The installation is set up already; set-up works once.",
		fault.SetUpToken:       "The one-time set-up code is not the one the program printed when it started.",
		fault.NotFound:         "There is nothing there, or it belongs to another scheme or organisation: the two look alike on purpose.",
		fault.DayImpossible:    "Not a calendar day written as year-month-day, such as 2026-03-31.",
		fault.DayFuture:        "The day lies after today in the organisation's time zone.",
		fault.DayOrder:         "The day lies before another day that it must follow.",
		fault.PeriodInvalid:    "Not a quarter written as 2026-Q1 (or, for supervision, a month as 2026-03), a period that has not begun, or the first quarter lies after the last.",
		fault.SchemeNameTaken:  "The organisation has a scheme of that name.",
		fault.ActivityTaken:    "The organisation has an activity of that name.",
		fault.PersonTaken:      "The reference belongs to somebody who is registered already.",
		fault.PersonReference:  "The reference is missing, too long, or a valid NHS number, a National Insurance number or a date of birth (alone or behind initials), which is never a reference.",
		fault.PersonMerge:      "Two records of people cannot become one as they are: they are one already, or both hold an assessment of the same measure, day (or, where no day is known, occasion) and rater and the two contradict each other. Nothing was merged.",
		fault.PersonNumber:     "Not an NHS number: ten digits, the last of which checks the others. The number itself is never repeated in a refusal.",
		fault.PersonProfile:    "The scheme's identity profile does not take this about a person. Leave it out, or have a manager change the profile.",
		fault.ReferralOpen:     "The person has an open referral to the scheme; end it before the next.",
		fault.ReferralReopen:   "The referral was closed more than 90 days ago. Refer the person anew.",
		fault.PlanInvalid:      "A measurement plan with overlapping windows, no baseline, no follow-up or nothing to measure.",
		fault.MeasureUnknown:   "No such measure in the library, or the scheme's plan does not collect it.",
		fault.MeasureAmbiguous: "The measure gives several scores that are never added up. Name the series.",
		fault.MeasureInvalid:   "A measure's definition contradicts itself.",
		fault.MeasureChanged:   "The same measure key and version came with another definition. Give it a new version.",
		fault.OccasionUnknown:  "The scheme's plan has no such occasion for this measure.",
		fault.OccasionDay:      "The day lies in the window of another occasion of the plan; the two contradict each other.",
		fault.ScoreRange:       "The score or the response lies outside what the measure can give.",
		fault.ScoreDecimals:    "The score has more decimals than the measure.",
		fault.ScoreNotOnTable:  "No set of responses gives this converted score; check whether it is the raw one.",
		fault.ScoreContradicts: "Two scores of one form contradict each other, such as a score and a level that it does not have. Check both; one may be sent without the other.",
		fault.ItemsMissing:     "More items are unanswered than the measure's rule allows, so there is no score.",
		fault.AssessmentTwice:  "A live assessment of the same person, measure, rater and day (or, where no day is known, occasion) is there already.",
		fault.CheckTyping:      "The score is unlikely beside what is kept, or the answers are all alike. Nothing was kept. Look at the form again; if it is right, send it with `typing` as `confirmed`.",
		fault.AgeTooLow:        "The person cannot have reached the measure's lowest age on that day. Check the date and the year of birth.",
		fault.AssessmentGone:   "The assessment was withdrawn. It stays readable; record it anew if it should count.",
		fault.AlertClosed:      "The alert was closed by somebody. It stays readable; what is new is recorded anew.",
		fault.DueSettled:       "What was due has been recorded or closed meanwhile, so there is nothing left to close. Read the due list again.",
		fault.ReleaseOpen:      "The release's period is not over, so figures could still come about in it. Prepare it once the period is over.",
		fault.ReleaseDraft:     "The scheme's period has a release on its way out already. Go on from that one.",
		fault.ReleaseState:     "The release is not in the state that this needs: what is published is not changed, and what is not audited is not published. Read it again.",
		fault.ReleaseUnsafe:    "The auditor could still work something out from the release and the earlier ones, or earlier ones were published since it ran. Read its report, and audit again.",
		fault.ReleaseGrain:     "The period is not one of the grain that the scheme is released by: quarters, half-years or years that never overlap.",
		fault.StepUpRefused:    "The password that a download needs is not right, or wrong ones were sent too often. Nothing was opened. Send it again, after ten minutes where the sentence says so.",
		fault.ProjectState:     "The project is not in the state that this needs: it waits for somebody else's approval, its last day is over, or it was refused or ended. Read it again.",
		fault.ProjectUnsafe:    "Rows of the project would tell people apart, or the check of the finished file found a rule broken. Nothing was sent. The sentence says what helps.",
		fault.TicketGone:       "The one-time link was used, is over, or is not yours. Confirm the password again for another.",
		fault.KeyReused:        "The Idempotency-Key was used for another request. Use a new key for new content.",
		fault.RegisterSays:     "Registers of group sessions hold more sessions, or an earlier first one, than the change says. Correct the register.",
		fault.Stale:            "Somebody else changed it meanwhile. Read it again and decide.",
		fault.Busy:             "The product cannot answer now. Wait for `Retry-After` seconds and send the same request again, with the same Idempotency-Key.",
		fault.NoRoom:           "A disk of the installation is full. Nothing was saved. Waiting does not help: somebody has to make room; then the same request goes through, with the same Idempotency-Key.",
		fault.FileHeader:       "The columns of a file are not as described.",
		fault.FileRow:          "One row of a file cannot be read; the rejects file says why.",
		fault.FileKind:         "The file is neither a spreadsheet (.xlsx) nor separated text, or it is cut short. The sentence says what to save it as.",
		fault.MappingInvalid:   "A mapping has a key that nobody reads, or names a measure, a score or a date order that is not known. Mend it, or make a new one.",
		fault.MappingOther:     "The mapping reads headings that this file does not have. Import without it and a new one is guessed.",
		fault.ImportWaiting:    "Too many of your files wait to be brought in: at most 20 may. Bring one in, or remove it; after seven days each is removed by itself.",
		fault.ImportState:      "The import is published, undone or expired, or has open questions, so this cannot be done with it. Read it again.",
		fault.SettingsInvalid:  "A value of a settings file or of the configuration is wrong.",
	}
}

// problems makes the type of every problem an address that says what it means.
func (s *Server) problems() {
	told := meanings()
	s.Route(http.MethodGet, "/problems/:code", Policy{Right: Public, Why: "documentation, the same for everybody"}, func(c *gin.Context) error {
		code := c.Param("code")
		text, ok := told[fault.Code(code)]
		if !ok {
			return fault.New(fault.Missing, fault.NotFound, "There is no problem of that name.")
		}
		c.String(http.StatusOK, "%s", fmt.Sprintf("%s\n\n%s\n", code, strings.ReplaceAll(text, "`", "")))
		return nil
	})
}
