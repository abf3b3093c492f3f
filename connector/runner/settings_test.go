package runner

import (
	"errors"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

func TestTheRunnerChangesOneSettingOnly(t *testing.T) {
	w := newWorld()
	w.settings = connector.Settings{Theme: connector.ThemeDark}
	r := New(w.ports(), nil, nil)
	if got := r.keepSetting(wizard.KeepSetting{Field: connector.FieldLanguage, Value: "de"}); got != (wizard.SettingsRead{Settings: connector.Settings{Language: "de", Theme: connector.ThemeDark}}) {
		t.Errorf("%+v", got)
	}
	w.fail["settings"] = errors.New("the disk is full")
	if got := r.keepSetting(wizard.KeepSetting{Field: connector.FieldLanguage, Value: "en"}).(wizard.SettingsRead); got.Problem == nil {
		t.Error("a disk that is full is no problem")
	}
}
