package app

import (
	"context"
	"fmt"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// RegisterReader reads the registers of groups.
type RegisterReader interface {
	// Sessions returns the newest registers of a scheme.
	Sessions(of scheme.ID, limit int) ([]scheme.Session, error)
	// Session returns the register of a scheme, activity and day as it was saved,
	// or one of revision 0 with nobody marked.
	Session(of scheme.Session) (scheme.Session, map[scheme.PrescriptionID]scheme.Mark, error)
	// Expected returns whom a register is of, by reference.
	Expected(of scheme.Session) ([]Expected, error)
	// Registered returns what all registers together say of prescriptions.
	Registered(ids ...scheme.PrescriptionID) (map[scheme.PrescriptionID]scheme.Dose, error)
}

// RegisterWriter writes them.
type RegisterWriter interface {
	// SaveSession keeps a version of a register and what changed of its lines,
	// where an empty mark takes a line out. It faults with version.stale.
	SaveSession(of scheme.Session, changed map[scheme.PrescriptionID]scheme.Mark) error
}

// Expected is one line of a register.
type Expected struct {
	Prescription scheme.Prescription
	Person       scheme.Person
	Mark         scheme.Mark // empty: left open
}

// RegisterAsk names one register: an activity, for the people of one scheme, on
// a day.
type RegisterAsk struct {
	Scheme   scheme.ID         `json:"scheme"`
	Activity scheme.ActivityID `json:"activity"`
	On       string            `json:"on"` // YYYY-MM-DD; empty: today
}

// A Register is the whole of what a register says.
type Register struct {
	Key string `json:"-"`
	RegisterAsk
	Version int         `json:"version"` // as it was read; 0 where none was saved
	Marks   []MarkEntry `json:"marks"`   // whoever is not named is left open
}

// MarkEntry is what a register says of one prescription.
type MarkEntry struct {
	Prescription scheme.PrescriptionID `json:"prescription"`
	Mark         scheme.Mark           `json:"result"`
}

// A RegisterView is one register with its lines.
type RegisterView struct {
	scheme.Session
	SchemeName string
	Activity   scheme.Activity
	Lines      []Expected // by reference
}

// Sessions returns the newest registers of one of the actor's schemes.
func (a *App) Sessions(ctx context.Context, by Actor, id scheme.ID) (found []scheme.Session, err error) {
	if err := by.mayIn(SeePeople, id); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		today, err := a.today(r)
		if err != nil {
			return err
		}
		if _, err := r.Scheme(id, today); err != nil {
			return err
		}
		found, err = r.Sessions(id, 50)
		return err
	})
	return found, err
}

// GroupRegister returns a register of one of the actor's schemes, saved or not.
func (a *App) GroupRegister(ctx context.Context, by Actor, ask RegisterAsk) (v RegisterView, err error) {
	if err := by.mayIn(SeePeople, ask.Scheme); err != nil {
		return RegisterView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		v, err = a.viewRegister(r, ask)
		return err
	})
	return v, err
}

func (a *App) viewRegister(r Reader, ask RegisterAsk) (RegisterView, error) {
	today, err := a.today(r)
	if err != nil {
		return RegisterView{}, err
	}
	s, err := r.Scheme(ask.Scheme, today)
	if err != nil {
		return RegisterView{}, err
	}
	v := RegisterView{SchemeName: s.Name}
	all, err := r.Activities()
	if err != nil {
		return RegisterView{}, err
	}
	for _, x := range all {
		if x.ID == ask.Activity {
			v.Activity = x
		}
	}
	if v.Activity.ID == "" {
		return RegisterView{}, notThere()
	}
	var wrong fault.List
	day := today
	if ask.On != "" {
		day = readDay(&wrong, "on", ask.On)
	}
	notAfter(&wrong, "on", day, today)
	if err := wrong.Err(); err != nil {
		return RegisterView{}, err
	}
	session, marks, err := r.Session(scheme.Session{Scheme: s.ID, Activity: v.Activity.ID, On: day})
	if err != nil {
		return RegisterView{}, err
	}
	v.Session = session
	v.Lines, err = r.Expected(session)
	for i := range v.Lines {
		v.Lines[i].Mark = marks[v.Lines[i].Prescription.ID]
	}
	return v, err
}

// SaveRegister keeps who came to a group, in one transaction: sessions are
// counted on each prescription, the first attended day follows, and so do the
// start and the pairs of each referral. Saved again, it counts nothing twice.
func (a *App) SaveRegister(ctx context.Context, by Actor, in Register) (RegisterView, error) {
	if err := by.mayIn(RecordPeople, in.Scheme); err != nil {
		return RegisterView{}, err
	}
	_, err := a.create(ctx, writing{by, "register.save", in.Key, in}, func(w Writer) (string, error) {
		v, err := a.lockedRegister(w, in)
		if err != nil {
			return "", err
		}
		changed, err := in.changes(v)
		if err != nil {
			return "", err
		}
		if v.Session.ID == "" {
			if v.Session.ID, err = newID[scheme.SessionID](); err != nil {
				return "", err
			}
		}
		if err := w.SaveSession(v.Session, changed); err != nil {
			return "", err
		}
		return ofVersion(v.Session.ID, v.Session.Revision+1), a.count(w, v, changed)
	})
	if err != nil {
		return RegisterView{}, err
	}
	return a.GroupRegister(ctx, by, in.RegisterAsk)
}

