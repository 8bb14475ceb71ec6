package intake

import (
	"slices"
	"strconv"

	"cairn/internal/scheme"
)

// occasionIn finds the occasion that words name; empty where they name none.
func occasionIn(words []string) scheme.Occasion {
	if days, ok := timeIn(words); ok {
		if days == 0 {
			return scheme.Baseline
		}
		return scheme.FixedTime(days)
	}
	switch {
	case hasAny(words, "waiting", "wait list", "waiting list"):
		return scheme.Waiting
	case hasAny(words, "end", "exit", "discharge", "closing", "closure", "final", "last", "leaving", "completion"):
		return scheme.End
	case hasAny(words, "first", "1 st") && hasAny(words, "follow up", "followup", "fu", "review", "follow on"):
		return scheme.Later
	case hasAny(words, "pre", "before", "baseline", "base line", "initial", "first", "start", "entry", "intake", "beginning", "admission", "1 st", "t 0", "time 0", "opening", "at referral", "on referral"):
		return scheme.Baseline
	case hasAny(words, "post", "after", "follow up", "followup", "fu", "review", "later", "second", "2 nd", "third", "follow on"):
		return scheme.Later
	}
	return ""
}

// scoreOccasion is occasionIn of the heading of a score. Its further words are said of
// days in the life of a referral, too, which are of no score.
func scoreOccasion(words []string) scheme.Occasion {
	said := occasionIn(words)
	switch {
	case said != "":
		return said
	case hasAny(words, "closed", "ended", "ending", "finish", "finished", "finishing"):
		return scheme.End
	case hasAny(words, "begin", "starting", "started", "enrolment", "enrollment", "onboarding", "commencement", "induction", "registration"):
		return scheme.Baseline
	case hasAny(words, "reviewed", "reassessment", "reassessed", "midpoint", "midway", "half way", "interim"):
		return scheme.Later
	}
	return ""
}

// timeUnits are the days of each unit of time; a month, which has no whole number of
// weeks, has 0.
func timeUnits() map[string]int {
	return map[string]int{"day": 1, "days": 1, "d": 1, "week": 7, "weeks": 7, "wk": 7, "wks": 7, "w": 7, "month": 0, "months": 0, "mth": 0, "mths": 0, "m": 0, "year": 364, "years": 364, "yr": 364, "y": 364}
}

// timeIn reads a time after the start: 3 months, 12 weeks, wk 6, day 84.
func timeIn(words []string) (days int, ok bool) {
	units := timeUnits()
	for i, word := range words {
		unit, known := units[word]
		if !known {
			continue
		}
		for _, beside := range []int{i - 1, i + 1} {
			if beside < 0 || beside >= len(words) {
				continue
			}
			n, err := strconv.Atoi(words[beside])
			if err != nil || n < 0 || n > 400 {
				continue
			}
			days := n * unit
			if unit == 0 { // a month is a third of thirteen weeks
				days = (n*91 + 1) / 3
			}
			return days, days <= scheme.LastFixedTime
		}
	}
	return 0, false
}

// numbered gives headings and words that count their times (T1 and T2, time 1
// and time 2) their occasions: the smallest number is the baseline.
func numbered(words []string) (n int, ok bool) {
	for i, word := range words {
		if !slices.Contains([]string{"t", "time", "timepoint", "visit", "assessment", "wave"}, word) || i+1 >= len(words) || i > 0 && words[i-1] == "the" { // 5 = all of the time
			continue
		}
		if n, err := strconv.Atoi(words[i+1]); err == nil && n < 10 {
			return n, true
		}
	}
	return 0, false
}

// readOccasion is what a cell or a heading says, and where times are counted
// which is the lowest.
func readOccasion(text string, lowest int) scheme.Occasion {
	words := wordsOf(text)
	if n, ok := numbered(words); ok {
		if n == lowest {
			return scheme.Baseline
		}
		return scheme.Later
	}
	if len(words) == 1 {
		if n, err := strconv.Atoi(words[0]); err == nil && n < 10 {
			if n == lowest {
				return scheme.Baseline
			}
			return scheme.Later
		}
	}
	return occasionIn(words)
}

// lowestTime is the smallest number by which texts count their times.
func lowestTime(texts []string) int {
	lowest := 1
	for _, text := range texts {
		words := wordsOf(text)
		n, ok := numbered(words)
		if !ok && len(words) == 1 {
			var err error
			n, err = strconv.Atoi(words[0])
			ok = err == nil
		}
		if ok {
			lowest = min(lowest, n)
		}
	}
	return lowest
}
