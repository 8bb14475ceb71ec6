package demo

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// costs are made up for one scheme: two years of running costs that rise, and
// what was spent once. Nothing is entered for volunteers, so that the page has
// something to name as left out.
func (f *filling) costs(ctx context.Context, by app.Actor, s Scheme, id scheme.ID) error {
	if s.Name != "Riverside Green Roots (demo)" {
		return nil
	}
	const quarters = 4
	now := f.today.Quarter()
	for _, line := range []struct {
		kind     scheme.CostKind
		pounds   string
		from, to scheme.Quarter
		note     string
	}{
		{scheme.CostSetUp, "24,000", now - 3*quarters, now + 2*quarters, "Recruiting, equipment and training; made up"},
		{scheme.CostStaff, "86,400", now - 2*quarters, now - quarters - 1, "Two link workers and a part-time occupational therapist; made up"},
		{scheme.CostStaff, "91,200", now - quarters, now - 1, "As the year before, after a pay rise; made up"},
		{scheme.CostActivity, "31,500", now - 2*quarters, now - 1, "Allotment, walks and orchard; made up"},
		{scheme.CostPremises, "9,600", now - 2*quarters, now - 1, "Rooms and phones; made up"},
	} {
		_, err := f.app.AddCost(ctx, by, app.NewCost{Scheme: id, CostLine: app.CostLine{
			Kind: line.kind, Pounds: line.pounds, From: line.from.String(), To: line.to.String(), Source: "Made-up budget report", Note: line.note,
		}})
		if err != nil {
			return err
		}
	}
	return nil
}
