package measure

import (
	"slices"
	"strings"

	"cairn/internal/fault"
)

// agree faults where one score is the rank of another and no published set of
// bands has it so: one of the two was copied wrong. Cut points change with the
// versions of a measure, so any set of them will do.
func (d Definition) agree(made []Scored) error {
	level := map[Series]Level{}
	for _, s := range made {
		level[s.Series] = s.Level
	}
	for _, rank := range d.Scores {
		of, ranked := d.Score(rank.Ranks)
		said, both := level[rank.Series]
		at, too := level[of.Series]
		if !ranked || !both || !too {
			continue
		}
		allowed := of.ranks(rank, at)
		slices.Sort(allowed)
		if slices.Contains(allowed, said) {
			continue
		}
		var names []string
		for _, l := range allowed {
			names = append(names, rank.Text(l))
		}
		return fault.New(fault.Invalid, fault.ScoreContradicts,
			"A %s of %s goes with %s %s by every published set of cut points, not with %s. Check both in the report. If both stand there, enter the score alone.",
			of.Name, of.Text(at), rank.Name, strings.Join(names, " or "), rank.Text(said)).At("items." + rank.Item)
	}
	return nil
}

// ranks are the ranks that the sets of bands give a level of the score.
func (s Score) ranks(rank Score, l Level) (all []Level) {
	for _, b := range s.Bands {
		place := rank.Min - 1
		for _, band := range b.From {
			if l >= band.Level {
				place++
			}
		}
		if !slices.Contains(all, place) {
			all = append(all, place)
		}
	}
	return all
}

// ranksOn writes the ranks of scores out, a step wherever they change.
func (d Definition) ranksOn() (all []SheetRank) {
	for _, rank := range d.Scores {
		of, ranked := d.Score(rank.Ranks)
		if !ranked {
			continue
		}
		found := SheetRank{Of: of.Series, Rank: rank.Series}
		before := ""
		for l := of.Min; l <= of.Max; l++ {
			var names []string
			for _, r := range slices.Sorted(slices.Values(of.ranks(rank, l))) {
				names = append(names, rank.Text(r))
			}
			if now := strings.Join(names, " "); now != before {
				found.Steps, before = append(found.Steps, SheetStep{l.Points(of.Decimals), names}), now
			}
		}
		all = append(all, found)
	}
	return all
}

func (s scoreCheck) checkRanks() {
	if s.Ranks == "" {
		return
	}
	of, ok := s.Definition.Score(s.Ranks)
	sets := ok && s.Kind == KindItem && len(of.Bands) > 0
	for _, b := range of.Bands {
		sets = sets && Level(len(b.From)) == s.Max-s.Min+1
	}
	if !sets {
		s.bad("A score that ranks another is one item, and the other has as many bands in every set as there are ranks.")
	}
}
