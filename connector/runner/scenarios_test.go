package runner

import (
	"errors"
	"testing"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

type playing struct{ err error }

func (p playing) Play(name string) (*connector.Rehearsal, error) {
	return &connector.Rehearsal{Scenario: name}, p.err
}

func TestTheRunnerSwitches(t *testing.T) {
	r := &Runner{ports: connector.Ports{Now: time.Now}}
	if out := r.switchScenario(wizard.SwitchScenario{Attempt: 4, Name: "no-mfa"}).(wizard.ScenarioPlays); out.Problem == nil || out.Rehearsal != nil {
		t.Errorf("without a rehearsal: %+v", out)
	}
	r.ports.Rehearsing = playing{}
	if out := r.switchScenario(wizard.SwitchScenario{Attempt: 4, Name: "no-mfa"}).(wizard.ScenarioPlays); out.Problem != nil || out.Rehearsal.Scenario != "no-mfa" || out.Attempt != 4 {
		t.Errorf("%+v", out)
	}
	r.ports.Rehearsing = playing{errors.New("no")}
	if out := r.switchScenario(wizard.SwitchScenario{Name: "no-mfa"}).(wizard.ScenarioPlays); out.Problem == nil || out.Rehearsal != nil {
		t.Errorf("a failed switch: %+v", out)
	}
}
