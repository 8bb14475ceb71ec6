package app

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"cairn/internal/fault"
	"cairn/internal/measure"
)

// longestWords is how long a person's own words for one problem may be.
const longestWords = 500 // characters

// OwnWords are what the person named in an individualised measure on this
// referral, by measure.Own.WordsKey: the words they used first.
func (v ReferralView) OwnWords(key measure.Key) map[string]string {
	named := map[string]string{}
	for _, a := range v.Assessments { // oldest first
		if a.Measure != key {
			continue
		}
		for place, words := range a.Words {
			if named[place] == "" {
				named[place] = words
			}
		}
	}
	return named
}

// ownWords are the words that the assessment keeps. What is rated has been named,
// now or before, and a problem keeps its words: another one has a place of its
// own. Only a correction words anew.
func (in NewAssessment) ownWords(def measure.Definition, v ReferralView, wrong *fault.List) map[string]string {
	say := func(place, format string, args ...any) {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, format, args...).At("own_words." + place))
	}
	var places []string
	before := map[string]string{}
	if def.Own != nil {
		places, before = def.Own.WordsKeys(), v.OwnWords(def.Key)
	}
	if in.mends != nil {
		before = in.mends.Words
	}
	for place, words := range in.Words {
		switch {
		case !slices.Contains(places, place):
			wrong.Add(fault.New(fault.Invalid, fault.InputUnknown, "%s has no place “%.40s” for a person's own words.", def.Short, place).At("own_words"))
		case utf8.RuneCountInString(words) > longestWords:
			say(place, "Write it in at most %d characters.", longestWords)
		}
	}
	kept := map[string]string{}
	for i, place := range places {
		words := strings.TrimSpace(in.Words[place])
		switch {
		case words == "":
			words = before[place]
		case before[place] != "" && words != before[place] && in.mends == nil:
			say(place, "Another %s was named here before, and it keeps its words. Name a new one at the next place; if the first was written down wrong, correct that record.", def.Own.Name)
		}
		rated := slices.ContainsFunc(def.Items, func(it measure.Item) bool {
			_, ok := in.Responses[it.Key]
			return ok && it.Place == i+1
		})
		switch {
		case rated && words == "":
			say(place, "Write the %s in the person's own words.", def.Own.Name)
		case words != "" && (rated || in.Words[place] != ""):
			kept[place] = words
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return kept
}

// withKept are the responses with the ratings that were given once, when a
// problem was named, for every problem that is rated now.
func (in NewAssessment) withKept(def measure.Definition, v ReferralView, wrong *fault.List) map[string]int {
	if def.Own == nil || len(in.Responses) == 0 || in.mends != nil {
		return in.Responses
	}
	rated := map[int]bool{}
	for _, it := range def.Items {
		if _, ok := in.Responses[it.Key]; ok {
			rated[it.Place] = true
		}
	}
	all := maps.Clone(in.Responses)
	for _, it := range def.Items {
		first, there := v.firstResponse(def.Key, it.Key)
		if it.Place == 0 || !rated[it.Place] || !there || !def.Own.Keeps(it.Rating) {
			continue
		}
		if now, ok := all[it.Key]; ok && now != first {
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "%s was given when the %s was named, and holds from then on. Leave it out; if it was written down wrong, correct that record.", it.Name, def.Own.Name).At("items." + it.Key))
		}
		all[it.Key] = first
	}
	return all
}

// firstResponse is the first answer to an item on this referral.
func (v ReferralView) firstResponse(key measure.Key, item string) (response int, there bool) {
	for _, a := range v.Assessments { // oldest first
		if response, there = a.Responses[item]; there && a.Measure == key {
			return response, true
		}
	}
	return 0, false
}
