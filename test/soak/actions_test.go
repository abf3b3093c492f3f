//go:build e2e && linux

package soak

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/wizard"
)

// The environment of a child: what it does, and where.
const (
	envAction = "SOAK_ACTION"
	envPlace  = "SOAK_PLACE"
)

// errand is everything that a child has to know.
type errand struct {
	Dir, Service, Clouds string
	// ID is the connector's; empty for a save.
	ID    string
	Facts facts
}

// action is something that changes a credential. prepare does all that comes before the first change, and returns the rest.
type action struct {
	name    string
	prepare func(context.Context, *engine.Engine, errand) (do func() error, err error)
}

var actions = map[string]action{
	"save":    {"save", prepareSave},
	"refresh": {"refresh", prepareRefresh},
	"renew":   {"renew", prepareRenew},
	"remove":  {"remove", prepareRemove},
	// The first start after the version that kept all connectors in one list.
	"takeover": {"takeover", prepareTakeover},
	// Another user name is typed into a draft that is on the disk.
	"draft": {"draft", prepareDraft},
	// A removal where something else has put copies of the credential into the keychain.
	"copies": {"copies", prepareRemove},
}

func prepareDraft(_ context.Context, e *engine.Engine, a errand) (func() error, error) {
	w, stop := begin(e, a.Facts)
	typed := func(upn string) error {
		return errors.Join(w.all(step{"typed", []wizard.Event{wizard.Edited{Field: connector.FieldUPN, Value: upn}}, func(s wizard.State) bool {
			return s.Wizard.Draft.UPN == upn
		}}), w.onDisk(e))
	}
	return func() error {
		err := typed(typedUPN(a.Facts))
		stop()
		return err
	}, errors.Join(w.toAccount(), typed(a.Facts.UPN))
}

// typedUPN is what takes the place of the user name in a draft.
func typedUPN(f facts) string { return "another@" + f.Domain }

func prepareTakeover(_ context.Context, e *engine.Engine, _ errand) (func() error, error) {
	return func() error {
		_, err := e.Store.Connectors()
		return err
	}, nil
}

func prepareSave(_ context.Context, e *engine.Engine, a errand) (func() error, error) {
	w, stop := begin(e, a.Facts)
	return saving(w, stop), errors.Join(w.toSave(), w.onDisk(e))
}

func prepareRenew(_ context.Context, e *engine.Engine, a errand) (func() error, error) {
	w, stop := begin(e, a.Facts)
	return saving(w, stop), errors.Join(w.toSaveAgain(a.ID), w.onDisk(e))
}

// saving saves and ends the program as closing its window does: then the draft is gone too.
func saving(w *walk, stop func()) func() error {
	return func() error {
		err := w.save()
		stop()
		return err
	}
}

func prepareRefresh(ctx context.Context, e *engine.Engine, a errand) (func() error, error) {
	return func() error {
		token, err := e.Keeper().Token(ctx, a.ID, auth.PartnerCenter)
		if err == nil && token.Cached {
			err = errors.New("the token was not refreshed")
		}
		return err
	}, nil
}

func prepareRemove(ctx context.Context, e *engine.Engine, a errand) (func() error, error) {
	return func() error { return e.Keeper().Remove(ctx, a.ID) }, nil
}

// runChild is a child: it prepares its action, says "ready", waits for a line, and does it.
func runChild() int {
	if err := perform(actions[os.Getenv(envAction)]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func perform(d action) error {
	var a errand
	if err := json.Unmarshal([]byte(os.Getenv(envPlace)), &a); err != nil {
		return err
	}
	ctx := context.Background()
	e, err := place{dir: a.Dir, service: a.Service, clouds: a.Clouds}.open(ctx)
	if err != nil {
		return err
	}
	do, err := d.prepare(ctx, e, a)
	if err != nil {
		return err
	}
	if _, err := fmt.Println("ready"); err != nil { //nolint:forbidigo // this is how a child talks
		return err
	}
	if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
		return err
	}
	return do()
}
