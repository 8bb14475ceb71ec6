package fault

// Every code the product can answer with. docs/problems.md says what each means
// to an integrator; a test holds the two together.
const (
	InputInvalid     Code = "input.invalid"        // a value of the wrong form
	InputUnknown     Code = "input.unknown-key"    // a field or parameter nobody reads
	InputUnreadable  Code = "input.unreadable"     // not JSON, not UTF-8, not a CSV
	InputMediaType   Code = "input.media-type"     // wrong content type
	InputTooLarge    Code = "input.too-large"      // over the limit for one request
	MethodNotAllowed Code = "request.method"       // the address does not take that method
	RequestOrigin    Code = "request.origin"       // a write sent from another site
	SignInNeeded     Code = "account.sign-in"      // nobody, or no longer, signed in
	SignInRefused    Code = "account.refused"      // login and password do not match
	NotAllowed       Code = "account.forbidden"    // signed in, without the right
	LoginTaken       Code = "account.taken"        // that login exists
	PasswordWeak     Code = "account.weak"         // too short or too well known
	SetUpDone        Code = "set-up.done"          // the product is set up already
	SetUpToken       Code = "set-up.token"         // the one-time set-up code is not that
	NotFound         Code = "not-found"            // not there, or not yours
	DayImpossible    Code = "day.impossible"       // no such day, or not YYYY-MM-DD
	DayFuture        Code = "day.future"           // after today
	DayOrder         Code = "day.order"            // before something it must follow
	PeriodInvalid    Code = "period.invalid"       // not a quarter or month, or from after to
	SchemeNameTaken  Code = "scheme.name-taken"    // two schemes of one organisation with one name
	ActivityTaken    Code = "activity.taken"       // likewise
	PersonTaken      Code = "person.taken"         // the reference is in use
	PersonReference  Code = "person.reference"     // looks like an NHS number
	PersonMerge      Code = "person.merge"         // two people cannot be merged as they are
	PersonNumber     Code = "person.nhs-number"    // not a valid NHS number
	PersonProfile    Code = "person.profile"       // the scheme does not take this about a person
	ReferralOpen     Code = "referral.open"        // the person has an open referral to the scheme
	ReferralReopen   Code = "referral.reopen"      // closed for too long to go on as the same one
	PlanInvalid      Code = "plan.invalid"         // windows overlap, nothing to measure
	MeasureUnknown   Code = "measure.unknown"      // no such measure
	MeasureAmbiguous Code = "measure.ambiguous"    // a measure of several scores: name one
	MeasureInvalid   Code = "measure.invalid"      // a definition that contradicts itself
	MeasureChanged   Code = "measure.changed"      // the same key, another definition
	OccasionUnknown  Code = "occasion.unknown"     // the plan has no such occasion
	OccasionDay      Code = "occasion.day"         // the day lies in another occasion's window
	ScoreRange       Code = "score.out-of-range"   // the measure cannot give it
	ScoreDecimals    Code = "score.decimals"       // more decimals than the measure has
	ScoreNotOnTable  Code = "score.not-on-table"   // no answer to the items gives this score
	ScoreContradicts Code = "score.contradicts"    // two scores that cannot both be right
	ItemsMissing     Code = "assessment.items"     // more items missing than the rule allows
	AgeTooLow        Code = "assessment.age"       // younger than the measure is for
	CheckTyping      Code = "assessment.check"     // unlikely: to be looked at and confirmed
	AssessmentTwice  Code = "assessment.twice"     // same person, measure, day and rater
	AssessmentGone   Code = "assessment.withdrawn" // it was withdrawn, and nothing more is done to it
	AlertClosed      Code = "alert.closed"         // somebody said what was done, and it is over
	DueSettled       Code = "due.settled"          // what was due is recorded or closed already
	ReleaseOpen      Code = "release.period-open"  // the period is not over
	ReleaseDraft     Code = "release.draft"        // the period has one on its way out
	ReleaseState     Code = "release.state"        // not in the state that this needs
	ReleaseUnsafe    Code = "release.unsafe"       // the auditor could work something out
	ReleaseGrain     Code = "release.grain"        // the scheme is released by other periods
	KeyReused        Code = "idempotency.reused"   // same key, another request
	RegisterSays     Code = "register.says"        // registers hold more than was typed
	Stale            Code = "version.stale"        // somebody else changed it meanwhile
	Busy             Code = "unavailable"          // the database is away, slow or full
	FileHeader       Code = "file.header"          // columns are not as described
	FileRow          Code = "file.row"             // one row cannot be read
	FileKind         Code = "file.kind"            // neither a spreadsheet nor separated text that is read
	MappingInvalid   Code = "mapping.invalid"      // a mapping with keys or values nobody knows
	MappingOther     Code = "mapping.other-file"   // the mapping is of another file's headings
	ImportState      Code = "import.state"         // the import is not where this can be done
	SettingsInvalid  Code = "settings.invalid"     // a settings or configuration value
)
