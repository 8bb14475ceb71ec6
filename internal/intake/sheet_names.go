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

// says is what the name of a sheet says that is told by its place: the words and
// numbers that are about scores, and nobody's. Where sheets stand in another order a
// mapping finds by it that they are others.
func (b *Book) says(sheet int) string {
	if b.Sheets[sheet] == b.name(sheet) {
		return ""
	}
	return strings.Join(slices.DeleteFunc(wordsOf(b.name(sheet)), func(word string) bool {
		return !isShort(word) && !slices.Contains(strings.Fields(sheetWords), word)
	}), " ")
}

// isCalled reports whether a mapping means that sheet: by what is told of it, or,
// of a mapping from before, by the name that the file has.
func (b *Book) isCalled(sheet int, as Sheet) bool {
	return as.Name == "" || b.Sheets[sheet] == "" || as.Name == b.Sheets[sheet] && as.Says == b.says(sheet) || as.Name == b.name(sheet)
}

// sentence is a sheet as a reason names it.
func (b *Book) sentence(sheet int) string {
	if told := b.Sheets[sheet]; told != b.name(sheet) {
		return told
	}
	return "the sheet “" + b.Sheets[sheet] + "”"
}

// aboutScores reports a name of known words, of letters that count something (T1)
// and of at most two short numbers. Words that people are called by as well (April
// Short) are none beside each other: a month needs a number, and the others a number
// or a word that nobody is called by. One like those that are told by their place is
// none: two sheets would be called alike.
func aboutScores(name string) bool {
	known, numbers, letters, months, names, plain := strings.Fields(sheetWords), 0, 0, 0, 0, 0
	for _, word := range wordsOf(name) {
		switch {
		case isShort(word):
			numbers++
		case len(word) == 1 && strings.Contains("tqdwmyv", word):
			letters++
		case isMonth(word):
			months++
		case slices.Contains(strings.Fields(alsoNames), word):
			names++
		case slices.Contains(known, word):
			plain++
		default:
			return false
		}
	}
	alone := months > 0 && numbers == 0 || names > 0 && numbers+plain == 0
	return !alone && numbers <= 2 && letters <= numbers && !strings.HasPrefix(name, "sheet ")
}

// isShort reports a number that counts something, and is nobody's.
func isShort(word string) bool {
	return len(word) <= 4 && strings.Trim(word, "0123456789") == ""
}

// isMonth reports a month, and the short form of one.
func isMonth(word string) bool {
	return slices.Contains(strings.Fields("january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"), word)
}

// alsoNames are those of sheetWords that people are called by.
const alsoNames = "day short star warwick well master edinburgh"

// sheetWords are what sheets of scores are called after: times, measures and the
// work of keeping them. Of months and of alsoNames people are called too.
const sheetWords = `sheet data table list form export import upload copy new old master main all combined summary results result notes
	score scores scoring scored raw metric converted total totals answer answers response responses item items question questions questionnaire questionnaires survey surveys
	measure measures measurement measurements outcome outcomes tool tools assessment assessments evaluation monitoring returns return report reports
	pre post before after baseline base line follow up fu ups followup followups initial first second third fourth last final start end exit entry intake discharge closing closure
	waiting wait midpoint mid interim later review reviews time point points timepoint timepoints wave waves stage phase occasion round
	day days week weeks wk wks month months mth mths quarter quarters year years yr yrs
	client clients people participant participants patient patients referral referrals referred caseload activity activities attendance scheme schemes service services programme programmes project projects group groups
	wellbeing well being mental health loneliness lonely anxiety depression happiness satisfaction worthwhile
	wemwbs swemwbs short warwick edinburgh ons phq gad ucla djg de jong gierveld eq vas core copm mycaw gas gbo mohost austoms star
	and of the to by for in with or vs`
