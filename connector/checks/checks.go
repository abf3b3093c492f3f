package checks

import (
	"context"
	"sync"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// Input is what the checks are made of.
type Input struct {
	// Tenant is the discovered tenant, AdminTenant the one that the admin consent's answer named; empty where there was none.
	Tenant      auth.Tenant
	AdminTenant string
	Cloud       auth.Cloud
	ClientID    string
	// UPN is the integration user that was named; Accepted is another account that the admin typed again to accept it.
	UPN      string
	Accepted string
	// WithGroups says that GroupMember.Read.All was asked for too.
	WithGroups bool
	// Scopes are the further permissions of Microsoft Graph that were asked for.
	Scopes []string
	// Role is the role in Partner Center that the account needs; empty where nobody said.
	Role connector.Role
	// ClientKind is the kind of client, SecretExpires the last day of its client secret or certificate; zero where it is not known.
	ClientKind    auth.ClientKind
	SecretExpires connector.Day
	Session       connector.Session
	PartnerCenter connector.PartnerCenter
	Graph         connector.Graph
	// KeychainTest writes, reads back and deletes a credential of full size.
	KeychainTest func(context.Context) error
	Now          func() time.Time
	// ClockOffset tells by how much the cloud's clock is ahead of this computer's, 0 where it does not tell; nil where that was looked at before.
	ClockOffset func(context.Context) time.Duration
	// Consented is when the integration user signed in; zero is "just now".
	Consented time.Time
	// Saved is the connector as it was saved, also when its user consent is being renewed: then only its (tid, oid) counts, and
	// not the UPN. Nil before the first Save. Where Consented is that of Saved, what its sign-in told is no news: it is evidence of that
	// time, and what could have changed since is asked for again, or could not be checked.
	Saved *connector.Connector
	// Sleep waits between two tries, until ctx ends at the latest; nil is the usual clock.
	Sleep func(ctx context.Context, d time.Duration) error
	// Waits is shared by the checks of one tenant's connectors; nil where nobody else checks one.
	Waits *Waits
	// AtOnce asks Partner Center and Graph at the same time. It changes no outcome; Sleep and Now have to bear it.
	AtOnce bool
}

// Run makes every check in their [Order], one after the other, and returns their outcomes. emit, which may be nil, is told each
// check as running and then with its outcome. One that fails does not end the others: what they can't find out for it is "could not
// check". When ctx ends, so are the rest. What the session has redeemed is stored by the check that reports whether it could be; where that one
// was not made, it is still to be.
func Run(ctx context.Context, in Input, emit func(connector.Check)) []connector.Check {
	c := newChecker(in)
	if in.AtOnce {
		defer c.askAhead(ctx)()
	}
	of := table
	if in.Saved != nil {
		of = tableFor(in.Saved.Origin)
	}
	return c.run(ctx, of, emit)
}

// run makes the checks of a table one after the other.
func (c *checker) run(ctx context.Context, table []definition, emit func(connector.Check)) []connector.Check {
	if emit == nil {
		emit = func(connector.Check) {}
	}
	for _, d := range table {
		emit(connector.Check{ID: d.id, State: connector.CheckRunning})
		check := c.check(ctx, d)
		c.made = append(c.made, check)
		emit(check)
	}
	return c.made
}

// checker holds what several checks need, so that it is asked for once.
type checker struct {
	Input
	made []connector.Check
	// later says that the sign-in is one that was saved before.
	later bool

	partnerToken tokenOnce
	graphToken   tokenOnce
	me           once[connector.Me]
	membership   once[connector.Membership]
	organization once[connector.Organization]
	customers    once[connector.Customers]

	// links is what the checks of a connector that another product keeps are made of.
	links  LinkInput
	app    once[connector.DirectoryApp]
	grants once[[]connector.Grant]
	report once[[]connector.MFADay]
}

// once asks for something at most once. Whoever wants it meanwhile waits.
type once[T any] struct {
	mu sync.Mutex
	// done is made by the first who asks, and closed when there is an answer.
	done  chan struct{}
	value T
	err   error
}

func (o *once[T]) get(ask func() (T, error)) (T, error) {
	if o.first() {
		o.value, o.err = ask()
		close(o.done)
	}
	<-o.done
	return o.value, o.err
}

func (o *once[T]) first() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.done != nil {
		return false
	}
	o.done = make(chan struct{})
	return true
}

