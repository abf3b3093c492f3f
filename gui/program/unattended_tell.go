package program

import (
	"context"
	"fmt"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// look waits for something new. Of an error page in a browser the program learns nothing.
func (u *unattended) look(ctx context.Context) error {
	var again <-chan time.Time
	if u.waits {
		timer := time.NewTimer(lookPause)
		defer timer.Stop()
		again = timer.C
	}
	select {
	case <-u.news:
	case <-again:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// tellOfError does what a person does whose browser stays on an error page: copies its text and has the program explain it.
func (u *unattended) tellOfError(ctx context.Context) error {
	shown := u.cloud.Journal().ErrorPages
	if !u.waits || len(shown) <= u.told {
		return nil
	}
	u.waits = false
	if err := u.pressSoon(ctx, "tell-error"); err != nil {
		return err
	}
	u.send(wizard.Edited{Field: connector.FieldTold, Value: shown[len(shown)-1]})
	if err := u.pressSoon(ctx, "explain-error"); err != nil {
		return err
	}
	if err := u.until(ctx, "the explanation", func(s wizard.State) bool { return s.Wizard.Told.Explained && s.Wizard.Told.Problem == nil }); err != nil {
		return err
	}
	return fmt.Errorf("%s", u.tr.Text("wait.tell.nothing", nil))
}

// pressSoon presses a control after a while in which the window draws it.
func (u *unattended) pressSoon(ctx context.Context, id string) error {
	if err := connector.Sleep(ctx, pressPause); err != nil {
		return err
	}
	return u.press(id)
}