// lockedRegister locks everybody on a register, and returns it as it stands.
func (a *App) lockedRegister(w Writer, in Register) (RegisterView, error) {
	before, err := a.viewRegister(w, in.RegisterAsk)
	if err != nil {
		return RegisterView{}, err
	}
	held := map[scheme.ReferralID]bool{}
	var referrals []scheme.ReferralID
	for _, l := range before.Lines {
		held[l.Prescription.Referral] = true
		referrals = append(referrals, l.Prescription.Referral)
	}
	if err := w.LockPeopleOf(referrals...); err != nil {
		return RegisterView{}, err
	}
	now, err := a.viewRegister(w, in.RegisterAsk)
	if err != nil {
		return RegisterView{}, err
	}
	for _, l := range now.Lines {
		if !held[l.Prescription.Referral] {
			return RegisterView{}, fmt.Errorf("somebody joined the register: %w", ErrAgain)
		}
	}
	return now, nil
}

// changes is what the register says otherwise than the one that is there.
func (in Register) changes(v RegisterView) (map[scheme.PrescriptionID]scheme.Mark, error) {
	if in.Version != v.Session.Revision {
		return nil, staleRecord()
	}
	var wrong fault.List
	there, said := map[scheme.PrescriptionID]bool{}, map[scheme.PrescriptionID]scheme.Mark{}
	for _, l := range v.Lines {
		there[l.Prescription.ID] = true
	}
	for i, m := range in.Marks {
		at := fmt.Sprintf("marks[%d]", i)
		mustChoose(&wrong, at+".result", string(m.Mark), scheme.Marks())
		if !there[m.Prescription] {
			wrong.Add(fault.New(fault.Invalid, fault.NotFound, "This is nobody's on the register of that day. Open the register again.").At(at + ".prescription"))
		}
		if said[m.Prescription] != "" {
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This prescription is marked twice. Mark each once.").At(at + ".prescription"))
		}
		said[m.Prescription] = m.Mark
	}
	changed := map[scheme.PrescriptionID]scheme.Mark{}
	for _, l := range v.Lines {
		if mark := said[l.Prescription.ID]; mark != l.Mark {
			changed[l.Prescription.ID] = mark
		}
	}
	return changed, wrong.Err()
}

// count makes each prescription that a register changed say what its registers
// hold, and the pairs follow where the first attended day moved.
func (a *App) count(w Writer, v RegisterView, changed map[scheme.PrescriptionID]scheme.Mark) error {
	ids := make([]scheme.PrescriptionID, 0, len(changed))
	for id := range changed {
		ids = append(ids, id)
	}
	doses, err := w.Registered(ids...)
	if err != nil {
		return err
	}
	for _, l := range v.Lines {
		if _, is := changed[l.Prescription.ID]; !is {
			continue
		}
		now := l.Prescription.Registered(doses[l.Prescription.ID])
		if now.Dose() == l.Prescription.Dose() {
			continue
		}
		if err := w.SavePrescription(now); err != nil {
			return err
		}
		if now.FirstAttendedOn == l.Prescription.FirstAttendedOn {
			continue
		}
		if err := a.repair(w, now.Referral); err != nil {
			return err
		}
	}
	return nil
}

// retold is a prescription that says what it is to say, with what was typed of
// its sessions set so; it faults where registers say more.
func retold(r Reader, was, now scheme.Prescription) (scheme.Prescription, error) {
	if was.Dose() == now.Dose() {
		return now, nil
	}
	doses, err := r.Registered(now.ID)
	if err != nil {
		return now, err
	}
	registers := doses[now.ID]
	told, possible := was.Retold(now.Dose(), registers)
	now.Told = told
	if possible {
		return now, nil
	}
	field := "sessions_offered"
	switch {
	case now.FirstAttendedOn != was.FirstAttendedOn && told.With(registers).First != now.FirstAttendedOn:
		field = "first_attended_on"
	case told.Attended < 0:
		field = "sessions_attended"
	}
	first := ""
	if !registers.First.IsZero() {
		first = ", the first on " + registers.First.Long()
	}
	return now, fault.New(fault.Conflict, fault.RegisterSays, "Group registers hold sessions of this: %d offered, %d attended%s. Enter at least that, or correct the register.",
		registers.Offered, registers.Attended, first).At(field)
}