// tokenOnce also knows when the token was redeemed.
type tokenOnce struct {
	once[auth.Token]
	at time.Time
}

func newChecker(in Input) *checker {
	if in.Now == nil {
		in.Now = time.Now
	}
	if in.Sleep == nil {
		in.Sleep = connector.Sleep
	}
	later := in.Saved != nil && in.Consented.Equal(in.Saved.Consented)
	if in.Consented.IsZero() {
		in.Consented = in.Now()
	}
	return &checker{Input: in, later: later}
}

func (c *checker) check(ctx context.Context, d definition) connector.Check {
	made := unknown(nil, fact("stopped"))
	if ctx.Err() == nil {
		made = d.make(c, ctx)
	}
	check := made.of(d)
	check.At = c.Now()
	return check
}

// outcome is a check's outcome; weight is set for a warning, and where the table's does not fit. The others have theirs from the table.
type outcome struct {
	state    connector.CheckState
	weight   connector.Weight
	problem  *connector.Problem
	evidence []connector.Fact
}

func passed(evidence ...connector.Fact) outcome {
	return outcome{connector.CheckPassed, connector.WeightNone, nil, evidence}
}

func failed(p *connector.Problem, evidence ...connector.Fact) outcome {
	return outcome{connector.CheckFailed, connector.WeightNone, p, evidence}
}

func warned(w connector.Weight, p *connector.Problem, evidence ...connector.Fact) outcome {
	return outcome{connector.CheckWarning, w, p, evidence}
}

// unknown is "could not check"; p is nil where another check's problem already says why.
func unknown(p *connector.Problem, evidence ...connector.Fact) outcome {
	return outcome{connector.CheckUnknown, connector.WeightNone, p, evidence}
}

// weighing gives an outcome another weight than that of the table.
func (o outcome) weighing(w connector.Weight) outcome {
	o.weight = w
	return o
}

func (o outcome) of(d definition) connector.Check {
	check := connector.Check{ID: d.id, State: o.state, Weight: o.weight, Evidence: o.evidence, Problem: o.problem}
	switch {
	case o.weight != connector.WeightNone:
	case o.state == connector.CheckFailed:
		check.Weight = d.failed
	case o.state == connector.CheckUnknown:
		check.Weight = d.unknown
	}
	return check
}

// fact makes a piece of evidence; pairs are the names and values of its args.
func fact(key string, pairs ...string) connector.Fact {
	f := connector.Fact{Key: key}
	for i := 0; i+1 < len(pairs); i += 2 {
		if f.Args == nil {
			f.Args = map[string]string{}
		}
		f.Args[pairs[i]] = pairs[i+1]
	}
	return f
}

// ofSignIn dates a piece of evidence that the sign-in told, where that was not just now.
func (c *checker) ofSignIn(f connector.Fact) connector.Fact {
	if c.later {
		f.At = c.Consented
	}
	return f
}

// problem makes a problem of this run's time.
func (c *checker) problem(kind connector.ProblemKind) *connector.Problem {
	return problems.New(kind, "").Dated(c.Now())
}

// problemOf is err's problem in the words that fit this connector: its kind of client, and its role where Partner Center refuses the account.
func (c *checker) problemOf(err error) *connector.Problem {
	p := problems.Of(err, c.Now())
	problems.FitClient(p, c.ClientKind)
	if p != nil && (p.Kind == connector.KindPartnerRefused || p.Kind == connector.KindNoRole) {
		c.nameRole(p, c.Role)
	}
	return p
}
