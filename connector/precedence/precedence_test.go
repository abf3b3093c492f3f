package precedence

import (
	"slices"
	"testing"
)

// TestChoose takes one source away after the other, the strongest first: then the next one counts.
func TestChoose(t *testing.T) {
	env := map[string]string{"PCC_LANG": "environment"}
	places := Places{
		Policy: Policy{Locked: map[string]string{"lang": "policy"}, Default: map[string]string{"lang": "policy-default"}},
		Getenv: func(name string) string { return env[name] },
	}
	said := Said{Flag: "flag", Settings: func() string { return "settings" }, Preset: func() string { return "preset" }}
	for _, step := range []struct {
		want     Choice
		takeAway func()
	}{
		{Choice{"policy", Locked}, func() { places.Policy.Locked = nil }},
		{Choice{"flag", Flag}, func() { said.Flag = "" }},
		{Choice{"environment", Environment}, func() { env["PCC_LANG"] = "" }},
		{Choice{"settings", Settings}, func() { said.Settings = func() string { return "" } }},
		{Choice{"policy-default", Default}, func() { places.Policy.Default = nil }},
		{Choice{"preset", Preset}, func() { said.Preset = nil }},
		{Choice{"", Nowhere}, func() {}},
	} {
		if got := places.Choose(Language, said); got != step.want {
			t.Errorf("got %v, want %v", got, step.want)
		}
		step.takeAway()
	}
}

// TestChooseAsksNoMoreThanItNeeds holds that settings, which are a file, are not read where something stronger says it.
func TestChooseAsksNoMoreThanItNeeds(t *testing.T) {
	said := Said{Flag: "de", Settings: func() string { t.Error("the settings were read"); return "" }}
	if got := (Places{}).Choose(Language, said); got != (Choice{"de", Flag}) {
		t.Error(got)
	}
}

func TestOtherOptionsOfAPolicyDoNotCount(t *testing.T) {
	places := Places{Policy: Policy{Locked: map[string]string{"clouds": "there.toml"}}}
	if got := places.Choose(ConfigDir, Said{}); got != (Choice{}) {
		t.Error(got)
	}
	if got := places.Choose(Clouds, Said{Flag: "here.toml"}); got != (Choice{"there.toml", Locked}) {
		t.Error(got)
	}
}

func TestOrder(t *testing.T) {
	want := []Source{"policy", "flag", "environment", "settings", "policy-default", "preset"}
	if got := Order(); !slices.Equal(got, want) {
		t.Error(got)
	}
}
