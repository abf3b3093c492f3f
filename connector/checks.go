package connector

import (
	"context"
	"time"

	"partner-center-connector/auth"
)

// CheckInput is what the checks are made of.
type CheckInput struct {
	// Tenant is the discovered tenant, AdminTenant the one that the admin consent's answer named; empty where there was none.
	Tenant      auth.Tenant
	AdminTenant string
	Cloud       auth.Cloud
	ClientID    string
	// UPN is the integration user that was named; Accepted is another account that the admin typed anew to accept it.
	UPN      string
	Accepted string
	// WithGroups says that GroupMember.Read.All was asked for too.
	WithGroups    bool
	Session       Session
	PartnerCenter PartnerCenter
	Graph         Graph
	// KeychainTest writes, reads back and deletes a credential of full size.
	KeychainTest func(context.Context) error
	Now          func() time.Time
	// Consented is when the integration user signed in; zero is "just now".
	Consented time.Time
	// Saved is the connector as it was saved, also when its user consent is being renewed: then only its (tid, oid) counts, and
	// not the UPN. Nil before the first Save.
	Saved *Connector
	// Sleep waits between two tries, until ctx ends at the latest; nil is the usual clock.
	Sleep func(ctx context.Context, d time.Duration) error
}

// MakeChecks makes every check of CheckOrder, one after the other, and returns their outcomes. emit, which may be nil, is told each
// check as running and then with its outcome. One that fails does not end the others: what they can't find out for it is "could not
// check". When ctx ends, so are the rest.
func MakeChecks(ctx context.Context, in CheckInput, emit func(Check)) []Check {
	if emit == nil {
		emit = func(Check) {}
	}
	c := newChecker(in)
	for _, id := range CheckOrder {
		emit(Check{ID: id, State: CheckRunning})
		check := c.make(ctx, id)
		c.made = append(c.made, check)
		emit(check)
	}
	return c.made
}

// columns say what an outcome of a check means for Save.
type columns struct{ unknown, failed Weight }

var columnsOf = map[CheckID]columns{
	CheckOurs:        {WeightNever, WeightNever},
	CheckTenant:      {WeightNever, WeightNever},
	CheckUser:        {WeightAttention, WeightNever},
	CheckMember:      {WeightWarning, WeightNever},
	CheckNotAdmin:    {WeightWarning, WeightAttention},
	CheckPermissions: {WeightAttention, WeightNever},
	CheckRefresh:     {WeightNever, WeightNever},
	CheckMFA:         {WeightAttention, WeightNever},
	CheckPartner:     {WeightAttention, WeightAttention},
	CheckRole:        {WeightAttention, WeightAttention},
	CheckLasts:       {WeightNone, WeightAttention},
	CheckKeychain:    {WeightNever, WeightNever},
}

// checker holds what several checks need, so that it is asked for once.
type checker struct {
	CheckInput
	made []Check

	partnerToken tokenOnce
	graphToken   tokenOnce
	me           once[Me]
	membership   once[Membership]
	organization once[Organization]
	customers    once[Customers]
}

// once asks for something at most once.
type once[T any] struct {
	done  bool
	value T
	err   error
}

func (o *once[T]) get(ask func() (T, error)) (T, error) {
	if !o.done {
		o.value, o.err = ask()
		o.done = true
	}
	return o.value, o.err
}

// tokenOnce also knows when the token was redeemed.
type tokenOnce struct {
	once[auth.Token]
	at time.Time
}

func newChecker(in CheckInput) *checker {
	if in.Now == nil {
		in.Now = time.Now
	}
	if in.Sleep == nil {
		in.Sleep = sleep
	}
	if in.Consented.IsZero() {
		in.Consented = in.Now()
	}
	return &checker{CheckInput: in}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// makers has what makes each check.
var makers = map[CheckID]func(*checker, context.Context) outcome{
	CheckOurs:        (*checker).ours,
	CheckTenant:      (*checker).tenant,
	CheckUser:        (*checker).user,
	CheckMember:      (*checker).member,
	CheckNotAdmin:    (*checker).notAdmin,
	CheckPermissions: (*checker).permissions,
	CheckRefresh:     (*checker).refresh,
	CheckMFA:         (*checker).mfa,
	CheckPartner:     (*checker).partner,
	CheckRole:        (*checker).role,
	CheckLasts:       (*checker).lasts,
	CheckKeychain:    (*checker).keychain,
}

func (c *checker) make(ctx context.Context, id CheckID) Check {
	made := unknown(nil, fact("stopped"))
	if ctx.Err() == nil {
		made = makers[id](c, ctx)
	}
	check := made.of(id)
	check.At = c.Now()
	return check
}

// outcome is a check's outcome; weight is only set for a warning, the others have theirs from columnsOf.
type outcome struct {
	state    CheckState
	weight   Weight
	problem  *Problem
	evidence []Fact
}

func passed(evidence ...Fact) outcome { return outcome{CheckPassed, WeightNone, nil, evidence} }

func failed(p *Problem, evidence ...Fact) outcome {
	return outcome{CheckFailed, WeightNone, p, evidence}
}

func warned(w Weight, p *Problem, evidence ...Fact) outcome {
	return outcome{CheckWarning, w, p, evidence}
}

// unknown is "could not check"; p is nil where another check's problem already says why.
func unknown(p *Problem, evidence ...Fact) outcome {
	return outcome{CheckUnknown, WeightNone, p, evidence}
}

func (o outcome) of(id CheckID) Check {
	check := Check{ID: id, State: o.state, Weight: o.weight, Evidence: o.evidence, Problem: o.problem}
	if o.state == CheckFailed {
		check.Weight = columnsOf[id].failed
	}
	if o.state == CheckUnknown {
		check.Weight = columnsOf[id].unknown
	}
	return check
}

// fact makes a piece of evidence; pairs are the names and values of its args.
func fact(key string, pairs ...string) Fact {
	f := Fact{Key: key}
	for i := 0; i+1 < len(pairs); i += 2 {
		if f.Args == nil {
			f.Args = map[string]string{}
		}
		f.Args[pairs[i]] = pairs[i+1]
	}
	return f
}

// problem makes a problem of this run's time.
func (c *checker) problem(kind Kind) *Problem { return problem(kind, "").at(c.Now()) }

func (c *checker) problemOf(err error) *Problem { return ProblemOf(err, c.Now()) }
