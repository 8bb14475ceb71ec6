package app

// run keeps everybody, a handful at a time.
func (p *publishing) run() error {
	if err := p.prepare(); err != nil {
		return err
	}
	if err := p.w.Reconsider(); err != nil {
		return err
	}
	l, err := p.app.loading(p.w, p.by, p.batch)
	if err != nil {
		return err
	}
	next, err := p.look(l)
	for err == nil && next != nil {
		next, err = p.step(l, next)
	}
	if err != nil {
		return err
	}
	return l.audit()
}

// step keeps a handful and returns the one after it. What is worked out comes before
// anything is asked of the database, which is still writing the handful before.
func (p *publishing) step(l *loading, h *handful) (next *handful, err error) {
	if err := l.workOut(h); err != nil {
		return nil, err
	}
	if err := l.audit(); err != nil {
		return nil, err
	}
	if p.steps == p.recount {
		p.recount *= 4
		if err := p.w.Reconsider(); err != nil {
			return nil, err
		}
	}
	if next, err = p.look(l); err != nil {
		return nil, err
	}
	if err := l.keep(h); err != nil {
		return nil, err
	}
	p.count(h)
	return next, nil
}

// look takes the next people in hand; nil where there are none.
func (p *publishing) look(l *loading) (*handful, error) {
	rows, err := p.w.StagedPeople(p.batch, p.after, p.rowsAtOnce)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	p.after, p.rowsAtOnce = rows[len(rows)-1].Reference, nextRows(rows)
	arrivals, err := p.arrivals(rows, l.plans)
	if err != nil {
		return nil, err
	}
	return l.look(arrivals)
}

// count counts what was kept, and who.
func (p *publishing) count(h *handful) {
	p.total.People += h.part.People
	p.total.Added += h.part.Added
	p.total.Already += h.part.Already
	p.total.Review += h.part.Review
	p.total.Refused = append(p.total.Refused, h.part.Refused...)
	p.through += h.arrivals
	p.steps++
	p.done(p.through)
}

// scoresAtOnce is how many scores of an import are in hand at once: enough that
// statements are few, few enough for a small machine.
const scoresAtOnce = 4000

// nextRows is how many rows have about as many scores, going by those before them.
func nextRows(before []ImportRow) int {
	scores := 0
	for _, r := range before {
		scores += len(r.Scores)
	}
	return max(1, len(before)*scoresAtOnce/max(1, scores))
}
