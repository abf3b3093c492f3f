package cli

import (
	"errors"
	"strings"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/problems"
)

// saved returns the saved connectors, and those that can't be read. Its error says that nothing can.
func saved(k keeper.Keeper) ([]connector.Connector, connector.UnreadableErrors, error) {
	all, err := k.List()
	if bad := connector.Unreadable(err); len(bad) > 0 {
		return all, bad, nil
	}
	return all, nil, failure(err)
}

// tellUnreadable tells of the connectors that can't be read, after what was done with the others; nil where there are none.
func (p *program) tellUnreadable(bad connector.UnreadableErrors) error {
	if len(bad) == 0 {
		return nil
	}
	for _, one := range bad {
		if !p.json {
			p.showProblem(p.Err, p.errWidth(), problems.Of(one, time.Now()))
		}
	}
	return &exitError{code: ExitFailed, shown: true}
}

// jsonUnreadable is a connector that can't be read.
type jsonUnreadable struct {
	ID      string       `json:"id"`
	Problem *jsonProblem `json:"problem"`
}

func (p *program) jsonOfUnreadable(bad connector.UnreadableErrors) []jsonUnreadable {
	rows := []jsonUnreadable{}
	for _, one := range bad {
		rows = append(rows, jsonUnreadable{one.ID, p.jsonOrNull(problems.Of(one, time.Now()))})
	}
	return rows
}

// readable reports whether the lists can be read, if not every connector.
func readable(e *engine.Engine) bool {
	_, _, err := saved(e.Keeper())
	_, draftErr := e.Ports.Store.Drafts()
	return err == nil && draftErr == nil
}

// removable opens the engine and finds the connector that is to be removed. Of one that is damaged only the ID is known, by which it is named.
func (p *program) removable(name string) (*engine.Engine, connector.Connector, error) {
	e, err := p.engine()
	if err != nil {
		return nil, connector.Connector{}, err
	}
	_, err = e.Ports.Store.Connector(strings.TrimSpace(name))
	var one *connector.UnreadableError
	if errors.As(err, &one) && errors.Is(err, connector.ErrListDamaged) {
		return e, connector.Connector{ID: one.ID, Name: one.ID}, nil
	}
	c, err := p.find(e.Keeper(), name)
	return e, c, err
}
