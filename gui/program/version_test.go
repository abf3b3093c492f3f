package program

import (
	"os"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"partner-center-connector/assets"
)

func TestIdentityIsTheSameEverywhere(t *testing.T) {
	data, err := os.ReadFile("../../assets/FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	var fyne struct {
		Details struct{ ID, Version string }
	}
	if err := toml.Unmarshal(data, &fyne); err != nil {
		t.Fatal(err)
	}
	if fyne.Details.Version != assets.Version || fyne.Details.ID != appID {
		t.Errorf("FyneApp.toml says %+v, the programs %s and %s", fyne.Details, assets.Version, appID)
	}
}
