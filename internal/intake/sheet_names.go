package intake

import (
	"slices"
	"strconv"
	"strings"
)

// called takes over what a workbook calls its next sheet. A service that keeps a
// sheet for each person calls it after them, and nobody can tell every name from
// other words: so only a name all of whose words are known to be about scores goes
// into mappings, reports and rows. Another sheet is told by its place.
func (b *Book) called(name string) {
	told := name
	if !aboutScores(name) {
		told = "sheet " + strconv.Itoa(len(b.Sheets)+1)
	}
	b.Sheets, b.names = append(b.Sheets, told), append(b.names, name)
}

// name is what the file itself calls a sheet, for what is read out of it and never
// kept.
func (b *Book) name(sheet int) string {
	if sheet < len(b.names) {
		return b.names[sheet]
	}
	return b.Sheets[sheet]
}

// isCalled reports whether a mapping means that sheet: by what is told of it, or,
// of a mapping from before, by the name that the file has.
func (b *Book) isCalled(sheet int, name string) bool {
	return name == "" || b.Sheets[sheet] == "" || name == b.Sheets[sheet] || name == b.name(sheet)
}

// sentence is a sheet as a reason names it.
func (b *Book) sentence(sheet int) string {
	if told := b.Sheets[sheet]; told != b.name(sheet) {
		return told
	}
	return "the sheet “" + b.Sheets[sheet] + "”"
}

// aboutScores reports a name of known words, of letters that count something (T1)
// and of at most two short numbers. One like those that are told by their place is
// none: two sheets would be called alike.
func aboutScores(name string) bool {
	known, numbers, letters := strings.Fields(sheetWords), 0, 0
	for _, word := range wordsOf(name) {
		switch {
		case len(word) <= 4 && strings.Trim(word, "0123456789") == "":
			numbers++
		case len(word) == 1 && strings.Contains("tqdwmyv", word):
			letters++
		case !slices.Contains(known, word):
			return false
		}
	}
	return numbers <= 2 && letters <= numbers && !strings.HasPrefix(name, "sheet ")
}

// sheetWords are what sheets of scores are called after: times, measures and the
// work of keeping them. Months aside, nobody is called by any of them.
const sheetWords = `sheet data table list form export import upload copy new old master main all combined summary results result notes
	score scores scoring scored raw metric converted total totals answer answers response responses item items question questions questionnaire questionnaires survey surveys
	measure measures measurement measurements outcome outcomes tool tools assessment assessments evaluation monitoring returns return report reports
	pre post before after baseline base line follow up fu ups followup followups initial first second third fourth last final start end exit entry intake discharge closing closure
	waiting wait midpoint mid interim later review reviews time point points timepoint timepoints wave waves stage phase occasion round
	day days week weeks wk wks month months mth mths quarter quarters year years yr yrs
	january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
	client clients people participant participants patient patients referral referrals referred caseload activity activities attendance scheme schemes service services programme programmes project projects group groups
	wellbeing well being mental health loneliness lonely anxiety depression happiness satisfaction worthwhile
	wemwbs swemwbs short warwick edinburgh ons phq gad ucla djg de jong gierveld eq vas core copm mycaw gas gbo mohost austoms star
	and of the to by for in with or vs`
